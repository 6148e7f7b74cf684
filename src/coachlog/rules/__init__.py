"""The judgements of coachlog, as pure functions: `today` is always an argument."""

from coachlog.rules.goals import ATTAINED, attainment, reached, scores
from coachlog.rules.promises import (
    CARRIED_OFTEN,
    DECIDED,
    ENDED,
    VAGUE,
    Move,
    agreed,
    corrected,
    correction,
    fate,
    fate_of,
    made_on,
    moves,
    overdue,
    owner_on,
    vague,
)
from coachlog.rules.rhythm import LONG_WITHOUT_RHYTHM, long_gap, next_talk, rhythm

__all__ = [
    "ATTAINED",
    "CARRIED_OFTEN",
    "DECIDED",
    "ENDED",
    "LONG_WITHOUT_RHYTHM",
    "VAGUE",
    "Move",
    "agreed",
    "attainment",
    "corrected",
    "correction",
    "fate",
    "fate_of",
    "long_gap",
    "made_on",
    "moves",
    "next_talk",
    "overdue",
    "owner_on",
    "reached",
    "rhythm",
    "scores",
    "vague",
]
