"""Queries of measures, one value after another."""

from collections.abc import Iterable
from datetime import date

from coachlog.model.brief import MeasureReading
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    OF_THREE_ABOUT_OWNER,
    SESSION_OUTSIDE_SETS,
)

_SELECT_MEASURES = f"""
    SELECT answer.measure, answer.value, answer.low, answer.high, session.held_on,
           answer.private, answer.health, answer.session_id, answer.position
    FROM session CROSS JOIN answer ON answer.session_id = session.id
    WHERE {{condition}} AND {HELD_SESSION} AND {SESSION_OUTSIDE_SETS}
    AND answer.measure IS NOT NULL AND answer.value <> 'null'
"""


# Said twice: the index holds the few that are of three.
_MEASURED_OF_OWNER = f"session.of_three = 1 AND {OF_THREE_ABOUT_OWNER}"


_SEEN_BY_READER = """(:reader IS NULL OR session.person_id = :reader OR :reader IN (
    SELECT person_id FROM session_person WHERE session_person.session_id = session.id))"""


def read_measure_values(
    db: Connection, person_id: int | None, *, reader_id: int | None = None
) -> list[MeasureReading]:
    """Return every value of every measure, the latest first, without the value before it.

    Without a person, they are the owner's: of conversations alone, and of those of three about
    their own plan; for a reader, of those in which they were. One of three is about the first of
    the two others otherwise.
    """
    condition = f"session.person_id IS :person AND NOT {OF_THREE_ABOUT_OWNER}"
    query = _SELECT_MEASURES.format(condition=condition)
    if person_id is None:
        condition = f"{_MEASURED_OF_OWNER} AND {_SEEN_BY_READER}"
        query += f" UNION ALL {_SELECT_MEASURES.format(condition=condition)}"
    rows = db.execute(
        f"""
        SELECT measure, value, low, high, held_on, private, health FROM ({query})
        ORDER BY held_on DESC, session_id DESC, position DESC
        """,
        {"person": person_id, "reader": reader_id},
    )
    return [
        MeasureReading(
            measure=measure,
            value=int(value),
            low=low,
            high=high,
            on=date.fromisoformat(on),
            private=disclosure.is_private(SecrecyMarks(private, health)),
        )
        for measure, value, low, high, on, private, health in rows
    ]


def pair_last_values(readings: Iterable[MeasureReading]) -> list[MeasureReading]:
    """Return each measure once, with its last value and the one before it on the same range.

    `readings` come latest first. The measure asked last comes first; those of one talk come in the
    order in which they were asked.
    """
    last_readings: dict[str, MeasureReading] = {}
    for reading in readings:
        last = last_readings.setdefault(reading.measure, reading)
        if last is reading or last.before is not None:
            continue
        if (reading.low, reading.high) == (last.low, last.high):
            last_readings[reading.measure] = last._replace(
                before=reading.value,
                before_on=reading.on,
                private=last.private or reading.private,
            )
    # Reversed, the measures of one talk are in the order asked, and sorting by day keeps that.
    in_order_asked = reversed(last_readings.values())
    return sorted(in_order_asked, key=lambda reading: reading.on, reverse=True)
