"""Changes to notes, which stay open until they are said to the person or dropped."""

from datetime import date

from coachlog import dates
from coachlog.errors import NotFound, Refusal
from coachlog.model.notes import NoteKind, NoteOutcome
from coachlog.store.compiled_rows.note_row import StoredNote
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import insert_row, log_change

_SEE_NOTES = "`coachlog note --list` shows the notes that are open."


def insert_note(
    change: Change,
    person_id: int,
    words: str,
    *,
    on: date,
    kind: NoteKind = NoteKind.RAISE,
    link: str | None = None,
) -> int:
    """Add a note about a person, written on the day `on`, and return its number."""
    row = StoredNote(
        person_id=person_id,
        words=words,
        written_on=on,
        created_at=change.now,
        kind=kind,
        link=link,
    )
    return insert_row(change, row, "note.parked")


def update_note(change: Change, id: int, **fields: object) -> None:
    """Set the words, the kind or the link of an open note.

    Raises `NotFound` if there is no such note, and `Refusal` if it is not open any more.
    """
    row = _get_open_note_row(change, id)
    for name, value in fields.items():
        setattr(row, name, value)
    change.rows.update(row)
    log_change(change, "note.edited", id)


def mark_note_said(change: Change, id: int, *, on: date) -> None:
    """Close a note that was said to the person on a day; raises as `update_note` does."""
    row = _get_open_note_row(change, id)
    row.settled_at = change.now
    row.said_on = on
    change.rows.update(row)
    log_change(change, "note.talked", id)


def mark_note_dropped(change: Change, id: int) -> None:
    """Close a note that will not be said; raises as `update_note` does."""
    row = _get_open_note_row(change, id)
    row.settled_at = change.now
    change.rows.update(row)
    log_change(change, "note.dropped", id)


def _get_open_note_row(change: Change, id: int) -> StoredNote:
    row = change.rows.get(StoredNote, id)
    if row is None:
        raise NotFound(f"There is no note {id}. Nothing was changed.", _SEE_NOTES)
    if row.settled_at is not None:
        raise Refusal(
            f"Note {id} {_describe_end(row)}. Nothing was changed.", _SEE_NOTES
        )
    return row


def _describe_end(row: StoredNote) -> str:
    if row.said_on is not None:
        return f"was said on {dates.format_long_day(row.said_on)}"
    if row.session_id is not None:
        return f"came up in conversation {row.session_id}"
    return "was dropped"


def mark_note_settled(
    change: Change, id: int, outcome: NoteOutcome, session_id: int
) -> None:
    """Record what happened to a note in a session; one already settled elsewhere is not changed."""
    row = change.rows.get(StoredNote, id)
    if row is None or row.settled_at is not None or outcome is NoteOutcome.KEEP:
        return
    row.settled_at = change.now
    kind = "note.dropped"
    if outcome is NoteOutcome.TALKED:
        row.session_id = session_id
        kind = "note.talked"
    change.rows.update(row)
    log_change(change, kind, id)
