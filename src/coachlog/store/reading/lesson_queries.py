"""The query behind what the owner learned: alone, being coached, and in three about their plan."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from coachlog.model.own_plans import Lesson
from coachlog.model.people import Direction, Relationship
from coachlog.model.references import PersonRef
from coachlog.rules.directions import find_direction
from coachlog.rules.lessons import COACHED_TEMPLATE, is_learned, keep_latest_lessons
from coachlog.rules.quotes import choose_quoted_answers
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    SESSION_OUTSIDE_SETS,
    SESSION_OUTSIDE_TANK,
    build_placeholders,
)
from coachlog.store.reading.session_readers import ANSWER_READER
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID

_MOST_SESSIONS = 12
"""So many conversations are looked at for what was learned in them, the latest."""

_RELATIONSHIPS_ABOVE = tuple(
    relationship.value
    for relationship in Relationship
    if find_direction(relationship) is Direction.UP
)
_FIELDS = "session.id, session.title, session.held_on, session.template"
_LATEST = f"ORDER BY session.held_on DESC, session.id DESC LIMIT {_MOST_SESSIONS}"
# Conversations alone are read off their index; of those with people above the owner there are few.
_LEARNING_SESSIONS = f"""
SELECT * FROM (
    SELECT {_FIELDS} FROM session
    WHERE session.person_id IS NULL AND {HELD_SESSION} AND {SESSION_OUTSIDE_SETS}
          AND {SESSION_OUTSIDE_TANK} {_LATEST})
UNION ALL
SELECT * FROM (
    SELECT {_FIELDS} FROM person CROSS JOIN session ON session.person_id = person.id
    WHERE person.relationship IN ({build_placeholders(_RELATIONSHIPS_ABOVE)}) AND {HELD_SESSION}
          AND (session.of_three = 1 OR session.template = ?) {_LATEST})
ORDER BY held_on DESC, id DESC LIMIT {_MOST_SESSIONS}
"""


def read_lessons(db: Connection) -> list[Lesson]:
    """Return what the owner learned lately, each question once, the latest conversation first.

    It is what is quoted of conversations alone, of those in which they were coached, and of those
    of three about their own plan.
    """
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, answer.id, recent.id, recent.title, recent.held_on,
               recent.template, person.id, person.name, third.id, third.name
        FROM ({_LEARNING_SESSIONS}) AS recent
        CROSS JOIN session ON session.id = recent.id
        CROSS JOIN answer ON answer.session_id = recent.id
        LEFT JOIN person ON person.id = session.person_id
        LEFT JOIN person AS third ON third.id = {THIRD_PERSON_ID}
        WHERE answer.value <> 'null'
        ORDER BY recent.held_on DESC, recent.id DESC, answer.position
        """,
        (*_RELATIONSHIPS_ABOVE, COACHED_TEMPLATE),
    ).fetchall()
    answers = ANSWER_READER.read_all(rows)
    lessons = [
        _build_lesson(row[len(row) - 9 :], answer)
        for row, answer in zip(rows, answers, strict=True)
    ]
    quoted_lessons = [
        lesson
        for _, group in groupby(lessons, key=lambda lesson: lesson.session)
        for lesson in _leave_learned(list(group))
    ]
    return keep_latest_lessons(quoted_lessons)


def read_lesson_session_ids(db: Connection) -> list[int]:
    """Return the numbers of the conversations that are looked at for what was learned."""
    rows = db.execute(_LEARNING_SESSIONS, (*_RELATIONSHIPS_ABOVE, COACHED_TEMPLATE))
    return [row[0] for row in rows]


def _build_lesson(row: Sequence[Any], answer: Any) -> Lesson:
    id, session_id, title, held_on, template, *people = row
    partners = [(people[0], people[1]), (people[2], people[3])]
    return Lesson(
        id,
        session_id,
        title,
        date.fromisoformat(held_on),
        answer,
        template,
        tuple(PersonRef(id, name) for id, name in partners if id is not None),
    )


def _leave_learned(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return what is quoted of one conversation and says what was learned."""
    quoted_answers = choose_quoted_answers([lesson.answer for lesson in lessons])
    return [
        lesson
        for lesson in lessons
        if lesson.answer in quoted_answers
        and is_learned(lesson.template, lesson.answer)
    ]
