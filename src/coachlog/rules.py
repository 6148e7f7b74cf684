"""The figures and judgements of coachlog, as pure functions: `today` is always an argument."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import sqrt

from coachlog.model import (
    Action,
    ActionStatus,
    Day,
    EventKind,
    Fate,
    Goal,
    GoalScale,
    GoalStatus,
    Month,
    Point,
    Share,
    Tally,
    Theme,
    Trend,
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
FAIRNESS_DAYS = 90
FEWEST = 3
"""People of one relationship that make a usual time."""


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


def tally(actions: Iterable[Action], today: date) -> Tally:
    """Return how many of these promises met which fate, as of `today`."""
    counts = Counter(found.value for action in actions if (found := fate(action, today)))
    return Tally(**counts)


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


def fairness(shares: Iterable[Share], today: date) -> dict[int, bool]:
    """Return, by person, whether they had under half the usual time of the last 90 days.

    The usual time is the median of those with the same relationship (DESIGN 9): of sessions, and of
    minutes where all are known. Left out are people known for less than 90 days, paused within
    them, and all of a relationship that fewer than three people are left in.
    """
    since = today - timedelta(days=FAIRNESS_DAYS)
    judged: dict[str, list[Share]] = {}
    for share in shares:
        if share.known_since <= since and (share.paused_until or since) <= since:
            judged.setdefault(share.relationship, []).append(share)
    found: dict[int, bool] = {}
    for peers in judged.values():
        if len(peers) >= FEWEST:
            usual = median([share.sessions for share in peers])
            minutes = median([share.minutes for share in peers if share.minutes is not None])
            found |= {one.person_id: _under_half(one, usual, minutes) for one in peers}
    return found


def _under_half(share: Share, usual: float, usual_minutes: float) -> bool:
    short = share.minutes is not None and share.minutes < usual_minutes / 2
    return share.sessions < usual / 2 or short


def median(numbers: Sequence[float]) -> float:
    """Return the middle of the numbers, or the mean of the two in the middle; 0 for none.

    The module `statistics` takes as long to import as Python to start.
    """
    ordered = sorted(numbers)
    half, odd = divmod(len(ordered), 2)
    if odd or not ordered:
        return ordered[half] if ordered else 0
    return (ordered[half - 1] + ordered[half]) / 2


Said = tuple[str, str | None, int, int, Point]
"""A measure, who it was asked of, the ends of the range, and what was said when."""


def trends(said: Iterable[Said]) -> tuple[Trend, ...]:
    """Return one trend for each measure, person and range: numbers of two ranges never mix.

    They come by measure and name, what was said alone first.
    """
    kept: dict[tuple[str, str | None, int, int], list[Point]] = {}
    for measure, person, low, high, point in said:
        kept.setdefault((measure, person, low, high), []).append(point)
    order = sorted(kept, key=lambda key: (key[0], (key[1] or "").casefold(), key[1:3], key[3]))
    return tuple(trend(*key, kept[key]) for key in order)


def trend(measure: str, person: str | None, low: int, high: int, points: Iterable[Point]) -> Trend:
    """Return first, latest, change and count of at least one value, in the order of their days.

    Of values of the same day, the order given counts.
    """
    ordered = tuple(sorted(points, key=lambda point: point.on))
    first, latest = ordered[0].value, ordered[-1].value
    change = latest - first if len(ordered) > 1 else None
    return Trend(measure, person, low, high, first, latest, change, len(ordered), ordered)


def themes(tagged: Sequence[Iterable[str]]) -> tuple[Theme, ...]:
    """Return each tag with the number of sessions that carry it, most first, then by name."""
    counts = Counter(tag for tags in tagged for tag in set(tags))
    order = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return tuple(Theme(tag, counts[tag], len(tagged)) for tag in order)


def months(days: Iterable[Day], since: date, until: date) -> tuple[Month, ...]:
    """Return every month from `since` to `until`, the empty ones too, with what those days held."""
    numbers = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
    names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
    found = {name: Month(name) for name in names}
    for day in days:
        month = found.get(day.date.isoformat()[:7])
        if month and since <= day.date <= until:
            found[month.month] = Month(
                month.month,
                month.sessions + day.sessions,
                month.minutes + day.minutes,
                month.cancelled_by_me + day.cancelled_by_me,
                month.cancelled_by_them + day.cancelled_by_them,
            )
    return tuple(found.values())


def period(
    since: date | None, until: date | None, today: date, first_held: date | None
) -> tuple[date, date]:
    """Return the first and the last day that bars, calendar and their words are about.

    Without any given: the twelve calendar months up to this one. Without a first day: from the
    first talk there ever was.
    """
    last = until or today
    if since or until:
        return since or min(first_held or last, last), last
    return date(today.year - (today.month < 12), today.month % 12 + 1, 1), today


def weeks_without(days: Iterable[Day], since: date, until: date) -> int:
    """Return how many whole weeks, Monday to Sunday, from `since` to `until` had no talk held."""
    first = since + timedelta(days=-since.weekday() % 7)
    count = (until - first).days + 1
    held = {(day.date - first).days // 7 for day in days if day.sessions}
    return sum(week not in held for week in range(count // 7))


def long_gaps(
    days: Iterable[Day], until: date, every_days: int, paused_until: date | None = None
) -> int:
    """Return how often talks lay further apart than 1.5 times the rhythm.

    The wait from the last one till `until` is one of the times between. A pause counts only for
    the time between two talks that it ended in, or for the wait.
    """
    held = [day.date for day in days if day.sessions]
    count = 0
    for first, last in zip(held, [*held[1:], until], strict=False):
        paused = paused_until and first < paused_until and (last == until or paused_until <= last)
        count += long_gap(first, last, every_days, paused_until if paused else None)
    return count


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
