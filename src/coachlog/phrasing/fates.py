"""How promises ended, in words; without Rich."""

from datetime import date

from coachlog import dates, rules
from coachlog.model import ActionStatus, Fate
from coachlog.model.progress import DecidedPromise, Tally
from coachlog.rules import corrections
from coachlog.text import format_count

TALLY_WORDS = corrections.FATE_WORDS | {Fate.RELEASED: "released, not counted"}


def describe_tally(tally: Tally) -> str:
    """Return how many promises ended how: `8 kept, 1 missed`; '' for none."""
    numbers = tally._asdict()
    return ", ".join(
        f"{numbers[fate]} {words}" for fate, words in TALLY_WORDS.items() if numbers[fate]
    )


def describe_fate_reason(promise: DecidedPromise, today: date) -> str:
    """Return why a promise has its fate, each date once: `3 days after Fri 12 Jun`."""
    action = promise.action
    assert action.original_due is not None
    first = dates.format_short_day(action.original_due, today)
    in_force, too_late = rules.find_due_in_force(action.original_due, rules.list_moves(action))
    closed = action.closed_on or today
    if promise.fate is Fate.KEPT:
        return _describe_distance(closed, action.original_due, first)
    how = _STATUS_WORDS.get(action.status, "")
    if too_late:
        words = _describe_distance(closed, in_force, dates.format_short_day(in_force, today))
        return (
            f"moved too late, on {dates.format_short_day(too_late, today)}; {how or 'done '}{words}"
        )
    if in_force != action.original_due:
        moved = f"moved in time from {first} to {dates.format_short_day(in_force, today)}"
        return f"{moved}; {how or 'done '}{_describe_distance(closed, in_force, '')}"
    return how + _describe_distance(closed, in_force, first)


_STATUS_WORDS = {ActionStatus.OPEN: "still open ", ActionStatus.DROPPED: "dropped "}


def _describe_distance(day: date, due: date, due_words: str) -> str:
    """Return how far a day is from the date due: `3 days after Fri 12 Jun`, or without its name."""
    days = (day - due).days
    if days == 0:
        return f"on {due_words}" if due_words else "on that day"
    side = "after" if days > 0 else "before"
    return f"{format_count(abs(days), 'day')} {side} {due_words}".rstrip()
