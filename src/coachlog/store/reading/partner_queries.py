"""Queries of who was in which conversations, and with whom a promise was made."""

from collections.abc import Mapping, Sequence

from coachlog.model.actions import Action
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import build_placeholders

# SQLite takes at most 32,766 parameters in one statement.
_SESSIONS_PER_QUERY = 10_000

PartnerIds = Mapping[int, Sequence[int]]
"""The numbers of the people in each session, by the number of the session."""


def read_partner_ids(
    db: Connection, actions: Sequence[Action]
) -> dict[int, tuple[int, ...]]:
    """Return with whom each action was made, by its number; whose plan it is in comes first."""
    session_ids = {action.session for action in actions if action.session is not None}
    session_partners = read_session_partners(db, sorted(session_ids))
    partner_ids = {}
    for action in actions:
        plan_id = action.person.id if action.person else None
        there = session_partners.get(action.session or 0, ())
        ids = dict.fromkeys([plan_id, *there, action.owner_id])
        partner_ids[action.id] = tuple(id for id in ids if id is not None)
    return partner_ids


def read_session_partners(db: Connection, ids: Sequence[int]) -> PartnerIds:
    """Return who else was in these sessions; the one with whom it is filed comes first."""
    partner_ids: dict[int, list[int]] = {}
    for start in range(0, len(ids), _SESSIONS_PER_QUERY):
        batch = ids[start : start + _SESSIONS_PER_QUERY]
        rows = db.execute(
            f"""
            SELECT id, person_id FROM session
            WHERE id IN ({build_placeholders(batch)}) AND person_id IS NOT NULL
            UNION ALL
            SELECT session_id, person_id FROM session_person
            WHERE session_id IN ({build_placeholders(batch)})
            """,
            [*batch, *batch],
        )
        for session_id, person_id in rows:
            partner_ids.setdefault(session_id, []).append(person_id)
    return partner_ids


def read_sessions_alone(
    db: Connection, ids: Sequence[int], templates: Sequence[str]
) -> frozenset[int]:
    """Return which of these sessions the owner had alone, with one of these templates."""
    found: set[int] = set()
    for start in range(0, len(ids), _SESSIONS_PER_QUERY):
        batch = ids[start : start + _SESSIONS_PER_QUERY]
        rows = db.execute(
            f"SELECT id FROM session WHERE id IN ({build_placeholders(batch)}) "
            f"AND person_id IS NULL AND template IN ({build_placeholders(templates)})",
            [*batch, *templates],
        )
        found.update(id for (id,) in rows)
    return frozenset(found)
