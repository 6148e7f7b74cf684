"""How far goals have come: attainment as a T-score, and whether a goal is reached."""

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
"""The five levels of goal attainment in words, the same for every goal."""


def compute_attainment_score(ratings: Iterable[tuple[int, int]]) -> float | None:
    """Return the T-score of goals, each given as its level (-2 to +2) and weight; None without any.

    T = 50 + 10 * sum(w*x) / sqrt(0.7 * sum(w^2) + 0.3 * (sum w)^2): 50 is as expected, and 10 is
    one standard deviation when goals correlate by 0.3 (Kiresuk and Sherman 1968).
    """
    ratings = list(ratings)
    if not ratings:
        return None
    weighted_sum = sum(level * weight for level, weight in ratings)
    weights = [weight for _, weight in ratings]
    squares = sum(weight**2 for weight in weights)
    return 50 + 10 * weighted_sum / sqrt(0.7 * squares + 0.3 * sum(weights) ** 2)


def list_attainment_ratings(goals: Iterable[Goal]) -> list[tuple[int, int]]:
    """Return the latest rating and the weight of each goal that `compute_attainment_score` counts.

    Those are goals with levels of attainment that were rated and not dropped: a goal that was given
    up says nothing about the others.
    """
    ratings = []
    for goal in goals:
        counts = (
            goal.scale is GoalScale.ATTAINMENT and goal.status is not GoalStatus.DROPPED
        )
        if counts and goal.now is not None:
            ratings.append((goal.now, goal.weight))
    return ratings


def is_goal_reached(goal: Goal) -> bool:
    """Return whether the latest rating is at the target or past it, upwards or downwards.

    By levels of attainment, 0 is the target. False without a rating or without a target.
    """
    if goal.now is None:
        return False
    if goal.scale is GoalScale.ATTAINMENT:
        return goal.now >= 0
    if goal.target is None:
        return False
    if goal.baseline is not None and goal.target < goal.baseline:
        return goal.now <= goal.target
    return goal.now >= goal.target
