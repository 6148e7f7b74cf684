"""The outcome of a change, in words for the person who asked for it."""

from datetime import date

from coachlog.dates import format_long_day
from coachlog.named_tuples import NamedTuple

UNDO_STEP = "To undo: coachlog undo"
"""What ends the sentence of a change that is often a slip."""
UNDO_LINE = "To take it back: coachlog undo"
"""What follows a change that can be taken back."""


class Result(NamedTuple):
    """One line that says what was done and what to type next, with remarks to go beside it."""

    message: str
    remarks: tuple[str, ...] = ()


def phrase_other_day(day: date, today: date) -> str:
    """Return on which day something happened, in full so that a slip is seen; '' for today."""
    if day == today:
        return ""
    return f" on {format_long_day(day)}"
