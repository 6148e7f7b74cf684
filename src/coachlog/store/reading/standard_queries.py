"""Queries of answers that are evidence for the owner's standards."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from coachlog.model.people import Person
from coachlog.model.references import SetRef
from coachlog.model.sessions import Answer
from coachlog.model.standards import StandardSource
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.answers import describe_answer
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    SESSION_OUTSIDE_TANK,
    select_sessions_with,
)
from coachlog.store.reading.session_readers import ANSWER_READER
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID
from coachlog.store.rows import build_person_ref


class _EvidenceMarks(NamedTuple):
    """What is secret about an answer: said in a `set`, it is nobody else's."""

    private: bool
    health: bool
    set: SetRef | None


def read_evidence(
    db: Connection,
    standard_ids: Mapping[str, Mapping[str, str]],
    *,
    person: Person | None = None,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> dict[str, list[StandardSource]]:
    """Return by standard what was answered to its questions, the newest first.

    `standard_ids` has the standard of each question by its template and its name. Only what was
    answered in conversations that were held counts, with a person only in those with them. Private
    words are in it only with `private`, and what was said in a set never is.
    """
    of_person = "1"
    if person is not None:
        of_person = (
            "session.id IN (SELECT id FROM "
            f"({select_sessions_with(':person', HELD_SESSION)}))"
        )
    names = [
        f"{template}.{name}" for template, ids in standard_ids.items() for name in ids
    ]
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session.id, session.held_on, session.template,
               session.title, person.id, person.name, third.id, third.name,
               learning_set.id, learning_set.name
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        LEFT JOIN person ON person.id = session.person_id
        LEFT JOIN person AS third ON third.id = {THIRD_PERSON_ID}
        LEFT JOIN meeting ON meeting.session_id = session.id
        LEFT JOIN learning_set ON learning_set.id = meeting.set_id
        WHERE {HELD_SESSION} AND session.held_on BETWEEN :since AND :until
              AND {SESSION_OUTSIDE_TANK} AND {of_person}
              AND session.template IN (SELECT value FROM json_each(:templates))
              AND session.template || '.' || answer.stage || '.' || answer.prompt
                  IN (SELECT value FROM json_each(:names))
              AND answer.value NOT IN ('null', '""', '[]')
        ORDER BY session.held_on DESC, session.id DESC, answer.position DESC
        """,
        {
            "since": (since or date.min).isoformat(),
            "until": (until or date.max).isoformat(),
            "person": person.id if person else None,
            "templates": json.dumps([*standard_ids]),
            "names": json.dumps(names),
        },
    )
    evidence: dict[str, list[StandardSource]] = {}
    for row in rows:
        answer = ANSWER_READER.read(row)
        source = _build_evidence(answer, row[ANSWER_READER.width :], private=private)
        id = standard_ids[source.template][f"{answer.stage}.{answer.prompt}"]
        evidence.setdefault(id, []).append(source)
    return evidence


def _build_evidence(
    answer: Answer, columns: tuple[Any, ...], *, private: bool
) -> StandardSource:
    session_id, held_on, template, title, *names = columns
    people = (build_person_ref(*names[0:2]), build_person_ref(*names[2:4]))
    set_id, set_name = names[4:]
    learning_set = None if set_id is None else SetRef(set_id, set_name)
    marks = _EvidenceMarks(answer.private, answer.health, learning_set)
    return StandardSource(
        session=session_id,
        held_on=date.fromisoformat(held_on),
        template=template,
        title=title,
        people=tuple(person for person in people if person is not None),
        set=learning_set,
        question=answer.question,
        words=_veil_words(answer, marks, private=private),
        private=disclosure.is_private(marks),
    )


def _veil_words(answer: Answer, marks: _EvidenceMarks, *, private: bool) -> str:
    """Return the words of an answer as a page shows them that may be handed on."""
    access = disclosure.judge_access(marks, Audience.OWNER_IN_FILE, private=private)
    if access == disclosure.NEVER:
        return ""
    return (
        describe_answer(answer)
        if access == disclosure.SHOWN
        else disclosure.VEILED_WORDS
    )
