"""The row of `note`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.model.notes import NoteKind
from coachlog.store.row_store import StoredRow


class StoredNote(StoredRow):
    """A row of `NoteRow`."""

    table = "note"
    primary_key = "id"
    select_sql = (
        "SELECT note.id, note.uid, note.person_id, note.words, note.written_on, "
        "note.created_at, note.settled_at, note.session_id, note.kind, note.link, "
        "note.said_on FROM note"
    )
    insert_sql = (
        "INSERT INTO note (id, uid, person_id, words, written_on, created_at, "
        "settled_at, session_id, kind, link, said_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?)"
    )
    update_sql = "UPDATE note SET {} WHERE note.id = ?"
    delete_sql = "DELETE FROM note WHERE note.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int
    words: str
    written_on: date
    created_at: datetime
    settled_at: datetime | None = None
    session_id: int | None = None
    kind: NoteKind
    link: str | None = None
    said_on: date | None = None
