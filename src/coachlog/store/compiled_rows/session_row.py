"""The row of `session`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.model.sessions import SessionStatus
from coachlog.store.row_store import StoredRow


class StoredSession(StoredRow):
    """A row of `SessionRow`."""

    table = "session"
    primary_key = "id"
    select_sql = (
        "SELECT session.id, session.uid, session.person_id, session.status, "
        "session.template, session.title, session.template_hash, session.held_on, "
        "session.zone, session.minutes, session.created_at, session.updated_at, "
        "session.deleted_at, session.cancelled_by, session.of_three FROM session"
    )
    insert_sql = (
        "INSERT INTO session (id, uid, person_id, status, template, title, "
        "template_hash, held_on, zone, minutes, created_at, updated_at, deleted_at, "
        "cancelled_by, of_three) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE session SET {} WHERE session.id = ?"
    delete_sql = "DELETE FROM session WHERE session.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    status: SessionStatus
    template: str
    title: str
    template_hash: str
    held_on: date
    zone: str
    minutes: int | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    cancelled_by: str | None = None
    of_three: bool | None = None
