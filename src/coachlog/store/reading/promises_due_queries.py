"""The query behind a look back at a quarter's promises."""

from datetime import date

from coachlog.model.actions import Action
from coachlog.rules import corrections
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import ACTION_READER, attach_action_events
from coachlog.store.reading.row_filters import (
    ACTIONS_WITH_PERSON,
    LIVE_ACTION,
    OWNER_AT_FIRST_DATE,
)


def read_promises_due(db: Connection, day: date) -> tuple[Action, ...]:
    """Return the owner's promises first due in the 91 days up to `day`, with their events."""
    since, until = corrections.find_quarter(day)
    rows = db.execute(
        f"""
        SELECT {ACTION_READER.columns} FROM {ACTIONS_WITH_PERSON}
        WHERE original_due BETWEEN ? AND ? AND {OWNER_AT_FIRST_DATE} = 'me' AND {LIVE_ACTION}
        ORDER BY action.id
        """,
        (since.isoformat(), until.isoformat()),
    )
    return tuple(attach_action_events(db, ACTION_READER.read_all(rows)))
