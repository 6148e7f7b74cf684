"""What `progress` counts by days: minutes, months, weeks without a talk, and gaps.

Pure functions: `today` is always an argument. docs/figures.md explains each figure.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from coachlog.model.progress import DayFigures, MonthFigures
from coachlog.rules.rhythm import Rhythmic, is_long_gap


def compute_median(numbers: Sequence[float]) -> float:
    """Return the middle number, or the mean of the two in the middle; 0 for no numbers."""
    # Not `statistics.median`: that module takes as long to import as Python takes to start.
    if not numbers:
        return 0
    ordered = sorted(numbers)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def sum_up_months(
    days: Iterable[DayFigures], since: date, until: date
) -> tuple[MonthFigures, ...]:
    """Return every month from `since` to `until`, with the totals of its days in that period.

    Months without a conversation are among them.
    """
    months = {name: MonthFigures(name) for name in _list_month_names(since, until)}
    for day in days:
        if since <= day.date <= until:
            name = _format_month_name(day.date.year, day.date.month)
            month = months[name]
            sessions = month.sessions + day.sessions
            noted = month.minutes_noted + day.minutes_noted
            months[name] = MonthFigures(
                month=name,
                sessions=sessions,
                minutes=sum_up_minutes(sessions, noted, (month.minutes, day.minutes)),
                cancelled_by_me=month.cancelled_by_me + day.cancelled_by_me,
                cancelled_by_them=month.cancelled_by_them + day.cancelled_by_them,
                minutes_noted=noted,
            )
    return tuple(months.values())


def sum_up_minutes(
    sessions: int, noted: int, parts: Iterable[int | None]
) -> int | None:
    """Return the sum of the minutes known; None if there were sessions and none has any noted.

    Minutes that nobody noted are unknown, not 0.
    """
    if sessions and not noted:
        return None
    return sum(filter(None, parts))


def _list_month_names(since: date, until: date) -> list[str]:
    names = []
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        names.append(_format_month_name(year, month))
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return names


def _format_month_name(year: int, month: int) -> str:
    """Return `2026-11`."""
    return f"{year:04}-{month:02}"


def resolve_figures_period(
    since: date | None,
    until: date | None,
    today: date,
    *,
    first_held: date | None,
    last_held: date | None,
) -> tuple[date, date]:
    """Return the first and last day that the bars, the calendar and their captions cover.

    With neither day given, that is the last twelve calendar months, this one included. Without
    `since`, the period begins with the first conversation on record. It never goes beyond today, as
    nobody has missed a week that is still to come, unless `last_held` does.
    """
    # After a flight west, a conversation of this morning can be dated tomorrow.
    latest_day = max(today, last_held or today)
    if since is None and until is None:
        return _find_first_of_twelve_months(today), latest_day
    last = min(until or latest_day, latest_day)
    if since is None:
        since = min(first_held or last, last)
    return since, last


def _find_first_of_twelve_months(today: date) -> date:
    if today.month == 12:
        return date(today.year, 1, 1)
    return date(today.year - 1, today.month + 1, 1)


def count_weeks_without_talk(
    days: Iterable[DayFigures], since: date, until: date
) -> int:
    """Return how many whole weeks, Monday to Sunday, from `since` to `until` had no talk held.

    A session alone is none.
    """
    first_monday = since + timedelta(days=-since.weekday() % 7)
    week_count = ((until - first_monday).days + 1) // 7
    weeks_with_talk = {
        (day.date - first_monday).days // 7 for day in days if day.sessions > day.alone
    }
    return sum(week not in weeks_with_talk for week in range(week_count))


def count_long_gaps(
    days: Iterable[DayFigures],
    until: date,
    rhythm: Rhythmic,
    paused_until: date | None = None,
    *,
    held_before: date | None = None,
) -> int:
    """Return how many gaps between talks were so long that they made a person red.

    The last talk before these days, `held_before`, opens the first of the gaps, and the wait since
    the last talk, until `until`, is one as well. A pause is excused only in the gap in which it
    ended, or in that last wait.
    """
    days_with_talk = [day.date for day in days if day.sessions]
    if held_before is not None:
        days_with_talk.insert(0, held_before)
    if not days_with_talk:
        return 0
    count = int(is_long_gap(days_with_talk[-1], until, rhythm, paused_until))
    for start, end in pairwise(days_with_talk):
        # Only the latest pause is on record; if it ended after this gap, it excuses nothing.
        has_ended = paused_until is not None and paused_until <= end
        count += is_long_gap(start, end, rhythm, paused_until if has_ended else None)
    return count
