"""`coachlog ics`: what is due as a calendar file, read back by two libraries."""

import json
import os
import re
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from coachlog.exports.tables.calendar_file import write_calendar
from coachlog.model.calendar import CalendarEntry
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.text import clean_line
from command_support import READABLE, ScriptedPerson, hold
from conftest import Ran, Run, standing
from store_builders import NOW, TODAY
from typed_pages import NASTY

PROMISE = {"what": "Send the agenda", "owner": "me", "due": "2026-11-27"}
SECRET = {
    "what": "privatemark",
    "owner": "them",
    "due": "2026-11-30",
    "private": True,
}


def read_events(run: Run, *words: str) -> list[Any]:
    """Return the entries as the second library reads them."""
    ran = run("ics", *words)
    assert ran.code == 0, ran.err
    calendar = vobject.readOne(ran.out.replace("\n", "\r\n"))
    return list(getattr(calendar, "vevent_list", []))


def get_uid(event: Any) -> str:
    return str(event.uid.value)


def find_event(run: Run, kind: str, *words: str) -> Any:
    """Return the only entry of a kind: `promise`, `goal`, `talk` or `review`."""
    (event,) = [
        event
        for event in read_events(run, *words)
        if event.uid.value.startswith(f"{kind}-")
    ]
    return event


def describe(event: Any) -> tuple[date, int, str]:
    """Return the day, the sequence and the status of an entry."""
    return event.dtstart.value, int(event.sequence.value), event.status.value


def later(days: int) -> Any:
    return standing(NOW + timedelta(days=days))


def count_entries(home: Path) -> int:
    """Return of how many entries the journal knows that calendars may hold them."""
    with closing(dbapi2.connect(str(home / JOURNAL_FILE))) as db:
        (count,) = db.execute("SELECT count(*) FROM calendar_entry").fetchone()
    return int(count)


# What an entry is


