"""Changes of notes that are parked for the next talk with someone."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.model import NoteKind, NoteOutcome
from coachlog.store.database import Change
from coachlog.store.tables.goal_rows import NoteRow
from coachlog.store.writing.audited_rows import log_change


def insert_note(change: Change, person_id: int, words: str, *, on: date) -> int:
    """Return the number of a new note for the next talk with someone, written on the day `on`."""
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
    """Take a note away before it was talked about and return its words.

    `NotFound` if none of that number waits for this person.
    """
    row = change.db_session.get(NoteRow, id)
    if row is None or row.person_id != person_id or row.settled_at is not None:
        raise NotFound(f"No note {id} is parked here.", "`coachlog person note NAME --list`")
    row.settled_at = change.now
    change.db_session.add(row)
    log_change(change, "note.dropped", id)
    return row.words


def mark_note_settled(change: Change, id: int, outcome: NoteOutcome, session_id: int) -> None:
    """Keep what became of a note in a session; one that was settled elsewhere stays so."""
    row = change.db_session.get(NoteRow, id)
    if row is None or row.settled_at is not None or outcome is NoteOutcome.KEEP:
        return
    row.settled_at = change.now
    row.session_id = session_id if outcome is NoteOutcome.TALKED else None
    change.db_session.add(row)
    log_change(change, f"note.{'talked' if row.session_id else 'dropped'}", id)
