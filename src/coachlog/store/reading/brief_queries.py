"""What is asked before a talk: last time, promises, measures, goals, parked notes."""

from collections.abc import Iterable
from datetime import date

from coachlog.model import Answer, Goal, Person, Session
from coachlog.model.brief import Brief, Measured
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience, Marks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import promises_with
from coachlog.store.reading.person_queries import parked_notes
from coachlog.store.reading.row_filters import GOALS, HELD, SESSIONS
from coachlog.store.rows import ANSWER, GOAL, SESSION


def brief(db: Connection, who: Person, *, private: bool = False) -> Brief:
    """Return what there is to know of a person before the next talk.

    What is private or about health is in it only with `private`; `withheld` counts what is not.
    """
    row = db.execute(
        f"""
        SELECT {SESSION.columns} FROM {SESSIONS}
        WHERE session.person_id = ? AND {HELD}
        ORDER BY session.held_on DESC, session.id DESC LIMIT 1
        """,
        (who.id,),
    ).fetchone()
    last = SESSION.read(row) if row else None
    reader = Audience.OWNER_AT_SCREEN
    key_answers = _key_answers(db, last.id) if last else []
    answers = disclosure.split(key_answers, reader, private=private)
    actions = disclosure.split(promises_with(db, who.id), reader, private=private)
    goals = disclosure.split(_open_goals(db, who.id), reader, private=private)
    notes = disclosure.split(parked_notes(db, who.id), reader, private=private)
    values = _measures(db, who.id) if last else []
    measures = _last_two(disclosure.split(values, reader, private=private).shown)
    measures_withheld = len({value.measure for value in values}) - len(measures)
    return Brief(
        person=who,
        cancelled=tuple(_cancelled(db, who.id, last)),
        last_session=last,
        answers=answers.shown,
        actions=actions.shown,
        measures=tuple(measures),
        goals=goals.shown,
        notes=notes.shown,
        withheld=answers.withheld + actions.withheld + goals.withheld + measures_withheld,
    )


def _cancelled(db: Connection, person_id: int, last: Session | None) -> list[Session]:
    """Return the talks called off since the last one held, or ever; the oldest first."""
    rows = db.execute(
        f"""
        SELECT {SESSION.columns} FROM {SESSIONS}
        WHERE session.person_id = ? AND session.status = 'cancelled'
        AND session.held_on > ? AND session.deleted_at IS NULL ORDER BY session.held_on
        """,
        (person_id, last.held_on.isoformat() if last else ""),
    )
    return SESSION.all(rows)


def _key_answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers that the template marks as key, those that were skipped left out."""
    rows = db.execute(
        f"""
        SELECT {ANSWER.columns} FROM answer
        WHERE session_id = ? AND "key" AND value <> 'null' ORDER BY position
        """,
        (session_id,),
    )
    return ANSWER.all(rows)


def _open_goals(db: Connection, person_id: int) -> list[Goal]:
    rows = db.execute(
        f"""
        SELECT {GOAL.columns} FROM {GOALS}
        WHERE goal.person_id = ? AND goal.status = 'open' AND goal.deleted_at IS NULL
        ORDER BY goal.id
        """,
        (person_id,),
    )
    return GOAL.all(rows)


def _measures(db: Connection, person_id: int) -> list[Measured]:
    """Return every value of every measure, the latest first, each as if it were the only one."""
    rows = db.execute(
        f"""
        SELECT answer.measure, answer.value, answer.low, answer.high, session.held_on,
               answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.person_id = ? AND {HELD}
        AND answer.measure IS NOT NULL AND answer.value <> 'null'
        ORDER BY session.held_on DESC, session.id DESC, answer.position DESC
        """,
        (person_id,),
    )
    return [
        Measured(
            *(name, int(value), low, high, date.fromisoformat(on)),
            private=disclosure.is_private(Marks(private, health)),
        )
        for name, value, low, high, on, private, health in rows
    ]


def _last_two(values: Iterable[Measured]) -> list[Measured]:
    """Return each measure once: its last value, and the one before it on the same range.

    The measure asked last comes first; those of one talk come as they were asked.
    """
    found: dict[str, Measured] = {}
    for one in values:
        last = found.setdefault(one.measure, one)
        if last is not one and last.before is None and last[2:4] == one[2:4]:
            found[one.measure] = last._replace(
                before=one.value, before_on=one.on, private=last.private or one.private
            )
    asked = list(found.values())
    asked.reverse()
    return sorted(asked, key=lambda one: one.on, reverse=True)
