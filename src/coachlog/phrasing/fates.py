"""How promises ended, in words; without Rich."""

from datetime import date

from coachlog import dates, rules
from coachlog.model import ActionStatus, Fate
from coachlog.model.progress import Decided, Tally
from coachlog.rules import corrections
from coachlog.text import plural

FATES = corrections.FATES | {Fate.RELEASED: "released, not counted"}


def counts(tally: Tally) -> str:
    """Return how many promises ended how: `8 kept, 1 missed`; '' for none."""
    numbers = tally._asdict()
    return ", ".join(f"{numbers[fate]} {words}" for fate, words in FATES.items() if numbers[fate])


def why(decided: Decided, today: date) -> str:
    """Return why a promise has its fate, each date once: `3 days after Fri 12 Jun`."""
    action = decided.action
    assert action.original_due is not None
    first = dates.short(action.original_due, today)
    in_force, too_late = rules.agreed(action.original_due, rules.moves(action))
    closed = action.closed_on or today
    if decided.fate is Fate.KEPT:
        return _apart(closed, action.original_due, first)
    how = _HOW.get(action.status, "")
    if too_late:
        words = _apart(closed, in_force, dates.short(in_force, today))
        return f"moved too late, on {dates.short(too_late, today)}; {how or 'done '}{words}"
    if in_force != action.original_due:
        moved = f"moved in time from {first} to {dates.short(in_force, today)}"
        return f"{moved}; {how or 'done '}{_apart(closed, in_force, '')}"
    return how + _apart(closed, in_force, first)


_HOW = {ActionStatus.OPEN: "still open ", ActionStatus.DROPPED: "dropped "}


def _apart(day: date, due: date, named: str) -> str:
    """Return how far a day is from the date due: `3 days after Fri 12 Jun`, or without its name."""
    days = (day - due).days
    if days == 0:
        return f"on {named}" if named else "on that day"
    side = "after" if days > 0 else "before"
    return f"{plural(abs(days), 'day')} {side} {named}".rstrip()
