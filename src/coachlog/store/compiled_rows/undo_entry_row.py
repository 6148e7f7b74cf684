"""The row of `undo_entry`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import datetime

from coachlog.store.row_store import StoredRow


class StoredUndoEntry(StoredRow):
    """A row of `UndoEntryRow`."""

    table = "undo_entry"
    primary_key = "id"
    select_sql = (
        "SELECT undo_entry.id, undo_entry.at, undo_entry.event_ids, "
        "undo_entry.undone_at FROM undo_entry"
    )
    insert_sql = (
        "INSERT INTO undo_entry (id, at, event_ids, undone_at) VALUES (?, ?, ?, ?)"
    )
    update_sql = "UPDATE undo_entry SET {} WHERE undo_entry.id = ?"
    delete_sql = "DELETE FROM undo_entry WHERE undo_entry.id = ?"
    id: int = 0
    at: datetime
    event_ids: str = "[]"
    undone_at: datetime | None = None
