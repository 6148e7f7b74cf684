"""Changes to recurrences: a conversation comes back, is held again, or is declined."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select

from coachlog.rules.recurrences import (
    find_repeated_session,
    has_come_up,
    list_return_days,
)
from coachlog.store.compiled_rows.session_row import StoredSession
from coachlog.store.reading.recurrence_queries import read_recurrences
from coachlog.store.tables.recurrence_rows import RecurrenceRow
from coachlog.store.tables.session_rows import SessionPersonRow
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change


def record_recurrences(
    change: Change, row: StoredSession, again: Sequence[str], tags: Sequence[str]
) -> tuple[str, ...]:
    """Record when a session that was held comes back, or that it is one which has come back.

    Returns the tags of the session that it holds again; none where it is a new one.
    """
    recurrences = read_recurrences(change.connection)
    original_id = find_repeated_session(
        recurrences, row.template, _read_others(change, row), row.held_on, tags
    )
    if original_id is None:
        for words, day in list_return_days(again, row.held_on):
            change.db_session.add(
                RecurrenceRow(session_id=row.id, after=words, back_on=day)
            )
        return ()
    for recurrence_row in _read_waiting_rows(change, original_id):
        if has_come_up(recurrence_row.back_on, row.held_on):
            recurrence_row.again_id = row.id
            change.db_session.add(recurrence_row)
    original = next(known for known in recurrences if known.session == original_id)
    return original.tags


def _read_others(change: Change, row: StoredSession) -> list[int]:
    """Return the numbers of the other people in a session, the one it is filed under first."""
    if row.person_id is None:
        return []
    statement = select(SessionPersonRow.person_id).where(
        col(SessionPersonRow.session_id) == row.id
    )
    return [row.person_id, *change.db_session.exec(statement).all()]


def _read_waiting_rows(change: Change, session_id: int) -> list[RecurrenceRow]:
    """Return the rows of a session that were neither declined nor held again, by their days."""
    statement = (
        select(RecurrenceRow)
        .where(
            col(RecurrenceRow.session_id) == session_id,
            col(RecurrenceRow.declined_on).is_(None),
        )
        .order_by(col(RecurrenceRow.back_on), col(RecurrenceRow.id))
    )
    rows = change.db_session.exec(statement).all()
    return [row for row in rows if not _is_held_again(change, row)]


def _is_held_again(change: Change, row: RecurrenceRow) -> bool:
    """Return whether a session was held again, in one that was not deleted since."""
    if row.again_id is None:
        return False
    again = change.rows.get(StoredSession, row.again_id)
    return again is not None and again.deleted_at is None


def decline_recurrences(
    change: Change, session_id: int, days: Collection[date], on: date
) -> None:
    """Record that a session does not come back on these days after all."""
    for row in _read_waiting_rows(change, session_id):
        if row.back_on in days:
            row.declined_on = on
            change.db_session.add(row)
    log_change(change, "session.declined", session_id)


def move_recurrences(change: Change, session_id: int, held_on: date) -> None:
    """Count anew from another day of a session when it comes back."""
    statement = select(RecurrenceRow).where(col(RecurrenceRow.session_id) == session_id)
    for row in change.db_session.exec(statement).all():
        for _words, day in list_return_days([row.after], held_on):
            row.back_on = day
            change.db_session.add(row)