def test_an_entry_lasts_all_day_and_is_nobody_elses(run: Run) -> None:
    hold(run, actions=[PROMISE])
    event = find_event(run, "promise")
    uid = run("action", "list", "--json").json["actions"][0]["uid"]
    assert event.uid.value == f"promise-{uid}@coachlog"
    assert event.dtstart.value == date(2026, 11, 27)
    assert event.dtend.value == date(2026, 11, 28)
    assert event.dtstart.params["VALUE"] == ["DATE"]
    assert event.dtstamp.value == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert event.summary.value == "coachlog: promise 1"
    assert event.description.value == "In the journal: coachlog action show 1"
    assert event.contents["class"][0].value == "PRIVATE"
    assert event.transp.value == "TRANSPARENT"
    assert event.contents["x-microsoft-cdo-busystatus"][0].value == "FREE"
    seconds = (NOW - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()
    assert describe(event)[1:] == (seconds, "CONFIRMED")
    assert event.valarm.action.value == "DISPLAY"
    assert event.valarm.trigger.value == timedelta(hours=9)
    assert not {"attendee", "organizer", "location", "url"} & event.contents.keys()


def test_both_libraries_read_the_same(run: Run) -> None:
    hold(run, actions=[PROMISE, SECRET])
    assert run("person", "edit", "priya", "--every", "2w").code == 0
    page = run("ics", "--titles").out
    calendar = icalendar.Calendar.from_ical(page)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    mine = [
        (str(event["UID"]), event.decoded("DTSTART"), str(event["SUMMARY"]))
        for event in calendar.walk("VEVENT")
    ]
    theirs = [
        (event.uid.value, event.dtstart.value, event.summary.value)
        for event in read_events(run, "--titles")
    ]
    assert mine == theirs
    assert [title for *_, title in mine] == [
        "Send the agenda (Priya Shah)",
        "coachlog: promise 2",
        "Next 1:1: Priya Shah",
    ]


def test_another_file_of_the_same_moment_is_the_same_but_for_the_sequence(
    run: Run,
) -> None:
    hold(run, actions=[PROMISE, SECRET])
    first, second = run("ics").out, run("ics").out
    assert first != second
    number = re.compile(r"(?<=SEQUENCE:)\d+")
    assert number.sub("", first) == number.sub("", second)
    assert [int(each) + 1 for each in number.findall(first)] == [
        int(each) for each in number.findall(second)
    ]


def test_an_empty_journal_makes_an_empty_calendar(run: Run) -> None:
    assert run("person", "add", "Al", "-r", "peer").code == 0
    assert read_events(run) == []


# The wire


def list_entries(*titles: str) -> list[CalendarEntry]:
    return [
        CalendarEntry(f"promise-{number}", TODAY, 0, title, "In the journal")
        for number, title in enumerate(titles)
    ]


@given(title=st.text(max_size=400) | st.text("👩‍👩‍👧é漢;,\\ \n", max_size=400))
def test_no_line_is_over_75_bytes_and_every_title_comes_back(title: str) -> None:
    words = clean_line(title)
    page = write_calendar(list_entries(words), NOW)
    lines = page.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    # Nothing is folded within a letter, and no line end is within a line.
    assert all(line.decode().count("\n") == 0 for line in lines)
    (event,) = icalendar.Calendar.from_ical(page).walk("VEVENT")
    assert str(event["SUMMARY"]) == words
    assert vobject.readOne(page.decode()).vevent.summary.value == words


@pytest.mark.parametrize("name", NASTY)
def test_whatever_was_typed_is_only_a_title(run: Run, name: str) -> None:
    words = NASTY[name][:3_000]
    hold(run, actions=[{**PROMISE, "what": words}])
    stored = run("action", "list", "--json").json["actions"][0]["what"]
    (event,) = read_events(run, "--titles")
    assert event.summary.value == f"{clean_line(stored)} (Priya Shah)"
    assert not {"attendee", "organizer"} & event.contents.keys()
    page = run("ics", "--titles").out
    assert len(re.findall(r"^BEGIN:", page, re.M)) == 3
    assert not {"\x1b", "\x00", "\x07", "\u202e"} & {*page}


# A move


def test_a_move_keeps_the_entry_and_raises_its_sequence(run: Run) -> None:
    hold(run, actions=[PROMISE])
    first = find_event(run, "promise")
    _, sequence, _ = describe(first)
    for day in ("2026-12-01", "2026-12-08"):
        assert run("action", "move", "1", "--to", day).code == 0
        sequence += 1
        event = find_event(run, "promise")
        assert describe(event) == (date.fromisoformat(day), sequence, "CONFIRMED")
        assert get_uid(event) == get_uid(first)


def test_undo_moves_it_back_with_a_higher_sequence(run: Run) -> None:
    """A calendar ignores what has a lower one than it knows."""
    hold(run, actions=[PROMISE])
    assert run("action", "move", "1", "--to", "2026-12-01").code == 0
    day, sequence, _ = describe(find_event(run, "promise"))
    assert day == date(2026, 12, 1)
    assert run("undo", "--yes").code == 0
    assert describe(find_event(run, "promise"))[:2] == (
        date(2026, 11, 27),
        sequence + 1,
    )
    assert run("redo").code == 0
    assert describe(find_event(run, "promise"))[:2] == (
        date(2026, 12, 1),
        sequence + 2,
    )


def test_the_sequence_goes_on_where_the_clock_is_put_back(run: Run) -> None:
    hold(run, actions=[PROMISE])
    ran = run("ics", clock=later(1_000))
    (sequence,) = re.findall(r"SEQUENCE:(\d+)", ran.out)
    assert describe(find_event(run, "promise"))[1] == int(sequence) + 1


# What no longer counts


@pytest.mark.parametrize("verb", ["done", "drop"])
def test_a_closed_promise_is_cancelled_until_four_weeks_after_its_day(
    run: Run, verb: str
) -> None:
    hold(run, actions=[PROMISE])
    uid = get_uid(find_event(run, "promise", "--titles"))
    assert run("action", verb, "1").code == 0
    event = find_event(run, "promise", "--titles")
    assert (event.dtstart.value, event.status.value) == (
        date(2026, 11, 27),
        "CANCELLED",
    )
    assert get_uid(event) == uid
    assert "valarm" not in event.contents
    # Its words go out of the calendar with it.
    assert event.summary.value == "coachlog: no longer due"
    assert event.description.value == "It is no longer due. In the journal: coachlog"
    for days, count in ((4 + 28, 1), (4 + 29, 0)):
        ran = run("ics", clock=later(days))
        assert ran.out.count("STATUS:CANCELLED") == count
    assert run("action", "reopen", "1").code == 0
    event = find_event(run, "promise")
    assert (event.dtstart.value, event.status.value) == (
        date(2026, 11, 27),
        "CONFIRMED",
    )


def test_what_no_calendar_holds_is_not_cancelled(run: Run) -> None:
    hold(run, actions=[PROMISE])
    assert run("action", "done", "1").code == 0
    assert read_events(run) == []


def test_what_is_no_longer_cancelled_anywhere_is_forgotten(
    run: Run, home: Path
) -> None:
    hold(run, actions=[PROMISE])
    assert run("ics").code == 0
    assert run("action", "drop", "1").code == 0
    assert run("ics").code == 0
    assert count_entries(home) == 1
    assert run("ics", clock=later(4 + 29)).code == 0
    assert count_entries(home) == 0


def test_what_is_due_again_is_cancelled_anew(run: Run) -> None:
    hold(run, actions=[PROMISE])
    for verb in ("drop", "reopen"):
        assert run("ics").code == 0
        assert run("action", verb, "1").code == 0
    assert run("ics").code == 0
    assert run("action", "drop", "1", clock=later(60)).code == 0
    for days, count in ((60, 1), (60 + 28, 1), (60 + 29, 0)):
        ran = run("ics", clock=later(days))
        assert ran.out.count("STATUS:CANCELLED") == count


def test_a_promise_far_ahead_is_cancelled_for_a_year(run: Run) -> None:
    hold(run, actions=[{**PROMISE, "due": "2029-01-01"}])
    assert run("ics").code == 0
    assert run("action", "drop", "1").code == 0
    assert run("ics").code == 0
    for days, count in ((366, 1), (367, 0)):
        ran = run("ics", clock=later(days))
        assert ran.out.count("STATUS:CANCELLED") == count


def test_a_promise_of_a_deleted_conversation_is_cancelled(run: Run) -> None:
    hold(run, actions=[PROMISE])
    assert run("ics").code == 0
    assert run("session", "delete", "1", "--yes").code == 0
    assert describe(find_event(run, "promise"))[2] == "CANCELLED"
    assert run("session", "restore", "1").code == 0
    assert describe(find_event(run, "promise"))[2] == "CONFIRMED"


def test_the_review_of_a_closed_goal_is_cancelled(run: Run) -> None:
    goal = ("goal", "add", "--title", "Listen", "--review", "2026-12-10")
    assert run(*goal).code == 0
    event = find_event(run, "goal")
    assert event.dtstart.value == date(2026, 12, 10)
    assert event.status.value == "CONFIRMED"
    assert event.summary.value == "coachlog: review goal 1"
    assert find_event(run, "goal", "--titles").summary.value == "Review: Listen"
    assert run("goal", "close", "1", "--dropped").code == 0
    assert describe(find_event(run, "goal"))[2] == "CANCELLED"


def test_the_next_1_1_moves_with_each_conversation(run: Run) -> None:
    hold(run, held_on="2026-11-16")
    assert run("person", "edit", "priya", "--every", "2w").code == 0
    first = find_event(run, "talk")
    assert first.dtstart.value == date(2026, 11, 30)
    assert first.summary.value == "coachlog: next 1:1"
    hold(run, held_on="2026-11-23")
    second = find_event(run, "talk")
    assert second.dtstart.value == date(2026, 12, 7)
    assert get_uid(second) == get_uid(first)
    assert describe(second)[1] > describe(first)[1]
    # One that was cancelled was not held: the next one is due on the same day.
    cancel = ("session", "cancel", "priya", "--by", "them")
    assert run(*cancel).code == 0
    assert find_event(run, "talk").dtstart.value == date(2026, 12, 7)
    assert run("person", "archive", "priya").code == 0
    assert describe(find_event(run, "talk"))[2] == "CANCELLED"


@pytest.mark.parametrize("rhythm", [None, "1w", "1m"])
def test_the_day_that_was_agreed_comes_before_the_rhythm(
    run: Run, rhythm: str | None
) -> None:
    hold(
        run,
        person="Tom Reed",
        relationship="report",
        template="quick",
        answers={"next.speak": "2026-12-14"},
    )
    if rhythm is not None:
        assert run("person", "edit", "tom", "--every", rhythm).code == 0
    event = find_event(run, "talk", "--titles")
    assert event.dtstart.value == date(2026, 12, 14)
    assert event.summary.value == "Next 1:1: Tom Reed"
    assert event.description.value == "In the journal: coachlog brief tom-reed"
    assert len(read_events(run)) == 1


def test_a_next_1_1_that_is_overdue_is_for_today(run: Run) -> None:
    hold(run, held_on="2026-10-01")
    assert run("person", "edit", "priya", "--every", "2w").code == 0
    event = find_event(run, "talk")
    assert event.dtstart.value == TODAY
    assert hasattr(event, "valarm")


def test_the_first_1_1_with_somebody_is_due(run: Run) -> None:
    rhythm = ("person", "add", "Al Fox", "-r", "report", "--every", "3w")
    assert run(*rhythm).code == 0
    assert find_event(run, "talk").dtstart.value == TODAY


def test_a_day_agreed_for_a_look_back_is_in_it(run: Run) -> None:
    hold(
        run,
        person="Helen Marsh",
        relationship="manager",
        template="grow",
        answers={"will.review": "2026-12-14"},
    )
    event = find_event(run, "review")
    assert event.dtstart.value == date(2026, 12, 14)
    assert event.summary.value == "coachlog: look back"
    title = find_event(run, "review", "--titles").summary.value
    assert title == "Look back: GROW (Helen Marsh)"


# What is no longer in the journal, or has no day there


def list_cancelled(run: Run) -> list[str]:
    """Return the kinds of the entries that a file cancels."""
    return [
        event.uid.value.partition("-")[0]
        for event in read_events(run)
        if event.status.value == "CANCELLED"
    ]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        (("goal", "edit", "1", "--review", ""), ["goal"]),
        (("person", "edit", "priya", "--every", "0"), ["talk"]),
        (("person", "merge", "tom", "priya", "--yes"), ["talk"]),
        (("undo", "--yes"), ["goal"]),
        (("backup", "restore", "--yes"), ["talk", "goal"]),
    ],
    ids=lambda value: "-".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_a_day_that_was_taken_away_is_cancelled(
    run: Run, line: tuple[str, ...], kinds: list[str]
) -> None:
    hold(run, held_on="2026-11-16")
    hold(run, person="Tom Reed", held_on="2026-11-16")
    assert run("backup", "create").code == 0
    assert run("person", "edit", "tom", "--every", "2w").code == 0
    assert run("backup", "create").code == 0
    assert run("person", "edit", "priya", "--every", "2w").code == 0
    goal = ("goal", "add", "--title", "Listen", "--review", "2026-12-10")
    assert run(*goal).code == 0
    assert list_cancelled(run) == []
    before = {event.uid.value: event for event in read_events(run)}
    assert len(before) == 3
    ran = run(*line)
    assert ran.code == 0, ran.err
    assert list_cancelled(run) == kinds
    for event in read_events(run):
        assert event.dtstart.value == before[event.uid.value].dtstart.value
        assert describe(event)[1] > describe(before[event.uid.value])[1]


