"""Fills a journal with many sessions, for benchmarks and for tests of what grows.

Written in bulk through the tables, not through the interview: 1,000 sessions take a second. It is a
journal that is kept up: two key answers, a measure and a private answer in each session, a fifth of
the promises moved once, all but the newest closed. What is newest looks the same at every size.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from coachlog.model.actions import ActionStatus, EventKind
from coachlog.model.answers import PromptKind
from coachlog.model.goals import GoalScale, GoalStatus
from coachlog.model.notes import NoteKind
from coachlog.model.people import Relationship
from coachlog.model.sessions import SessionStatus
from coachlog.store.database import Journal
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.goal_rows import GoalRow, NoteRow, RatingRow
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.pulse_rows import PulseCountRow, PulseRow
from coachlog.store.tables.session_rows import SessionRow
from coachlog.store.tables.tag_rows import SessionTagRow, TagRow
from coachlog.store.transactions import Change

TODAY = date(2026, 11, 23)
PEOPLE = 20
OPEN = 30
ANSWERS = 8
ACTIONS = 2
CANCELLED = 30
"""Sessions that were not held: they come on top, with the numbers after those that were."""
GOALS = 12
RATINGS = 5
NOTES = 20
SESSIONS_A_PULSE = 100
TAGS = ("delegation", "feedback", "focus", "workload", "career", "team")
MEASURES = ("confidence", "progress")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ROWS_AT_ONCE = 5_000
"""Rows that are in memory at a time, however many there are."""

Row = dict[str, object]


def fill(home: Path, sessions: int) -> Journal:
    """Return a new journal with that many sessions held, 8 answers and 2 actions each, 30 open."""
    from sqlalchemy import insert, inspect

    journal = Journal(home)
    with journal.change(NOW, create=True) as change, _keep_nothing_to_undo(change):
        for table, rows in _rows(sessions).items():
            # Into the table itself: its mapper sorts the rows by what is None in them.
            statement = insert(inspect(table).local_table)
            for batch in _batches(rows):
                change.db_session.execute(statement, batch)
    return journal


def _keep_nothing_to_undo(change: Change) -> AbstractContextManager[None]:
    """Return a context without what `undo` keeps: all these rows would be in memory at once.

    A version that is measured beside this one may have no `undo`.
    """
    return change.outside_undo() if hasattr(change, "outside_undo") else nullcontext()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    return iter(lambda: [*islice(remaining, ROWS_AT_ONCE)], [])


def _rows(count: int) -> dict[type, Iterator[Row]]:
    """Return the rows of each table, made as they are written."""
    numbers = range(1, count + 1)
    action_count = count * ACTIONS
    pulses = range(1, count // SESSIONS_A_PULSE + 2)
    return {
        PersonRow: map(_person, range(1, PEOPLE + 1)),
        SessionRow: _sessions(count),
        AnswerRow: (
            _answer(number, count - number, n)
            for number in numbers
            for n in range(1, ANSWERS + 1)
        ),
        TagRow: (
            {"id": n, "uid": _uid("tag", n), "name": name}
            for n, name in enumerate(TAGS, 1)
        ),
        SessionTagRow: (
            {"session_id": number, "tag_id": (count - number) // 3 % len(TAGS) + 1}
            for number in numbers
            if (count - number) % 3 == 0
        ),
        ActionRow: _actions(action_count),
        ActionEventRow: (
            event for action in _actions(action_count) for event in _events(action)
        ),
        GoalRow: map(_goal, range(1, GOALS + 1)),
        RatingRow: (
            _rating(goal, n)
            for goal in range(1, GOALS + 1)
            for n in range(1, RATINGS + 1)
        ),
        NoteRow: map(_note, range(1, NOTES + 1)),
        PulseRow: map(_pulse, pulses),
        PulseCountRow: (
            {
                "pulse_id": number,
                "statement": n,
                "value": value,
                "shown": value,
                "waiting": 0,
            }
            for number in pulses
            for n in (1, 2)
            for value in range(1, 6)
        ),
    }


def _sessions(count: int) -> Iterator[Row]:
    for number in range(1, count + 1):
        yield _session(number, count)
    for number in range(1, CANCELLED + 1):
        yield _cancelled(number, count)


def _actions(count: int) -> Iterator[Row]:
    for number in range(1, count + 1):
        yield _action(number, count)


def _uid(*row: str | int) -> str:
    """Return an identifier as long as a real one, the same in every run."""
    return str(uuid5(NAMESPACE_OID, str(row)))


def _pulse(number: int) -> Row:
    """Return a pulse that fifteen have replied to."""
    return {
        "id": number,
        "uid": f"u{number}",
        "tag": "K7",
        "secret": "0" * 32,
        "statements": '["One.", "Two."]',
        "made_on": TODAY,
        "created_at": NOW,
    }


def _person(number: int) -> Row:
    name = f"Person {number:02}"
    return {
        "id": number,
        "uid": f"p{number}",
        "name": name,
        "slug": f"person-{number:02}",
        "relationship": Relationship.REPORT,
        "every_days": 14,
        "created_at": NOW,
        "added_on": TODAY,
    }


def _held_on(number: int, count: int) -> date:
    return TODAY - (count - number) // 2 * DAY


def _session(number: int, count: int) -> Row:
    return {
        "id": number,
        "uid": f"s{number}",
        "person_id": number % PEOPLE + 1,
        "status": SessionStatus.HELD,
        "template": "grow",
        "title": "GROW",
        "template_hash": "-",
        "held_on": _held_on(number, count),
        "zone": "Europe/London",
        "minutes": 30,
        "created_at": NOW,
        "updated_at": NOW,
        "cancelled_by": None,
    }


def _cancelled(number: int, count: int) -> Row:
    """Return one of the sessions that were called off, one every five days up to today."""
    id = count + number
    return _session(id, count) | {
        "status": SessionStatus.CANCELLED,
        "held_on": TODAY - (CANCELLED - number) * 5 * DAY,
        "minutes": None,
        "cancelled_by": "me" if number % 3 == 0 else "them",
    }


def _answer(session: int, age: int, position: int) -> Row:
    """Return an answer; `age` is how many sessions came after this one."""
    said = {
        "uid": _uid("answer", session, position),
        "session_id": session,
        "position": position,
        "stage": "goal",
        "stage_title": "Goal",
        "prompt": f"prompt-{position}",
        "question": "What would make this conversation time well spent?",
        "kind": PromptKind.TEXT,
        "value": json.dumps(
            " ".join([f"This is answer {position} of session {session}."] * 4)
        ),
        "private": position == ANSWERS,
        "key": position <= 2,
        "health": False,
        "measure": None,
        "low": None,
        "high": None,
    }
    if position == 1:
        said |= {
            "question": "In one line: what do you take with you?",
            "kind": PromptKind.LINE,
            "value": json.dumps(f"A smaller first release, try {session}"),
        }
    if position == 3:
        said |= {
            "question": "How sure are you that you will do it?",
            "kind": PromptKind.SCALE,
            "value": str(age // PEOPLE * 3 % 10 + 1),
            "measure": MEASURES[age // PEOPLE % len(MEASURES)],
            "low": 1,
            "high": 10,
        }
    return said


def _action(number: int, count: int) -> Row:
    """Return a promise: one in five was moved by a week, one in ten was kept three days late."""
    is_open = number > count - OPEN
    session = (number + 1) // ACTIONS
    turn = number + number // (
        PEOPLE * ACTIONS
    )  # so that everyone moves and is late now and then
    made = _held_on(session, count // ACTIONS)
    due = (
        TODAY + (number % 20 - 10) * DAY if is_open else made + (7 + number % 14) * DAY
    )
    closed = min(due + 3 * DAY if turn % 10 == 3 else due, TODAY)
    return {
        "id": number,
        "uid": f"a{number}",
        "person_id": session % PEOPLE + 1,
        "session_id": session,
        "what": f"Promise number {number}: send the notes round",
        "owner": "me" if number % 2 else "them",
        "due": due,
        "original_due": due - 7 * DAY if turn % 5 == 0 else due,
        "private": False,
        "status": ActionStatus.OPEN if is_open else ActionStatus.DONE,
        "closed_on": None if is_open else closed,
        "carried": 0,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _events(action: Row) -> list[Row]:
    """Return what happened to a promise: made, perhaps moved two days before it was due, done."""
    first = action["original_due"]
    assert isinstance(first, date)
    made = {
        "action_id": action["id"],
        "session_id": action["session_id"],
        "at": NOW,
        "on": first - 7 * DAY,
        "kind": EventKind.MADE,
        "due": first,
    }
    events = [made]
    if action["due"] != first:
        on = first - 2 * DAY
        events.append(made | {"on": on, "kind": EventKind.MOVED, "due": action["due"]})
    if action["closed_on"] is not None:
        events.append(
            made | {"on": action["closed_on"], "kind": EventKind.DONE, "due": None}
        )
    return [
        event | {"recorded_on": event["on"], "uid": _uid("event", str(action["id"]), n)}
        for n, event in enumerate(events)
    ]


def _goal(number: int) -> Row:
    return {
        "id": number,
        "uid": f"g{number}",
        "person_id": number,
        "title": f"Goal {number}: lead the planning without me",
        "scale": GoalScale.TEN,
        "baseline": 3,
        "target": 8,
        "weight": 1,
        "private": False,
        "status": GoalStatus.OPEN,
        "opened_on": TODAY - 200 * DAY,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _rating(goal: int, n: int) -> Row:
    on = TODAY - (RATINGS - n) * 30 * DAY
    return {
        "uid": _uid("rating", goal, n),
        "goal_id": goal,
        "at": NOW,
        "on": on,
        "value": 3 + n,
    }


def _note(number: int) -> Row:
    return {
        "uid": f"n{number}",
        "kind": NoteKind.RAISE,
        "person_id": (number - 1) % PEOPLE + 1,
        "words": f"Ask how talk {number} with the other team went",
        "written_on": TODAY - number * DAY,
        "created_at": NOW,
    }


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
