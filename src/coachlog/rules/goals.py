"""How far goals have come: attainment as a T-score, and whether a goal is reached."""

from collections.abc import Iterable
from math import sqrt
from typing import TYPE_CHECKING

from coachlog.model import (
    Goal,
    GoalScale,
    GoalStatus,
)

if TYPE_CHECKING:
    from coachlog.model.attainment import Attainment

FEWEST_GOALS = 3
"""How many goals a T-score takes: of one or two it is only their levels in other numbers."""

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


def judge_attainment(goals: Iterable[Goal]) -> "Attainment | None":
    """Return how far one person's goals were reached together; None of fewer than three.

    Those count that have levels, were rated and were not dropped: a goal that was given up says
    nothing about the others, and is only counted. The goals must come with their ratings.
    """
    from coachlog.model.attainment import Attainment

    goals_with_levels = [goal for goal in goals if goal.scale is GoalScale.ATTAINMENT]
    kept_goals = [
        goal for goal in goals_with_levels if goal.status is not GoalStatus.DROPPED
    ]
    rated_goals = [goal for goal in kept_goals if goal.ratings]
    if len(rated_goals) < FEWEST_GOALS:
        return None
    score = compute_attainment_score(
        (goal.ratings[-1].value, goal.weight) for goal in rated_goals
    )
    start_score = compute_attainment_score(
        (_find_first_level(goal), goal.weight) for goal in rated_goals
    )
    assert score is not None
    assert start_score is not None
    return Attainment(
        person=rated_goals[0].person,
        t_score=score,
        t_score_at_start=start_score,
        goals=len(rated_goals),
        includes_closed=any(goal.closed_on is not None for goal in rated_goals),
        rated_on=max(goal.ratings[-1].on for goal in rated_goals),
        dropped=len(goals_with_levels) - len(kept_goals),
    )


def _find_first_level(goal: Goal) -> int:
    """Return where a goal with levels began: its baseline, or else its first rating."""
    return goal.ratings[0].value if goal.baseline is None else goal.baseline


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
