"""Queries of measures, one value after another."""

from collections.abc import Iterator
from datetime import date

from coachlog.model.measures import MeasureReading
from coachlog.rules import disclosure
from coachlog.rules.disclosure import TANK, Audience, EntrySplit, SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    SESSION_OUTSIDE_TANK,
)
from coachlog.store.reading.three_way_filters import OF_THREE_ABOUT_OWNER

# The meetings are a list, looked up once. With a plus, as SQLite would take an index of all days
# for the few conversations of three.
_SELECT_MEASURES = f"""
    SELECT answer.measure, answer.value, answer.low, answer.high, session.held_on,
           answer.private, answer.health, answer.session_id, answer.position
    FROM session CROSS JOIN answer ON answer.session_id = session.id
    WHERE {{condition}} AND {HELD_SESSION}
    AND session.id NOT IN (SELECT session_id FROM meeting) AND {SESSION_OUTSIDE_TANK}
    AND +session.held_on < :before AND answer.measure IS NOT NULL AND answer.value <> 'null'
"""

# Each name is looked up from the one before it: all values would be many times as many.
_WITH_NAMES = """
    WITH RECURSIVE names (measure) AS (
        SELECT min(measure) FROM answer WHERE measure IS NOT NULL
        UNION ALL
        SELECT (SELECT min(measure) FROM answer WHERE measure > names.measure)
        FROM names WHERE names.measure IS NOT NULL)
"""

_SEEN_BY_READER = """(:reader IS NULL OR session.person_id = :reader OR :reader IN (
    SELECT person_id FROM session_person WHERE session_person.session_id = session.id))"""


def read_measure_names(db: Connection) -> list[str]:
    """Return the names of all measures ever asked, in alphabetical order, but for the tank's."""
    rows = db.execute(
        f"""
        {_WITH_NAMES} SELECT measure FROM names WHERE measure IS NOT NULL AND (
            measure <> '{TANK}' OR EXISTS (
                SELECT 1 FROM answer JOIN session ON session.id = answer.session_id
                WHERE answer.measure = '{TANK}' AND {SESSION_OUTSIDE_TANK}))
        ORDER BY measure
        """
    )
    return [name for (name,) in rows]


def read_last_measures(
    db: Connection,
    person_id: int | None,
    *,
    private: bool,
    reader_id: int | None = None,
) -> EntrySplit[MeasureReading]:
    """Return each measure once, with its last value and the one before it on the same range.

    The measure asked last comes first; those of one talk come in the order in which they were
    asked. What is private is left out, unless `private`; measures of which nothing else is left
    count as withheld. `person_id` and `reader_id` are as for `read_measure_values`.
    """
    measures = _read_measures_of(db, person_id, reader_id)
    last_readings: dict[str, MeasureReading] = {}
    # Once every measure has both values, those of the years before are not read.
    unpaired_measures = set(measures)
    for reading in read_measure_values(db, person_id, reader_id=reader_id):
        measure = reading.measure
        access = disclosure.judge_access(
            reading, Audience.OWNER_AT_SCREEN, private=private
        )
        if access != disclosure.SHOWN or measure not in unpaired_measures:
            continue
        last = last_readings.get(measure)
        last_readings[measure] = _pair_readings(last, reading) if last else reading
        if last_readings[measure].before is not None:
            unpaired_measures.remove(measure)
        if not unpaired_measures:
            break
    # Reversed, the measures of one talk are in the order asked, and sorting by day keeps that.
    in_order_asked = reversed(last_readings.values())
    readings = sorted(in_order_asked, key=lambda reading: reading.on, reverse=True)
    return EntrySplit(tuple(readings), len(measures) - len(readings))


def _read_measures_of(
    db: Connection, person_id: int | None, reader_id: int | None
) -> set[str]:
    """Return the names of the measures that `read_measure_values` returns values of."""
    # When it has as many as were ever asked, no earlier conversation is looked at.
    rows = db.execute(
        f"""
        {_WITH_NAMES} SELECT DISTINCT measure FROM ({_build_measures_query(person_id)})
        LIMIT (SELECT count(measure) FROM names)
        """,
        {
            "person": person_id,
            "reader": reader_id,
            "before": date.max.isoformat(),
        },
    )
    return {name for (name,) in rows}


def _pair_readings(last: MeasureReading, earlier: MeasureReading) -> MeasureReading:
    """Return the last value of a measure with one before it, unless their ranges differ."""
    if (earlier.low, earlier.high) != (last.low, last.high):
        return last
    return last._replace(
        before=earlier.value,
        before_on=earlier.on,
        private=last.private or earlier.private,
    )


def read_measure_values(
    db: Connection,
    person_id: int | None,
    *,
    before: date | None = None,
    reader_id: int | None = None,
) -> Iterator[MeasureReading]:
    """Yield every value of every measure, the latest first, without the value before it.

    Without a person, they are the owner's: of conversations alone, and of those of three about
    their own plan; for a reader, of those in which they were. One of three is about the first of
    the two others otherwise. With `before`, they are those of conversations before a day.
    """
    rows = db.execute(
        f"""
        SELECT measure, value, low, high, held_on, private, health
        FROM ({_build_measures_query(person_id)})
        ORDER BY held_on DESC, session_id DESC, position DESC
        """,
        {
            "person": person_id,
            "reader": reader_id,
            "before": (before or date.max).isoformat(),
        },
    )
    for measure, value, low, high, on, private, health in rows:
        yield MeasureReading(
            measure=measure,
            value=int(value),
            low=low,
            high=high,
            on=date.fromisoformat(on),
            private=disclosure.is_private(SecrecyMarks(private, health)),
        )


def _build_measures_query(person_id: int | None) -> str:
    """Return the SQL of every value of every measure, in no order."""
    condition = f"session.person_id IS :person AND NOT {OF_THREE_ABOUT_OWNER}"
    query = _SELECT_MEASURES.format(condition=condition)
    if person_id is None:
        condition = f"{OF_THREE_ABOUT_OWNER} AND {_SEEN_BY_READER}"
        query += f" UNION ALL {_SELECT_MEASURES.format(condition=condition)}"
    return query
