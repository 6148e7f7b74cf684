"""The query behind a brief: the last conversation, promises, measures, goals and open notes."""

from collections.abc import Iterable, Sequence
from datetime import date

from coachlog.model import Answer, Goal, Person, Session
from coachlog.model.brief import AskFirst, Brief, MeasureReading
from coachlog.rules import ask_first, disclosure
from coachlog.rules.disclosure import Audience, EntrySplit, SecrecyMarks
from coachlog.rules.notes import sort_notes_by_kind
from coachlog.rules.quotes import choose_quoted_answers, is_own_note
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_next_talk_actions
from coachlog.store.reading.encounter_queries import read_last_encounter_day
from coachlog.store.reading.note_queries import read_open_notes
from coachlog.store.reading.row_filters import (
    GOALS_WITH_PERSON,
    HELD_SESSION,
    SESSIONS_WITH_PERSON,
    select_sessions_with,
)
from coachlog.store.rows import ANSWER_READER, GOAL_READER, SESSION_READER


def read_brief(
    db: Connection,
    person: Person,
    today: date,
    *,
    private: bool = False,
    own_notes: bool = False,
) -> Brief:
    """Return what there is to know about a person before the next talk with them.

    What is private or about health is included only with `private`; otherwise `withheld` counts it.
    With `own_notes`, the owner's private notes to themselves are included all the same.
    """
    last_session = _read_last_session(db, person.id)
    quoted_answers: list[Answer] = []
    readings: list[MeasureReading] = []
    if last_session is not None:
        quoted_answers = choose_quoted_answers(_read_answers(db, last_session.id))
        readings = _read_measure_values(db, person.id)
    open_actions = read_next_talk_actions(db, person.id)
    open_goals = _read_open_goals(db, person.id)
    open_notes = read_open_notes(db, person.id)

    audience = Audience.OWNER_AT_SCREEN
    answers = _split_quoted_answers(
        quoted_answers, private=private, own_notes=own_notes
    )
    actions = disclosure.split_entries(open_actions, audience, private=private)
    goals = disclosure.split_entries(open_goals, audience, private=private)
    # The one screen that notes are kept for: elsewhere they are veiled.
    notes = disclosure.split_entries(open_notes, Audience.OWNER)
    visible_readings = disclosure.split_entries(
        readings, audience, private=private
    ).visible_entries
    measures = _pair_last_values(visible_readings)
    measures_withheld = len({reading.measure for reading in readings}) - len(measures)
    own_notes_withheld = sum(map(is_own_note, quoted_answers))
    own_notes_withheld -= sum(map(is_own_note, answers.visible_entries))
    promise = ask_first.find_promise_to_raise(actions.visible_entries)
    goal = ask_first.find_goal_to_raise(goals.visible_entries, today)
    return Brief(
        person=person,
        cancelled=tuple(_read_cancelled_sessions(db, person.id, last_session)),
        last_session=last_session,
        answers=answers.visible_entries,
        actions=actions.visible_entries,
        measures=tuple(measures),
        goals=goals.visible_entries,
        notes=sort_notes_by_kind(notes.visible_entries),
        withheld=answers.withheld
        + actions.withheld
        + goals.withheld
        + measures_withheld,
        own_notes=own_notes_withheld,
        ask_first=AskFirst(promise.id if promise else None, goal.id if goal else None),
        last_met=read_last_encounter_day(db, person.id),
    )


def _split_quoted_answers(
    answers: Sequence[Answer], *, private: bool, own_notes: bool
) -> EntrySplit[Answer]:
    """Return the answers for the owner's screen; with `own_notes`, notes to oneself are shown."""
    shown = [
        answer
        for answer in answers
        if (own_notes and is_own_note(answer))
        or disclosure.judge_access(answer, Audience.OWNER_AT_SCREEN, private=private)
        == disclosure.SHOWN
    ]
    return EntrySplit(tuple(shown), len(answers) - len(shown))


def _read_last_session(db: Connection, person_id: int) -> Session | None:
    row = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.id = (
            SELECT id FROM ({select_sessions_with("?1", HELD_SESSION)}
                            ORDER BY held_on DESC, id DESC LIMIT 1))
        """,
        (person_id,),
    ).fetchone()
    return SESSION_READER.read(row) if row else None


def _read_cancelled_sessions(
    db: Connection, person_id: int, last_session: Session | None
) -> list[Session]:
    """Return the talks cancelled since the last one held, or all of them; the oldest first."""
    since = last_session.held_on.isoformat() if last_session else ""
    rows = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.person_id = ? AND session.status = 'cancelled'
        AND session.held_on > ? AND session.deleted_at IS NULL ORDER BY session.held_on
        """,
        (person_id, since),
    )
    return SESSION_READER.read_all(rows)


def _read_answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers of a session, without skipped ones."""
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns} FROM answer
        WHERE session_id = ? AND value <> 'null' ORDER BY position
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
    """Return every value of every measure, the latest first, without the value before it."""
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
            measure=measure,
            value=int(value),
            low=low,
            high=high,
            on=date.fromisoformat(on),
            private=disclosure.is_private(SecrecyMarks(private, health)),
        )
        for measure, value, low, high, on, private, health in rows
    ]


def _pair_last_values(readings: Iterable[MeasureReading]) -> list[MeasureReading]:
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
