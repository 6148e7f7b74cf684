"""What is asked before a talk: last time, promises, measures, goals, parked notes."""

from collections.abc import Iterable
from datetime import date

from coachlog.model import Answer, Goal, Person, Session
from coachlog.model.brief import Brief, MeasureReading
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_next_talk_actions
from coachlog.store.reading.person_queries import read_parked_notes
from coachlog.store.reading.row_filters import GOALS_WITH_PERSON, HELD_SESSION, SESSIONS_WITH_PERSON
from coachlog.store.rows import ANSWER_READER, GOAL_READER, SESSION_READER


def read_brief(db: Connection, person: Person, *, private: bool = False) -> Brief:
    """Return what there is to know of a person before the next talk.

    What is private or about health is in it only with `private`; `withheld` counts what is not.
    """
    row = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.person_id = ? AND {HELD_SESSION}
        ORDER BY session.held_on DESC, session.id DESC LIMIT 1
        """,
        (person.id,),
    ).fetchone()
    last = SESSION_READER.read(row) if row else None
    reader = Audience.OWNER_AT_SCREEN
    key_answers = _read_key_answers(db, last.id) if last else []
    answers = disclosure.split_entries(key_answers, reader, private=private)
    actions = disclosure.split_entries(
        read_next_talk_actions(db, person.id), reader, private=private
    )
    goals = disclosure.split_entries(_read_open_goals(db, person.id), reader, private=private)
    notes = disclosure.split_entries(read_parked_notes(db, person.id), reader, private=private)
    values = _read_measure_values(db, person.id) if last else []
    measures = _pair_last_values(
        disclosure.split_entries(values, reader, private=private).visible_entries
    )
    measures_withheld = len({value.measure for value in values}) - len(measures)
    return Brief(
        person=person,
        cancelled=tuple(_read_cancelled_sessions(db, person.id, last)),
        last_session=last,
        answers=answers.visible_entries,
        actions=actions.visible_entries,
        measures=tuple(measures),
        goals=goals.visible_entries,
        notes=notes.visible_entries,
        withheld=answers.withheld + actions.withheld + goals.withheld + measures_withheld,
    )


def _read_cancelled_sessions(
    db: Connection, person_id: int, last_session: Session | None
) -> list[Session]:
    """Return the talks called off since the last one held, or ever; the oldest first."""
    rows = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.person_id = ? AND session.status = 'cancelled'
        AND session.held_on > ? AND session.deleted_at IS NULL ORDER BY session.held_on
        """,
        (person_id, last_session.held_on.isoformat() if last_session else ""),
    )
    return SESSION_READER.read_all(rows)


def _read_key_answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers that the template marks as key, those that were skipped left out."""
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns} FROM answer
        WHERE session_id = ? AND "key" AND value <> 'null' ORDER BY position
        """,
        (session_id,),
    )
    return ANSWER_READER.read_all(rows)


def _read_open_goals(db: Connection, person_id: int) -> list[Goal]:
    rows = db.execute(
        f"""
        SELECT {GOAL_READER.columns} FROM {GOALS_WITH_PERSON}
        WHERE goal.person_id = ? AND goal.status = 'open' AND goal.deleted_at IS NULL
        ORDER BY goal.id
        """,
        (person_id,),
    )
    return GOAL_READER.read_all(rows)


def _read_measure_values(db: Connection, person_id: int) -> list[MeasureReading]:
    """Return every value of every measure, the latest first, each as if it were the only one."""
    rows = db.execute(
        f"""
        SELECT answer.measure, answer.value, answer.low, answer.high, session.held_on,
               answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.person_id = ? AND {HELD_SESSION}
        AND answer.measure IS NOT NULL AND answer.value <> 'null'
        ORDER BY session.held_on DESC, session.id DESC, answer.position DESC
        """,
        (person_id,),
    )
    return [
        MeasureReading(
            *(name, int(value), low, high, date.fromisoformat(on)),
            private=disclosure.is_private(SecrecyMarks(private, health)),
        )
        for name, value, low, high, on, private, health in rows
    ]


def _pair_last_values(values: Iterable[MeasureReading]) -> list[MeasureReading]:
    """Return each measure once: its last value, and the one before it on the same range.

    The measure asked last comes first; those of one talk come as they were asked.
    """
    found: dict[str, MeasureReading] = {}
    for one in values:
        last = found.setdefault(one.measure, one)
        if last is not one and last.before is None and last[2:4] == one[2:4]:
            found[one.measure] = last._replace(
                before=one.value, before_on=one.on, private=last.private or one.private
            )
    asked = list(found.values())
    asked.reverse()
    return sorted(asked, key=lambda one: one.on, reverse=True)
