"""Changes to notes that are parked for the next conversation with someone."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.model import NoteKind, NoteOutcome
from coachlog.store.database import Change
from coachlog.store.tables.goal_rows import NoteRow
from coachlog.store.writing.audited_rows import log_change


def insert_note(change: Change, person_id: int, words: str, *, on: date) -> int:
    """Park a note written on the day `on` for the next conversation, and return its number."""
    row = NoteRow(
        person_id=person_id,
        words=words,
        written_on=on,
        created_at=change.now,
        kind=NoteKind.RAISE,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    log_change(change, "note.parked", row.id)
    return row.id


def mark_note_dropped(change: Change, person_id: int, id: int) -> str:
    """Drop a parked note before it was talked about, and return its words.

    Raises `NotFound` if no note with that number is parked for this person.
    """
    row = change.db_session.get(NoteRow, id)
    if row is None or row.person_id != person_id or row.settled_at is not None:
        raise NotFound(
            f"There is no parked note {id} for this person.",
            "`coachlog person note NAME --list` shows their notes.",
        )
    row.settled_at = change.now
    change.db_session.add(row)
    log_change(change, "note.dropped", id)
    return row.words


def mark_note_settled(
    change: Change, id: int, outcome: NoteOutcome, session_id: int
) -> None:
    """Record what happened to a note in a session; one already settled elsewhere is not changed."""
    row = change.db_session.get(NoteRow, id)
    if row is None or row.settled_at is not None or outcome is NoteOutcome.KEEP:
        return
    row.settled_at = change.now
    kind = "note.dropped"
    if outcome is NoteOutcome.TALKED:
        row.session_id = session_id
        kind = "note.talked"
    change.db_session.add(row)
    log_change(change, kind, id)
