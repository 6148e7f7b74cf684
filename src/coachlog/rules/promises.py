"""How a promise stands and how it ended, as pure functions: `today` is always an argument."""

import re
from collections.abc import Iterable
from datetime import date

from coachlog.model import (
    Action,
    ActionStatus,
    Event,
    EventKind,
    Fate,
)

VAGUE_PATTERN = (
    r"\s*(?:to\s+|i(?:'ll|’ll| will)\s+|we(?:'ll|’ll| will)\s+)?"
    r"(look (?:in)?to|look at|think (?:about|over|through)|consider|explore|try(?: to| and)?|"
    r"be more|do better|work on|keep an eye on|reflect on|touch base|circle back)\b"
)


Move = tuple[date, date]
"""The day a promise was moved, and the date agreed then."""

OFTEN_CARRIED_COUNT = 3
"""How often a promise comes back before it needs another way out than being carried on."""

DECIDED_FATES = (Fate.KEPT, Fate.REAGREED, Fate.LATE, Fate.MISSED)
ENDED_FATES = (*DECIDED_FATES, Fate.RELEASED)


def judge_fate(action: Action, today: date) -> Fate | None:
    """Return how a promise ended as of `today`; None for an action that never had a date."""
    if action.original_due is None:
        return None
    return judge_fate_by_dates(
        action.original_due, list_moves(action), action.status, action.closed_on, today
    )


def judge_fate_by_dates(
    original_due: date,
    moves: Iterable[Move],
    status: ActionStatus,
    closed_on: date | None,
    today: date,
) -> Fate:
    """Return how a promise ended as of `today`, by the rules of docs/figures.md.

    A move made after the date then in force had passed breaks the promise: it may still be kept
    late, but it neither makes it pending again nor releases it.
    """
    in_force, too_late = find_due_in_force(original_due, moves)
    broken = too_late is not None
    if status is ActionStatus.OPEN:
        return Fate.MISSED if broken or today > in_force else Fate.PENDING
    closed_on = closed_on or today
    if status is ActionStatus.DROPPED:
        return Fate.MISSED if broken or closed_on > in_force else Fate.RELEASED
    if closed_on <= original_due:
        return Fate.KEPT
    return Fate.LATE if broken or closed_on > in_force else Fate.REAGREED


_UNDOING_KINDS = (EventKind.DONE, EventKind.DROPPED, EventKind.MOVED, EventKind.REOPENED)


def find_correction(action: Action) -> Event | None:
    """Return the correction in force: the last one, unless something happened to it since.

    What was done, dropped, moved or reopened later is newer than what the owner said of it.
    """
    found = None
    for event in action.events:
        if event.kind is EventKind.CORRECTED:
            found = event
        elif event.kind in _UNDOING_KINDS:
            found = None
    return found


def find_corrected_fate(action: Action) -> Fate | None:
    """Return the fate that the correction in force gives a promise; None without one."""
    found = find_correction(action)
    return found.fate if found else None


def list_moves(action: Action) -> list[Move]:
    """Return the moves of an action: the day each was made, and the date agreed then."""
    return [(e.on, e.due) for e in action.events if e.kind is EventKind.MOVED and e.due]


def find_due_in_force(original_due: date, moves: Iterable[Move]) -> tuple[date, date | None]:
    """Return the last date agreed in time, and the day of the first move that came too late."""
    in_force = original_due
    for on, due in sorted(moves, key=lambda move: move[0]):
        if on > in_force:
            return in_force, on
        in_force = due
    return in_force, None


def find_promise_day(action: Action) -> date:
    """Return the day a promise was made, as its events tell; the first of all days if none does."""
    return next((e.on for e in action.events if e.kind is EventKind.MADE), date.min)


def find_owner_on(action: Action, day: date) -> str:
    """Return who owned a promise at the end of a day: `me`, `them` or a name.

    Where nothing tells of an owner before, that is the owner now.
    """
    later = (event.old_owner for event in action.events if event.on > day)
    return next((owner for owner in later if owner), action.owner)


def is_overdue(action: Action, today: date) -> bool:
    """Return whether the action is open and its date in force has passed."""
    return action.status is ActionStatus.OPEN and action.due is not None and action.due < today


def find_vague_verb(words: str) -> str | None:
    """Return the verb that makes a promise hard to tick off (`look into`), or None."""
    found = re.match(VAGUE_PATTERN, words, re.IGNORECASE)
    return found[1].lower() if found else None