def test_a_review_that_is_no_longer_agreed_is_cancelled(run: Run) -> None:
    talk = {
        "person": "Helen Marsh",
        "relationship": "manager",
        "template": "grow",
        "answers": {"will.review": "2026-12-14"},
    }
    hold(run, **talk)
    assert list_cancelled(run) == []
    answers = json.dumps({"answers": {"will.review": None}})
    ran = run("session", "edit", "1", "--answers", "-", input=answers)
    assert ran.code == 0, ran.err
    assert list_cancelled(run) == ["review"]


def test_a_calendar_that_cannot_be_noted_says_so(run: Run, home: Path) -> None:
    hold(run, actions=[PROMISE])
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        ran = run("ics")
    assert ran.code == 0
    assert "SUMMARY:coachlog: promise 1" in ran.out
    assert "could not be noted in the journal" in ran.err
    assert "Write it again later: only then can what is in it be cancelled." in ran.err
    assert count_entries(home) == 0


def test_what_calendars_hold_is_verified(run: Run, home: Path) -> None:
    hold(run, actions=[PROMISE])
    assert run("ics").code == 0
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("UPDATE calendar_entry SET day = '2026-11-28'")
    ran = run("ics")
    assert (ran.code, ran.out) == (1, "")
    assert "coachlog check" in ran.err


