"""Measures over time, one row each, with the latest values as a sparkline."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from coachlog.model.progress import Trend
from coachlog.screens import styling
from coachlog.screens.charts import draw_latest_sparkline
from coachlog.screens.columns import Columns
from coachlog.text import shorten_text

MOST_VALUES = 24
"""The most values that a sparkline shows."""

LONGEST_NAME = 40


def render_trends(
    heading: str,
    names: Sequence[str],
    trends: Sequence[Trend],
    width: int,
    *,
    ascii: bool,
) -> Columns:
    """Return one row per trend, each under the name at the same place in `names`."""
    table = Columns(
        heading,
        "scale",
        "first",
        "latest",
        "change",
        "n",
        "over time",
        right=("first", "latest", "n"),
        wide=heading,
    )
    rows = [
        _build_trend_row(name, trend) for name, trend in zip(names, trends, strict=True)
    ]
    room = min(MOST_VALUES, max(2, width - table.measure_width(rows)))
    for row, trend in zip(rows, trends, strict=True):
        values = [point.value for point in trend.points]
        line = draw_latest_sparkline(values, trend.low, trend.high, room, ascii=ascii)
        table.add_row(*row, Text(line))
    return table


def render_measures(
    heading: str, trends: Sequence[Trend], withheld: int, width: int, *, ascii: bool
) -> Iterator[RenderableType]:
    """Yield the measures under a heading, and how many private answers were left out of them."""
    if not trends and not withheld:
        return
    yield ""
    yield styling.format_heading(heading)
    if trends:
        names = [trend.measure for trend in trends]
        table = render_trends("measure", names, trends, width - 2, ascii=ascii)
        yield styling.IndentedBody(table)
    yield from map(styling.IndentedBody, styling.render_withheld(withheld))


def _build_trend_row(name: str, trend: Trend) -> list[Text]:
    change = "none"
    if trend.change is None:
        change = styling.NO_NUMBER
    elif trend.change:
        change = f"{trend.change:+d}"
    return [
        styling.format_typed_words(shorten_text(name, LONGEST_NAME)),
        Text(f"{trend.low} to {trend.high}", style=styling.QUIET),
        Text(str(trend.first)),
        Text(str(trend.latest)),
        Text(change),
        Text(str(trend.n)),
    ]
