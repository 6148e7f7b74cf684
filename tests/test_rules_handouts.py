"""What of a slot is the presenter's to take away."""

import pytest

from coachlog.model import Action, Answer, Kind
from coachlog.model.sets import Slot
from coachlog.rules import handouts


def asked(question: str, by: str | None = None) -> Answer:
    value: list[dict[str, str | None]] = [{"question": question, "by": by, "tag": "open"}]
    return Answer("ask", "asked", "Which?", Kind.QUESTIONS, value)


@pytest.mark.parametrize(
    ("told", "bare"),
    [
        pytest.param(asked("What now?", "Ben Cole"), "What now?", id="a-member"),
        pytest.param(asked("Bob: what now?"), "what now?", id="a-guest"),
        pytest.param(asked("Mary Ann O’Neil: what?"), "what?", id="three-words"),
        pytest.param(asked("At 10:30 sharp?"), "At 10:30 sharp?", id="a-time"),
        pytest.param(asked("Bob:"), "Bob:", id="nothing-behind-it"),
    ],
)
def test_a_question_goes_without_who_asked(told: Answer, bare: str) -> None:
    (found,) = handouts.nameless([told])
    assert found.value == [{"question": bare, "by": None, "tag": "open"}]


def promise(id: int, owner: str, person: str | None) -> Action:
    return Action(id, f"u{id}", person, 1, "x", owner)


@pytest.mark.parametrize(
    ("presenter", "mine", "own"),
    [pytest.param("Ann Obi", False, [1], id="a-member"), pytest.param("Sam", True, [4], id="me")],
)
def test_of_the_promises_the_presenters_own(presenter: str, mine: bool, own: list[int]) -> None:
    told = (
        promise(1, "them", "Ann Obi"),
        promise(2, "them", "Ben Cole"),
        promise(3, "me", "Ann Obi"),
        promise(4, "me", None),
    )
    slot = Slot(1, "u", 1, presenter, actions=told)
    assert [one.id for one in handouts.own(slot, mine)] == own
