"""Changes of goals: made, rated, closed, and the actions that serve them."""

import json
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from coachlog import dates
from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model import EventKind, Goal, GoalStatus, Rating
from coachlog.rules import disclosure
from coachlog.store.database import Change
from coachlog.store.tables.goal_rows import GoalActionRow, GoalRow, RatingRow
from coachlog.store.writing.action_changes import get_action_row, insert_action_event
from coachlog.store.writing.audited_rows import insert_row, update_row
from coachlog.text import fold_text

_GOAL_COLUMNS = ("title", "why", "success", "scale", "baseline", "target", "weight", "review_on")


def insert_goal(change: Change, goal: Goal, *, on: date, person_id: int | None = None) -> int:
    """Return the number of a new goal, opened on the day `on`; without a person, the owner's.

    `Refused` if an open goal of theirs has the same title.
    """
    _refuse_duplicate_goal(change, goal.title, person_id)
    row = GoalRow(
        **{name: getattr(goal, name) for name in (*_GOAL_COLUMNS, "private")},
        levels=json.dumps(goal.levels, ensure_ascii=False) if goal.levels else None,
        person_id=person_id,
        status=GoalStatus.OPEN,
        opened_on=on,
        created_at=change.now,
        updated_at=change.now,
    )
    return insert_row(change, row, "goal.made")


def insert_rating(change: Change, id: int, rating: Rating) -> None:
    """Record how far an open goal was on a day; `Refused` if it is closed.

    `Invalid` for a day before it was opened.
    """
    row = _get_open_goal_row(change, id)
    _refuse_day_before_opening(row, rating.on)
    change.db_session.add(
        RatingRow(goal_id=id, at=change.now, on=rating.on, value=rating.value, note=rating.note)
    )
    update_row(change, row, "goal.rated")


def close_goal_row(change: Change, id: int, status: GoalStatus, *, on: date) -> str:
    """Close an open goal, achieved or dropped, and return its title; `Refused` if it is closed.

    `Invalid` for a day before it was opened.
    """
    row = _get_open_goal_row(change, id)
    _refuse_day_before_opening(row, on)
    last = change.db_session.exec(
        select(func.max(RatingRow.on)).where(RatingRow.goal_id == id)
    ).one()
    if last and on < last:
        raise InvalidInput(
            f"Goal {id} was rated on {dates.format_long_day(last)}, after {dates.format_long_day(on)}."
        )
    row.status, row.closed_on = status, on
    update_row(change, row, f"goal.{status.value}")
    return disclosure.veil_everyday_words(row.title, private=row.private)


def reopen_goal_row(change: Change, id: int) -> str:
    """Open a closed goal again and return its title.

    `Refused` if it is open, or if another open goal has that title by now.
    """
    row = _get_goal_row(change, id)
    if row.status is GoalStatus.OPEN:
        raise Refusal(f"Goal {id} is open.", f"Look at it: coachlog goal show {id}")
    _refuse_duplicate_goal(change, row.title, row.person_id)
    row.status, row.closed_on = GoalStatus.OPEN, None
    update_row(change, row, "goal.reopened")
    return disclosure.veil_everyday_words(row.title, private=row.private)


def attach_action_to_goal(change: Change, action_id: int, goal_id: int) -> None:
    """Let a goal own an action of the same plan; `Refused` for another plan's or a closed goal."""
    goal, action = _get_open_goal_row(change, goal_id), get_action_row(change, action_id)
    if goal.person_id != action.person_id:
        raise Refusal(
            f"Goal {goal_id} and the action do not stand in the same plan. Nothing was changed.",
            f"Whose goal it is: coachlog goal show {goal_id}",
        )
    change.db_session.merge(GoalActionRow(action_id=action_id, goal_id=goal_id))


def update_action_goal(change: Change, action_id: int, goal_id: int | None, *, on: date) -> None:
    """Let another goal own an action, or None; what it was is an event of the action."""
    action = get_action_row(change, action_id)
    before = change.db_session.get(GoalActionRow, action_id)
    was = before.goal_id if before else "(nothing)"
    if goal_id is not None:
        attach_action_to_goal(change, action_id, goal_id)
    elif before is not None:
        change.db_session.delete(before)
    insert_action_event(change, action_id, EventKind.EDITED, on, note=f"goal was: {was}")
    update_row(change, action, "action.edited")


def _refuse_duplicate_goal(change: Change, title: str, person_id: int | None) -> None:
    """Raise `Refused`, with its number, if an open goal in the same plan has the same title."""
    rows = change.db_session.exec(
        select(GoalRow.id, GoalRow.title).where(
            col(GoalRow.person_id).is_not_distinct_from(person_id),
            col(GoalRow.status) == GoalStatus.OPEN,
            col(GoalRow.deleted_at).is_(None),
        )
    )
    for id, there in rows:
        if fold_text(there) == fold_text(title):
            raise Refusal(
                f"Goal {id} is called that already, and is open. Nothing was changed.",
                f"Rate it: coachlog goal rate {id}. Or give the new one another title.",
            )


def _refuse_day_before_opening(row: GoalRow, on: date) -> None:
    """Raise `Invalid` for a day before the goal was opened."""
    if on < row.opened_on:
        raise InvalidInput(
            f"Goal {row.id} was opened on {dates.format_long_day(row.opened_on)}, "
            f"after {dates.format_long_day(on)}. Nothing was changed."
        )


def _get_goal_row(change: Change, id: int) -> GoalRow:
    row = change.db_session.get(GoalRow, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(f"There is no goal {id}.", "`coachlog goal list --all` shows them all.")
    return row


def _get_open_goal_row(change: Change, id: int) -> GoalRow:
    row = _get_goal_row(change, id)
    if row.status is not GoalStatus.OPEN:
        raise Refusal(
            f"Goal {id} is {row.status.value} already. Nothing was changed.",
            f"To open it again: coachlog goal reopen {id}",
        )
    return row
