"""Queries of encounters: days on which people were spoken to, listed and counted."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.model.encounters import Encounter
from coachlog.model.people import Person
from coachlog.store.database import Connection
from coachlog.store.rows import RowReader, parse_stored_date

MAX_LATEST = 50
"""So many of all are listed, the latest."""

ENCOUNTER_READER = RowReader(
    Encounter, "encounter", person=("encounter.person_id", "person.name")
)

_SELECT_ENCOUNTERS = (
    f"SELECT {ENCOUNTER_READER.columns} FROM encounter "
    "CROSS JOIN person ON person.id = encounter.person_id"
)


def read_encounters(db: Connection, person_id: int) -> list[Encounter]:
    """Return the days on which someone was spoken to, the latest first."""
    rows = db.execute(
        f'{_SELECT_ENCOUNTERS} WHERE encounter.person_id = ? ORDER BY "on" DESC',
        (person_id,),
    )
    return ENCOUNTER_READER.read_all(rows)


def read_latest_encounters(db: Connection) -> list[Encounter]:
    """Return the encounters recorded last, the latest first; `MAX_LATEST` of them at most."""
    rows = db.execute(
        f"{_SELECT_ENCOUNTERS} ORDER BY encounter.id DESC LIMIT ?", (MAX_LATEST,)
    )
    return ENCOUNTER_READER.read_all(rows)


def read_encounter(db: Connection, id: int) -> Encounter:
    """Return the encounter with this number. Raises `NotFound` if there is none."""
    row = db.execute(f"{_SELECT_ENCOUNTERS} WHERE encounter.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(
            f"There is no entry {id}. Nothing was changed.",
            "`coachlog met --list` shows the numbers.",
        )
    return ENCOUNTER_READER.read(row)


def read_last_encounter_day(db: Connection, person_id: int) -> date | None:
    """Return the last day on which someone was spoken to; None for no such day."""
    (day,) = db.execute(
        'SELECT max("on") FROM encounter WHERE person_id = ?', (person_id,)
    ).fetchone()
    return parse_stored_date(day)


def count_encounters_by_person(
    db: Connection, person: Person | None, since: date | None, until: date | None
) -> dict[int, int]:
    """Return on how many days of a period people were spoken to, by the number of the person.

    Of everyone, or of one person; those never spoken to are left out.
    """
    condition, values = "", []
    if person is not None:
        condition, values = "person.id = ? AND", [person.id]
    rows = db.execute(
        f"""
        SELECT id, (SELECT count(*) FROM encounter WHERE person_id = person.id
                    AND "on" BETWEEN ? AND ?) AS days
        FROM person WHERE {condition} days > 0
        """,
        [
            (since or date.min).isoformat(),
            (until or date.max).isoformat(),
            *values,
        ],
    )
    return dict(rows)
