"""A due date that looks like a slip is asked about at a terminal, and remarked on without one."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog import dates
from coachlog.dates import doubts
from coachlog.rules.disclosure import veil_everyday_words
from command_support import ScriptedPerson
from conftest import TODAY, Run

MONDAY = date(2026, 11, 23)
THURSDAY = date(2026, 11, 26)
NEAR_DAY = st.dates(date(1990, 1, 1), date(2180, 12, 31))


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        ("2026-11-23", []),
        ("2026-11-27", []),
        ("2027-05-21", []),
        ("2020-05-12", ["Tuesday 12 May 2020 has passed, so this is already overdue."]),
        (
            "2026-11-22",
            ["Sunday 22 November 2026 has passed, so this is already overdue."],
        ),
        ("2026-11-28", ["Saturday 28 November 2026 is at a weekend."]),
        ("2027-05-23", ["Sunday 23 May 2027 is at a weekend."]),
        ("2027-05-24", ["Monday 24 May 2027 is more than six months ahead."]),
        (
            "2027-05-29",
            [
                "Saturday 29 May 2027 is more than six months ahead.",
                "It is at a weekend, too.",
            ],
        ),
    ],
)
def test_what_makes_a_due_date_look_like_a_slip(day: str, sentences: list[str]) -> None:
    assert doubts.list_due_doubts(date.fromisoformat(day), MONDAY) == sentences


@given(day=NEAR_DAY, today=NEAR_DAY)
def test_no_date_that_looks_like_a_slip_goes_without_a_word(
    day: date, today: date
) -> None:
    is_near_weekday = (
        today <= day <= dates.add_months(today, doubts.MONTHS_AHEAD)
        and day.weekday() < 5
    )
    assert bool(doubts.list_due_doubts(day, today)) is not is_near_weekday


@pytest.mark.parametrize(
    ("text", "day", "today", "sentences"),
    [
        pytest.param(
            *("next fri", "2026-12-04", THURSDAY),
            ["“next fri” is Friday 4 December 2026; “fri” is Friday 27 November 2026."],
            id="the-week-after",
        ),
        pytest.param(
            "Next Fri.", "2026-12-04", date(2026, 11, 27), [], id="the-same-on-a-friday"
        ),
        pytest.param(
            "next fri", "2026-12-04", date(2026, 11, 29), [], id="the-same-on-a-sunday"
        ),
        pytest.param("fri", "2026-11-27", THURSDAY, [], id="without-next"),
        pytest.param("fri next week", "2026-12-04", THURSDAY, [], id="unmistakable"),
    ],
)
def test_next_friday_is_asked_about_where_friday_is_sooner(
    text: str, day: str, today: date, sentences: list[str]
) -> None:
    found = doubts.list_typed_due_doubts(date.fromisoformat(day), today, text)
    assert found == sentences


ADD = ("action", "add", "--what", "Send it", "--due")


@pytest.mark.parametrize(
    ("due", "stored", "remark"),
    [
        (
            "2020-05-12",
            "2020-05-12",
            "Tuesday 12 May 2020 has passed, so this is already overdue.",
        ),
        ("sat", "2026-11-28", "Saturday 28 November 2026 is at a weekend."),
        (
            "in a year",
            "2027-11-23",
            "Tuesday 23 November 2027 is more than six months ahead.",
        ),
        ("next fri", "2026-12-04", ""),
        ("fri", "2026-11-27", ""),
    ],
)
def test_without_a_terminal_it_is_taken_with_a_remark(
    run: Run, due: str, stored: str, remark: str
) -> None:
    added = run(*ADD, due)
    steps = [
        f"{remark} To change it: coachlog action move {n} --to DATE\n" for n in (1, 2)
    ]
    assert added.err == (steps[0] if remark else "")
    assert run("action", "show", "1", "--json").json["action"]["due"] == stored
    if stored < TODAY.isoformat():
        # A new date that has passed is a slip, and refused.
        return
    run(*ADD, "today")
    moved = run("action", "move", "2", "--to", due)
    assert (moved.code, moved.err) == (0, steps[1] if remark else "")


QUESTION = "Is that the right date?"


@pytest.mark.parametrize(("reply", "code"), [(True, 0), (False, 4)])
def test_at_a_terminal_it_is_asked(run: Run, reply: bool, code: int) -> None:
    asked = ScriptedPerson({QUESTION: reply})
    run(*ADD, "fri")
    added = run(*ADD, "2020-05-12", person=asked)
    assert (added.code, asked.left) == (code, [])
    assert asked.told == ["Tuesday 12 May 2020 has passed, so this is already overdue."]
    assert added.err == ("" if reply else "Nothing was changed.\n")
    assert len(run("action", "list", "--json").json["actions"]) == (2 if reply else 1)


def test_at_a_terminal_next_friday_is_asked(run: Run) -> None:
    asked = ScriptedPerson({QUESTION: True})
    assert run(*ADD, "next fri", person=asked).code == 0
    assert asked.told == [
        "“next fri” is Friday 4 December 2026; “fri” is Friday 27 November 2026."
    ]


def test_a_file_is_recorded_with_a_remark_for_each_date(
    run: Run, tmp_path: Path
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "--what", "Walk", "--owner", "me", "--due", "fri")
    file = tmp_path / "talk.toml"
    file.write_text(
        """
        person = "Priya Shah"
        template = "grow"
        [[actions]]
        what = "Send the agenda"
        owner = "them"
        due = 2020-05-12
        [[actions]]
        what = "Ask Ana"
        owner = "me"
        due = "sat"
        private = true
        [[actions]]
        what = "Book the room"
        owner = "me"
        due = "fri"
        [[review]]
        action = 1
        outcome = "moved"
        due = "sun"
        """
    )
    recorded = run("session", "new", "--answers", str(file))
    assert recorded.code == 0
    assert recorded.err.splitlines() == [
        "“Send the agenda”: Tuesday 12 May 2020 has passed, so this is already overdue. "
        "To change it: coachlog action move NUMBER --to DATE "
        "(coachlog action list shows its number)",
        f"“{veil_everyday_words('Ask Ana', private=True)}”: "
        "Saturday 28 November 2026 is at a weekend. "
        "To change it: coachlog action move NUMBER --to DATE "
        "(coachlog action list shows its number)",
        "Promise 1: Sunday 29 November 2026 is at a weekend. "
        "To change it: coachlog action move 1 --to DATE",
    ]


def test_a_date_that_was_ahead_when_they_talked_needs_no_remark(
    run: Run, tmp_path: Path
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    file = tmp_path / "talk.toml"
    file.write_text(
        """
        person = "Priya Shah"
        template = "grow"
        held_on = 2026-11-02
        [[actions]]
        what = "Send the agenda"
        owner = "them"
        due = 2026-11-13
        """
    )
    assert run("session", "new", "--answers", str(file)).err == ""
