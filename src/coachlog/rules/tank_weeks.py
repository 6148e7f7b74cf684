"""The owner's own tank: when to remind of it, and when to say a kind word."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from coachlog.model.tank_entries import TankLevel, TankReminder

LOWEST, HIGHEST = 1, 10
"""The ends of the scale; values on another, of a template of the owner's own, are not counted."""

LOW = 3
"""The highest value that is low."""

LOW_WEEKS = 3
"""After so many low weeks in a row there is a kind word."""

_DAYS_APART = 10
"""Two entries are of weeks in a row, even if a week lies between them, up to so many days apart."""

_WEEK_DAYS = 7
_SILENT_DAYS = 21
"""After so many days without an entry nothing is said any more, until there is another one."""


def remind_of_tank(last_on: date | None, today: date) -> TankReminder | None:
    """Return what the home page says once a week has passed since the last entry.

    None before that, after three weeks of silence, and where there is no entry: nobody is nagged.
    """
    if last_on is None:
        return None
    days = (today - last_on).days
    if not _WEEK_DAYS <= days < _SILENT_DAYS:
        return None
    return TankReminder(last_on, days)


def find_first_reminded_day(today: date) -> date:
    """Return the first day on which a last entry is still reminded of."""
    return date.fromordinal(max(1, today.toordinal() - _SILENT_DAYS + 1))


def has_low_weeks(levels: Iterable[TankLevel], today: date) -> bool:
    """Return whether the last three weeks with an entry were low, one after the other.

    A week counts with its last entry, and is low from 3 down. Weeks follow each other if no ISO
    week lies between them, or if their entries are at most 10 days apart. What is three weeks old
    is past.
    """
    weeks: dict[tuple[int, int], TankLevel] = {}
    for level in sorted(levels, key=lambda level: level.on):
        year, week, _ = level.on.isocalendar()
        weeks[year, week] = level
    last_levels = list(weeks.values())[-LOW_WEEKS:]
    if len(last_levels) < LOW_WEEKS:
        return False
    return (
        (today - last_levels[-1].on).days < _SILENT_DAYS
        and all(level.value <= LOW for level in last_levels)
        and _follow_each_other(last_levels)
    )


def _follow_each_other(levels: Sequence[TankLevel]) -> bool:
    return all(
        _count_weeks_between(earlier.on, later.on) <= 1
        or (later.on - earlier.on).days <= _DAYS_APART
        for earlier, later in pairwise(levels)
    )


def _count_weeks_between(earlier: date, later: date) -> int:
    """Return how many weeks one day's ISO week comes before another's."""
    days = later.toordinal() - later.weekday() - earlier.toordinal() + earlier.weekday()
    return days // _WEEK_DAYS
