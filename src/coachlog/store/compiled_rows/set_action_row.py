"""The row of `set_action`, with statements compiled from its table: see docs/compiled_rows.py."""

from coachlog.store.row_store import StoredRow


class StoredSetAction(StoredRow):
    """A row of `SetActionRow`."""

    table = "set_action"
    primary_key = "action_id"
    select_sql = (
        "SELECT set_action.action_id, set_action.set_id, set_action.slot_id FROM "
        "set_action"
    )
    insert_sql = "INSERT INTO set_action (action_id, set_id, slot_id) VALUES (?, ?, ?)"
    update_sql = "UPDATE set_action SET {} WHERE set_action.action_id = ?"
    delete_sql = "DELETE FROM set_action WHERE set_action.action_id = ?"
    action_id: int
    set_id: int
    slot_id: int | None = None
