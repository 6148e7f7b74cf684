"""Charts drawn in characters: sparklines, bars, a calendar; in ASCII or, read aloud, not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import Enum

from coachlog import dates

STEPS, STEPS_ASCII = "▁▂▃▄▅▆▇█", ".:-=+*%#"
BAR, BAR_ASCII = "▏▎▍▌▋▊▉█", "#"
HEAT_MARKS, HEAT_MARKS_ASCII = "·░▒▓█", ".-=*#"
ELLIPSIS = "…"
"""Stands for earlier values for which a sparkline has no room."""

MOST_DIGITS = 10
"""How many values are shown as they are; of more, their course says more than the numbers."""

LABEL_WIDTH = 4
"""Cells taken by the name of a weekday before its row: `Mon `."""


class Marks(Enum):
    """What charts are drawn with; with none, numbers stand alone."""

    BLOCKS = "blocks"
    ASCII = "ascii"
    NONE = "none"


def draw_sparkline(
    values: Sequence[int], low: int, high: int, *, marks: Marks = Marks.BLOCKS
) -> str:
    """Return one character per value, its height the value's place between `low` and `high`.

    Eight heights cannot tell ten values apart. Places are rounded down, so that those from 6 to 10,
    where most answers are, all differ. Without marks the values are numbers.
    """
    if marks is Marks.NONE:
        return " ".join(map(str, values))
    steps = STEPS_ASCII if marks is Marks.ASCII else STEPS
    top = len(steps) - 1
    span = max(1, high - low)
    characters = []
    for value in values:
        place = (value - low) * top // span
        characters.append(steps[min(max(place, 0), top)])
    return "".join(characters)


def draw_latest_sparkline(
    values: Sequence[int],
    low: int,
    high: int,
    room: int,
    *,
    marks: Marks = Marks.BLOCKS,
) -> str:
    """Return the sparkline of the latest values that fit, after `…` if some were left out."""
    if len(values) <= room or marks is Marks.NONE:
        return draw_sparkline(values, low, high, marks=marks)
    return ELLIPSIS + draw_sparkline(values[-(room - 1) :], low, high, marks=marks)


def draw_values(
    values: Sequence[int],
    low: int,
    high: int,
    room: int,
    *,
    marks: Marks = Marks.BLOCKS,
) -> str:
    """Return up to ten values as digits, and more as a sparkline between the first and the last.

    Without marks all are digits. Of the sparkline, the latest values that fit into `room` cells are
    drawn.
    """
    if len(values) <= MOST_DIGITS or marks is Marks.NONE:
        return " ".join(map(str, values))
    first, last = f"{values[0]} ", f" {values[-1]}"
    room -= len(first) + len(last)
    line = draw_latest_sparkline(values, low, high, max(2, room), marks=marks)
    return f"{first}{line}{last}"


def draw_bar(
    value: float, maximum: float, width: int, *, marks: Marks = Marks.BLOCKS
) -> str:
    """Return a bar whose share of `width` cells is the value's share of the maximum; '' for 0.

    A value above 0 always shows: as an eighth of a cell at least, in ASCII as a whole one. Without
    marks there is no bar.
    """
    if value <= 0 or maximum <= 0 or marks is Marks.NONE:
        return ""
    parts = BAR_ASCII if marks is Marks.ASCII else BAR
    length = max(1, round(value / maximum * width * len(parts)))
    full_cells, rest = divmod(length, len(parts))
    bar = parts[-1] * full_cells
    if rest:
        bar += parts[rest - 1]
    return bar


def draw_calendar(
    counts: Mapping[date, int],
    since: date,
    until: date,
    width: int,
    *,
    marks: Marks = Marks.BLOCKS,
) -> list[str]:
    """Return a row of month names, if any has room, then a row per weekday with a column per week.

    A cell shows the count of its day; days outside the period are blank. If not all weeks fit,
    the latest ones are shown.
    """
    week_count, _ = count_calendar_weeks(since, until, width)
    first = _find_monday(until) - timedelta(weeks=week_count - 1)
    mondays = [first + timedelta(weeks=number) for number in range(week_count)]
    signs = HEAT_MARKS_ASCII if marks is Marks.ASCII else HEAT_MARKS
    rows = []
    month_names = _draw_month_names(mondays, max(since, first), until)
    if month_names:
        rows.append(" " * LABEL_WIDTH + month_names)
    for weekday in range(7):
        row = dates.DAY_NAMES[weekday][:3].ljust(LABEL_WIDTH)
        for monday in mondays:
            day = monday + timedelta(days=weekday)
            if since <= day <= until:
                row += signs[min(counts.get(day, 0), len(signs) - 1)]
            else:
                row += " "
        rows.append(row)
    return [row.rstrip() for row in rows]


def draw_calendar_legend(*, marks: Marks = Marks.BLOCKS) -> str:
    """Return the key to a calendar: `· none  ░ 1  ▒ 2  ▓ 3  █ 4 or more`."""
    signs = HEAT_MARKS_ASCII if marks is Marks.ASCII else HEAT_MARKS
    last = len(signs) - 1
    words = ["none", *map(str, range(1, last)), f"{last} or more"]
    return "  ".join(f"{mark} {word}" for mark, word in zip(signs, words, strict=True))


def describe_weekdays(counts: Mapping[date, int]) -> str:
    """Return how many there are on each day of the week, for a calendar that is not drawn."""
    totals = dict.fromkeys(dates.DAY_NAMES, 0)
    for day, count in counts.items():
        totals[dates.DAY_NAMES[day.weekday()]] += count
    parts = (f"{name} {total}" for name, total in totals.items() if total)
    return f"{', '.join(parts)}."


def count_calendar_weeks(since: date, until: date, width: int) -> tuple[int, int]:
    """Return how many weeks fit into `width` cells, and how many the period has."""
    weeks = (_find_monday(until) - _find_monday(since)).days // 7 + 1
    return max(1, min(weeks, width - LABEL_WIDTH)), weeks


def _find_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _draw_month_names(mondays: Sequence[date], since: date, until: date) -> str:
    """Return each month's name above the week of its first day, where there is room for it."""
    row = ""
    for number, monday in enumerate(mondays):
        sunday = monday + timedelta(days=6)
        is_first_week = sunday.day <= 7 and since <= sunday.replace(day=1) <= until
        name = dates.MONTH_NAMES[sunday.month - 1][:3]
        has_room = len(row) <= number <= len(mondays) - len(name)
        if is_first_week and has_room:
            row = row.ljust(number) + name + " "
    return row
