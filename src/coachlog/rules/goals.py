"""How far goals have come: attainment as a T-score, and whether a goal is reached."""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TYPE_CHECKING

from coachlog.model.goals import Goal, GoalScale, GoalStatus

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
    return _compute_score(
        [level for level, _ in ratings], [weight for _, weight in ratings]
    )


def _compute_score(levels: Sequence[int], weights: Sequence[int]) -> float:
    """Return the T-score of at least one goal: the levels and the weights in the same order."""
    weighted_sum = sum(
        level * weight for level, weight in zip(levels, weights, strict=True)
    )
    squares = sum(weight**2 for weight in weights)
    return 50 + 10 * weighted_sum / sqrt(0.7 * squares + 0.3 * sum(weights) ** 2)


def judge_attainment(goals: Iterable[Goal]) -> "Attainment | None":
    """Return how far one person's goals were reached together; None of fewer than three.

    Those count that have levels, were rated and were not dropped: a goal that was given up says
    nothing about the others, and is only counted. The goals must come with their ratings.
    """
    from coachlog.model.attainment import Attainment

    goals_with_levels = [goal for goal in goals if goal.scale is GoalScale.ATTAINMENT]
    rated_goals = list(filter(counts_in_score, goals_with_levels))
    if len(rated_goals) < FEWEST_GOALS:
        return None
    weights = [goal.weight for goal in rated_goals]
    levels = [goal.ratings[-1].value for goal in rated_goals]
    first_levels = list(map(_find_first_level, rated_goals))
    return Attainment(
        person=rated_goals[0].person,
        t_score=_compute_score(levels, weights),
        t_score_at_start=_compute_score(first_levels, weights),
        goals=len(rated_goals),
        includes_closed=any(goal.closed_on is not None for goal in rated_goals),
        rated_on=max(goal.ratings[-1].on for goal in rated_goals),
        dropped=sum(goal.status is GoalStatus.DROPPED for goal in goals_with_levels),
    )


def counts_in_score(goal: Goal) -> bool:
    """Return whether a goal with levels is in the T-score: it was rated and not dropped."""
    return bool(goal.ratings) and goal.status is not GoalStatus.DROPPED


def _find_first_level(goal: Goal) -> int:
    """Return where a goal with levels began: its baseline, or else its first rating."""
    return goal.ratings[0].value if goal.baseline is None else goal.baseline


def is_goal_reached(goal: Goal) -> bool:
    """Return whether the latest rating is at the target or past it, upwards or downwards.

    By levels of attainment, 0 is the target. False without a rating or without a target.
    """
    return goal.now is not None and _is_at_target(goal, goal.now) is True


def is_goal_short(goal: Goal) -> bool:
    """Return whether the latest rating says that a goal has not been reached.

    False without a rating or without a target, as nothing says so then.
    """
    return goal.now is not None and _is_at_target(goal, goal.now) is False


def _is_at_target(goal: Goal, value: int) -> bool | None:
    """Return whether a value is at the target of a goal or past it; None without a target."""
    if goal.scale is GoalScale.ATTAINMENT:
        return value >= 0
    if goal.target is None:
        return None
    if goal.baseline is not None and goal.target < goal.baseline:
        return value <= goal.target
    return value >= goal.target
