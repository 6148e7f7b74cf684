"""What a row belongs to: read even where the row itself, or what it refers to, is damaged."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from coachlog.model.findings import RowPlace
from coachlog.store.connections import Connection, DriverError
from coachlog.store.table_columns import TableColumns

_OWN_LINKS = {
    "session": "session_id",
    "action": "action_id",
    "goal": "goal_id",
    "person": "person_id",
    "learning_set": "set_id",
    "pulse": "pulse_id",
    "workshop": "workshop_id",
}
"""The tables whose rows others refer to, and the column in which the others do."""


def read_place(db: Connection, table: str, key: tuple[Any, ...]) -> RowPlace:
    """Return what a row belongs to, as far as the journal can still tell."""
    place = RowPlace(table, key)
    # A number that refers to nothing, or to what cannot be read, is left out.
    with suppress(DriverError, ValueError, TypeError):
        links = _read_links(db, table, key)
        place = place._replace(
            action=_get_number(links, "action_id"),
            goal=_get_number(links, "goal_id"),
            pulse=_get_number(links, "pulse_id"),
            session=_get_number(links, "session_id"),
            workshop=_get_number(links, "workshop_id"),
        )
        place = place._replace(set=_read_set_name(db, links))
        place = place._replace(people=_read_names(db, _list_people(db, links)))
        place = place._replace(held_on=_read_session_day(db, place.session))
    return place


def _read_links(db: Connection, table: str, key: tuple[Any, ...]) -> dict[str, Any]:
    """Return the numbers by which a row refers to others, and its own; none if it is not there."""
    columns = TableColumns(db, table)
    # The other columns may hold what cannot be read.
    names = [name for name in columns.names if name.endswith("_id")]
    links: dict[str, Any] = {}
    if names:
        selected = ", ".join(f'"{name}"' for name in names)
        row = db.execute(
            f'SELECT {selected} FROM "{table}" WHERE {columns.key_condition}', key
        ).fetchone()
        links = dict(zip(names, row, strict=True)) if row else {}
    if table in _OWN_LINKS:
        links[_OWN_LINKS[table]] = key[0]
    return _read_owner_links(db, table, links)


def _read_owner_links(
    db: Connection, table: str, links: dict[str, Any]
) -> dict[str, Any]:
    """Return the numbers of a row with those of the promise, or else the goal, it belongs to."""
    action = _get_number(links, "action_id")
    if action is not None and table != "action":
        row = db.execute(
            "SELECT person_id, session_id FROM action WHERE id = ?", (action,)
        ).fetchone()
        owner_links = dict(zip(("person_id", "session_id"), row or (), strict=False))
        return owner_links | links
    goal = _get_number(links, "goal_id")
    if goal is not None and table != "goal":
        row = db.execute("SELECT person_id FROM goal WHERE id = ?", (goal,)).fetchone()
        return links | {"person_id": row[0] if row else None}
    return links


def _get_number(links: Mapping[str, Any], name: str) -> int | None:
    value = links.get(name)
    return value if isinstance(value, int) else None


def _list_people(db: Connection, links: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the people of a conversation, or else of whom a row is about."""
    session = _get_number(links, "session_id")
    person = _get_number(links, "person_id")
    if session is None:
        return [] if person is None else [person]
    rows = db.execute(
        """
        SELECT person_id FROM session WHERE id = ?1 AND person_id IS NOT NULL
        UNION ALL SELECT person_id FROM session_person WHERE session_id = ?1
        """,
        (session,),
    ).fetchall()
    return [id for (id,) in rows]


def _read_names(db: Connection, ids: list[int]) -> tuple[str, ...]:
    names = []
    for id in ids:
        row = db.execute("SELECT name FROM person WHERE id = ?", (id,)).fetchone()
        if row and isinstance(row[0], str):
            names.append(row[0])
    return tuple(names)


def _read_set_name(db: Connection, links: Mapping[str, Any]) -> str | None:
    row = db.execute(
        """
        SELECT name FROM learning_set
        WHERE id = coalesce(?, (SELECT set_id FROM meeting WHERE session_id = ?))
        """,
        (_get_number(links, "set_id"), _get_number(links, "session_id")),
    ).fetchone()
    return row[0] if row and isinstance(row[0], str) else None


def _read_session_day(db: Connection, session: int | None) -> date | None:
    row = db.execute("SELECT held_on FROM session WHERE id = ?", (session,)).fetchone()
    return date.fromisoformat(row[0]) if row else None
