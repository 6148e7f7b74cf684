"""The row of `worth_story`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date

from coachlog.store.row_store import StoredRow


class StoredWorthStory(StoredRow):
    """A row of `WorthStoryRow`."""

    table = "worth_story"
    primary_key = "id"
    select_sql = (
        "SELECT worth_story.id, worth_story.uid, worth_story.written_on, "
        'worth_story."before", worth_story.event, worth_story.response, '
        "worth_story.outcome, worth_story.lesson FROM worth_story"
    )
    insert_sql = (
        'INSERT INTO worth_story (id, uid, written_on, "before", event, response, '
        "outcome, lesson) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE worth_story SET {} WHERE worth_story.id = ?"
    delete_sql = "DELETE FROM worth_story WHERE worth_story.id = ?"
    id: int = 0
    uid: str = ""
    written_on: date
    before: str
    event: str
    response: str
    outcome: str
    lesson: str
