"""Judgements about promises, goals and rhythms: pure functions, with `today` as an argument."""

from coachlog.rules.goals import (
    ATTAINMENT_WORDS,
    compute_attainment_score,
    is_goal_reached,
    list_attainment_ratings,
)
from coachlog.rules.promises import (
    DECIDED_FATES,
    ENDED_FATES,
    OFTEN_CARRIED_COUNT,
    VAGUE_PATTERN,
    Move,
    find_corrected_fate,
    find_correction,
    find_due_in_force,
    find_owner_on,
    find_promise_day,
    find_vague_verb,
    is_overdue,
    judge_fate,
    judge_fate_by_dates,
    list_moves,
)
from coachlog.rules.rhythm import (
    LONG_WITHOUT_RHYTHM,
    find_next_talk,
    has_rhythm,
    is_long_gap,
    judge_rhythm,
)

__all__ = [
    "ATTAINMENT_WORDS",
    "DECIDED_FATES",
    "ENDED_FATES",
    "LONG_WITHOUT_RHYTHM",
    "OFTEN_CARRIED_COUNT",
    "VAGUE_PATTERN",
    "Move",
    "compute_attainment_score",
    "find_corrected_fate",
    "find_correction",
    "find_due_in_force",
    "find_next_talk",
    "find_owner_on",
    "find_promise_day",
    "find_vague_verb",
    "has_rhythm",
    "is_goal_reached",
    "is_long_gap",
    "is_overdue",
    "judge_fate",
    "judge_fate_by_dates",
    "judge_rhythm",
    "list_attainment_ratings",
    "list_moves",
]
