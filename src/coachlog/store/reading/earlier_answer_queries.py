"""Queries of what was answered in an earlier conversation, to stand beside new questions."""

from collections.abc import Iterable
from datetime import date

from coachlog.model.recurrences import EarlierAnswer
from coachlog.store.database import Connection
from coachlog.store.reading.recurrence_queries import read_original_session_id
from coachlog.store.reading.row_filters import HELD_SESSION, SESSION_OUTSIDE_SETS
from coachlog.store.reading.session_queries import read_answers
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID


def read_repeated_answers(db: Connection, session_id: int) -> list[EarlierAnswer]:
    """Return what was answered whenever this conversation was held: then, and again since.

    Later answers come after earlier ones.
    """
    rows = db.execute(
        f"""
        SELECT id, held_on, title FROM session
        WHERE {HELD_SESSION} AND id IN (
            SELECT ?1 UNION ALL SELECT again_id FROM recurrence WHERE session_id = ?1)
        ORDER BY held_on, id
        """,
        (session_id,),
    )
    return _read_answers_of_all(db, rows.fetchall())


def _read_answers_of_all(
    db: Connection, rows: Iterable[tuple[int, str, str]]
) -> list[EarlierAnswer]:
    """Return the answers of conversations, of which each row has the number, day and title."""
    return [
        EarlierAnswer(answer, date.fromisoformat(day), title)
        for id, day, title in rows
        for answer in read_answers(db, id)
    ]


def read_answers_of_three(
    db: Connection, template: str, first_id: int, third_id: int, until: date
) -> list[EarlierAnswer]:
    """Return what was answered whenever these two were in a conversation of three by a template.

    They are named in their order; later answers come after earlier ones, none after that day.
    """
    rows = db.execute(
        f"""
        SELECT id, held_on, title FROM session
        WHERE person_id = ? AND {HELD_SESSION} AND template = ? AND held_on <= ?
          AND {THIRD_PERSON_ID} = ?
        ORDER BY held_on, id
        """,
        (first_id, template, until.isoformat(), third_id),
    )
    return _read_answers_of_all(db, rows.fetchall())


def read_own_answers(db: Connection, template: str) -> list[EarlierAnswer]:
    """Return what the owner answered in their last conversation with themselves by a template.

    If that had come back by itself, it is all answers since it was first held, the latest last.
    """
    row = db.execute(
        f"""
        SELECT id FROM session
        WHERE person_id IS NULL AND {HELD_SESSION} AND template = ? AND {SESSION_OUTSIDE_SETS}
        ORDER BY held_on DESC, id DESC LIMIT 1
        """,
        (template,),
    ).fetchone()
    if row is None:
        return []
    return read_repeated_answers(db, read_original_session_id(db, row[0]))
