"""The owner's promises of a quarter, to be looked at again."""

from datetime import date

from coachlog.model import Action
from coachlog.rules import corrections
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import with_events
from coachlog.store.reading.row_filters import ACTIONS, LIVE_ACTION
from coachlog.store.rows import ACTION


def promises_due(db: Connection, day: date) -> tuple[Action, ...]:
    """Return the owner's promises first due in the 91 days up to `day`, with their events."""
    rows = db.execute(
        f"""
        SELECT {ACTION.columns} FROM {ACTIONS}
        WHERE owner = 'me' AND original_due BETWEEN ? AND ? AND {LIVE_ACTION}
        ORDER BY action.id
        """,
        [end.isoformat() for end in corrections.quarter(day)],
    )
    return tuple(with_events(db, ACTION.all(rows)))
