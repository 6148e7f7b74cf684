"""Days of the calendar, day first: `12`, `12 May`, `May 12`, `12/5`, `12.5.`, `2026-05-12`."""

import re
from collections.abc import Iterator
from datetime import date

from coachlog.dates import (
    DAY_NAMES,
    MONTH_NAMES,
    add_months,
    count_days_of_month,
    format_medium_day,
)
from coachlog.dates.faults import DateFault
from coachlog.dates.frames import Frame
from coachlog.named_tuples import NamedTuple

MONTH_NUMBERS = {
    name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)
}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {
    "sept": 9
}

_DAY = r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY_PATTERNS = (
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
    rf"(?P<day>\d{{1,2}}) ?/ ?(?P<month>\d{{1,2}})(?: ?/ ?{_YEAR})?",
    rf"(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\.(?: ?{_YEAR})?",
    r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})",
    rf"{_DAY}(?: of)?[ /-]?{_MONTH}(?:[ /-]?'?{_YEAR})?",
    rf"{_MONTH}[ -]?{_DAY}(?: (?P<year>\d{{4}}))?",
    _DAY,
)
_CENTURY = 2000
"""What a year of two digits is counted from: `1/1/99` is in 2099, whichever way it is read."""

_LONGEST_SEARCH = 10
"""Steps to the next such day: 29 February can be eight years off, as 2100 is not a leap year."""


class CalendarDay(NamedTuple):
    """A day as it was written; without a `month` any month's, without a `year` any year's."""

    day: int
    month: int | None = None
    year: int | None = None


def find_calendar_day(words: str, frame: Frame) -> date | None:
    """Return the day that lower-case words name, the nearest on the frame's side if it has no year.

    None if they do not name one; raises DateFault for a day that no calendar has.
    """
    named_day = _parse_calendar_words(words)
    if named_day is None:
        return None
    return _find_nearest_day(named_day, frame)


def find_day_on_weekday(words: str, weekday: int, frame: Frame) -> date | None:
    """Return the day that words name, if it falls on that weekday (Monday is 0).

    Without a year it is the nearest on the frame's side or, where only that one fits, the nearest
    on the other side. None if the words do not name a day; raises DateFault if it never fits, which
    names the nearest year on either side.
    """
    named_day = _parse_calendar_words(words)
    if named_day is None:
        return None
    day = _find_nearest_day(named_day, frame)
    other_day = _find_nearest_day(named_day, frame._replace(ahead=not frame.ahead))
    for candidate in (day, other_day):
        if candidate.weekday() == weekday:
            return candidate
    if named_day.month is not None:
        day = min(day, other_day, key=lambda other: abs(other - frame.today))
    raise DateFault(f"{format_medium_day(day)} is a {DAY_NAMES[day.weekday()]}")


def _parse_calendar_words(words: str) -> CalendarDay | None:
    for pattern in _DAY_PATTERNS:
        match = re.fullmatch(pattern, words, re.ASCII)
        if match:
            named_day = _read_calendar_day(match.groupdict())
            _require_real_day(named_day)
            return named_day
    _refuse_near_miss(words)
    return None


def _read_calendar_day(parts: dict[str, str | None]) -> CalendarDay:
    month, year = parts.get("month"), parts.get("year")
    month_number, full_year = None, None
    if month is not None:
        month_number = MONTH_NUMBERS.get(month) or int(month)
    if year is not None:
        full_year = int(year) + (_CENTURY if len(year) == 2 else 0)
    return CalendarDay(int(parts["day"] or 0), month_number, full_year)


def _require_real_day(named_day: CalendarDay) -> None:
    """Raise DateFault, with the nearest thing that exists, for a day that no calendar has."""
    day, month, year = named_day
    if month is not None and not 1 <= month <= 12:
        raise DateFault(
            f"there is no month {month}{_suggest_swapped_day(day, month, year)}"
        )
    longest = _count_month_days(month, year)
    if day == 0:
        raise DateFault("there is no day 0")
    if day <= longest:
        return
    if month is None:
        raise DateFault("a month has at most 31 days")
    month_name = MONTH_NAMES[month - 1]
    if month == 2 and year is None:
        raise DateFault("February has 28 or 29 days")
    if month == 2:
        raise DateFault(f"February {year} has {longest} days")
    raise DateFault(f"{month_name} has {longest} days")


def _count_month_days(month: int | None, year: int | None) -> int:
    """Return the most days that the month can have."""
    if month is None:
        return 31
    # Any leap year will do where no year is known.
    return count_days_of_month(2000 if year is None else year, month)


def _suggest_swapped_day(day: int, month: int, year: int | None) -> str:
    """Return a question with day and month the other way round, '' if that is not a day either."""
    if not 1 <= day <= 12 or not 1 <= month <= _count_month_days(day, year):
        return ""
    year_words = f" {year}" if year else ""
    return f": {month} {MONTH_NAMES[day - 1]}{year_words}?"


def _find_nearest_day(named_day: CalendarDay, frame: Frame) -> date:
    """Return the nearest such day on the frame's side, today included.

    Raises ValueError beyond the calendar.
    """
    if named_day.year is not None:
        assert named_day.month is not None
        return date(named_day.year, named_day.month, named_day.day)
    for first_day in _list_months(named_day, frame):
        if named_day.day <= count_days_of_month(first_day.year, first_day.month):
            day = first_day.replace(day=named_day.day)
            if frame.has_on_its_side(day):
                return day
    raise ValueError("no such day within the search")


def _list_months(named_day: CalendarDay, frame: Frame) -> Iterator[date]:
    """Yield the first day of each month that can hold the day, from this month or year on."""
    first_day = frame.today.replace(month=named_day.month or frame.today.month, day=1)
    months = 12 if named_day.month else 1
    if not frame.ahead:
        months = -months
    for steps in range(_LONGEST_SEARCH):
        yield add_months(first_day, steps * months)


def _refuse_near_miss(words: str) -> None:
    """Raise DateFault for words that lack something to be a day, with what would be one."""
    suggestions = [
        spelling for spelling in _list_spellings(words) if _is_real_day(spelling)
    ]
    if suggestions:
        raise DateFault(f"did you mean {' or '.join(suggestions)}?")
    pattern = rf"(?:(?:this|next|last) )?{_MONTH}(?P<year> \d{{4}})?"
    if match := re.fullmatch(pattern, words, re.ASCII):
        month_name = MONTH_NAMES[MONTH_NUMBERS[match["month"]] - 1] + (
            match["year"] or ""
        )
        raise DateFault(f"which day of {month_name}? For example: 12 {month_name}")
    if re.fullmatch(r"\d{4}", words, re.ASCII):
        raise DateFault(f"which day of {words}?")


def _list_spellings(words: str) -> Iterator[str]:
    """Yield the unmistakable spellings of a date in digits that could mean more than one."""
    if match := re.fullmatch(r"(\d{1,2})[.-](\d{1,2})", words, re.ASCII):
        yield f"{match[1]}/{match[2]}"
    if match := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{2})", words, re.ASCII):
        yield f"{match[1]}/{match[2]}/20{match[3]}"
        yield f"20{int(match[1]):02}-{match[2]}-{match[3]}"
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", words, re.ASCII):
        yield f"{match[1]}-{match[2]}-{match[3]}"


def _is_real_day(words: str) -> bool:
    try:
        return _parse_calendar_words(words) is not None
    except DateFault:
        return False
