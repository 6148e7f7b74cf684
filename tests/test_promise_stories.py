"""One story per promise: its row, its events, list, show, ledger and history say the same."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachlog.interview.keys import HELD_ON
from coachlog.model.actions import ActionStatus, Event, EventKind
from coachlog.rules import stories
from coachlog.rules.stories import Standing, build_standing, find_story_faults
from coachlog.terminal.console import Console
from command_runner import run_captured
from command_support import ScriptedPerson
from conftest import Ran

MADE, MOVED, CARRIED, DONE, DROPPED, REOPENED, NOTED = (
    EventKind(kind)
    for kind in ("made", "moved", "carried", "done", "dropped", "reopened", "noted")
)


def december(day: int) -> date:
    return date(2026, 12, 1) + timedelta(days=day - 1)


def happened(
    kind: EventKind, on: int, due: int | None = None, session: int | None = None
) -> Event:
    """Return an event of a day in December, with the date agreed then."""
    at = datetime(2026, 12, 31, 9, tzinfo=UTC)
    return Event(
        at, december(on), kind, december(due) if due else None, session=session
    )


# The rules


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        pytest.param(
            [happened(MADE, 1, due=8)],
            (8, 8, "open", None, 0),
            id="made",
        ),
        pytest.param(
            [happened(MADE, 1), happened(MOVED, 3, due=9), happened(MOVED, 2, due=5)],
            (9, 9, "open", None, 0),
            id="the-first-date-is-the-one-recorded-first-though-another-was-agreed-before",
        ),
        pytest.param(
            [
                happened(MADE, 1, due=8),
                happened(MOVED, 5, due=20, session=2),
                happened(MOVED, 3, due=15, session=3),
            ],
            (20, 8, "open", None, 2),
            id="a-talk-written-down-late-leaves-the-date-agreed-last",
        ),
        pytest.param(
            [
                happened(MADE, 1, due=8),
                happened(MOVED, 3, due=9),
                happened(MOVED, 3, due=7),
            ],
            (7, 8, "open", None, 0),
            id="of-one-day-the-one-recorded-last",
        ),
        pytest.param(
            [happened(MADE, 1, due=8), happened(MOVED, 10, due=20), happened(DONE, 5)],
            (20, 8, "done", 5, 0),
            id="closed-before-a-later-move",
        ),
        pytest.param(
            [
                happened(MADE, 1, due=8),
                happened(CARRIED, 2, session=2),
                happened(DONE, 3),
                happened(REOPENED, 4),
                happened(DROPPED, 6),
            ],
            (8, 8, "dropped", 6, 1),
            id="closed-twice",
        ),
    ],
)
def test_how_a_promise_stands_by_its_events(
    events: list[Event], standing: tuple[Any, ...]
) -> None:
    due, original_due, status, closed_on, carried = standing
    assert build_standing(events) == Standing(
        december(due),
        december(original_due),
        ActionStatus(status),
        december(closed_on) if closed_on else None,
        carried,
    )


@pytest.mark.parametrize(
    ("events", "faults"),
    [
        pytest.param([happened(MADE, 5), happened(DONE, 5)], [], id="on-the-day"),
        pytest.param(
            [happened(MADE, 5), happened(DONE, 4)],
            [(DONE, MADE)],
            id="before-it-was-made",
        ),
        pytest.param(
            [happened(MADE, 5), happened(NOTED, 4), happened(CARRIED, 3)],
            [(NOTED, MADE), (CARRIED, MADE)],
            id="whatever-it-is",
        ),
        pytest.param(
            [
                happened(MADE, 1),
                happened(DONE, 5),
                happened(REOPENED, 7),
                happened(DROPPED, 6),
            ],
            [(DROPPED, REOPENED)],
            id="closed-before-it-was-reopened",
        ),
        pytest.param(
            [happened(MADE, 1), happened(DONE, 5), happened(REOPENED, 4)],
            [(REOPENED, DONE)],
            id="reopened-before-it-was-closed",
        ),
        pytest.param(
            [happened(MADE, 1), happened(MOVED, 9, due=12), happened(DONE, 3)],
            [],
            id="closed-before-a-later-move-is-recorded-afterwards",
        ),
        pytest.param(
            [
                happened(MADE, 1),
                happened(DONE, 5),
                happened(REOPENED, 7),
                happened(NOTED, 6),
            ],
            [],
            id="a-note-while-it-was-closed",
        ),
    ],
)
def test_what_cannot_have_happened(
    events: list[Event], faults: list[tuple[EventKind, EventKind]]
) -> None:
    found = [
        (fault.event.kind, fault.earlier_event.kind)
        for fault in find_story_faults(events)
    ]
    assert found == faults


def test_what_happens_now_comes_after_all_that_is_on_record() -> None:
    events = [happened(MADE, 10), happened(NOTED, 11)]
    assert stories.find_present_day(events, december(9)) == december(11)
    assert stories.find_present_day(events, december(12)) == december(12)


# On the command line

Line = Callable[..., Ran]


@pytest.fixture
def line(home: Path) -> Line:
    """Run a command on a day in December: `line(3, "action done 1")`."""
    return build_line(home)


def build_line(home: Path) -> Line:
    def run_line(
        day: int,
        words: str,
        input: object = None,
        person: ScriptedPerson | None = None,
    ) -> Ran:
        moment = datetime(2026, 12, 1, 9, 30, tzinfo=UTC) + timedelta(days=day - 1)
        console = Console(home_override=home, clock=lambda: moment, asker=person)
        ran = run_captured(
            words.split(),
            input=json.dumps(input) if input else None,
            env={"COLUMNS": "140"},
            console=console,
        )
        return Ran(ran.exit_code, ran.stdout, ran.stderr)

    return run_line


def talk(line: Line, day: int, on: int | None = None, **fields: Any) -> Ran:
    """Record a conversation with Priya on a day, perhaps one of an earlier day."""
    usual = {
        "person": "Priya Shah",
        "relationship": "report",
        "template": "quick",
        "held_on": december(on or day).isoformat(),
    }
    return line(day, "session new --answers - --again", usual | fields)


def promise(line: Line, day: int, due: int | None = 8) -> None:
    """Let Priya promise something in a conversation of that day: the next promise."""
    action = {"what": "Send it", "owner": "them"}
    if due:
        action["due"] = december(due).isoformat()
    assert talk(line, day, actions=[action]).code == 0


def review(outcome: str, due: int | None = None, **fields: Any) -> list[dict[str, Any]]:
    row: dict[str, Any] = {"action": 1, "outcome": outcome} | fields
    if due:
        row["due"] = december(due).isoformat()
    return [row]


def tell(line: Line, day: int = 31) -> list[str]:
    """Return the history of promise 1 as `action show` tells it."""
    shown = [
        " ".join(row.split()) for row in line(day, "action show 1").out.splitlines()
    ]
    return shown[shown.index("History") + 1 :]


def load(line: Line, day: int = 31) -> dict[str, Any]:
    action: dict[str, Any] = line(day, "action show 1 --json").json["action"]
    return action


def test_a_talk_given_another_day_gives_the_dates_agreed_in_it_another_order(
    line: Line,
) -> None:
    promise(line, 1)
    talk(line, 3, review=review("moved", due=20))
    talk(line, 5, review=review("moved", due=15))
    assert load(line)["due"] == "2026-12-15"
    assert line(6, "session edit 3 --on 2026-12-02").code == 0
    assert load(line)["due"] == "2026-12-20"
    assert tell(line)[1:] == [
        "Wed 2 Dec moved to Tue 15 Dec 2026 in a conversation (carried over), "
        "recorded Sun 6 Dec",
        "Thu 3 Dec moved to Sun 20 Dec 2026 in a conversation (carried over)",
    ]
    assert line(6, "session edit 3 --on 2026-12-05").code == 0
    assert load(line)["due"] == "2026-12-15"


def test_a_missed_first_date_is_not_rewritten_by_a_talk_written_down_late(
    line: Line,
) -> None:
    promise(line, 1, due=None)
    line(3, "action move 1 --to 2026-12-08")
    before = line(20, "progress").out
    assert "theirs         0 of 1" in before
    talk(line, 20, on=2, review=review("moved", due=30))
    assert (load(line)["due"], load(line)["original_due"]) == ("2026-12-08",) * 2
    after = line(20, "progress").out
    assert "theirs         0 of 1" in after
    assert "1 recorded only after the date had passed" in after


def test_a_missed_first_date_is_not_rewritten_by_another_day_of_its_talk(
    line: Line,
) -> None:
    promise(line, 1, due=None)
    talk(line, 2, review=review("moved", due=10))
    line(9, "action move 1 --to 2026-12-30")
    assert line(20, "session edit 2 --on 2026-12-10").code == 0
    assert (load(line)["due"], load(line)["original_due"]) == ("2026-12-10",) * 2
    shown = line(20, "progress").out
    assert "theirs         0 of 1" in shown
    assert "1 recorded only after the date had passed" in shown


def test_a_talk_given_another_day_leaves_a_closing_of_another_command_alone(
    line: Line,
) -> None:
    promise(line, 1)
    talk(line, 5, review=review("done"))
    line(5, "action reopen 1")
    line(5, "action done 1")
    assert line(6, "session edit 2 --on 2026-12-03").code == 0
    assert load(line)["closed_on"] == "2026-12-05"


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        pytest.param(
            "1 --on 2026-12-06",
            "Promise 1 would be done on Saturday 5 December 2026, before it was made on "
            "Sunday 6 December 2026. Nothing was changed.",
            id="in-which-it-was-made",
        ),
        pytest.param(
            "2 --on 2026-11-30",
            "Promise 1 would be done on Monday 30 November 2026, before it was made on "
            "Tuesday 1 December 2026. Nothing was changed.",
            id="in-which-it-was-done",
        ),
        pytest.param(
            "3 --on 2026-12-08",
            "Promise 2 was moved to Monday 7 December 2026, as conversation 3 records, so "
            "that was not held on Tuesday 8 December 2026. Nothing was changed.",
            id="in-which-a-date-was-agreed-that-passed",
        ),
        pytest.param(
            "4 --on 2026-12-03",
            "Promise 2 was done on Friday 4 December 2026, as conversation 4 records, so "
            "that was not held on Thursday 3 December 2026. Nothing was changed.",
            id="which-tells-of-a-later-day",
        ),
    ],
)
def test_a_talk_is_not_given_a_day_that_cannot_be(
    line: Line, edit: str, error: str
) -> None:
    promise(line, 1)
    promise(line, 1)
    line(1, "session delete 2 --yes")
    line(1, "session restore 2")
    talk(line, 5, review=review("done"))
    line(9, "session list")
    before = [load(line), line(31, "session list --json").json]
    # Conversations 1 and 2 made the promises; the review above is conversation 3.
    number, _, day = edit.partition(" ")
    numbers = {"1": "1", "2": "3", "3": "4", "4": "5"}
    talk(line, 6, review=[{"action": 2, "outcome": "moved", "due": "2026-12-07"}])
    done = {"action": 2, "outcome": "done", "on": "2026-12-04"}
    talk(line, 9, review=[done])
    refused = line(20, f"session edit {numbers[number]} {day}")
    for wanted, real in reversed(numbers.items()):
        error = error.replace(f"conversation {wanted} ", f"conversation {real} ")
    assert (refused.code, refused.err.splitlines()[0]) == (4, error)
    assert load(line) == before[0]


def test_a_talk_moved_to_before_a_promise_was_made_did_not_carry_it_over(
    line: Line,
) -> None:
    promise(line, 5)
    talk(line, 7, review=review("open"))
    edited = line(8, "session edit 2 --on 2026-12-03")
    assert edited.err == (
        "Promise 1 was not open on that day, so this conversation no longer counts as one in "
        "which it was carried over.\n"
    )
    assert load(line)["carried"] == 0
    assert tell(line) == ["Sat 5 Dec made, due Tue 8 Dec 2026"]


def test_a_talk_moved_to_after_a_promise_was_due_says_so(line: Line) -> None:
    promise(line, 1, due=6)
    edited = line(10, "session edit 1 --on 2026-12-08")
    assert (edited.code, edited.err) == (
        0,
        "Promise 1 was first due on Sunday 6 December 2026, before that day. "
        "See: coachlog action show 1\n",
    )
    assert line(10, "session edit 1 --on 2026-12-06").err == ""


@pytest.mark.parametrize("command", ["done", "drop", "move"])
def test_nothing_happens_to_a_promise_before_it_was_made(
    line: Line, command: str
) -> None:
    promise(line, 10, due=18)
    to = " --to 2026-12-20" if command == "move" else ""
    refused = line(12, f"action {command} 1{to} --on 2026-12-03")
    words = {"drop": "dropped", "move": "moved"}.get(command, "done")
    assert (refused.code, refused.err.splitlines()[0]) == (
        4,
        f"Promise 1 would be {words} on Thursday 3 December 2026, before it was made on "
        "Thursday 10 December 2026. Nothing was changed.",
    )
    assert tell(line) == ["Thu 10 Dec made, due Fri 18 Dec 2026"]


@pytest.mark.parametrize("command", ["done", "drop", "move"])
def test_nothing_closes_or_moves_a_promise_before_it_was_last_reopened(
    line: Line, command: str
) -> None:
    promise(line, 1)
    line(3, "action done 1")
    line(6, "action reopen 1")
    to = " --to 2026-12-20" if command == "move" else ""
    refused = line(7, f"action {command} 1{to} --on 2026-12-05")
    assert refused.code == 4
    assert "before it was reopened on Sunday 6 December 2026" in refused.err
    assert load(line)["status"] == "open"
    assert line(7, f"action {command} 1{to} --on 2026-12-06").code == 0


def test_a_closing_before_a_later_move_is_taken_as_recorded_afterwards(
    line: Line,
) -> None:
    promise(line, 1)
    line(10, "action move 1 --to 2026-12-20")
    assert line(12, "action done 1 --on 2026-12-05").code == 0
    assert tell(line) == [
        "Tue 1 Dec made, due Tue 8 Dec 2026",
        "Sat 5 Dec done, recorded Sat 12 Dec",
        "Thu 10 Dec moved to Sun 20 Dec 2026",
    ]
    ledger = line(31, "progress --ledger --json").json["progress"]["ledger"]
    assert [(entry["id"], entry["fate"]) for entry in ledger] == [(1, "kept")]


def test_a_date_is_not_agreed_after_it_has_passed(line: Line) -> None:
    promise(line, 1, due=18)
    refused = line(11, "action move 1 --to 2026-12-05")
    assert (refused.code, refused.err) == (
        4,
        "Saturday 5 December 2026 is before the day on which it was agreed, Friday 11 December "
        "2026. Nothing was changed.\n"
        "If it was agreed earlier, say when: coachlog action move 1 --to DATE --on DATE\n",
    )
    assert line(11, "action move 1 --to 2026-12-05 --on 2026-12-04").code == 0


@pytest.mark.parametrize("outcome", ["open", "done"])
def test_a_talk_written_down_late_says_nothing_of_what_was_promised_after_it(
    line: Line, outcome: str
) -> None:
    promise(line, 14, due=18)
    refused = talk(line, 14, on=10, review=review(outcome))
    assert (refused.code, refused.err) == (
        2,
        "Standard input cannot be used:\n"
        "  - [[review]] number 1: action: 1 was made on Monday 14 December 2026, after this "
        "conversation\n"
        "Nothing was saved.\n",
    )
    assert tell(line) == ["Mon 14 Dec made, due Fri 18 Dec 2026"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        pytest.param(
            {"outcome": "done", "on": "2026-12-02"},
            "[[review]] of action 1, on: Wednesday 2 December 2026 is before Thursday "
            "3 December 2026, when it was made.",
            id="done-before-it-was-made",
        ),
        pytest.param(
            {"outcome": "moved", "on": "2026-12-04", "due": "2026-12-03"},
            "[[review]] of action 1, due: Thursday 3 December 2026 is before Friday "
            "4 December 2026, the day on which it was agreed.",
            id="moved-to-a-day-before-it-was-agreed",
        ),
    ],
)
def test_the_days_in_a_file_are_checked(
    line: Line, fields: dict[str, str], fault: str
) -> None:
    promise(line, 3)
    refused = talk(line, 6, review=[{"action": 1} | fields])
    assert refused.code == 2
    assert fault in refused.err


def hold_late(line: Line, held_on: str, **script: Any) -> tuple[Ran, ScriptedPerson]:
    """Hold a conversation at the terminal on 16 December, of a day that is typed at its end."""
    person = ScriptedPerson(
        {"What is your own name?": "Ada", HELD_ON: held_on} | script, skip=True
    )
    ran = line(16, "session new priya --template quick", person=person)
    return ran, person


def test_at_a_terminal_only_what_was_promised_by_then_is_asked_about(
    line: Line,
) -> None:
    promise(line, 14, due=18)
    person = ScriptedPerson({"What is your own name?": "Ada"}, skip=True)
    words = "session new priya --template quick --on 2026-12-10"
    assert line(16, words, person=person).code == 0
    assert [key for key in person.asked if key.startswith("review")] == []
    assert tell(line) == ["Mon 14 Dec made, due Fri 18 Dec 2026"]


def test_enter_leaves_no_trace_on_what_was_promised_after_the_day_given_at_the_end(
    line: Line,
) -> None:
    promise(line, 14, due=18)
    ran, person = hold_late(line, "10 Dec")
    assert (ran.code, "review.1.outcome" in person.asked) == (0, True)
    assert tell(line) == ["Mon 14 Dec made, due Fri 18 Dec 2026"]


def test_what_was_said_of_a_promise_is_not_dropped_in_silence(line: Line) -> None:
    promise(line, 14, due=18)
    ran, person = hold_late(line, ("10 Dec", "15 Dec"), **{"review.1.outcome": "done"})  # type: ignore[arg-type]
    assert ran.code == 0
    assert person.refused == [
        "held-on: Thursday 10 December 2026 is before Monday 14 December 2026, when promise 1, "
        "which you reviewed, was made."
    ]
    assert tell(line)[1:] == ["Tue 15 Dec done, recorded Wed 16 Dec"]


def test_after_a_flight_west_nothing_happens_before_the_promise(line: Line) -> None:
    """In Auckland it was the 10th, in Los Angeles it is still the 9th."""
    promise(line, 10, due=18)
    for command in ("note 1 --text x", "done 1", "reopen 1", "move 1 --to 2026-12-20"):
        assert line(9, f"action {command}").code == 0
    assert {event["on"] for event in load(line)["events"]} == {"2026-12-10"}
    assert tell(line)[1:] == [
        "Thu 10 Dec noted: x",
        "Thu 10 Dec done",
        "Thu 10 Dec reopened",
        "Thu 10 Dec moved to Sun 20 Dec 2026",
    ]


# Any history of commands

ACTS = st.one_of(
    st.tuples(
        st.sampled_from(["done", "drop", "move", "reopen", "note", "owner"]),
        st.integers(0, 6),
        st.integers(0, 12),
    ),
    st.tuples(
        st.sampled_from(["talk-done", "talk-dropped", "talk-moved", "talk-open"]),
        st.integers(0, 6),
        st.integers(0, 12),
    ),
    st.tuples(st.just("edit"), st.integers(0, 12), st.sampled_from([1, 2, 3])),
    st.tuples(st.sampled_from(["delete", "restore"]), st.just(0), st.integers(2, 4)),
)
"""What is done next, how many days ago it was, and to when or in which conversation."""
BEGINNINGS = st.sampled_from(
    [
        [],
        [("talk-moved", 0, 9), ("talk-moved", 0, 4)],
        [("talk-moved", 0, 9), ("talk-moved", 0, 4), ("edit", 5, 3)],
        [("talk-done", 0, 0), ("reopen", 0, 0), ("done", 0, 0)],
    ]
)
"""Histories in which another day of a conversation makes a difference."""


def act(line: Line, today: int, kind: str, ago: int, number: int) -> None:
    """Run one command; it may well be refused."""
    on = december(today - ago).isoformat()
    to = december(today - ago + number).isoformat()
    match kind:
        case "done" | "drop":
            line(today, f"action {kind} 1 --on {on}")
        case "move":
            line(today, f"action move 1 --to {to} --on {on}")
        case "reopen":
            line(today, "action reopen 1")
        case "note":
            line(today, "action note 1 --text x")
        case "owner":
            line(today, f"action edit 1 --owner {'me' if number % 2 else 'them'}")
        case "edit":
            line(today, f"session edit {number} --on {on}")
        case "delete":
            line(today, f"session delete {number} --yes")
        case "restore":
            line(today, f"session restore {number}")
        case _:
            outcome = kind.removeprefix("talk-")
            due = today - ago + number if outcome == "moved" else None
            talk(line, today, on=today - ago, review=review(outcome, due=due))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(BEGINNINGS, st.lists(ACTS, min_size=1, max_size=6), st.sampled_from([None, 5]))
def test_every_screen_tells_the_story_of_the_events(
    tmp_path_factory: pytest.TempPathFactory,
    beginning: list[tuple[str, int, int]],
    acts: list[tuple[str, int, int]],
    due: int | None,
) -> None:
    line = build_line(tmp_path_factory.mktemp("story") / "home")
    promise(line, 1, due=due)
    today = 4
    for kind, ago, number in [*beginning, *acts]:
        act(line, today, kind, ago, number)
        today += 2
    check_story(line, today)


def check_story(line: Line, today: int) -> None:
    action = load(line, today)
    events = action["events"]
    assert events[0]["kind"] == "made"
    assert all(events[0]["on"] <= event["on"] for event in events)
    assert all(event["on"] <= event["recorded_on"] for event in events)
    # The row says what the events say, worked out in the plainest way.
    by_day = sorted(events, key=lambda event: event["on"])
    dates = [event["due"] for event in by_day if event["due"]]
    first_dates = [event["due"] for event in events if event["due"]]
    changes = [e for e in events if e["kind"] in ("done", "dropped", "reopened")]
    closing = changes[-1] if changes and changes[-1]["kind"] != "reopened" else None
    assert (action["due"], action["original_due"]) == (
        dates[-1] if dates else None,
        first_dates[0] if first_dates else None,
    )
    assert (action["status"], action["closed_on"]) == (
        (closing["kind"], closing["on"]) if closing else ("open", None)
    )
    assert action["carried"] == sum(
        e["kind"] == "carried" or (e["kind"] == "moved" and e["session"] is not None)
        for e in events
    )
    # Nothing closed or moved it between a closing and the reopening after it.
    for number, event in enumerate(events):
        if event["kind"] == "reopened":
            later = [e for e in events[number:] if e["kind"] not in ("noted", "edited")]
            assert all(event["on"] <= e["on"] for e in later)
    # List, history and ledger have the same promise.
    (listed,) = line(today, "action list --all --json").json["actions"]
    assert listed == action
    history = line(today, "history priya --json").json["history"]
    (told,) = history["actions"] or [
        a for s in history["sessions"] for a in s["actions"]
    ]
    for name in ("due", "original_due", "status", "closed_on", "carried"):
        assert told[name] == action[name]
    for entry in line(today, "progress --ledger --json").json["progress"]["ledger"]:
        assert (entry["due"], entry["closed_on"]) == (
            action["due"],
            action["closed_on"],
        )
    days = [row.split()[1:3] for row in tell(line, today)]
    assert days == [
        [
            str(date.fromisoformat(e["on"]).day),
            date.fromisoformat(e["on"]).strftime("%b"),
        ]
        for e in by_day
    ]
