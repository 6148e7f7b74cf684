"""The row of `action`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.model.actions import ActionStatus
from coachlog.store.row_store import StoredRow


class StoredAction(StoredRow):
    """A row of `ActionRow`."""

    table = "action"
    primary_key = "id"
    select_sql = (
        "SELECT action.id, action.uid, action.person_id, action.session_id, "
        "action.what, action.owner, action.due, action.original_due, "
        "action.done_when, action.support, action.if_then, action.confidence, "
        "action.private, action.status, action.closed_on, action.carried, "
        "action.created_at, action.updated_at, action.deleted_at, action.owner_id "
        "FROM action"
    )
    insert_sql = (
        "INSERT INTO action (id, uid, person_id, session_id, what, owner, due, "
        "original_due, done_when, support, if_then, confidence, private, status, "
        "closed_on, carried, created_at, updated_at, deleted_at, owner_id) VALUES (?,"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE action SET {} WHERE action.id = ?"
    delete_sql = "DELETE FROM action WHERE action.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    session_id: int | None = None
    what: str
    owner: str
    due: date | None = None
    original_due: date | None = None
    done_when: str | None = None
    support: str | None = None
    if_then: str | None = None
    confidence: int | None = None
    private: bool = False
    status: ActionStatus
    closed_on: date | None = None
    carried: int = 0
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    owner_id: int | None = None
