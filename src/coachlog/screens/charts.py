"""Numbers as rows of characters: sparklines, bars, a calendar. Each has a likeness in ASCII."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from coachlog import dates

STEPS, STEPS_ASCII = "▁▂▃▄▅▆▇█", ".:-=+*%#"
BAR, BAR_ASCII = "▏▎▍▌▋▊▉█", "#"
HEAT_MARKS, HEAT_MARKS_ASCII = "·░▒▓█", ".-=*#"
LABEL_WIDTH = 4
"""Cells before a row of the calendar: `Mon `."""


def draw_sparkline(values: Sequence[int], low: int, high: int, *, ascii: bool = False) -> str:
    """Return one character a value, as high as it lies between the ends of its scale."""
    steps = STEPS_ASCII if ascii else STEPS
    span = max(1, high - low)
    places = (round((value - low) / span * (len(steps) - 1)) for value in values)
    return "".join(steps[min(max(place, 0), len(steps) - 1)] for place in places)


def draw_latest_sparkline(
    values: Sequence[int], low: int, high: int, room: int, *, ascii: bool = False
) -> str:
    """Return the sparkline of as many of the last values as fit, after `…` where there are more."""
    if len(values) <= room:
        return draw_sparkline(values, low, high, ascii=ascii)
    return "…" + draw_sparkline(values[-(room - 1) :], low, high, ascii=ascii)


def draw_bar(value: float, maximum: float, width: int, *, ascii: bool = False) -> str:
    """Return a bar as long as the value is of the most, in `width` cells; '' for nothing.

    What is not nothing can be seen: it has an eighth of a cell at least, in ASCII a whole one.
    """
    if value <= 0 or maximum <= 0:
        return ""
    parts = BAR_ASCII if ascii else BAR
    full, rest = divmod(max(1, round(value / maximum * width * len(parts))), len(parts))
    return parts[-1] * full + (parts[rest - 1] if rest else "")


def draw_calendar(
    counts: Mapping[date, int], since: date, until: date, width: int, *, ascii: bool = False
) -> list[str]:
    """Return the months' names, if any has room, then a row for each weekday, a column a week.

    A cell says how many there were on that day; days out of the period are blank. Where not all
    weeks fit, the last ones are shown.
    """
    shown, _ = count_calendar_weeks(since, until, width)
    first = _find_monday(until) - timedelta(weeks=shown - 1)
    mondays = [first + timedelta(weeks=number) for number in range(shown)]
    marks = HEAT_MARKS_ASCII if ascii else HEAT_MARKS
    names = _draw_month_names(mondays, max(since, first), until)
    rows = [" " * LABEL_WIDTH + names] if names else []
    for weekday in range(7):
        days = [monday + timedelta(days=weekday) for monday in mondays]
        cells = (
            _draw_calendar_cell(counts.get(d, 0), marks) if since <= d <= until else " "
            for d in days
        )
        rows.append(dates.DAY_NAMES[weekday][:3].ljust(LABEL_WIDTH) + "".join(cells))
    return [row.rstrip() for row in rows]


def draw_calendar_legend(*, ascii: bool = False) -> str:
    """Return what the cells of a calendar mean: `· none  ░ 1  ▒ 2  ▓ 3  █ 4 or more`."""
    marks = HEAT_MARKS_ASCII if ascii else HEAT_MARKS
    last = len(marks) - 1
    words = ["none", *map(str, range(1, last)), f"{last} or more"]
    return "  ".join(f"{mark} {word}" for mark, word in zip(marks, words, strict=True))


def count_calendar_weeks(since: date, until: date, width: int) -> tuple[int, int]:
    """Return how many weeks fit a calendar of that width, and how many the period has."""
    weeks = (_find_monday(until) - _find_monday(since)).days // 7 + 1
    return max(1, min(weeks, width - LABEL_WIDTH)), weeks


def _find_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _draw_calendar_cell(count: int, marks: str) -> str:
    return marks[min(count, len(marks) - 1)]


def _draw_month_names(mondays: Sequence[date], since: date, until: date) -> str:
    """Return the name of each month above the week with its first day, where there is room."""
    row = ""
    for number, monday in enumerate(mondays):
        sunday = monday + timedelta(days=6)
        begins = sunday.day <= 7 and since <= sunday.replace(day=1) <= until
        name = dates.MONTH_NAMES[sunday.month - 1][:3]
        if begins and number >= len(row) and number + len(name) <= len(mondays):
            row = row.ljust(number) + name + " "
    return row
