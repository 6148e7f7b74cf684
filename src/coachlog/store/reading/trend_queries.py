"""What was said again and again: measures over time, and themes."""

from datetime import date
from typing import Any

from coachlog.errors import NotFound
from coachlog.model import Person
from coachlog.model.progress import Theme, Trend, TrendPoint
from coachlog.rules import disclosure, figures
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD_SESSION, SESSION_OUTSIDE_SETS
from coachlog.store.rows import build_person_ref
from coachlog.text import clean_text

THEME_SESSIONS_WITH_PERSON, THEME_SESSIONS = 5, 20
"""The last sessions that themes are looked for in: with one person, and in all."""


def read_measure_trends(
    db: Connection,
    *,
    person: Person | None = None,
    measure: str | None = None,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> tuple[tuple[Trend, ...], int]:
    """Return the trends of a person, of one measure, or of both, and how many values are left out.

    Left out is what is private or about health, unless `private` is given. What was measured in a
    set is nobody's own. `NotFound` for a measure that nobody was ever asked outside one.
    """
    where, values = ["session.held_on BETWEEN ? AND ?"], [*_build_period_values(since, until)]
    if person is not None:
        where.append("session.person_id = ?")
        values.append(person.id)
    if measure is not None:
        where.append("answer.measure = ?")
        values.append(measure)
    rows = db.execute(
        f"""
        SELECT answer.measure, person.id, person.name, answer.low, answer.high,
               session.held_on, answer.value, answer.private, answer.health
        FROM session JOIN answer ON answer.session_id = session.id
             LEFT JOIN person ON person.id = session.person_id
        WHERE {" AND ".join(where)} AND {HELD_SESSION}
              AND answer.measure IS NOT NULL AND answer.kind = 'scale' AND answer.value <> 'null'
              AND {SESSION_OUTSIDE_SETS}
        ORDER BY session.held_on, session.id, answer.position
        """,
        values,
    ).fetchall()
    if measure is not None and not rows:
        _require_measure(db, measure)
    values_shown = disclosure.split_entries(
        rows, Audience.OWNER_AT_SCREEN, private=private, key=lambda row: SecrecyMarks(*row[-2:])
    )
    return figures.build_trends(
        [_parse_measure_row(row) for row in values_shown.visible_entries]
    ), values_shown.withheld


def read_measure_names(db: Connection) -> list[str]:
    """Return the names of the measures that were ever asked, by name."""
    rows = db.execute(
        "SELECT DISTINCT measure FROM answer WHERE measure IS NOT NULL ORDER BY measure"
    )
    return [row[0] for row in rows]


def read_themes(
    db: Connection,
    person: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Theme, ...]:
    """Return the tags of the last sessions: of five with one person, else of twenty with anyone."""
    rows = db.execute(
        f"""
        SELECT recent.id, tag.name FROM (
            SELECT id FROM session
            WHERE {HELD_SESSION} AND held_on BETWEEN ? AND ?
                  {"AND person_id = ?" if person else ""}
            ORDER BY held_on DESC, id DESC LIMIT ?
        ) AS recent
        LEFT JOIN session_tag ON session_tag.session_id = recent.id
        LEFT JOIN tag ON tag.id = session_tag.tag_id
        """,
        [
            *_build_period_values(since, until),
            *([person.id, THEME_SESSIONS_WITH_PERSON] if person else [THEME_SESSIONS]),
        ],
    )
    tagged: dict[int, list[str]] = {}
    for id, tag in rows:
        tagged.setdefault(id, []).extend([tag] if tag else [])
    return figures.count_themes(list(tagged.values()))


def _build_period_values(since: date | None, until: date | None) -> list[Any]:
    return [(since or date.min).isoformat(), (until or date.max).isoformat()]


def _parse_measure_row(row: tuple[Any, ...]) -> figures.MeasureValue:
    measure, id, name, low, high, on, value, *_ = row
    point = TrendPoint(date.fromisoformat(on), int(value))
    return measure, build_person_ref(id, name), low, high, point


def _require_measure(db: Connection, measure: str) -> None:
    if measure not in (known := read_measure_names(db)):
        raise NotFound(
            f"Nothing was ever measured as “{clean_text(measure)}”.",
            f"There are: {', '.join(known)}." if known else None,
        )
    (outside,) = db.execute(
        """
        SELECT EXISTS (SELECT 1 FROM answer WHERE measure = ? AND NOT EXISTS
                       (SELECT 1 FROM meeting WHERE meeting.session_id = answer.session_id))
        """,
        (measure,),
    ).fetchone()
    if not outside:
        raise NotFound(
            f"“{clean_text(measure)}” was measured in sets only.", "coachlog progress --set NAME"
        )
