"""The row of `goal`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.model.goals import GoalScale, GoalStatus
from coachlog.store.row_store import StoredRow


class StoredGoal(StoredRow):
    """A row of `GoalRow`."""

    table = "goal"
    primary_key = "id"
    select_sql = (
        "SELECT goal.id, goal.uid, goal.person_id, goal.title, goal.why, "
        "goal.success, goal.scale, goal.baseline, goal.target, goal.levels, "
        "goal.weight, goal.review_on, goal.private, goal.status, goal.opened_on, "
        "goal.closed_on, goal.created_at, goal.updated_at, goal.deleted_at FROM goal"
    )
    insert_sql = (
        "INSERT INTO goal (id, uid, person_id, title, why, success, scale, baseline, "
        "target, levels, weight, review_on, private, status, opened_on, closed_on, "
        "created_at, updated_at, deleted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE goal SET {} WHERE goal.id = ?"
    delete_sql = "DELETE FROM goal WHERE goal.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    title: str
    why: str | None = None
    success: str | None = None
    scale: GoalScale
    baseline: int | None = None
    target: int | None = None
    levels: str | None = None
    weight: int = 1
    review_on: date | None = None
    private: bool = False
    status: GoalStatus
    opened_on: date
    closed_on: date | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
