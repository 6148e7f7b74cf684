"""Queries of what is asked again and again: measures over time, and themes."""

from datetime import date
from typing import Any

from coachlog.errors import NotFound
from coachlog.model.people import Person
from coachlog.model.progress import Theme, Trend, TrendPoint
from coachlog.rules import disclosure, measure_trends
from coachlog.rules.disclosure import TANK, Audience, SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.measure_queries import read_measure_names
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    SESSION_OUTSIDE_SETS,
    SESSION_OUTSIDE_TANK,
    select_sessions_with,
)
from coachlog.store.reading.three_way_filters import OF_THREE_ABOUT_OWNER
from coachlog.store.rows import build_person_ref
from coachlog.text import clean_text

THEME_SESSIONS = 20
THEME_SESSIONS_WITH_PERSON = 5
"""How many of the last sessions themes are taken from: of all, and of those with one person."""
_ALL = -1
"""The limit with which SQLite leaves out nothing."""


def read_measure_trends(
    db: Connection,
    *,
    person: Person | None = None,
    measure: str | None = None,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> tuple[tuple[Trend, ...], int]:
    """Return trends, of one person or one measure if given, and how many values are left out.

    Values that are private or about health are left out, unless `private`. Those measured in a set
    do not count: they are not one person's. Of three people, they are the first's, or the owner's.
    Raises `NotFound` for a measure that was never asked outside a set.
    """
    conditions = ["session.held_on BETWEEN ? AND ?"]
    values = _build_period_values(since, until)
    if person is not None:
        conditions.append(f"session.person_id = ? AND NOT {OF_THREE_ABOUT_OWNER}")
        values.append(person.id)
    if measure is not None:
        conditions.append("answer.measure = ?")
        values.append(measure)
    rows = db.execute(
        f"""
        SELECT answer.measure, person.id, person.name, answer.low, answer.high,
               session.held_on, answer.value, answer.private, answer.health
        FROM session JOIN answer ON answer.session_id = session.id
             LEFT JOIN person ON person.id = session.person_id AND NOT {OF_THREE_ABOUT_OWNER}
        WHERE {" AND ".join(conditions)} AND {HELD_SESSION}
              AND answer.measure IS NOT NULL AND answer.kind = 'scale' AND answer.value <> 'null'
              AND {SESSION_OUTSIDE_SETS} AND {SESSION_OUTSIDE_TANK}
        ORDER BY session.held_on, session.id, answer.position
        """,
        values,
    ).fetchall()
    if measure is not None and not rows:
        _require_measure(db, measure)
    visible = disclosure.split_entries(
        rows,
        Audience.OWNER_AT_SCREEN,
        private=private,
        key=lambda row: SecrecyMarks(private=row[-2], health=row[-1]),
    )
    trends = measure_trends.build_trends(
        map(_parse_measure_row, visible.visible_entries)
    )
    return trends, visible.withheld


def read_themes(
    db: Connection,
    person: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    of_whole_period: bool = False,
) -> tuple[Theme, ...]:
    """Return the tags of the last five sessions with a person, or else of the last twenty.

    `of_whole_period` takes them from all the sessions of the period.
    """
    values = _build_period_values(since, until)
    held = f"{HELD_SESSION} AND session.held_on BETWEEN ?1 AND ?2"
    sessions = (
        f"SELECT id, held_on FROM session WHERE {held} AND {SESSION_OUTSIDE_TANK}"
    )
    if person is None:
        limit = THEME_SESSIONS
    else:
        sessions = f"SELECT id, held_on FROM ({select_sessions_with('?3', held)})"
        values.append(person.id)
        limit = THEME_SESSIONS_WITH_PERSON
    values.append(_ALL if of_whole_period else limit)
    rows = db.execute(
        f"""
        SELECT recent.id, tag.name FROM (
            {sessions} ORDER BY held_on DESC, id DESC LIMIT ?
        ) AS recent
        LEFT JOIN session_tag ON session_tag.session_id = recent.id
        LEFT JOIN tag ON tag.id = session_tag.tag_id
        """,
        values,
    )
    session_tags: dict[int, list[str]] = {}
    for session_id, tag in rows:
        # A session without tags counts too, and comes as one row without a tag.
        tags = session_tags.setdefault(session_id, [])
        if tag:
            tags.append(tag)
    return measure_trends.count_themes(list(session_tags.values()))


def _build_period_values(since: date | None, until: date | None) -> list[Any]:
    return [(since or date.min).isoformat(), (until or date.max).isoformat()]


def _parse_measure_row(row: tuple[Any, ...]) -> measure_trends.MeasureValue:
    measure, person_id, name, low, high, held_on, value, *_ = row
    point = TrendPoint(date.fromisoformat(held_on), int(value))
    return measure, build_person_ref(person_id, name), low, high, point


def _require_measure(db: Connection, measure: str) -> None:
    """Raise `NotFound` for a measure that was never asked outside a set."""
    names = read_measure_names(db)
    if measure == TANK and measure not in names:
        raise NotFound(
            "How full your tank is has a screen of its own.",
            "To see it: coachlog tank show",
        )
    if measure not in names:
        raise NotFound(
            f"There is no measure “{clean_text(measure)}”.",
            f"Your measures: {', '.join(names)}." if names else None,
        )
    (is_asked_outside_sets,) = db.execute(
        """
        SELECT EXISTS (SELECT 1 FROM answer WHERE measure = ? AND NOT EXISTS
                       (SELECT 1 FROM meeting WHERE meeting.session_id = answer.session_id))
        """,
        (measure,),
    ).fetchone()
    if not is_asked_outside_sets:
        raise NotFound(
            f"“{clean_text(measure)}” has only been measured in sets.",
            "See a set's figures: coachlog progress --set NAME",
        )
