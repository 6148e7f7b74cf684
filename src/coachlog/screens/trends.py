"""Measures over time, one a row, the last values of each as a sparkline."""

from collections.abc import Sequence

from rich.text import Text

from coachlog.model.progress import Trend
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns
from coachlog.text import shorten_text

MOST_VALUES = 24
"""How many of the last values a sparkline shows, at most."""


def render_trends(
    heading: str, names: Sequence[str], trends: Sequence[Trend], width: int, *, ascii: bool
) -> Columns:
    """Return trends one a row, the last values of each as a sparkline."""
    made = Columns(
        *(heading, "scale", "first", "latest", "change", "n", "over time"),
        right=("first", "latest", "n"),
        wide=heading,
    )
    rows = [
        [
            styling.format_typed_words(shorten_text(name, 40)),
            Text(f"{one.low} to {one.high}", style=styling.QUIET),
            Text(str(one.first)),
            Text(str(one.latest)),
            Text(
                styling.NO_NUMBER
                if one.change is None
                else f"{one.change:+d}"
                if one.change
                else "none"
            ),
            Text(str(one.n)),
        ]
        for name, one in zip(names, trends, strict=True)
    ]
    room = min(MOST_VALUES, width - made.measure_width(rows))
    for row, one in zip(rows, trends, strict=True):
        values = [point.value for point in one.points]
        made.add_row(
            *row,
            Text(
                charts.draw_latest_sparkline(values, one.low, one.high, max(2, room), ascii=ascii)
            ),
        )
    return made
