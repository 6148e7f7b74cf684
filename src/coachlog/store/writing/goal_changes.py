"""Changes of goals: made, rated, closed, and the actions that serve them."""

import json
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from coachlog import dates
from coachlog.errors import Invalid, NotFound, Refused
from coachlog.model import EventKind, Goal, GoalStatus, Rating
from coachlog.rules import disclosure
from coachlog.store.database import Change
from coachlog.store.tables.goal_rows import GoalActionRow, GoalRow, RatingRow
from coachlog.store.writing.action_changes import get_action, record_event
from coachlog.store.writing.audited_rows import added, changed
from coachlog.text import fold

_STORED = ("title", "why", "success", "scale", "baseline", "target", "weight", "review_on")


def add_goal(change: Change, goal: Goal, *, on: date, person_id: int | None = None) -> int:
    """Return the number of a new goal, opened on the day `on`; without a person, the owner's.

    `Refused` if an open goal of theirs has the same title.
    """
    _only_one(change, goal.title, person_id)
    row = GoalRow(
        **{name: getattr(goal, name) for name in (*_STORED, "private")},
        levels=json.dumps(goal.levels, ensure_ascii=False) if goal.levels else None,
        person_id=person_id,
        status=GoalStatus.OPEN,
        opened_on=on,
        created_at=change.now,
        updated_at=change.now,
    )
    return added(change, row, "goal.made")


def rate(change: Change, id: int, rating: Rating) -> None:
    """Record how far an open goal was on a day; `Refused` if it is closed.

    `Invalid` for a day before it was opened.
    """
    row = _open_goal(change, id)
    _not_before(row, rating.on)
    change.session.add(
        RatingRow(goal_id=id, at=change.now, on=rating.on, value=rating.value, note=rating.note)
    )
    changed(change, row, "goal.rated")


def close_goal(change: Change, id: int, status: GoalStatus, *, on: date) -> str:
    """Close an open goal, achieved or dropped, and return its title; `Refused` if it is closed.

    `Invalid` for a day before it was opened.
    """
    row = _open_goal(change, id)
    _not_before(row, on)
    last = change.session.exec(select(func.max(RatingRow.on)).where(RatingRow.goal_id == id)).one()
    if last and on < last:
        raise Invalid(f"Goal {id} was rated on {dates.long(last)}, after {dates.long(on)}.")
    row.status, row.closed_on = status, on
    changed(change, row, f"goal.{status.value}")
    return disclosure.everyday_words(row.title, private=row.private)


def reopen_goal(change: Change, id: int) -> str:
    """Open a closed goal again and return its title.

    `Refused` if it is open, or if another open goal has that title by now.
    """
    row = _goal(change, id)
    if row.status is GoalStatus.OPEN:
        raise Refused(f"Goal {id} is open.", f"Look at it: coachlog goal show {id}")
    _only_one(change, row.title, row.person_id)
    row.status, row.closed_on = GoalStatus.OPEN, None
    changed(change, row, "goal.reopened")
    return disclosure.everyday_words(row.title, private=row.private)


def attach(change: Change, action_id: int, goal_id: int) -> None:
    """Let a goal own an action of the same plan; `Refused` for another plan's or a closed goal."""
    goal, action = _open_goal(change, goal_id), get_action(change, action_id)
    if goal.person_id != action.person_id:
        raise Refused(
            f"Goal {goal_id} and the action do not stand in the same plan. Nothing was changed.",
            f"Whose goal it is: coachlog goal show {goal_id}",
        )
    change.session.merge(GoalActionRow(action_id=action_id, goal_id=goal_id))


def serve(change: Change, action_id: int, goal_id: int | None, *, on: date) -> None:
    """Let another goal own an action, or None; what it was is an event of the action."""
    action = get_action(change, action_id)
    before = change.session.get(GoalActionRow, action_id)
    was = before.goal_id if before else "(nothing)"
    if goal_id is not None:
        attach(change, action_id, goal_id)
    elif before is not None:
        change.session.delete(before)
    record_event(change, action_id, EventKind.EDITED, on, note=f"goal was: {was}")
    changed(change, action, "action.edited")


def _only_one(change: Change, title: str, person_id: int | None) -> None:
    """Raise `Refused`, with its number, if an open goal in the same plan has the same title."""
    rows = change.session.exec(
        select(GoalRow.id, GoalRow.title).where(
            col(GoalRow.person_id).is_not_distinct_from(person_id),
            col(GoalRow.status) == GoalStatus.OPEN,
            col(GoalRow.deleted_at).is_(None),
        )
    )
    for id, there in rows:
        if fold(there) == fold(title):
            raise Refused(
                f"Goal {id} is called that already, and is open. Nothing was changed.",
                f"Rate it: coachlog goal rate {id}. Or give the new one another title.",
            )


def _not_before(row: GoalRow, on: date) -> None:
    """Raise `Invalid` for a day before the goal was opened."""
    if on < row.opened_on:
        raise Invalid(
            f"Goal {row.id} was opened on {dates.long(row.opened_on)}, "
            f"after {dates.long(on)}. Nothing was changed."
        )


def _goal(change: Change, id: int) -> GoalRow:
    row = change.session.get(GoalRow, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(f"There is no goal {id}.", "`coachlog goal list --all` shows them all.")
    return row


def _open_goal(change: Change, id: int) -> GoalRow:
    row = _goal(change, id)
    if row.status is not GoalStatus.OPEN:
        raise Refused(
            f"Goal {id} is {row.status.value} already. Nothing was changed.",
            f"To open it again: coachlog goal reopen {id}",
        )
    return row
