"""What lines mean in accessible mode: when it is on, numbers of a list, words of a row."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.people import Relationship
from coachlog.phrasing.relationships import RELATIONSHIP_ROWS
from coachlog.terminal.accessibility import wants_lines
from coachlog.terminal.intermission import Intermission
from coachlog.terminal.line_replies import find_row, parse_places
from source_imports import SOURCE


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("", False),
        ("TERM=xterm-256color", False),
        ("TERM=dumb", True),
        ("TERM=Dumb COACHLOG_ACCESSIBLE=0", True),
        ("TERM=unknown", True),
        ("ACCESSIBLE=1", True),
        ("ACCESSIBLE=0", False),
        ("ACCESSIBLE=", False),
        ("COACHLOG_ACCESSIBLE=yes", True),
        ("COACHLOG_ACCESSIBLE=0 ACCESSIBLE=1", False),
        ("COACHLOG_ACCESSIBLE= ACCESSIBLE=1", True),
    ],
)
def test_who_asks_for_lines(variables: str, expected: bool) -> None:
    environment = dict(pair.split("=") for pair in variables.split())
    assert wants_lines(environment) is expected
    assert wants_lines(environment, is_asked_for=True)


@given(st.sets(st.integers(1, 40)), st.sampled_from([",", " ", ", ", "; "]))
def test_numbers_typed_in_any_way_mean_those_places(
    numbers: set[int], separator: str
) -> None:
    typed = separator.join(map(str, numbers))
    assert parse_places(typed, 40) == sorted(number - 1 for number in numbers)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        *(("2-4", [1, 2, 3]), ("1, 3-3", [0, 2]), ("0", []), ("-", [])),
        *(("none", []), ("", []), ("0, 1", None), ("4-2", None), ("6", None)),
        *(("one", None), ("1-", None), ("1.5", None), ("²", None), ("١", [0])),
    ],
)
def test_which_places_words_mean(words: str, places: list[int] | None) -> None:
    assert parse_places(words, 5) == places


ROWS = ["me", "Merle Ott", "Élise Roy", "someone else", "Ben Roy"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        *(("1", 0), ("5", 4), ("0", None), ("6", None), ("me", 0), ("mer", 1)),
        *(("elise", 2), ("ott", 1), ("roy", None), ("else", 3), ("x", None)),
        *(("", None), ("²", None), ("...", None)),
    ],
)
def test_which_row_words_mean(words: str, place: int | None) -> None:
    assert find_row(ROWS, words, range(1, 6)) == place


@pytest.mark.parametrize(
    ("words", "relationship"),
    [
        ("coach", Relationship.COACH),
        ("mentor", Relationship.MENTOR),
        ("Coachee", Relationship.COACHEE),
        ("report", Relationship.REPORT),
        ("coached", Relationship.COACHEE),
        ("manager", Relationship.MANAGER),
        ("my", None),
    ],
)
def test_a_whole_word_beats_the_beginning_of_one(
    words: str, relationship: Relationship | None
) -> None:
    """`coach` is `my coach`, and not `coached by me`, which is the reverse."""
    labels = [label for label, _ in RELATIONSHIP_ROWS]
    place = find_row(labels, words, range(1, 9))
    found = None if place is None else RELATIONSHIP_ROWS[place][1]
    assert found is relationship


@pytest.mark.parametrize(
    ("words", "place"), [("2026", 1), ("1", 0), ("3", 2), ("2", 3), ("202", None)]
)
def test_a_row_that_is_a_number_is_meant_by_it(words: str, place: int | None) -> None:
    labels = ["2025", "2026", "2027", "2"]
    assert find_row(labels, words, range(1, 5)) == place
    # Things with numbers of their own, such as promises, are meant by these alone.
    assert find_row(labels, "2", [7, 2, 4, 9]) == 1


@given(st.text())
def test_no_words_break_a_list(words: str) -> None:
    place = find_row(ROWS, words, range(1, 6))
    assert place is None or 0 <= place < len(ROWS)
    assert set(parse_places(words, 5) or ()) <= set(range(5))


def test_lines_need_nothing_that_draws() -> None:
    heavy = ("prompt_toolkit", "questionary", "sqlmodel")
    code = (
        "import sys, coachlog.terminal.line_terminal\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SOURCE.parent)},
    )
    assert ran.stdout.strip() == "[]"


def test_a_remark_waits_until_nobody_is_typing() -> None:
    said: list[str] = []
    intermission = Intermission()
    intermission.do_between_prompts(lambda: said.append("at once"))
    intermission.begin_prompt()
    intermission.do_between_prompts(lambda: said.append("first"))
    intermission.do_between_prompts(lambda: said.append("second"))
    assert said == ["at once"]
    intermission.end_prompt()
    assert said == ["at once", "first", "second"]
