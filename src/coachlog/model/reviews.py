"""What comes out when earlier promises are gone through, in a conversation or in a review."""

from datetime import date
from enum import StrEnum

from coachlog.model.actions import Fate
from coachlog.named_tuples import NamedTuple


class ReviewOutcome(StrEnum):
    """What happened to an open promise when it came up in a session."""

    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"
    OPEN = "open"


class ActionReview(NamedTuple):
    """What happened to action number `action`; `on` is None for the day of the session."""

    action: int
    outcome: ReviewOutcome
    due: date | None = None
    on: date | None = None


class Correction(NamedTuple):
    """How action number `action` really ended; `was` is the fate until then, `note` the reason."""

    action: int
    fate: Fate
    note: str
    was: Fate