# Private words


def list_titles(ran: Ran) -> list[str]:
    return re.findall(r"^SUMMARY:(.+)$", ran.out, re.M)


def test_a_private_title_is_asked_for_and_then_asked_about_again(
    run: Run, tmp_path: Path
) -> None:
    hold(run, actions=[PROMISE, SECRET])
    assert list_titles(run("ics")) == ["coachlog: promise 1", "coachlog: promise 2"]
    ran = run("ics", "--titles")
    assert list_titles(ran) == [
        "Send the agenda (Priya Shah)",
        "coachlog: promise 2",
    ]
    assert "The titles of 1 private entry do not say what they are about" in ran.err
    assert list_titles(run("ics", "--titles", "--private"))[1] == (
        "Priya Shah: privatemark"
    )
    ran = run("ics", "--private")
    assert (ran.code, ran.out) == (2, "")
    assert "--titles --private" in ran.err
    target = tmp_path / "due.ics"
    line = ("ics", "--titles", "--private", "-o", str(target))
    question = (
        "This includes 1 private title, for a calendar that others may see. "
        f"Write it to {target}?"
    )
    ran = run(*line, person=ScriptedPerson({question: False}))
    assert (ran.code, target.exists()) == (4, False)
    assert run(*line, person=ScriptedPerson({question: True})).code == 0
    assert b"privatemark" in target.read_bytes()


