"""What to ask about first: the promise and the goal that have waited longest."""

from collections.abc import Iterable
from datetime import date

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.rules.promises import find_promise_day

OFTEN_ENOUGH = 2
"""A promise carried so many times is asked about before anything else."""


def find_promise_to_raise(actions: Iterable[Action]) -> Action | None:
    """Return the oldest of the open promises that were carried over twice or more, if any."""
    candidates = [action for action in actions if action.carried >= OFTEN_ENOUGH]
    return min(
        candidates,
        key=lambda action: (find_promise_day(action), action.id),
        default=None,
    )


def find_goal_to_raise(goals: Iterable[Goal], today: date) -> Goal | None:
    """Return the goal whose review has been due for longest; None if no review day has passed."""
    candidates = [
        (goal.review_on, goal.id, goal)
        for goal in goals
        if goal.review_on and goal.review_on < today
    ]
    if not candidates:
        return None
    _, _, goal = min(candidates)
    return goal
