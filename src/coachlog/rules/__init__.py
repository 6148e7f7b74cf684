"""The judgements of coachlog, as pure functions: `today` is always an argument."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from math import sqrt

from coachlog.model import (
    Action,
    ActionStatus,
    Event,
    EventKind,
    Fate,
    Goal,
    GoalScale,
    GoalStatus,
)

VAGUE = (
    r"\s*(?:to\s+|i(?:'ll|’ll| will)\s+|we(?:'ll|’ll| will)\s+)?"
    r"(look (?:in)?to|look at|think (?:about|over|through)|consider|explore|try(?: to| and)?|"
    r"be more|do better|work on|keep an eye on|reflect on|touch base|circle back)\b"
)

LONG_WITHOUT_RHYTHM = 60
"""Days without a talk that are worth a word when no rhythm was agreed."""

Move = tuple[date, date]
"""The day a promise was moved, and the date agreed then."""

CARRIED_OFTEN = 3
"""How often a promise comes back before it needs another way out than being carried on."""

DECIDED = (Fate.KEPT, Fate.REAGREED, Fate.LATE, Fate.MISSED)
ENDED = (*DECIDED, Fate.RELEASED)


def fate(action: Action, today: date) -> Fate | None:
    """Return how a promise ended as of `today`; None for an action that never had a date."""
    if action.original_due is None:
        return None
    return fate_of(action.original_due, moves(action), action.status, action.closed_on, today)


def fate_of(
    original_due: date,
    moved: Iterable[Move],
    status: ActionStatus,
    closed_on: date | None,
    today: date,
) -> Fate:
    """Return how a promise ended as of `today` (DESIGN 9).

    A move made after the date then in force had passed breaks the promise: it may still be kept
    late, but it neither makes it pending again nor releases it.
    """
    in_force, too_late = agreed(original_due, moved)
    broken = too_late is not None
    if status is ActionStatus.OPEN:
        return Fate.MISSED if broken or today > in_force else Fate.PENDING
    closed_on = closed_on or today
    if status is ActionStatus.DROPPED:
        return Fate.MISSED if broken or closed_on > in_force else Fate.RELEASED
    if closed_on <= original_due:
        return Fate.KEPT
    return Fate.LATE if broken or closed_on > in_force else Fate.REAGREED


_UNDOING = (EventKind.DONE, EventKind.DROPPED, EventKind.MOVED, EventKind.REOPENED)


def correction(action: Action) -> Event | None:
    """Return the correction in force: the last one, unless something happened to it since.

    What was done, dropped, moved or reopened later is newer than what the owner said of it.
    """
    found = None
    for event in action.events:
        if event.kind is EventKind.CORRECTED:
            found = event
        elif event.kind in _UNDOING:
            found = None
    return found


def corrected(action: Action) -> Fate | None:
    """Return the fate that the correction in force gives a promise; None without one."""
    found = correction(action)
    return found.fate if found else None


def moves(action: Action) -> list[Move]:
    """Return the moves of an action: the day each was made, and the date agreed then."""
    return [(e.on, e.due) for e in action.events if e.kind is EventKind.MOVED and e.due]


def agreed(original_due: date, moved: Iterable[Move]) -> tuple[date, date | None]:
    """Return the last date agreed in time, and the day of the first move that came too late."""
    in_force = original_due
    for on, due in sorted(moved, key=lambda move: move[0]):
        if on > in_force:
            return in_force, on
        in_force = due
    return in_force, None


def made_on(action: Action) -> date:
    """Return the day a promise was made, as its events tell; the first of all days if none does."""
    return next((e.on for e in action.events if e.kind is EventKind.MADE), date.min)


def overdue(action: Action, today: date) -> bool:
    """Return whether the action is open and its date in force has passed."""
    return action.status is ActionStatus.OPEN and action.due is not None and action.due < today


def next_talk(
    last_held: date | None, every_days: int | None, paused_until: date | None = None
) -> date | None:
    """Return the day the next conversation is due; None without a rhythm or a talk before.

    It is the last one held, or the end of a pause since, plus the rhythm agreed (DESIGN 9).
    """
    if last_held is None or every_days is None:
        return None
    return max(last_held, paused_until or last_held) + timedelta(days=every_days)


def rhythm(
    last_held: date | None, every_days: int | None, today: date, paused_until: date | None = None
) -> str | None:
    """Return `in time`, `amber` (past the rhythm), `red` (past 1.5 times it) or `paused`.

    None without a rhythm. Someone with one who was never talked with is amber: the first talk is
    due. After a pause the days count from its end.
    """
    if paused_until is not None and today <= paused_until:
        return "paused"
    if every_days is None:
        return None
    if last_held is None:
        return "amber"
    gap = (today - max(last_held, paused_until or last_held)).days
    if gap > 1.5 * every_days:
        return "red"
    return "amber" if gap > every_days else "in time"


def long_gap(
    since: date, until: date, every_days: int | None, paused_until: date | None = None
) -> bool:
    """Return whether two talks lie too far apart: past 1.5 times the rhythm, or 60 days without.

    The days before the end of a pause do not count.
    """
    if paused_until is not None:
        since = max(since, min(paused_until, until))
    return (until - since).days > (1.5 * every_days if every_days else LONG_WITHOUT_RHYTHM)


def vague(what: str) -> str | None:
    """Return the verb that makes a promise hard to tick off (`look into`), or None."""
    found = re.match(VAGUE, what, re.IGNORECASE)
    return found[1].lower() if found else None


ATTAINED = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "more than expected",
    2: "much more than expected",
}
"""What the levels of goal attainment mean, whatever the goal."""


def attainment(scores: Iterable[tuple[int, int]]) -> float | None:
    """Return the T-score of goals, each as its level (-2 to +2) and weight; None without any.

    T = 50 + 10 * sum(w*x) / sqrt(0.7 * sum(w^2) + 0.3 * (sum w)^2): 50 is as expected, 10 a
    standard deviation when goals correlate by 0.3 (Kiresuk & Sherman 1968, as in DESIGN 9).
    """
    rated = list(scores)
    if not rated:
        return None
    weights = [weight for _, weight in rated]
    spread = sqrt(0.7 * sum(weight**2 for weight in weights) + 0.3 * sum(weights) ** 2)
    return 50 + 10 * sum(level * weight for level, weight in rated) / spread


def scores(goals: Iterable[Goal]) -> list[tuple[int, int]]:
    """Return last rating and weight of the goals that `attainment` counts.

    Those by levels that were rated and not dropped: a goal given up says nothing of the others.
    """
    return [
        (goal.now, goal.weight)
        for goal in goals
        if goal.scale is GoalScale.ATTAINMENT
        and goal.status is not GoalStatus.DROPPED
        and goal.now is not None
    ]


def reached(goal: Goal) -> bool:
    """Return whether a goal is where it was meant to go; False when nothing says where that is."""
    if goal.now is None:
        return False
    if goal.scale is GoalScale.ATTAINMENT:
        return goal.now >= 0
    if goal.target is None:
        return False
    downwards = goal.baseline is not None and goal.target < goal.baseline
    return goal.now <= goal.target if downwards else goal.now >= goal.target
