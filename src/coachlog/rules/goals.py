"""How far goals are: attainment as a T-score, and whether one is reached."""

from collections.abc import Iterable
from math import sqrt

from coachlog.model import (
    Goal,
    GoalScale,
    GoalStatus,
)

ATTAINMENT_WORDS = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "more than expected",
    2: "much more than expected",
}
"""What the levels of goal attainment mean, whatever the goal."""


def compute_attainment_score(scores: Iterable[tuple[int, int]]) -> float | None:
    """Return the T-score of goals, each as its level (-2 to +2) and weight; None without any.

    T = 50 + 10 * sum(w*x) / sqrt(0.7 * sum(w^2) + 0.3 * (sum w)^2): 50 is as expected, 10 a
    standard deviation when goals correlate by 0.3 (Kiresuk and Sherman 1968).
    """
    rated = list(scores)
    if not rated:
        return None
    weights = [weight for _, weight in rated]
    spread = sqrt(0.7 * sum(weight**2 for weight in weights) + 0.3 * sum(weights) ** 2)
    return 50 + 10 * sum(level * weight for level, weight in rated) / spread


def list_attainment_ratings(goals: Iterable[Goal]) -> list[tuple[int, int]]:
    """Return last rating and weight of the goals that `compute_attainment_score` counts.

    Those by levels that were rated and not dropped: a goal given up says nothing of the others.
    """
    return [
        (goal.now, goal.weight)
        for goal in goals
        if goal.scale is GoalScale.ATTAINMENT
        and goal.status is not GoalStatus.DROPPED
        and goal.now is not None
    ]


def is_goal_reached(goal: Goal) -> bool:
    """Return whether a goal is where it was meant to go; False when nothing says where that is."""
    if goal.now is None:
        return False
    if goal.scale is GoalScale.ATTAINMENT:
        return goal.now >= 0
    if goal.target is None:
        return False
    downwards = goal.baseline is not None and goal.target < goal.baseline
    return goal.now <= goal.target if downwards else goal.now >= goal.target
