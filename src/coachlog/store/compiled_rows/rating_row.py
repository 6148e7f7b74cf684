"""The row of `rating`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.store.row_store import StoredRow


class StoredRating(StoredRow):
    """A row of `RatingRow`."""

    table = "rating"
    primary_key = "id"
    select_sql = (
        'SELECT rating.id, rating.uid, rating.goal_id, rating.at, rating."on", '
        "rating.value, rating.note FROM rating"
    )
    insert_sql = (
        'INSERT INTO rating (id, uid, goal_id, at, "on", value, note) VALUES (?, ?, '
        "?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE rating SET {} WHERE rating.id = ?"
    delete_sql = "DELETE FROM rating WHERE rating.id = ?"
    id: int = 0
    uid: str = ""
    goal_id: int
    at: datetime
    on: date
    value: int
    note: str | None = None
