"""The row of `goal_action`, with statements compiled from its table: see docs/compiled_rows.py."""

from coachlog.store.row_store import StoredRow


class StoredGoalAction(StoredRow):
    """A row of `GoalActionRow`."""

    table = "goal_action"
    primary_key = "action_id"
    select_sql = "SELECT goal_action.action_id, goal_action.goal_id FROM goal_action"
    insert_sql = "INSERT INTO goal_action (action_id, goal_id) VALUES (?, ?)"
    update_sql = "UPDATE goal_action SET {} WHERE goal_action.action_id = ?"
    delete_sql = "DELETE FROM goal_action WHERE goal_action.action_id = ?"
    action_id: int
    goal_id: int
