"""Days and lengths of time as values and in words; `parsing` reads what people write for them."""

from datetime import date

from coachlog.named_tuples import NamedTuple
from coachlog.text import format_count

DAY_NAMES = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# A year outside these is almost certainly mistyped.
EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2199, 12, 31)


class Rhythm(NamedTuple):
    """How often people mean to meet: in days or in calendar months, never both; in neither, never.

    The fields are named as they are stored, so that a person and a set have a rhythm as well.
    """

    every_days: int | None = None
    every_months: int | None = None


NO_RHYTHM = Rhythm()


def add_months(day: date, count: int) -> date:
    """Return the same day of the month that many months on, or that month's last day if earlier.

    Raises ValueError beyond the years 1 to 9999.
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + count, 12)
    month = month_index + 1
    return date(year, month, min(day.day, count_days_of_month(year, month)))


def count_days_of_month(year: int, month: int) -> int:
    """Return how many days a month has; to load `calendar` takes longer than all of this module."""
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month == 2 and is_leap_year:
        return 29
    return _MONTH_DAYS[month - 1]


def format_long_day(day: date) -> str:
    """Return `Friday 27 November 2026`, whatever the locale."""
    return (
        f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    )


def format_medium_day(day: date) -> str:
    """Return `27 November 2026`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def format_short_day(day: date, today: date | None = None) -> str:
    """Return `Fri 27 Nov`, followed by the year unless `today` is in the same year."""
    text = f"{DAY_NAMES[day.weekday()][:3]} {day.day} {MONTH_NAMES[day.month - 1][:3]}"
    if today and day.year == today.year:
        return text
    return f"{text} {day.year}"


def format_days_ago(day: date | None, today: date) -> str:
    """Return how long ago a day was: `today`, `3 days ago`, `tomorrow`; `never` for no day."""
    if day is None:
        return "never"
    days = (today - day).days
    if days == -1:
        return "tomorrow"
    if days < 0:
        return f"in {format_count(-days, 'day')}"
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago"


def format_every(rhythm: Rhythm) -> str | None:
    """Return a rhythm as `--every` takes it: `10d`, `2w`, `1m`; None for no rhythm."""
    days, months = rhythm
    if months is not None:
        return f"{months}m"
    if days is None:
        return None
    if days % 7 == 0:
        return f"{days // 7}w"
    return f"{days}d"
