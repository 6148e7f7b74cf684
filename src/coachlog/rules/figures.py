"""The figures of coachlog, as pure functions: `today` is always an argument."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from coachlog.model import Action, PersonRef
from coachlog.model.progress import (
    DayFigures,
    MonthFigures,
    Tally,
    Theme,
    TimeShare,
    Trend,
    TrendPoint,
)
from coachlog.rules.promises import ENDED_FATES, find_correction, judge_fate
from coachlog.rules.rhythm import is_long_gap

FAIRNESS_DAYS = 90

FEWEST_PEERS = 3
"""People of one relationship that make a usual time."""


def tally_fates(actions: Iterable[Action], today: date) -> Tally:
    """Return how many of these promises met which fate, as of `today`."""
    counts = Counter(found.value for action in actions if (found := judge_fate(action, today)))
    return Tally(**counts)


def is_due_within(action: Action, since: date | None, until: date | None) -> bool:
    """Return whether a promise was first due in a period, both days included; without one all are.

    One without a date is in no period.
    """
    if since is None and until is None:
        return True
    due = action.original_due
    return due is not None and (since or date.min) <= due <= (until or date.max)


def adjust_tally(
    tally: Tally, actions: Iterable[Action], today: date
) -> tuple[Tally | None, date | None]:
    """Return the tally with the corrections in force put in place of what was recorded.

    With it comes the day of the last one. `actions` may be any of those counted, as long as all
    that were corrected are among them. (None, None) if no correction makes a difference.
    """
    counts, days = Counter(tally._asdict()), []
    for action in actions:
        was, found = judge_fate(action, today), find_correction(action)
        if was in ENDED_FATES and found and found.fate not in (None, was):
            counts[was.value] -= 1
            counts[str(found.fate)] += 1
            days.append(found.on)
    return (Tally(**counts), max(days)) if days else (None, None)


def judge_fairness(shares: Iterable[TimeShare], today: date) -> dict[int, bool]:
    """Return, by person, whether they had under half the usual time of the last 90 days.

    The usual time is the median of those with the same relationship: of sessions, and of
    minutes where all are known. Left out are people known for less than 90 days, paused within
    them, and all of a relationship that fewer than three people are left in.
    """
    since = today - timedelta(days=FAIRNESS_DAYS)
    judged: dict[str, list[TimeShare]] = {}
    for share in shares:
        if share.known_since <= since and (share.paused_until or since) <= since:
            judged.setdefault(share.relationship, []).append(share)
    found: dict[int, bool] = {}
    for peers in judged.values():
        if len(peers) >= FEWEST_PEERS:
            usual = compute_median([share.sessions for share in peers])
            minutes = compute_median(
                [share.minutes for share in peers if share.minutes is not None]
            )
            found |= {one.person_id: _is_share_under_half(one, usual, minutes) for one in peers}
    return found


def _is_share_under_half(share: TimeShare, usual: float, usual_minutes: float) -> bool:
    short = share.minutes is not None and share.minutes < usual_minutes / 2
    return share.sessions < usual / 2 or short


def compute_median(numbers: Sequence[float]) -> float:
    """Return the middle of the numbers, or the mean of the two in the middle; 0 for none.

    The module `statistics` takes as long to import as Python to start.
    """
    ordered = sorted(numbers)
    half, odd = divmod(len(ordered), 2)
    if odd or not ordered:
        return ordered[half] if ordered else 0
    return (ordered[half - 1] + ordered[half]) / 2


MeasureValue = tuple[str, PersonRef | None, int, int, TrendPoint]
"""A measure, who it was asked of, the ends of the range, and what was said when."""


def build_trends(values: Iterable[MeasureValue]) -> tuple[Trend, ...]:
    """Return one trend for each measure, person and range: numbers of two ranges never mix.

    They come by measure and name, what was said alone first.
    """
    kept: dict[_TrendKey, list[TrendPoint]] = {}
    for measure, person, low, high, point in values:
        kept.setdefault((measure, person, low, high), []).append(point)
    return tuple(build_trend(*key, kept[key]) for key in sorted(kept, key=_order_trend_key))


_TrendKey = tuple[str, PersonRef | None, int, int]
"""What has a trend of its own: a measure, of whom it was asked, and the ends of the range."""


def _order_trend_key(trend_key: _TrendKey) -> tuple[object, ...]:
    measure, person, low, high = trend_key
    if person is None:
        return measure, "", 0, low, high
    return measure, person.name.casefold(), person.id, low, high


def build_trend(
    measure: str, person: PersonRef | None, low: int, high: int, points: Iterable[TrendPoint]
) -> Trend:
    """Return first, latest, change and count of at least one value, in the order of their days.

    Of values of the same day, the order given counts.
    """
    ordered = tuple(sorted(points, key=lambda point: point.on))
    first, latest = ordered[0].value, ordered[-1].value
    change = latest - first if len(ordered) > 1 else None
    return Trend(measure, person, low, high, first, latest, change, len(ordered), ordered)


def count_themes(tag_lists: Sequence[Iterable[str]]) -> tuple[Theme, ...]:
    """Return each tag with the number of sessions that carry it, most first, then by name."""
    counts = Counter(tag for tags in tag_lists for tag in set(tags))
    order = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return tuple(Theme(tag, counts[tag], len(tag_lists)) for tag in order)


def sum_up_months(days: Iterable[DayFigures], since: date, until: date) -> tuple[MonthFigures, ...]:
    """Return every month from `since` to `until`, the empty ones too, with what those days held."""
    numbers = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
    names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
    found = {name: MonthFigures(name) for name in names}
    for day in days:
        month = found.get(day.date.isoformat()[:7])
        if month and since <= day.date <= until:
            found[month.month] = MonthFigures(
                month.month,
                month.sessions + day.sessions,
                month.minutes + day.minutes,
                month.cancelled_by_me + day.cancelled_by_me,
                month.cancelled_by_them + day.cancelled_by_them,
            )
    return tuple(found.values())


def resolve_figures_period(
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


def count_weeks_without_talk(days: Iterable[DayFigures], since: date, until: date) -> int:
    """Return how many whole weeks, Monday to Sunday, from `since` to `until` had no talk held."""
    first = since + timedelta(days=-since.weekday() % 7)
    count = (until - first).days + 1
    held = {(day.date - first).days // 7 for day in days if day.sessions}
    return sum(week not in held for week in range(count // 7))


def count_long_gaps(
    days: Iterable[DayFigures], until: date, every_days: int, paused_until: date | None = None
) -> int:
    """Return how often talks lay further apart than 1.5 times the rhythm.

    The wait from the last one till `until` is one of the times between. A pause counts only for
    the time between two talks that it ended in, or for the wait.
    """
    held = [day.date for day in days if day.sessions]
    count = 0
    for first, last in zip(held, [*held[1:], until], strict=False):
        paused = paused_until and first < paused_until and (last == until or paused_until <= last)
        count += is_long_gap(first, last, every_days, paused_until if paused else None)
    return count
