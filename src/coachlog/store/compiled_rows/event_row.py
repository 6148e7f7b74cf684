"""The row of `event`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import datetime

from coachlog.store.row_store import StoredRow


class StoredAuditEvent(StoredRow):
    """A row of `AuditEventRow`."""

    table = "event"
    primary_key = "id"
    select_sql = "SELECT event.id, event.at, event.kind, event.row_id FROM event"
    insert_sql = "INSERT INTO event (id, at, kind, row_id) VALUES (?, ?, ?, ?)"
    update_sql = "UPDATE event SET {} WHERE event.id = ?"
    delete_sql = "DELETE FROM event WHERE event.id = ?"
    id: int = 0
    at: datetime
    kind: str
    row_id: int | None = None
