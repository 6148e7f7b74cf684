"""How a promise stands and how it ended.

Pure functions: `today` is always an argument. docs/figures.md explains the fates of a promise.
"""

import re
from collections.abc import Iterable
from datetime import date

from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.named_tuples import NamedTuple

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


class Judgement(NamedTuple):
    """How a promise ended, and whether it counts in the ratio by the first date."""

    fate: Fate
    counts_by_first_date: bool


def judge_fate(action: Action, today: date) -> Fate | None:
    """Return how a promise ended, as of `today`; None for an action that never had a date."""
    if action.original_due is None:
        return None
    return judge_fate_by_dates(
        action.original_due, list_moves(action), action.status, action.closed_on, today
    )


def judge_promise(action: Action, today: date) -> Judgement | None:
    """Return how a promise counts, as of `today`; None for an action that never had a date."""
    if action.original_due is None:
        return None
    return judge_promise_by_dates(
        action.original_due, list_moves(action), action.status, action.closed_on, today
    )


def judge_promise_by_dates(
    original_due: date,
    moves: Iterable[Move],
    status: ActionStatus,
    closed_on: date | None,
    today: date,
) -> Judgement:
    """Return how a promise counts, as of `today`, by the rules of docs/figures.md."""
    fate = judge_fate_by_dates(original_due, moves, status, closed_on, today)
    last_day = _find_last_day_known(status, closed_on, today)
    is_done = status is ActionStatus.DONE
    return Judgement(fate, is_done or last_day > original_due)


def judge_fate_by_dates(
    original_due: date,
    moves: Iterable[Move],
    status: ActionStatus,
    closed_on: date | None,
    today: date,
) -> Fate:
    """Return how a promise ended, as of `today`, by the rules of docs/figures.md."""
    due_in_force, _ = find_due_in_force(original_due, moves)
    last_day = _find_last_day_known(status, closed_on, today)
    if status is ActionStatus.DONE and last_day <= original_due:
        return Fate.KEPT
    fate_in_time, fate_too_late = _FATES[status]
    return fate_in_time if last_day <= due_in_force else fate_too_late


def _find_last_day_known(
    status: ActionStatus, closed_on: date | None, today: date
) -> date:
    """Return the day on which a promise was closed or, while it is open, today."""
    if status is ActionStatus.OPEN or closed_on is None:
        return today
    return closed_on


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

    That is the last one, unless it was withdrawn, or the promise was done, dropped, moved or
    reopened since.
    """
    correction = None
    for event in action.events:
        if event.kind is EventKind.CORRECTED:
            # Without a fate the event withdraws the correction before it.
            correction = event if event.fate else None
        elif event.kind in _OVERRIDING_KINDS:
            correction = None
    return correction


def find_corrected_fate(action: Action) -> Fate | None:
    """Return the fate that the correction in force gives a promise; None without one."""
    correction = find_correction(action)
    return correction.fate if correction else None


def correct_judgement(judgement: Judgement, fate: Fate | None) -> Judgement:
    """Return how a promise counts once it is corrected to this fate; None corrects nothing.

    One corrected to released is in neither ratio, any other in both. What is pending cannot be
    corrected.
    """
    if fate is None or fate is judgement.fate or judgement.fate not in ENDED_FATES:
        return judgement
    return Judgement(fate, fate is not Fate.RELEASED)


def list_moves(action: Action) -> list[Move]:
    """Return the moves of an action: the day each was made, and the due date agreed then."""
    moves = []
    for event in action.events:
        if event.kind is EventKind.MOVED and event.due:
            moves.append((event.on, event.due))
    return moves


def list_redatings(action: Action) -> list[Move]:
    """Return the moves of an action that put another date in the place of one agreed before."""
    moves = list_moves(action)
    # Where it was made without a date, its first one is a move that put nothing off.
    return moves[1:] if is_made_without_date(action) else moves


def is_made_without_date(action: Action) -> bool:
    """Return whether a promise had no date when it was made, by its events."""
    return any(
        event.kind is EventKind.MADE and event.due is None for event in action.events
    )


def find_due_in_force(
    original_due: date, moves: Iterable[Move]
) -> tuple[date, Move | None]:
    """Return the date in force, and the last move that came too late, None if all were in time.

    The date in force is the later of the first date and the last one agreed in time. A move is in
    time on or before the date then in force; a later one neither helps nor breaks the promise.
    """
    due_in_force = original_due
    late_move = None
    # Sorted by day alone: those of one day stay in the order in which they were entered.
    for move in sorted(moves, key=lambda move: move[0]):
        moved_on, new_due = move
        if moved_on <= due_in_force:
            due_in_force = max(original_due, new_due)
        else:
            late_move = move
    return due_in_force, late_move


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


def find_givers(action: Action) -> set[str]:
    """Return who owned a promise before, but no longer at the end of its first date.

    Nobody where it has no date: it counts for no one.
    """
    first = action.original_due
    if first is None:
        return set()
    owners = {
        event.old_owner
        for event in action.events
        if event.old_owner and event.on <= first
    }
    return owners - {find_owner_on(action, first)}


def find_owner_at_first_date(action: Action) -> str:
    """Return for whom a promise counts: its owner at the end of its first date.

    Without a date that is its present owner.
    """
    if action.original_due is None:
        return action.owner
    return find_owner_on(action, action.original_due)


def find_last_day(action: Action) -> date | None:
    """Return the last day on which an open promise is not overdue; None without a date.

    That is the date agreed now or, where it was pulled forward, the first date.
    """
    if action.due is None or action.original_due is None:
        return action.due
    return max(action.due, action.original_due)


def is_overdue(action: Action, today: date) -> bool:
    """Return whether an action is open after its first date and the date agreed now."""
    return count_days_overdue(action, today) > 0


def count_days_overdue(action: Action, today: date) -> int:
    """Return by how many days an open action is overdue; 0 if it is not, or is closed."""
    last_day = find_last_day(action)
    if action.status is not ActionStatus.OPEN or last_day is None:
        return 0
    return max((today - last_day).days, 0)


def find_vague_verb(words: str) -> str | None:
    """Return the verb that makes a promise hard to tick off (`look into`), or None."""
    match = re.match(VAGUE_PATTERN, words, re.IGNORECASE)
    return match[1].lower() if match else None
