"""Measures over time, one row each: a few values as digits, many as a sparkline."""

from collections.abc import Iterator, Sequence

from coachlog.model.progress import Trend
from coachlog.phrasing.values import describe_direction
from coachlog.screens import styling
from coachlog.screens.charts import ELLIPSIS, Marks, draw_values
from coachlog.screens.columns import Columns
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Text
from coachlog.text import shorten_text

WIDEST_VALUES = 30
"""The most cells that values take: ten numbers of two digits, or a sparkline."""

NARROWEST_VALUES = 10

LONGEST_NAME = 40


def render_trends(
    heading: str,
    names: Sequence[str],
    trends: Sequence[Trend],
    width: int,
    *,
    marks: Marks,
) -> Columns:
    """Return one row per trend, each under the name at the same place in `names`."""
    rows = [
        _build_trend_row(name, trend) for name, trend in zip(names, trends, strict=True)
    ]
    columns = [heading, "scale", "answers", "values"]
    if any(row[-1].plain for row in rows):
        columns.append("change")
    table = Columns(*columns, right=("answers",), wide=heading)
    rows = [row[: len(columns) - 1] for row in rows]
    has_cut_values = False
    room = min(WIDEST_VALUES, max(NARROWEST_VALUES, width - table.measure_width(rows)))
    for row, trend in zip(rows, trends, strict=True):
        values = [point.value for point in trend.points]
        drawing = draw_values(values, trend.low, trend.high, room, marks=marks)
        table.add_row(*row[:3], Text(drawing), *row[3:])
        has_cut_values = has_cut_values or ELLIPSIS in drawing
    if has_cut_values:
        table.add_line(
            Text(f"{ELLIPSIS} stands for earlier values.", style=styling.QUIET)
        )
    return table


def render_measures(
    heading: str, trends: Sequence[Trend], withheld: int, width: int, *, marks: Marks
) -> Iterator[Renderable]:
    """Yield the measures under a heading, and how many private answers were left out of them."""
    if not trends and not withheld:
        return
    yield ""
    yield styling.format_heading(heading)
    if trends:
        names = [trend.measure for trend in trends]
        table = render_trends("measure", names, trends, width - 2, marks=marks)
        yield IndentedBody(table)
    yield from map(IndentedBody, styling.render_withheld(withheld))


def _build_trend_row(name: str, trend: Trend) -> list[Text]:
    """Return the cells of a trend without its values."""
    return [
        styling.format_typed_words(shorten_text(name, LONGEST_NAME)),
        Text(f"{trend.low} to {trend.high}", style=styling.QUIET),
        Text(str(trend.n)),
        Text(describe_direction(trend)),
    ]
