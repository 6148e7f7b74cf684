"""Queries of notes: those still open, with someone or with everyone, and one by its number."""

from coachlog.errors import NotFound
from coachlog.model.notes import Note
from coachlog.store.database import Connection
from coachlog.store.rows import RowReader

NOTE_READER = RowReader(
    Note,
    "note",
    status="CASE WHEN note.settled_at IS NULL THEN 'open' "
    "WHEN note.session_id IS NULL AND note.said_on IS NULL THEN 'dropped' ELSE 'said' END",
    said_on="coalesce(note.said_on, "
    "(SELECT held_on FROM session WHERE session.id = note.session_id))",
    person=("note.person_id", "person.name"),
)

SELECT_NOTES = (
    f"SELECT {NOTE_READER.columns} FROM note "
    "CROSS JOIN person ON person.id = note.person_id"
)


def read_open_notes(db: Connection, person_id: int | None) -> list[Note]:
    """Return the notes not yet said to someone, oldest first; [] for None."""
    rows = db.execute(
        f"{SELECT_NOTES} WHERE note.person_id = ? AND settled_at IS NULL ORDER BY note.id",
        (person_id,),
    )
    return NOTE_READER.read_all(rows)


def read_person_notes(db: Connection, person_id: int) -> list[Note]:
    """Return all notes about someone, open or not, oldest first."""
    rows = db.execute(
        f"{SELECT_NOTES} WHERE note.person_id = ? ORDER BY note.id", (person_id,)
    )
    return NOTE_READER.read_all(rows)


def read_all_open_notes(db: Connection) -> list[Note]:
    """Return the open notes about people who are not archived, by name, each oldest first."""
    rows = db.execute(
        f"{SELECT_NOTES} WHERE settled_at IS NULL AND archived_at IS NULL "
        "ORDER BY sort_name(name), person.id, note.id"
    )
    return NOTE_READER.read_all(rows)


def read_all_notes(db: Connection) -> list[Note]:
    """Return all notes about people who are not archived, as `read_all_open_notes` does."""
    rows = db.execute(
        f"{SELECT_NOTES} WHERE archived_at IS NULL "
        "ORDER BY sort_name(name), person.id, note.id"
    )
    return NOTE_READER.read_all(rows)


def read_note(db: Connection, id: int) -> Note:
    """Return the note with this number, open or not. Raises `NotFound` if there is none."""
    row = db.execute(f"{SELECT_NOTES} WHERE note.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(
            f"There is no note {id}. Nothing was changed.",
            "`coachlog note --list` shows the numbers.",
        )
    return NOTE_READER.read(row)
