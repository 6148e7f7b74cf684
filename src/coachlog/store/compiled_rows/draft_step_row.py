"""The row of `draft_step`, with statements compiled from its table: see docs/compiled_rows.py."""

from coachlog.store.row_store import StoredRow


class StoredDraftStep(StoredRow):
    """A row of `DraftStepRow`."""

    table = "draft_step"
    primary_key = "id"
    select_sql = (
        'SELECT draft_step.id, draft_step.session_id, draft_step."key", '
        "draft_step.value FROM draft_step"
    )
    insert_sql = (
        'INSERT INTO draft_step (id, session_id, "key", value) VALUES (?, ?, ?, ?)'
    )
    update_sql = "UPDATE draft_step SET {} WHERE draft_step.id = ?"
    delete_sql = "DELETE FROM draft_step WHERE draft_step.id = ?"
    id: int = 0
    session_id: int
    key: str
    value: str
