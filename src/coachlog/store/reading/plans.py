"""What a plan holds."""

from datetime import date

from coachlog import rules
from coachlog.model import Person, Plan
from coachlog.store.database import Connection
from coachlog.store.reading.actions import actions
from coachlog.store.reading.people import me
from coachlog.store.shapes import parsed


def plan(db: Connection, who: Person, *, all: bool = False, private: bool = False) -> Plan:
    """Return a person's plan: what is open, and what was closed since the talk before the last.

    `all` adds everything closed earlier, `private` the actions marked so; `withheld` counts
    those left out.
    """
    held = db.execute(
        """
        SELECT id, held_on FROM session
        WHERE person_id = ? AND status = 'held' AND deleted_at IS NULL
        ORDER BY held_on DESC, id DESC LIMIT 2
        """,
        (who.id,),
    ).fetchall()
    since = date.fromisoformat(held[-1][1]) if len(held) == 2 and not all else date.min
    listed = [
        action
        for action in actions(db, person_id=who.id)
        if action.closed_on is None or action.closed_on >= since
    ]
    shown = [action for action in listed if private or not action.private]
    return Plan(
        person=who,
        me=me(db) or "",
        agreed_on=date.fromisoformat(held[0][1]) if held else None,
        review_on=_review_date(db, who, *held[0]) if held else None,
        actions=tuple(shown),
        withheld=len(listed) - len(shown),
    )


def _review_date(db: Connection, who: Person, session_id: int, held_on: str) -> date | None:
    """Return the last date answered in that session and after it, else what the rhythm says."""
    row = db.execute(
        """
        SELECT value FROM answer WHERE session_id = ? AND kind = 'date' AND private = 0
        AND health = 0 AND value > ? ORDER BY position DESC LIMIT 1
        """,
        (session_id, f'"{held_on}"'),
    ).fetchone()
    if row and (answered := parsed(row[0])):
        return date.fromisoformat(answered)
    return rules.next_talk(date.fromisoformat(held_on), who.every_days)
