"""What was said again and again: measures over time, and themes."""

from datetime import date
from typing import Any

from coachlog.errors import NotFound
from coachlog.model import Person
from coachlog.model.progress import Point, Theme, Trend
from coachlog.rules import disclosure, figures
from coachlog.rules.disclosure import Audience, Marks
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD, OF_NO_SET
from coachlog.store.rows import person_ref
from coachlog.text import clean

RECENT_WITH_ONE, RECENT = 5, 20
"""The last sessions that themes are looked for in: with one person, and in all."""


def measures(
    db: Connection,
    *,
    who: Person | None = None,
    measure: str | None = None,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> tuple[tuple[Trend, ...], int]:
    """Return the trends of a person, of one measure, or of both, and how many values are left out.

    Left out is what is private or about health, unless `private` is given. What was measured in a
    set is nobody's own. `NotFound` for a measure that nobody was ever asked outside one.
    """
    where, values = ["session.held_on BETWEEN ? AND ?"], [*_ends(since, until)]
    if who is not None:
        where.append("session.person_id = ?")
        values.append(who.id)
    if measure is not None:
        where.append("answer.measure = ?")
        values.append(measure)
    rows = db.execute(
        f"""
        SELECT answer.measure, person.id, person.name, answer.low, answer.high,
               session.held_on, answer.value, answer.private, answer.health
        FROM session JOIN answer ON answer.session_id = session.id
             LEFT JOIN person ON person.id = session.person_id
        WHERE {" AND ".join(where)} AND {HELD}
              AND answer.measure IS NOT NULL AND answer.kind = 'scale' AND answer.value <> 'null'
              AND {OF_NO_SET}
        ORDER BY session.held_on, session.id, answer.position
        """,
        values,
    ).fetchall()
    if measure is not None and not rows:
        _require(db, measure)
    values_shown = disclosure.split(
        rows, Audience.OWNER_AT_SCREEN, private=private, key=lambda row: Marks(*row[-2:])
    )
    return figures.trends([_said(row) for row in values_shown.shown]), values_shown.withheld


def known_measures(db: Connection) -> list[str]:
    """Return the names of the measures that were ever asked, by name."""
    rows = db.execute(
        "SELECT DISTINCT measure FROM answer WHERE measure IS NOT NULL ORDER BY measure"
    )
    return [row[0] for row in rows]


def themes(
    db: Connection,
    who: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Theme, ...]:
    """Return the tags of the last sessions: of five with one person, else of twenty with anyone."""
    rows = db.execute(
        f"""
        SELECT recent.id, tag.name FROM (
            SELECT id FROM session
            WHERE {HELD} AND held_on BETWEEN ? AND ?
                  {"AND person_id = ?" if who else ""}
            ORDER BY held_on DESC, id DESC LIMIT ?
        ) AS recent
        LEFT JOIN session_tag ON session_tag.session_id = recent.id
        LEFT JOIN tag ON tag.id = session_tag.tag_id
        """,
        [*_ends(since, until), *([who.id, RECENT_WITH_ONE] if who else [RECENT])],
    )
    tagged: dict[int, list[str]] = {}
    for id, tag in rows:
        tagged.setdefault(id, []).extend([tag] if tag else [])
    return figures.themes(list(tagged.values()))


def _ends(since: date | None, until: date | None) -> list[Any]:
    return [(since or date.min).isoformat(), (until or date.max).isoformat()]


def _said(row: tuple[Any, ...]) -> figures.Said:
    measure, id, name, low, high, on, value, *_ = row
    point = Point(date.fromisoformat(on), int(value))
    return measure, person_ref(id, name), low, high, point


def _require(db: Connection, measure: str) -> None:
    if measure not in (known := known_measures(db)):
        raise NotFound(
            f"Nothing was ever measured as “{clean(measure)}”.",
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
            f"“{clean(measure)}” was measured in sets only.", "coachlog progress --set NAME"
        )
