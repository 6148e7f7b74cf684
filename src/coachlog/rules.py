"""The figures and judgements of coachlog, as pure functions: `today` is always an argument."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from coachlog.model import Action, ActionStatus, EventKind, Fate, Tally

VAGUE = (
    r"\s*(?:to\s+|i(?:'ll|’ll| will)\s+|we(?:'ll|’ll| will)\s+)?"
    r"(look (?:in)?to|look at|think (?:about|over|through)|consider|explore|try(?: to| and)?|"
    r"be more|do better|work on|keep an eye on|reflect on|touch base|circle back)\b"
)


def fate(action: Action, today: date) -> Fate | None:
    """Return how a promise ended as of `today`; None for an action that never had a date.

    DESIGN 9. A move made after the date then in force had passed breaks the promise: it may still
    be kept late, but it neither makes it pending again nor releases it.
    """
    if action.original_due is None:
        return None
    in_force, broken = _in_force(action)
    if action.status is ActionStatus.OPEN:
        return Fate.MISSED if broken or today > in_force else Fate.PENDING
    closed_on = action.closed_on or today
    if action.status is ActionStatus.DROPPED:
        return Fate.MISSED if broken or closed_on > in_force else Fate.RELEASED
    if closed_on <= action.original_due:
        return Fate.KEPT
    return Fate.LATE if broken or closed_on > in_force else Fate.REAGREED


def _in_force(action: Action) -> tuple[date, bool]:
    """Return the last date agreed in time, and whether a move ever came too late."""
    assert action.original_due is not None
    in_force = action.original_due
    moves = [e for e in action.events if e.kind is EventKind.MOVED and e.due is not None]
    for move in sorted(moves, key=lambda event: event.on):
        if move.on > in_force:
            return in_force, True
        in_force = move.due or in_force
    return in_force, False


def tally(actions: Iterable[Action], today: date) -> Tally:
    """Return how many of these promises met which fate, as of `today`."""
    counts = Counter(found.value for action in actions if (found := fate(action, today)))
    return Tally(**counts)


def overdue(action: Action, today: date) -> bool:
    """Return whether the action is open and its date in force has passed."""
    return action.status is ActionStatus.OPEN and action.due is not None and action.due < today


def next_talk(last_held: date | None, every_days: int | None) -> date | None:
    """Return the day the next conversation is due: the last one held plus the rhythm agreed."""
    if last_held is None or every_days is None:
        return None
    return last_held + timedelta(days=every_days)


def rhythm(last_held: date | None, every_days: int | None, today: date) -> str | None:
    """Return `in time`, `amber` (past the rhythm) or `red` (past 1.5 times it); None without one.

    Someone with a rhythm who was never talked with is amber: the first talk is due.
    """
    if every_days is None:
        return None
    if last_held is None:
        return "amber"
    gap = (today - last_held).days
    if gap > 1.5 * every_days:
        return "red"
    return "amber" if gap > every_days else "in time"


def vague(what: str) -> str | None:
    """Return the verb that makes a promise hard to tick off (`look into`), or None."""
    found = re.match(VAGUE, what, re.IGNORECASE)
    return found[1].lower() if found else None
