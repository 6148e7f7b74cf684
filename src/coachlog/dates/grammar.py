"""The one grammar of dates: what lower-case words mean, seen from a day. Weeks begin on Monday."""

import re
from datetime import date, timedelta

from coachlog.dates import (
    DAY_NAMES,
    add_months,
    count_days_of_month,
    format_long_day,
    format_medium_day,
)
from coachlog.dates.calendar_days import (
    MONTH_NUMBERS,
    find_calendar_day,
    find_day_on_weekday,
)
from coachlog.dates.faults import DateFault
from coachlog.dates.frames import Frame
from coachlog.dates.lengths import find_length_end

WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(DAY_NAMES)}
WEEKDAY_NUMBERS |= {name[:3]: number for name, number in WEEKDAY_NUMBERS.items()}
WEEKDAY_NUMBERS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
NEAR_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
NEAR_DAYS |= {"day after tomorrow": 2, "day before yesterday": -2}
WEEK_OFFSETS = {"last": -1, "this": 0, "next": 1}
EDGE_ABBREVIATIONS = {
    f"eo{unit[0]}": unit for unit in ("week", "month", "quarter", "year")
}
SHORT_FORMS = {
    "nxt": "next",
    "wk": "week",
    "mth": "month",
    **dict.fromkeys(("2day", "tdy"), "today"),
    **dict.fromkeys(
        ("tmrw", "tmr", "tmw", "tmrow", "tomoz", "2moro", "2morrow", "2mrw"), "tomorrow"
    ),
}
"""Words as people type them on a phone. `tom` is none of them: it is a name."""

_WEEK = timedelta(weeks=1)
_WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(WEEKDAY_NUMBERS, key=len, reverse=True))})"
_WHICH = r"(?P<which>last|this|next)"
_PERIOD_PATTERN = (
    r"(?:(?:the )?(?P<edge>end|start|beginning) of (?:the )?)?"
    rf"(?:{_WHICH} )?(?P<unit>week|month|quarter|year)"
)
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_WORKING_DAYS, _WEEK_DAYS = 5, 7


def find_day(words: str, frame: Frame) -> date | None:
    """Return the day that lower-case words mean; None if they are not a date.

    Raises DateFault for words that look like one, and ValueError or OverflowError beyond the
    calendar.
    """
    for find in (
        _find_near_day,
        _find_weekday,
        _find_weekday_of_week,
        _find_day_in_a_week,
        _find_period_day,
        _find_month_end,
        find_length_end,
        _find_day_after_weekday,
        find_calendar_day,
    ):
        day = find(words, frame)
        if day is not None:
            return day
    return None


def find_bare_weekday(words: str, today: date) -> date | None:
    """Return what `next fri` would be without its `next`; None for other words."""
    first, _, rest = words.partition(" ")
    if first != "next" or rest not in WEEKDAY_NUMBERS:
        return None
    return _find_coming_weekday(WEEKDAY_NUMBERS[rest], today)


def _find_near_day(words: str, frame: Frame) -> date | None:
    days = NEAR_DAYS.get(words.removeprefix("the "))
    return None if days is None else frame.today + timedelta(days=days)


def _find_weekday(words: str, frame: Frame) -> date | None:
    """Return the day of `fri`, `last fri`, `this fri` or `next fri`."""
    match = re.fullmatch(rf"(?:{_WHICH} )?{_WEEKDAY}", words)
    if match is None:
        return None
    weekday = WEEKDAY_NUMBERS[match["weekday"]]
    if match["which"] == "last":
        return _find_past_weekday(weekday, frame.today - timedelta(days=1))
    if match["which"]:
        return _find_day_of_week(match["which"], weekday, frame)
    if frame.ahead:
        return _find_coming_weekday(weekday, frame.today)
    return _find_past_weekday(weekday, frame.today)


def _find_coming_weekday(weekday: int, today: date) -> date:
    """Return the next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _find_past_weekday(weekday: int, today: date) -> date:
    """Return the last such weekday up to today."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _find_weekday_of_week(words: str, frame: Frame) -> date | None:
    """Return the day of `fri next week` or `next week on fri`."""
    day_first = re.fullmatch(rf"{_WEEKDAY}(?: of)? {_WHICH} week", words)
    match = day_first or re.fullmatch(rf"{_WHICH} week(?: on)? {_WEEKDAY}", words)
    if match is None:
        return None
    return _find_day_of_week(match["which"], WEEKDAY_NUMBERS[match["weekday"]], frame)


