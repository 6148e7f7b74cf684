"""`coachlog set cancel`, and the next meeting of a set on its page and in the calendar."""

import json
from typing import Any

import icalendar
import pytest

from command_support import built
from conftest import Run

MEETING = {
    "set": "ward-leads",
    "template": "als",
    "held_on": "2026-11-20",
    "present": ["Ann Obi", "Ben Cole"],
    "slots": [{"presenter": "Ann Obi", "issue": "Rota"}],
    "answers": {"process.next": "2026-12-10"},
}


def add_ward_leads(run: Run) -> None:
    words = ("-m", "Ann Obi", "-m", "Ben Cole", "-r", "peer", "--every", "4w")
    assert run("set", "add", "Ward leads", *words).code == 0
    ran = run("session", "new", "--answers", "-", input=json.dumps(MEETING))
    assert ran.code == 0, ran.err


@pytest.fixture
def ward(run: Run, home: Any) -> Run:
    """Ward leads: every four weeks, met on 20 November, and agreed on 10 December."""
    built(run, home, add_ward_leads)
    return run


def read_next_day(run: Run) -> str | None:
    day: str | None = run("set", "show", "ward", "--json").json["set"]["next_meeting"]
    return day


def list_meeting_entries(run: Run) -> list[tuple[str, str, str]]:
    calendar = icalendar.Calendar.from_ical(run("ics", "--titles").out)
    return [
        (str(event["summary"]), str(event.decoded("dtstart")), str(event["status"]))
        for event in calendar.walk("VEVENT")
    ]


def test_the_next_meeting_is_cancelled_and_the_one_after_it_is_due(ward: Run) -> None:
    assert read_next_day(ward) == "2026-12-10"
    ran = ward("set", "cancel", "ward")
    assert (ran.code, ran.out) == (
        0,
        "Recorded conversation 2: the meeting of Ward leads on Thursday 10 December 2026 was "
        "cancelled. The next one is on Thursday 7 January 2027. "
        "See: coachlog set show ward-leads\n",
    )
    assert read_next_day(ward) == "2027-01-07"
    shown = ward("set", "show", "ward").out
    assert "next on Thu 7 Jan 2027\ncancelled: Thu 10 Dec\n" in shown
    assert ward("set", "list", "--json").json["sets"][0]["meetings"] == 1


def test_the_list_has_the_day_that_was_agreed_and_after_a_cancellation_the_next(
    ward: Run,
) -> None:
    """Not the day of the rhythm alone, 18 December, which is neither."""
    assert "next on Thu 10 Dec" in ward("set", "list").out
    ward("set", "cancel", "ward")
    assert "next on Thu 7 Jan 2027" in ward("set", "list").out
    ward("set", "archive", "ward")
    assert "next on" not in ward("set", "list", "--archived").out


def test_undo_brings_the_meeting_back(ward: Run) -> None:
    ward("set", "cancel", "ward")
    assert "with Ward leads recorded as cancelled" in ward("undo").out
    assert read_next_day(ward) == "2026-12-10"


def test_it_is_no_conversation_with_anybody(ward: Run) -> None:
    before = ward("progress", "--json").json
    ward("set", "cancel", "ward", "--on", "2026-11-23")
    assert ward("progress", "--json").json == before
    assert ward("history", "ann", "--json").json["history"]["sessions"] == []


def test_the_calendar_moves_with_it(ward: Run) -> None:
    assert list_meeting_entries(ward) == [
        ("Next meeting: Ward leads", "2026-12-10", "CONFIRMED")
    ]
    ward("set", "cancel", "ward")
    assert list_meeting_entries(ward) == [
        ("Next meeting: Ward leads", "2027-01-07", "CONFIRMED")
    ]
    ward("set", "archive", "ward")
    assert list_meeting_entries(ward) == [
        ("coachlog: no longer due", "2027-01-07", "CANCELLED")
    ]


def test_without_titles_the_calendar_names_no_set(ward: Run) -> None:
    text = ward("ics").out
    assert "coachlog: next set meeting" in text
    assert "ward" not in text.casefold()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        pytest.param(["--on", "2026-11-20"], 4, "has met since", id="met-since"),
        pytest.param(["--on", "2026-11-19"], 4, "has met since", id="before"),
        pytest.param(["--on", "2029-11-19"], 2, "more than a year ahead", id="far"),
        pytest.param(["--on", "soon"], 2, "soon", id="no-day"),
    ],
)
def test_a_day_that_cannot_be_cancelled(
    ward: Run, words: list[str], code: int, message: str
) -> None:
    ran = ward("set", "cancel", "ward", *words)
    assert (ran.code, message in ran.err) == (code, True)
    assert read_next_day(ward) == "2026-12-10"


def test_twice_is_refused(ward: Run) -> None:
    ward("set", "cancel", "ward", "--on", "2026-12-10")
    ran = ward("set", "cancel", "ward", "--on", "2026-12-10")
    assert (ran.code, ran.err.splitlines()[0]) == (
        4,
        "This cancelled meeting is already on record, as number 2. Nothing was changed.",
    )


def test_a_set_without_a_day_needs_one(run: Run) -> None:
    run("set", "add", "Clerks", "-m", "Ann Obi", "-m", "Ben Cole", "-r", "peer")
    ran = run("set", "cancel", "clerks")
    assert (ran.code, "--on DATE" in ran.err) == (2, True)
