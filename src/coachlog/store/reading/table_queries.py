"""Queries of whole tables, for files: read in batches, in the order of their numbers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from coachlog.model.actions import Action
from coachlog.model.batches import BATCH_SIZE
from coachlog.model.goals import Goal
from coachlog.model.measures import MeasuredValue
from coachlog.model.notes import Note
from coachlog.model.sessions import Session
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import ACTION_READER, SELECT_ACTIONS
from coachlog.store.reading.goal_queries import (
    GOAL_READER,
    SELECT_GOALS,
    attach_goal_details,
)
from coachlog.store.reading.note_queries import NOTE_READER, SELECT_NOTES
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    LIVE_ACTION,
    SESSION_OUTSIDE_TANK,
)
from coachlog.store.reading.session_queries import read_session_batches
from coachlog.store.reading.set_queries import read_present_members
from coachlog.store.reading.three_way_filters import OF_THREE_ABOUT_OWNER
from coachlog.store.rows import build_person_ref


def read_table_sessions(db: Connection) -> Iterator[list[Session]]:
    """Yield all sessions held or cancelled, the newest first, with who was present in a set's.

    Those of the owner's own tank are in no table.
    """
    for all_sessions in read_session_batches(db):
        sessions = [
            session
            for session in all_sessions
            if not disclosure.is_tank_session(session)
        ]
        ids = [session.id for session in sessions if session.set is not None]
        present = read_present_members(db, ids) if ids else {}
        yield [
            session._replace(people=present.get(session.id, session.people))
            for session in sessions
        ]


def read_table_actions(db: Connection) -> Iterator[list[Action]]:
    """Yield all actions, open or closed, without their events."""
    # By their numbers: SQLite would put all rows in another order in memory.
    rows = db.execute(f"{SELECT_ACTIONS} WHERE {LIVE_ACTION} ORDER BY action.id")
    while batch := rows.fetchmany(BATCH_SIZE):
        yield ACTION_READER.read_all(batch)


def read_table_goals(db: Connection) -> Iterator[list[Goal]]:
    """Yield all goals, open or closed, with the numbers of their actions."""
    rows = db.execute(f"{SELECT_GOALS} ORDER BY goal.id")
    while batch := rows.fetchmany(BATCH_SIZE):
        yield attach_goal_details(db, GOAL_READER.read_all(batch))


def read_table_notes(db: Connection) -> Iterator[list[Note]]:
    """Yield all notes about people, archived ones too, open or not."""
    rows = db.execute(f"{SELECT_NOTES} ORDER BY note.id")
    while batch := rows.fetchmany(BATCH_SIZE):
        yield NOTE_READER.read_all(batch)


def read_table_measures(db: Connection) -> Iterator[list[MeasuredValue]]:
    """Yield every value of every measure, outside of sets, conversation by conversation.

    What was measured in a conversation of three about the owner's own plan is about the owner.
    """
    rows = db.execute(
        f"""
        SELECT answer.measure, answer.value, answer.low, answer.high, session.held_on, session.id,
               CASE WHEN {OF_THREE_ABOUT_OWNER} THEN NULL ELSE person.id END, person.name,
               answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        LEFT JOIN person ON person.id = session.person_id
        WHERE {HELD_SESSION} AND session.id NOT IN (SELECT session_id FROM meeting)
        AND {SESSION_OUTSIDE_TANK} AND answer.measure IS NOT NULL AND answer.value <> 'null'
        ORDER BY session.id, answer.position
        """
    )
    while batch := rows.fetchmany(BATCH_SIZE):
        yield [*map(_build_measured_value, batch)]


def _build_measured_value(row: Sequence[Any]) -> MeasuredValue:
    measure, value, low, high, on, session, *person, private, health = row
    return MeasuredValue(
        measure,
        int(value),
        low,
        high,
        date.fromisoformat(on),
        session,
        build_person_ref(*person),
        disclosure.is_private(SecrecyMarks(private, health)),
    )