# Where it goes


def test_a_file_says_how_much_is_in_it_and_who_can_read_it(
    run: Run, home: Path, tmp_path: Path
) -> None:
    hold(run, actions=[PROMISE, SECRET])
    assert run("ics").code == 0
    assert run("action", "done", "1").code == 0
    target = tmp_path / "due.ics"
    ran = run("ics", "-o", str(target))
    assert ran.out == (
        f"Wrote {target}: 1 promise and 1 cancelled. To import it, open it in your calendar "
        "program. Once days have moved, write it again with --force, and import that."
        f"\n{READABLE}"
    )
    assert "There is no next 1:1" in ran.err
    page = target.read_bytes()
    assert page.count(b"\n") == page.count(b"\r\n")
    assert target.stat().st_mode & 0o777 == 0o600
    with closing(dbapi2.connect(str(home / JOURNAL_FILE))) as db:
        (kind,) = db.execute("SELECT kind FROM event ORDER BY id DESC").fetchone()
    assert kind == "calendar.exported"


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("there.ics", 4, "already exists. Nothing was written."),
        ("folder.ics", 4, "is a folder. Nothing was written."),
        ("CON", 2, "CON cannot be the name of a file on Windows"),
        ("due.csv", 2, "A calendar is written as iCalendar, not as .csv."),
        ("nul.ics", 2, "nul.ics cannot be the name of a file on Windows"),
        ("no/due.ics", 1, "There is no folder"),
        ("t" * 300 + ".ics", 1, "File name too long"),
    ],
)
def test_a_target_that_cannot_be_leaves_everything_as_it_is(
    run: Run, tmp_path: Path, name: str, code: int, words: str
) -> None:
    hold(run, actions=[PROMISE])
    (tmp_path / "there.ics").write_text("mine")
    (tmp_path / "folder.ics").mkdir()
    before = sorted(tmp_path.iterdir())
    ran = run("ics", "-o", str(tmp_path / name))
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "there.ics").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_left_alone(
    run: Run, home: Path, tmp_path: Path
) -> None:
    hold(run, actions=[PROMISE])
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o500)
    ran = run("ics", "-o", str(folder / "due.ics"))
    assert (ran.code, "cannot be written (Permission denied)" in ran.err) == (1, True)
    assert count_entries(home) == 0
