"""Which backups are kept as time goes by, and which have had their time.

What counts is how many days, weeks and months have a backup, and never how long ago they were:
whoever opens the journal once a month keeps as many backups as others, and a clock that is wrong by
years makes none of them old.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime

from coachlog.named_tuples import NamedTuple

DAILY_COUNT = 7
WEEKLY_COUNT = 4
MONTHLY_COUNT = 12
NEWEST_DAMAGED_COUNT = 2
"""Of backups of a damaged journal, so many of the newest are kept besides the first."""


class DatedBackup(NamedTuple):
    """A backup by its name, the local moment at which it was made, and whether it is undamaged."""

    name: str
    made_at: datetime
    is_good: bool = True

    @property
    def day(self) -> date:
        """Return the local day on which it was made."""
        return self.made_at.date()


def list_outdated_backups(
    backups: Iterable[DatedBackup], today: date, *, is_journal_sound: bool
) -> list[str]:
    """Return the names of the backups that can be removed, the oldest first.

    Kept is the newest good one of each of the last 7 days, 4 ISO weeks and 12 months that have one;
    so the newest of all is. A damaged one is in nobody's place, and is kept until there are good
    ones of 7 later days, as what could not be read today may be read tomorrow.

    Nothing is removed while the journal itself is not sound. Backups of days to come are neither
    removed nor counted: only a clock can be wrong about them, and nobody knows when it was.
    """
    if not is_journal_sound:
        return []
    past_backups = _list_past_backups(backups, today)
    good_backups = [backup for backup in past_backups if backup.is_good]
    daily = _pick_newest(good_backups, DAILY_COUNT, lambda day: day)
    weekly = _pick_newest(good_backups, WEEKLY_COUNT, _get_week)
    monthly = _pick_newest(good_backups, MONTHLY_COUNT, _get_month)
    kept_names = {backup.name for backup in (*daily, *weekly, *monthly)}
    first_day = date.min
    if len(daily) == DAILY_COUNT:
        first_day = daily[-1].day
    return [
        backup.name
        for backup in past_backups
        if backup.name not in kept_names and (backup.is_good or backup.day < first_day)
    ]


def list_surplus_damaged_backups(
    backups: Iterable[DatedBackup], today: date
) -> list[str]:
    """Return the names of the backups of a damaged journal that can be removed, the oldest first.

    A journal may stay damaged for months, with a backup each day. Kept are the first, as the least
    was damaged when it was made, and the newest two, as they hold what was written since and one
    may fail. They take nobody's place, so that this holds whether the journal is sound or not.
    """
    past_backups = _list_past_backups(backups, today)
    return [backup.name for backup in past_backups[1:-NEWEST_DAMAGED_COUNT]]


def _list_past_backups(
    backups: Iterable[DatedBackup], today: date
) -> list[DatedBackup]:
    """Return the backups whose day has come, the oldest first."""
    past_backups = [backup for backup in backups if backup.day <= today]
    return sorted(past_backups, key=lambda backup: (backup.made_at, backup.name))


def _pick_newest(
    backups: Sequence[DatedBackup], count: int, get_period: Callable[[date], Hashable]
) -> list[DatedBackup]:
    """Return the newest backup of each of the last periods, as `count` says; they come sorted."""
    newest = {get_period(backup.day): backup for backup in backups}
    by_age = sorted(newest.values(), key=lambda backup: backup.made_at, reverse=True)
    return by_age[:count]


def _get_week(day: date) -> Hashable:
    """Return the ISO week of a day: of its year, which is another one around New Year."""
    return day.isocalendar()[:2]


def _get_month(day: date) -> Hashable:
    return day.year, day.month
