"""Turns what people write for a date into a date, and a date into words. Never a guess."""

import re
from calendar import monthrange
from datetime import date, timedelta

from coachlog.errors import Invalid
from coachlog.text import clean, line, plural

FORMS = (
    "2026-11-27, today, tomorrow, yesterday, fri, next fri, in 3 days, +2w, +1m, -3d, "
    "12 May, 12 May 2026, 12/05/2026 (day first), end of month"
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RELATIVE = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAYS = {name.lower()[:3]: number for number, name in enumerate(DAYS)}
_WEEKDAYS |= {name.lower(): number for number, name in enumerate(DAYS)}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = {name.lower()[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTHS |= {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTHS |= {"sept": 9}

# Compiled when a date is first read: lists only write them.
_ISO = r"(\d{4})-(\d{2})-(\d{2})"
_SLASHED = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_NAMED = r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)(?: (\d{4}))?"
_STEP = r"([+-]) ?(\d{1,5}) ?(d|w|m)"
_IN = r"in (\d{1,5}) (day|week|month)s?"

_RHYTHM = r"(\d{1,3})\s*(d|days?|w|weeks?|m|months?)"
_RHYTHM_DAYS = {"d": 1, "w": 7, "m": 30}

EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


def future(text: str, today: date) -> date:
    """Return the date meant, taking a weekday or a day of the year as the next one to come.

    `Invalid` names the forms that work. A weekday is never today: `fri` on a Friday is in a week.
    `next fri` is the Friday of the next calendar week, Monday first.
    """
    return _read(text, today, ahead=True)


def past(text: str, today: date) -> date:
    """Return the date meant, taking a weekday or a day of the year as the last one gone by."""
    return _read(text, today, ahead=False)


def rhythm(text: str) -> int | None:
    """Return a rhythm in days, None for `0` or `none`; a month counts 30 days.

    `Invalid` names the forms that work.
    """
    words = text.strip().casefold()
    if words in ("0", "none", "never"):
        return None
    match = re.fullmatch(_RHYTHM, words, re.ASCII)
    if match is None or int(match[1]) == 0:
        raise Invalid(f"“{line(text)[:40]}” is not a rhythm.", "Forms that work: 10d, 2w, 1m; 0.")
    count, unit = int(match[1]), match[2][0]
    return count * _RHYTHM_DAYS[unit]


def long(day: date) -> str:
    """Return `Friday 27 November 2026`, whatever the locale."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def medium(day: date) -> str:
    """Return `27 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short(day: date, today: date | None = None) -> str:
    """Return `Fri 27 Nov`, with the year unless it is this year's."""
    text = f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
    return text if today and day.year == today.year else f"{text} {day.year}"


def ago(day: date | None, today: date) -> str:
    """Return how long ago a day was: `today`, `3 days ago`, `never`."""
    if day is None:
        return "never"
    days = (today - day).days
    if days <= 0:
        return "today" if days == 0 else f"in {plural(-days, 'day')}"
    return "yesterday" if days == 1 else f"{days} days ago"


def _read(text: str, today: date, *, ahead: bool) -> date:
    shown = clean(text)[:40]
    words = " ".join(text.casefold().replace(",", " ").split())
    try:
        day = _understood(words, today, ahead)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise Invalid(f"“{shown}” is not a date I understand.", f"Forms that work: {FORMS}.")
    if not EARLIEST <= day <= LATEST:
        raise Invalid(f"“{shown}” is in the year {day.year}; is that a slip?")
    return day


def _understood(words: str, today: date, ahead: bool) -> date | None:
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    if words == "end of month":
        return _end_of_month(today, ahead)
    if words in _WEEKDAYS:
        return _weekday(_WEEKDAYS[words], today, ahead)
    if words.startswith("next ") and words[5:] in _WEEKDAYS:
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=_WEEKDAYS[words[5:]])
    first, _, rest = words.partition(" ")
    if first in _WEEKDAYS and rest:
        day = _calendar(rest, today, ahead)
        return day if day and day.weekday() == _WEEKDAYS[first] else None
    return _calendar(words, today, ahead) or _counted(words, today)


def _calendar(words: str, today: date, ahead: bool) -> date | None:
    if match := re.fullmatch(_ISO, words, re.ASCII):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(_SLASHED, words, re.ASCII):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if (match := re.fullmatch(_NAMED, words, re.ASCII)) and match[2] in _MONTHS:
        day, month = int(match[1]), _MONTHS[match[2]]
        return date(int(match[3]), month, day) if match[3] else _of_year(day, month, today, ahead)
    return None


def _counted(words: str, today: date) -> date | None:
    if match := re.fullmatch(_STEP, words, re.ASCII):
        count, unit = int(match[1] + match[2]), match[3]
    elif match := re.fullmatch(_IN, words, re.ASCII):
        count, unit = int(match[1]), match[2][0]
    else:
        return None
    if unit == "m":
        return _months_on(today, count)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _weekday(wanted: int, today: date, ahead: bool) -> date:
    if ahead:
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _of_year(day: int, month: int, today: date, ahead: bool) -> date | None:
    """Return the nearest such day on or after (or before) today; 29 February may be years off."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * step, step):
        if day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if (found >= today) if ahead else (found <= today):
                return found
    return None


def _end_of_month(today: date, ahead: bool) -> date:
    last = today.replace(day=monthrange(today.year, today.month)[1])
    return last if ahead or last == today else today.replace(day=1) - timedelta(days=1)


def _months_on(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