def _find_day_of_week(which: str, weekday: int, frame: Frame) -> date:
    """Return a weekday of last, this or next calendar week.

    Raises DateFault for a day of this week that has passed where one to come is wanted.
    """
    monday = frame.today - timedelta(days=frame.today.weekday())
    day = monday + WEEK_OFFSETS[which] * _WEEK + timedelta(days=weekday)
    if which == "this" and frame.ahead and day < frame.today:
        name = DAY_NAMES[weekday]
        short_name = name[:3].lower()
        next_day = _find_coming_weekday(weekday, frame.today)
        raise DateFault(
            f"this week's {name} was {format_medium_day(day)}. Did you mean last {short_name}, "
            f"or {short_name} ({format_medium_day(next_day)})?",
            "has passed",
        )
    return day


def _find_day_in_a_week(words: str, frame: Frame) -> date | None:
    """Return the day of `fri week` or `a week on fri`: a week after the coming Friday."""
    match = re.fullmatch(r"(?:a )?week (?:on |from )?(\S+)|(\S+) week", words)
    if match is None:
        return None
    words = match[1] or match[2]
    if words not in WEEKDAY_NUMBERS and words not in NEAR_DAYS:
        return None
    day = find_day(words, frame._replace(ahead=True))
    return day + _WEEK if day else None


def _find_period_day(words: str, frame: Frame) -> date | None:
    """Return the day of `next week`, `end of month` or `start of next quarter`."""
    if words in EDGE_ABBREVIATIONS:
        words = f"end of {EDGE_ABBREVIATIONS[words]}"
    match = re.fullmatch(_PERIOD_PATTERN, words)
    if match is None:
        return None
    unit, edge, which = match["unit"], match["edge"], match["which"]
    at_start = frame.at_start
    if edge:
        at_start = edge != "end"
    start = _find_period_start(unit, frame.today)
    if which:
        start = _shift_period(unit, start, WEEK_OFFSETS[which])
        # As the end of a period that has passed, a week ends on its Sunday.
        days = _WORKING_DAYS if edge or frame.ahead else _WEEK_DAYS
        day = _find_edge(unit, start, at_start, days)
        _refuse_passed_period(which, day, frame)
        return day
    if edge:
        return _find_nearest_edge(unit, start, at_start, frame)
    return None


def _refuse_passed_period(which: str, day: date, frame: Frame) -> None:
    """Raise DateFault for the end of this week where it has passed and one to come is wanted."""
    is_due = frame.ahead and not frame.at_start
    if which == "this" and is_due and day < frame.today:
        raise DateFault(f"that was {format_long_day(day)}", "has passed")


def _find_nearest_edge(unit: str, start: date, at_start: bool, frame: Frame) -> date:
    """Return the nearest first or last day of a period on the frame's side, today included."""
    day = _find_edge(unit, start, at_start, _WORKING_DAYS)
    if frame.has_on_its_side(day):
        return day
    neighbour = _shift_period(unit, start, frame.direction)
    return _find_edge(unit, neighbour, at_start, _WORKING_DAYS)


def _find_period_start(unit: str, today: date) -> date:
    if unit == "week":
        return today - timedelta(days=today.weekday())
    months = _MONTHS_IN[unit]
    return today.replace(day=1, month=(today.month - 1) // months * months + 1)


def _shift_period(unit: str, start: date, count: int) -> date:
    if unit == "week":
        return start + count * _WEEK
    return add_months(start, count * _MONTHS_IN[unit])


def _find_edge(unit: str, start: date, at_start: bool, week_days: int) -> date:
    """Return the first or the last day of the period that begins on `start`."""
    if at_start:
        return start
    if unit == "week":
        return start + timedelta(days=week_days - 1)
    last_month = add_months(start, _MONTHS_IN[unit] - 1)
    return last_month.replace(
        day=count_days_of_month(last_month.year, last_month.month)
    )


def _find_month_end(words: str, frame: Frame) -> date | None:
    """Return the last day of a month by its name: `end of May`, `end of May 2027`."""
    match = re.fullmatch(r"(?:the )?end of ([a-z]+)(?: (\d{4}))?", words, re.ASCII)
    if match is None or match[1] not in MONTH_NUMBERS:
        return None
    month = MONTH_NUMBERS[match[1]]
    if match[2]:
        return _find_last_day(int(match[2]), month)
    day = _find_last_day(frame.today.year, month)
    if frame.has_on_its_side(day):
        return day
    return _find_last_day(frame.today.year + frame.direction, month)


def _find_last_day(year: int, month: int) -> date:
    return _find_edge("month", date(year, month, 1), False, 0)


def _find_day_after_weekday(words: str, frame: Frame) -> date | None:
    """Return the day of `fri 12 may`; raises DateFault if it is not a Friday."""
    first, _, rest = words.partition(" ")
    if first not in WEEKDAY_NUMBERS:
        return None
    return find_day_on_weekday(rest, WEEKDAY_NUMBERS[first], frame)
