"""The row of `draft`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import datetime

from coachlog.store.row_store import StoredRow


class StoredDraft(StoredRow):
    """A row of `DraftRow`."""

    table = "draft"
    primary_key = "session_id"
    select_sql = (
        "SELECT draft.session_id, draft.template_text, draft.token, draft.tags, "
        "draft.half_key, draft.half_text, draft.updated_at FROM draft"
    )
    insert_sql = (
        "INSERT INTO draft (session_id, template_text, token, tags, half_key, "
        "half_text, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE draft SET {} WHERE draft.session_id = ?"
    delete_sql = "DELETE FROM draft WHERE draft.session_id = ?"
    session_id: int
    template_text: str
    token: str
    tags: str = "[]"
    half_key: str | None = None
    half_text: str | None = None
    updated_at: datetime
