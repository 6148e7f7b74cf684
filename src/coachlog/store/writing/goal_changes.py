"""Changes to goals, their ratings, and which actions serve them."""

from datetime import date

from coachlog import dates
from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.actions import EventKind
from coachlog.model.goals import Goal, GoalStatus, Rating
from coachlog.rules import disclosure
from coachlog.store.compiled_rows.goal_action_row import StoredGoalAction
from coachlog.store.compiled_rows.goal_row import StoredGoal
from coachlog.store.compiled_rows.rating_row import StoredRating
from coachlog.store.transactions import Change
from coachlog.store.writing.action_changes import get_action_row, record_action_event
from coachlog.store.writing.audited_rows import (
    insert_row,
    refuse_closed_row,
    update_row,
)
from coachlog.store.writing.json_columns import format_json_column
from coachlog.text import fold_text

_GOAL_COLUMNS = (
    "title",
    "why",
    "success",
    "scale",
    "baseline",
    "target",
    "weight",
    "review_on",
    "private",
)
"""The columns that hold a field of `Goal` as it is."""


def insert_goal(
    change: Change, goal: Goal, *, on: date, person_id: int | None = None
) -> int:
    """Add a goal opened on the day `on`, and return its number; without a person, the owner's.

    Raises `Refusal` if an open goal of the same person has the same title.
    """
    _refuse_duplicate_goal(change, goal.title, person_id)
    levels = None
    if goal.levels:
        levels = format_json_column(goal.levels)
    row = StoredGoal(
        **{name: getattr(goal, name) for name in _GOAL_COLUMNS},
        levels=levels,
        person_id=person_id,
        status=GoalStatus.OPEN,
        opened_on=on,
        created_at=change.now,
        updated_at=change.now,
    )
    return insert_row(change, row, "goal.made")


def update_goal(change: Change, id: int, **fields: object) -> None:
    """Set fields of a goal; `levels` are five texts.

    Raises `NotFound` if there is none, and `Refusal` if another open goal has the new title.
    """
    row = _get_goal_row(change, id)
    if "title" in fields and row.status is GoalStatus.OPEN:
        _refuse_duplicate_goal(change, str(fields["title"]), row.person_id, id)
    if "levels" in fields:
        fields["levels"] = format_json_column(fields["levels"])
    for name, value in fields.items():
        setattr(row, name, value)
    update_row(change, row, "goal.edited")


def insert_rating(
    change: Change, id: int, rating: Rating, review_on: date | None = None
) -> None:
    """Record how far an open goal had come by a day, and when to look at it again, if given.

    Raises `NotFound` if there is none, `Refusal` if it is closed, and `InvalidInput` for a day
    before it was opened.
    """
    row = _get_open_goal_row(change, id)
    _refuse_day_before_opening(row, rating.on)
    change.rows.insert(
        StoredRating(
            goal_id=id,
            at=change.now,
            on=rating.on,
            value=rating.value,
            note=rating.note,
        )
    )
    row.review_on = review_on or row.review_on
    update_row(change, row, "goal.rated")


def close_goal_row(change: Change, id: int, status: GoalStatus, *, on: date) -> str:
    """Close an open goal, achieved or dropped, and return its title.

    Raises `NotFound` if there is none, `Refusal` if it is closed, and `InvalidInput` for a day
    before it was opened or last rated.
    """
    row = _get_open_goal_row(change, id)
    _refuse_day_before_opening(row, on)
    ratings = change.rows.find(StoredRating, goal_id=id)
    last_rated_on = max((rating.on for rating in ratings), default=None)
    if last_rated_on and on < last_rated_on:
        raise InvalidInput(
            f"Goal {id} was rated on {dates.format_long_day(last_rated_on)}, "
            f"after {dates.format_long_day(on)}. Nothing was changed."
        )
    row.status = status
    row.closed_on = on
    update_row(change, row, f"goal.{status.value}")
    return disclosure.veil_everyday_words(row.title, private=row.private)


def reopen_goal_row(change: Change, id: int) -> str:
    """Open a closed goal again, and return its title.

    Raises `NotFound` if there is none, and `Refusal` if it is open or if another open goal now has
    the same title.
    """
    row = _get_goal_row(change, id)
    if row.status is GoalStatus.OPEN:
        raise Refusal(f"Goal {id} is open.", f"See: coachlog goal show {id}")
    _refuse_duplicate_goal(change, row.title, row.person_id)
    row.status = GoalStatus.OPEN
    row.closed_on = None
    update_row(change, row, "goal.reopened")
    return disclosure.veil_everyday_words(row.title, private=row.private)


def attach_action_to_goal(change: Change, action_id: int, goal_id: int) -> None:
    """Record that an action serves a goal.

    Raises `Refusal` if the goal is closed or in another person's plan.
    """
    goal = _get_open_goal_row(change, goal_id)
    action = get_action_row(change, action_id)
    if goal.person_id != action.person_id:
        raise Refusal(
            f"Goal {goal_id} and the promise are not in the same plan. Nothing was changed.",
            f"See whose goal it is: coachlog goal show {goal_id}",
        )
    link = change.rows.get(StoredGoalAction, action_id)
    if link is None:
        change.rows.insert(StoredGoalAction(action_id=action_id, goal_id=goal_id))
    else:
        link.goal_id = goal_id
        change.rows.update(link)


def update_action_goal(
    change: Change, action_id: int, goal_id: int | None, *, on: date
) -> None:
    """Record that an action serves another goal, or none; an event says which one it served before.

    Raises as `attach_action_to_goal` does.
    """
    action = get_action_row(change, action_id)
    old_link = change.rows.get(StoredGoalAction, action_id)
    old_goal = old_link.goal_id if old_link else "(nothing)"
    if goal_id is not None:
        attach_action_to_goal(change, action_id, goal_id)
    elif old_link is not None:
        change.rows.delete(old_link)
    record_action_event(
        change, action, EventKind.EDITED, on, note=f"goal was: {old_goal}"
    )
    update_row(change, action, "action.edited")


def _refuse_duplicate_goal(
    change: Change, title: str, person_id: int | None, id: int | None = None
) -> None:
    """Raise `Refusal`, with its number, if another open goal in the same plan has the same title.

    `id` is the goal that is to have it, None for a new one.
    """
    open_rows = change.rows.find(
        StoredGoal, person_id=person_id, status=GoalStatus.OPEN, deleted_at=None
    )
    for row in open_rows:
        if row.id != id and fold_text(row.title) == fold_text(title):
            raise Refusal(
                f"Goal {row.id} is open and already has that title. Nothing was changed.",
                f"Rate it with `coachlog goal rate {row.id}`, or choose another title.",
            )


def _refuse_day_before_opening(row: StoredGoal, on: date) -> None:
    """Raise `InvalidInput` for a day before the goal was opened."""
    if on < row.opened_on:
        raise InvalidInput(
            f"Goal {row.id} was opened on {dates.format_long_day(row.opened_on)}, "
            f"after {dates.format_long_day(on)}. Nothing was changed."
        )


def _get_goal_row(change: Change, id: int) -> StoredGoal:
    row = change.rows.get(StoredGoal, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(
            f"There is no goal {id}.", "`coachlog goal list --all` shows them all."
        )
    return row


def _get_open_goal_row(change: Change, id: int) -> StoredGoal:
    row = _get_goal_row(change, id)
    refuse_closed_row(row, "Goal", "goal")
    return row
