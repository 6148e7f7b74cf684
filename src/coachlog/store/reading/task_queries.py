"""What task lists say of promises: by which each is known again, and when it was made."""

import json
from collections.abc import Sequence
from datetime import date

from coachlog.model.actions import Action
from coachlog.model.task_marks import TaskMark
from coachlog.rules.task_ids import LEAST_LENGTH, shorten_task_uid
from coachlog.store.database import Connection
from coachlog.store.rows import parse_stored_date


def read_task_marks(db: Connection, actions: Sequence[Action]) -> dict[int, TaskMark]:
    """Return the marks of these promises by their numbers.

    Hidden promises count as well for what one is called: they may come back.
    """
    earlier_uids = _read_earlier_uids(db, actions)
    made_days = _read_made_days(db, actions)
    return {
        action.id: TaskMark(
            shorten_task_uid(action.uid, earlier_uids.get(action.id, ())),
            made_days.get(action.id),
        )
        for action in actions
    }


def _read_earlier_uids(
    db: Connection, actions: Sequence[Action]
) -> dict[int, list[str]]:
    """Return the uids that begin as that of a promise does and were there before it."""
    beginnings = {action.id: action.uid[:LEAST_LENGTH] for action in actions}
    # `g` comes after every letter that a uid has.
    rows = db.execute(
        """
        SELECT wanted.key, other.uid FROM json_each(?) AS wanted
        CROSS JOIN action AS other
        ON other.uid >= wanted.value AND other.uid < wanted.value || 'g'
        AND other.id < CAST(wanted.key AS INTEGER)
        """,
        (json.dumps(beginnings),),
    )
    earlier_uids: dict[int, list[str]] = {}
    for id, uid in rows:
        earlier_uids.setdefault(int(id), []).append(uid)
    return earlier_uids


def _read_made_days(
    db: Connection, actions: Sequence[Action]
) -> dict[int, date | None]:
    """Return on which day each promise was made: in a conversation, or alone."""
    rows = db.execute(
        """
        SELECT action.id, coalesce(session.held_on, (
            SELECT min("on") FROM action_event
            WHERE action_event.action_id = action.id AND action_event.kind = 'made'))
        FROM json_each(?) AS wanted CROSS JOIN action ON action.id = wanted.value
        LEFT JOIN session ON session.id = action.session_id
        """,
        (json.dumps([action.id for action in actions]),),
    )
    return {id: parse_stored_date(day) for id, day in rows}
