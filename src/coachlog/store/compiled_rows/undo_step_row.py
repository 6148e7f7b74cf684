"""The row of `undo_step`, with statements compiled from its table: see docs/compiled_rows.py."""

from coachlog.store.row_store import StoredRow


class StoredUndoStep(StoredRow):
    """A row of `UndoStepRow`."""

    table = "undo_step"
    primary_key = "id"
    select_sql = (
        "SELECT undo_step.id, undo_step.entry_id, undo_step.table_name, "
        "undo_step.row_keys, undo_step.total, undo_step.old_values FROM undo_step"
    )
    insert_sql = (
        "INSERT INTO undo_step (id, entry_id, table_name, row_keys, total, "
        "old_values) VALUES (?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE undo_step SET {} WHERE undo_step.id = ?"
    delete_sql = "DELETE FROM undo_step WHERE undo_step.id = ?"
    id: int = 0
    entry_id: int
    table_name: str
    row_keys: str
    total: int | None = None
    old_values: str | None = None
