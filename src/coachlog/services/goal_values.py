"""What a rating on the command line says: a value on the goal's scale, and when to look again."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from coachlog.errors import InvalidInput
from coachlog.model.goals import Goal, GoalScale
from coachlog.services.desk import Desk
from coachlog.text import clean_line

LEVEL_VALUES = (-2, -1, 0, 1, 2)


def parse_goal_value(goal: Goal, text: str) -> int:
    """Return a typed value as a number; raises InvalidInput if it is not on the goal's scale."""
    words = clean_line(text)
    is_levelled = goal.scale is GoalScale.ATTAINMENT
    allowed_values: Sequence[int] = LEVEL_VALUES if is_levelled else range(1, 11)
    with suppress(ValueError):
        # A pasted minus sign is often the typographic one.
        value = int(words.replace("−", "-"))
        if value in allowed_values:
            return value
    raise InvalidInput(
        f"“{words[:40]}” should be a whole number {describe_value_range(goal)}."
    )


def describe_value_range(goal: Goal) -> str:
    """Return between which numbers a rating of a goal is."""
    return "from -2 to +2" if goal.scale is GoalScale.ATTAINMENT else "from 1 to 10"


def parse_review_day(desk: Desk, text: str) -> date | None:
    """Return the day that --review means, None for '' or 0; raises InvalidInput if it is none."""
    if text.strip() in ("", "0"):
        return None
    return desk.parse_future_day(text)
