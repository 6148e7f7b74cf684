"""What one conversation leaves behind, checked and ready to be kept."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from coachlog.model.actions import Fate, Promise
from coachlog.model.notes import NoteOutcome
from coachlog.model.sessions import Answer

if TYPE_CHECKING:
    from coachlog.model.sets import MeetingRecord


class ReviewOutcome(StrEnum):
    """What became of an open promise when it came back in a session."""

    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"
    OPEN = "open"


class ActionReview(NamedTuple):
    """What became of action number `action`; `on` is None for 'on the day of the session'."""

    action: int
    outcome: ReviewOutcome
    due: date | None = None
    on: date | None = None


class Correction(NamedTuple):
    """What really became of action number `action`; `was` is what stood there, `note` tells why."""

    action: int
    fate: Fate
    note: str
    was: Fate


class SessionRecord(NamedTuple):
    """All that one conversation said, checked and ready to be kept.

    `notes` are the parked notes that came back, by number, with what became of each. The promises
    of a set are all in its `meeting`.
    """

    held_on: date
    minutes: int | None
    answers: tuple[Answer, ...]
    promises: tuple[Promise, ...]
    reviews: tuple[ActionReview, ...]
    notes: tuple[tuple[int, NoteOutcome], ...] = ()
    meeting: "MeetingRecord | None" = None
    corrections: tuple[Correction, ...] = ()
