"""The owner's own tank: how full it was, and what drained and filled it."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.tank_entries import TankEntry, TankView
from coachlog.phrasing.low_weeks import describe_low_weeks
from coachlog.phrasing.values import describe_direction
from coachlog.rules.tank_weeks import HIGHEST
from coachlog.screens import styling
from coachlog.screens.charts import Marks, draw_values
from coachlog.screens.columns import render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.sections import INDENT, join_parts, render_rows, wrap_text
from coachlog.screens.texts import Text
from coachlog.text import clean_line, format_count

MOST_ENTRIES = 4
"""Of so many entries, the latest, the words are shown."""

MOST_EARLIER = 12
"""So many values before these are listed with their days."""

NO_ENTRY = "Nothing about your tank yet. To start: coachlog tank new"
ALL_ENTRIES = "coachlog tank show --json"
_WIDEST_VALUES = 40


def render_tank(
    view: TankView, today: date, width: int, *, marks: Marks = Marks.BLOCKS
) -> Group:
    """Return the trend of the tank, the words of the last four entries, and earlier values."""
    parts: list[Renderable] = [Text("Your tank", style="bold")]
    if not view.entries:
        return Group(*parts, Text(_describe_no_entry(view)))
    parts += _render_tank_trend(view, today, width, marks)
    latest = view.entries[-MOST_ENTRIES:]
    for entry in reversed(latest):
        parts += ["", *_render_tank_entry(entry, today, width)]
    parts += _render_earlier_values(view.entries[: -len(latest)], today, width)
    if view.has_low_weeks:
        parts += ["", render_sentence(clean_line(describe_low_weeks(view.help)))]
    return Group(*parts)


def _describe_no_entry(view: TankView) -> str:
    if view.since is None:
        return NO_ENTRY
    return f"Nothing about your tank since {dates.format_long_day(view.since)}."


def _render_tank_trend(
    view: TankView, today: date, width: int, marks: Marks
) -> Iterator[Renderable]:
    """Yield the values, the oldest first, and from when to when they are."""
    trend = view.trend
    if trend is None:
        return
    values = [point.value for point in trend.points]
    room = min(_WIDEST_VALUES, width)
    drawing = draw_values(values, trend.low, trend.high, room, marks=marks)
    first, last = trend.points[0].on, trend.points[-1].on
    days = dates.format_short_day(first, today)
    if last != first:
        days = f"{days} to {dates.format_short_day(last, today)}"
    facts = (
        Text(describe_direction(trend)),
        Text(f"{trend.low} is empty, {trend.high} is full", style=styling.QUIET),
        Text(format_count(trend.n, "value"), style=styling.QUIET),
        Text(days, style=styling.QUIET),
    )
    yield Text(drawing)
    yield from wrap_text(join_parts(facts), width)


def _render_tank_entry(
    entry: TankEntry, today: date, width: int
) -> Iterator[Renderable]:
    """Yield one entry: its day and value, and what was written."""
    value = "no number"
    if entry.value is not None:
        value = f"{entry.value} of {HIGHEST}"
    yield styling.format_heading(f"{dates.format_short_day(entry.on, today)} · {value}")
    cells = [
        (
            Text(label, style=styling.QUIET),
            styling.format_typed_words(clean_line(words)),
        )
        for label, words in (
            ("drained", entry.drained),
            ("filled", entry.filled),
            ("one small thing", entry.small_thing),
        )
        if words
    ]
    for row in render_rows(cells, width - INDENT):
        yield from map(IndentedBody, row)


def _render_earlier_values(
    entries: Sequence[TankEntry], today: date, width: int
) -> Iterator[Renderable]:
    """Yield the values before the entries that are shown in full, the latest first."""
    days = [
        Text(f"{dates.format_short_day(entry.on, today)}: {entry.value}")
        for entry in reversed(entries)
        if entry.value is not None
    ]
    if not days:
        return
    yield ""
    yield styling.format_heading("Before that")
    for line in wrap_text(join_parts(days[:MOST_EARLIER]), width - INDENT):
        yield IndentedBody(line)
    more = len(days) - MOST_EARLIER
    if more > 0:
        yield render_sentence(f"{more} more: {ALL_ENTRIES}", styling.QUIET)
