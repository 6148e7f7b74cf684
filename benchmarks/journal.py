"""Fills a journal with many sessions, for benchmarks and for tests of what grows.

Written in bulk through the tables, not through the interview: 1,000 sessions take a second. All
but the newest actions are closed, as in a journal that is kept up.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coachlog.model import ActionStatus, EventKind, Kind, Relationship, SessionStatus
from coachlog.store import tables
from coachlog.store.database import Journal

TODAY = date(2026, 11, 23)
PEOPLE = 20
OPEN = 30
ANSWERS = 8
ACTIONS = 2
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def fill(home: Path, sessions: int) -> Journal:
    """Return a new journal with that many sessions, 8 answers and 2 actions each, 30 open."""
    from sqlalchemy import insert

    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        for table, rows in _rows(sessions).items():
            if rows:
                change.session.execute(insert(table), rows)
    return journal


def _rows(count: int) -> dict[type, list[dict[str, object]]]:
    people = [_person(number) for number in range(1, PEOPLE + 1)]
    held = [_session(number, count) for number in range(1, count + 1)]
    answers = [_answer(number, n) for number in range(1, count + 1) for n in range(1, ANSWERS + 1)]
    actions = [_action(number, count * ACTIONS) for number in range(1, count * ACTIONS + 1)]
    events = [event for action in actions for event in _events(action)]
    return {
        tables.PersonRow: people,
        tables.SessionRow: held,
        tables.AnswerRow: answers,
        tables.ActionRow: actions,
        tables.ActionEventRow: events,
    }


def _person(number: int) -> dict[str, object]:
    name = f"Person {number:02}"
    return {
        "id": number,
        "uid": f"p{number}",
        "name": name,
        "slug": f"person-{number:02}",
        "relationship": Relationship.REPORT,
        "every_days": 14,
        "created_at": NOW,
    }


def _session(number: int, count: int) -> dict[str, object]:
    return {
        "id": number,
        "uid": f"s{number}",
        "person_id": number % PEOPLE + 1,
        "status": SessionStatus.HELD,
        "template": "grow",
        "title": "GROW",
        "template_hash": "-",
        "held_on": TODAY - timedelta(days=(count - number) // 2),
        "zone": "Europe/London",
        "minutes": 30,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _answer(session: int, position: int) -> dict[str, object]:
    words = f"What was said in session {session}, answer {position}. " * 3
    return {
        "session_id": session,
        "position": position,
        "stage": "goal",
        "stage_title": "Goal",
        "prompt": f"prompt-{position}",
        "question": "What would make this conversation time well spent?",
        "kind": Kind.TEXT,
        "value": json.dumps(words),
        "private": False,
        "key": False,
        "health": False,
    }


def _action(number: int, count: int) -> dict[str, object]:
    is_open = number > count - OPEN
    session = (number + 1) // ACTIONS
    due = TODAY + timedelta(days=number % 20 - 10)
    return {
        "id": number,
        "uid": f"a{number}",
        "person_id": session % PEOPLE + 1,
        "session_id": session,
        "what": f"Promise number {number}: send the notes round",
        "owner": "me" if number % 2 else "them",
        "due": due,
        "original_due": due,
        "private": False,
        "status": ActionStatus.OPEN if is_open else ActionStatus.DONE,
        "closed_on": None if is_open else due,
        "carried": 0,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _events(action: dict[str, object]) -> list[dict[str, object]]:
    made = {
        "action_id": action["id"],
        "session_id": action["session_id"],
        "at": NOW,
        "on": TODAY - timedelta(days=30),
        "kind": EventKind.MADE,
        "due": action["due"],
    }
    if action["closed_on"] is None:
        return [made]
    return [made, made | {"on": action["closed_on"], "kind": EventKind.DONE, "due": None}]


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
