"""Queries of what was answered in an earlier conversation, to stand beside new questions."""

from datetime import date

from coachlog.model.recurrences import EarlierAnswer
from coachlog.store.database import Connection
from coachlog.store.reading.recurrence_queries import read_original_session_id
from coachlog.store.reading.row_filters import HELD_SESSION, SESSION_OUTSIDE_SETS
from coachlog.store.reading.session_queries import read_answers


def read_repeated_answers(db: Connection, session_id: int) -> list[EarlierAnswer]:
    """Return what was answered whenever this conversation was held: then, and again since.

    Later answers come after earlier ones.
    """
    rows = db.execute(
        f"""
        SELECT id, held_on FROM session
        WHERE {HELD_SESSION} AND id IN (
            SELECT ?1 UNION ALL SELECT again_id FROM recurrence WHERE session_id = ?1)
        ORDER BY held_on, id
        """,
        (session_id,),
    )
    return [
        EarlierAnswer(answer, date.fromisoformat(day))
        for id, day in rows.fetchall()
        for answer in read_answers(db, id)
    ]


def read_own_answers(db: Connection, template: str) -> list[EarlierAnswer]:
    """Return what the owner answered in their last conversation with themselves by a template.

    If that had come back by itself, it is all answers since it was first held, the latest last.
    """
    row = db.execute(
        f"""
        SELECT id, title FROM session
        WHERE person_id IS NULL AND {HELD_SESSION} AND template = ? AND {SESSION_OUTSIDE_SETS}
        ORDER BY held_on DESC, id DESC LIMIT 1
        """,
        (template,),
    ).fetchone()
    if row is None:
        return []
    id, title = row
    answers = read_repeated_answers(db, read_original_session_id(db, id))
    return [earlier._replace(title=title) for earlier in answers]
