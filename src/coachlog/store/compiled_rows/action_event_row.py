"""The row of `action_event`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.model.actions import EventKind
from coachlog.store.row_store import StoredRow


class StoredActionEvent(StoredRow):
    """A row of `ActionEventRow`."""

    table = "action_event"
    primary_key = "id"
    select_sql = (
        "SELECT action_event.id, action_event.uid, action_event.action_id, "
        'action_event.session_id, action_event.at, action_event."on", '
        "action_event.kind, action_event.due, action_event.note, action_event.fate, "
        "action_event.old_owner, action_event.new_owner, action_event.recorded_on "
        "FROM action_event"
    )
    insert_sql = (
        'INSERT INTO action_event (id, uid, action_id, session_id, at, "on", kind, '
        "due, note, fate, old_owner, new_owner, recorded_on) VALUES (?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE action_event SET {} WHERE action_event.id = ?"
    delete_sql = "DELETE FROM action_event WHERE action_event.id = ?"
    id: int = 0
    uid: str = ""
    action_id: int
    session_id: int | None = None
    at: datetime
    on: date
    kind: EventKind
    due: date | None = None
    note: str | None = None
    fate: str | None = None
    old_owner: str | None = None
    new_owner: str | None = None
    recorded_on: date | None = None
