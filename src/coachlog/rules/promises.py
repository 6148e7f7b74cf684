"""How a promise stands and how it ended.

Pure functions: `today` is always an argument. docs/figures.md explains the fates of a promise.
"""

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
"""The day a promise was moved, and the new due date agreed then."""

OFTEN_CARRIED_COUNT = 3
"""How often a promise comes back before carrying it over again is no solution."""

DECIDED_FATES = (Fate.KEPT, Fate.REAGREED, Fate.LATE, Fate.MISSED)
ENDED_FATES = (*DECIDED_FATES, Fate.RELEASED)


def judge_fate(action: Action, today: date) -> Fate | None:
    """Return how a promise ended, as of `today`; None for an action that never had a date."""
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
    """Return how a promise ended, as of `today`, by the rules of docs/figures.md.

    A move that was made after the date then in force had passed breaks the promise: it can still be
    kept late, but it is neither pending again nor released.
    """
    due_in_force, late_move_on = find_due_in_force(original_due, moves)
    last_day = today
    if status is not ActionStatus.OPEN and closed_on is not None:
        last_day = closed_on
    if status is ActionStatus.DONE and last_day <= original_due:
        return Fate.KEPT
    fate_in_time, fate_too_late = _FATES[status]
    is_in_time = late_move_on is None and last_day <= due_in_force
    return fate_in_time if is_in_time else fate_too_late


_FATES = {
    ActionStatus.OPEN: (Fate.PENDING, Fate.MISSED),
    ActionStatus.DONE: (Fate.REAGREED, Fate.LATE),
    ActionStatus.DROPPED: (Fate.RELEASED, Fate.MISSED),
}
"""For each status, the fate by the date in force and the fate after it."""

_OVERRIDING_KINDS = (
    EventKind.DONE,
    EventKind.DROPPED,
    EventKind.MOVED,
    EventKind.REOPENED,
)
"""Events after which an earlier correction no longer counts."""


def find_correction(action: Action) -> Event | None:
    """Return the correction in force, or None.

    That is the last one, unless the promise was done, dropped, moved or reopened since.
    """
    correction = None
    for event in action.events:
        if event.kind is EventKind.CORRECTED:
            correction = event
        elif event.kind in _OVERRIDING_KINDS:
            correction = None
    return correction


def find_corrected_fate(action: Action) -> Fate | None:
    """Return the fate that the correction in force gives a promise; None without one."""
    correction = find_correction(action)
    return correction.fate if correction else None


def list_moves(action: Action) -> list[Move]:
    """Return the moves of an action: the day each was made, and the due date agreed then."""
    moves = []
    for event in action.events:
        if event.kind is EventKind.MOVED and event.due:
            moves.append((event.on, event.due))
    return moves


def find_due_in_force(
    original_due: date, moves: Iterable[Move]
) -> tuple[date, date | None]:
    """Return the last due date agreed in time, and the day of the first move that came too late.

    A move is in time on or before the date then in force. The second date is None if all were.
    """
    due_in_force = original_due
    for moved_on, due in sorted(moves, key=lambda move: move[0]):
        if moved_on > due_in_force:
            return due_in_force, moved_on
        due_in_force = due
    return due_in_force, None


def find_promise_day(action: Action) -> date:
    """Return the day a promise was made by its events; `date.min` if none of them says so."""
    for event in action.events:
        if event.kind is EventKind.MADE:
            return event.on
    return date.min


def find_owner_on(action: Action, day: date) -> str:
    """Return who owned a promise at the end of a day: `me`, `them` or a name."""
    # The first change of owner after that day names the owner until then.
    for event in action.events:
        if event.on > day and event.old_owner:
            return event.old_owner
    return action.owner


def is_overdue(action: Action, today: date) -> bool:
    """Return whether the action is open and its due date has passed."""
    return (
        action.status is ActionStatus.OPEN
        and action.due is not None
        and action.due < today
    )


def find_vague_verb(words: str) -> str | None:
    """Return the verb that makes a promise hard to tick off (`look into`), or None."""
    match = re.match(VAGUE_PATTERN, words, re.IGNORECASE)
    return match[1].lower() if match else None
