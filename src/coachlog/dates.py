"""Dates as people write them, and dates in words; nothing is ever guessed."""

import re
from calendar import monthrange
from datetime import date, timedelta

from coachlog.errors import InvalidInput
from coachlog.text import clean_line, clean_text, format_count

DATE_FORMS = (
    "2026-11-27, today, tomorrow, yesterday, fri, next fri, in 3 days, +2w, +1m, -3d, "
    "12 May, 12 May 2026, 12/05/2026 (day first), end of month"
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RELATIVE_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAY_NUMBERS = {name.lower()[:3]: number for number, name in enumerate(DAY_NAMES)}
_WEEKDAY_NUMBERS |= {name.lower(): number for number, name in enumerate(DAY_NAMES)}
_WEEKDAY_NUMBERS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTH_NUMBERS = {name.lower()[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTH_NUMBERS |= {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTH_NUMBERS |= {"sept": 9}

# Compiled when a date is first parsed, as most commands only format dates.
_ISO_PATTERN = r"(\d{4})-(\d{2})-(\d{2})"
_SLASH_PATTERN = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_MONTH_NAME_PATTERN = r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)(?: (\d{4}))?"
_STEP_PATTERN = r"([+-]) ?(\d{1,5}) ?(d|w|m)"
_IN_PATTERN = r"in (\d{1,5}) (day|week|month)s?"

_RHYTHM_PATTERN = r"(\d{1,3})\s*(d|days?|w|weeks?|m|months?)"
_RHYTHM_UNIT_DAYS = {"d": 1, "w": 7, "m": 30}

# A year outside these is almost certainly mistyped.
EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2199, 12, 31)


def parse_future_day(text: str, today: date) -> date:
    """Return the day in a text, with a weekday or a day of the year as the next one to come.

    A weekday is never today: on a Friday, `fri` is in a week. `next fri` is the Friday of the next
    calendar week, which begins on Monday. Raises InvalidInput, naming the forms that work.
    """
    return _parse_date_text(text, today, ahead=True)


def parse_past_day(text: str, today: date) -> date:
    """Return the day in a text, with a weekday or a day of the year as the last one past.

    Otherwise as `parse_future_day`.
    """
    return _parse_date_text(text, today, ahead=False)


def parse_rhythm(text: str) -> int | None:
    """Return a rhythm in days, or None for `0`, `none` or `never`; a month counts as 30 days.

    Raises InvalidInput, naming the forms that work.
    """
    words = text.strip().casefold()
    if words in ("0", "none", "never"):
        return None
    match = re.fullmatch(_RHYTHM_PATTERN, words, re.ASCII)
    if match is None or int(match[1]) == 0:
        raise InvalidInput(
            f"“{clean_line(text)[:40]}” does not say how often to meet.",
            "Try one of these: 10d, 2w, 1m, or 0 for none.",
        )
    count, unit = int(match[1]), match[2][0]
    return count * _RHYTHM_UNIT_DAYS[unit]


def format_long_day(day: date) -> str:
    """Return `Friday 27 November 2026`, whatever the locale."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


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
    """Return how long ago a day was: `today`, `3 days ago`, `in 2 days`; `never` for no day."""
    if day is None:
        return "never"
    days = (today - day).days
    if days < 0:
        return f"in {format_count(-days, 'day')}"
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago"


def _parse_date_text(text: str, today: date, *, ahead: bool) -> date:
    quoted_text = clean_text(text)[:40]
    words = " ".join(text.casefold().replace(",", " ").split())
    try:
        day = _parse_date_words(words, today, ahead)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise InvalidInput(
            f"“{quoted_text}” is not a date that coachlog understands.",
            f"Try one of these: {DATE_FORMS}.",
        )
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise InvalidInput(f"“{quoted_text}” is in the year {day.year}. Is that right?")
    return day


def _parse_date_words(words: str, today: date, ahead: bool) -> date | None:
    if words in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[words])
    if words == "end of month":
        return _find_month_end(today, ahead)
    if words in _WEEKDAY_NUMBERS:
        return _find_weekday(_WEEKDAY_NUMBERS[words], today, ahead)
    first, _, rest = words.partition(" ")
    if first == "next" and rest in _WEEKDAY_NUMBERS:
        next_monday = today + timedelta(days=7 - today.weekday())
        return next_monday + timedelta(days=_WEEKDAY_NUMBERS[rest])
    if first in _WEEKDAY_NUMBERS:
        return _parse_date_on_weekday(rest, _WEEKDAY_NUMBERS[first], today, ahead)
    return _parse_calendar_date(words, today, ahead) or _parse_day_offset(words, today)


def _parse_date_on_weekday(words: str, weekday: int, today: date, ahead: bool) -> date | None:
    """Return the date that follows a weekday, or None unless it falls on that weekday."""
    day = _parse_calendar_date(words, today, ahead)
    if day is None or day.weekday() != weekday:
        return None
    return day


def _parse_calendar_date(words: str, today: date, ahead: bool) -> date | None:
    if match := re.fullmatch(_ISO_PATTERN, words, re.ASCII):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(_SLASH_PATTERN, words, re.ASCII):
        return date(int(match[3]), int(match[2]), int(match[1]))
    match = re.fullmatch(_MONTH_NAME_PATTERN, words, re.ASCII)
    if match is None or match[2] not in _MONTH_NUMBERS:
        return None
    day_number, month = int(match[1]), _MONTH_NUMBERS[match[2]]
    if match[3]:
        return date(int(match[3]), month, day_number)
    return _find_day_of_year(day_number, month, today, ahead)


def _parse_day_offset(words: str, today: date) -> date | None:
    if match := re.fullmatch(_STEP_PATTERN, words, re.ASCII):
        count, unit = int(match[1] + match[2]), match[3]
    elif match := re.fullmatch(_IN_PATTERN, words, re.ASCII):
        count, unit = int(match[1]), match[2][0]
    else:
        return None
    if unit == "m":
        return _add_months(today, count)
    if unit == "w":
        return today + timedelta(weeks=count)
    return today + timedelta(days=count)


def _find_weekday(weekday: int, today: date, ahead: bool) -> date:
    """Return the nearest such weekday after (or before) today."""
    if ahead:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _find_day_of_year(day_number: int, month: int, today: date, ahead: bool) -> date | None:
    """Return the nearest such day on or after (or before) today; None if there never is one."""
    step = 1 if ahead else -1
    # 29 February can be eight years off, as 1900 and 2100 are not leap years.
    for years in range(9):
        year = today.year + years * step
        if day_number > monthrange(year, month)[1]:
            continue
        day = date(year, month, day_number)
        is_on_that_side = day >= today if ahead else day <= today
        if is_on_that_side:
            return day
    return None


def _find_month_end(today: date, ahead: bool) -> date:
    """Return the nearest last day of a month on or after (or before) today."""
    last_day = today.replace(day=monthrange(today.year, today.month)[1])
    if ahead or last_day == today:
        return last_day
    return today.replace(day=1) - timedelta(days=1)


def _add_months(today: date, count: int) -> date:
    """Return the same day of the month that many months on, or that month's last day if earlier."""
    year, month_index = divmod(today.year * 12 + today.month - 1 + count, 12)
    month = month_index + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
