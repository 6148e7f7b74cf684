"""Queries of conversations that come back by themselves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coachlog.model.recurrences import Recurrence
from coachlog.model.references import PersonRef
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD_SESSION, build_placeholders
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID

_WAITING = """recurrence.declined_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM session AS again
    WHERE again.id = recurrence.again_id AND again.deleted_at IS NULL)"""
"""What was neither declined nor held again; to delete the conversation that held it undoes that."""

_SELECT_WAITING = f"""
SELECT session.id, session.template, session.title, session.held_on, recurrence.back_on,
       person.id, person.name, person.slug, third.id, third.name, third.slug,
       (SELECT group_concat(name, char(10)) FROM (
            SELECT tag.name FROM session_tag JOIN tag ON tag.id = session_tag.tag_id
            WHERE session_tag.session_id = session.id ORDER BY tag.name))
FROM recurrence CROSS JOIN session ON session.id = recurrence.session_id
LEFT JOIN person ON person.id = session.person_id
LEFT JOIN person AS third ON third.id = {THIRD_PERSON_ID}
WHERE {_WAITING} AND {HELD_SESSION}
  AND person.archived_at IS NULL AND third.archived_at IS NULL
"""


def read_recurrences(db: Connection, until: date = date.max) -> list[Recurrence]:
    """Return what comes back by a day and was neither held again nor declined, in that order.

    What was with somebody in the archive is left out.
    """
    rows = db.execute(
        f"{_SELECT_WAITING} AND recurrence.back_on <= ? ORDER BY recurrence.back_on, recurrence.id",
        (until.isoformat(),),
    )
    return [_build_recurrence(row) for row in rows]


def _build_recurrence(row: Sequence[Any]) -> Recurrence:
    id, template, title, held_on, back_on, *others, tags = row
    partners = [others[:3], others[3:]]
    known_partners = [partner for partner in partners if partner[0] is not None]
    return Recurrence(
        id,
        template,
        title,
        date.fromisoformat(held_on),
        date.fromisoformat(back_on),
        tuple(PersonRef(id, name) for id, name, _ in known_partners),
        tuple(slug for _, _, slug in known_partners),
        tuple(tags.split("\n")) if tags else (),
    )


def read_original_session_id(db: Connection, session_id: int) -> int:
    """Return the conversation that this one held again; its own number if it is a new one."""
    row = db.execute(
        "SELECT session_id FROM recurrence WHERE again_id = ? LIMIT 1", (session_id,)
    ).fetchone()
    return session_id if row is None else int(row[0])


def read_return_days(
    db: Connection, session_ids: Sequence[int]
) -> dict[int, tuple[date, ...]]:
    """Return the days, in order, on which each of these conversations still comes back."""
    rows = db.execute(
        f"""
        SELECT session_id, back_on FROM recurrence
        WHERE session_id IN ({build_placeholders(session_ids)}) AND {_WAITING}
        ORDER BY back_on, id
        """,
        session_ids,
    )
    days: dict[int, tuple[date, ...]] = {}
    for session_id, back_on in rows:
        day = date.fromisoformat(back_on)
        days[session_id] = (*days.get(session_id, ()), day)
    return days
