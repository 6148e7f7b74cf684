"""The text of `--json`: laid out as the standard library does, whatever the pieces it comes in."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.exports.json_text import write_json_document
from coachlog.model.actions import Action, ActionStatus, Event, EventKind
from coachlog.model.answers import PromptKind
from coachlog.model.batches import BATCH_SIZE, Batches
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer, Session, SessionStatus


class Pair(NamedTuple):
    left: object
    right: object


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
DAYS = st.dates() | st.datetimes(timezones=st.just(UTC)) | st.sampled_from(ActionStatus)
VALUES = st.recursive(
    SCALARS | DAYS,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.builds(Pair, inner, inner)
    ),
)


def convert_plainly(value: Any) -> Any:
    """Return a value in types that the standard library can write, one value at a time."""
    if isinstance(value, ActionStatus):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Pair):
        return convert_plainly(value._asdict())
    if isinstance(value, dict):
        return {name: convert_plainly(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [convert_plainly(part) for part in value]
    return value


def write_plainly(value: Any) -> str:
    document = {"schema": 1, "value": convert_plainly(value)}
    return json.dumps(document, ensure_ascii=False, indent=2)


def write_in_pieces(value: Any) -> str:
    return "".join(write_json_document("value", value))


@given(VALUES)
def test_any_value_is_written_as_the_standard_library_does(value: Any) -> None:
    assert write_in_pieces(value) == write_plainly(value)


@given(st.lists(SCALARS | DAYS, min_size=2), st.integers(min_value=1, max_value=4))
def test_values_in_batches_are_written_as_one_list(
    values: list[Any], size: int
) -> None:
    def read() -> Iterator[list[Any]]:
        for start in range(0, len(values), size):
            yield values[start : start + size]
            yield []  # as where a filter leaves none

    assert write_in_pieces(Batches(read)) == write_plainly(values)


def test_a_list_longer_than_a_batch_is_written_in_pieces() -> None:
    values = [Pair(n, str(n)) for n in range(BATCH_SIZE * 2 + 1)]
    pieces = [*write_json_document("value", values)]
    assert "".join(pieces) == write_plainly(values)
    assert max(map(len, pieces)) < len("".join(pieces)) * 0.6


def test_no_values_are_an_empty_list() -> None:
    assert write_in_pieces(Batches(lambda: iter(()))) == write_plainly([])


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="JSON has no form for set"):
        write_in_pieces([{1}])


def test_references_and_what_is_inside_have_their_place() -> None:
    """Sessions with and without answers, people and events, written together."""
    event = Event(
        datetime(2026, 11, 23, 9, tzinfo=UTC), date(2026, 11, 23), EventKind.MADE
    )
    action = Action(
        1, "a1", PersonRef(7, "Zoë"), 3, "Say “no”\n", "me", events=(event,)
    )
    answers = (
        Answer("goal", "sure", "How sure?", PromptKind.SCALE, 7),
        Answer("goal", "what", "What?", PromptKind.CHOICES, ["a", "b"], private=True),
    )
    first = Session(
        3, "s3", SessionStatus.HELD, "grow", "GROW", date(2026, 11, 23), 30, ()
    )
    second = first._replace(
        people=(PersonRef(7, "Zoë"),), answers=answers, actions=(action,)
    )
    written: Sequence[Any] = json.loads(write_in_pieces([first, second]))["value"]
    assert [session["people_ids"] for session in written] == [[], [7]]
    assert [session["answers"] for session in written] == [
        [],
        [
            {
                "stage": "goal",
                "prompt": "sure",
                "question": "How sure?",
                "kind": "scale",
                "value": 7,
                "private": False,
            },
            {
                "stage": "goal",
                "prompt": "what",
                "question": "What?",
                "kind": "choices",
                "value": ["a", "b"],
                "private": True,
            },
        ],
    ]
    (promise,) = written[1]["actions"]
    assert (promise["person"], promise["person_id"]) == ("Zoë", 7)
    assert promise["events"][0]["at"] == "2026-11-23T09:00:00+00:00"
    # Each of them on its own comes out the same.
    alone = [
        json.loads(write_in_pieces([session]))["value"][0]
        for session in (first, second)
    ]
    assert alone == written
