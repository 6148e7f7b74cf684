"""Charts as SVG within a page of HTML: small, in the colours of the page, labelled where they are.

There is one line in each, so no colour means anything. What is drawn is said in words as well,
for whoever does not see it.
"""

from collections.abc import Sequence
from html import escape

from coachlog.dates import MONTH_NAMES
from coachlog.exports.blocks import Chart, ChartPoint
from coachlog.phrasing.values import format_level
from coachlog.text import clean_line

_WIDTH, _HEIGHT = 320, 112
_LEFT, _RIGHT, _TOP, _BOTTOM = 22, 292, 18, 86
"""Where the values are, with the ends of the scale beside them and the days below."""
_TARGET_GAP, _LABEL_HEIGHT = 4, 11


def draw_svg_chart(chart: Chart, name: str) -> str:
    """Return the chart as SVG; `name` is its title as plain words."""
    places = [_place_point(chart, point) for point in chart.points]
    first_label = _place_first_label(places)
    line = " ".join(f"{x},{y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.5"/>' for x, y in places)
    label = escape(clean_line(f"{name}: {chart.words}"))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
        f'{_draw_scale(chart)}<polyline class="line" points="{line}"/>'
        f'<g class="dots">{dots}</g>{_draw_target(chart, first_label)}'
        f"{_draw_labels(chart, places, first_label)}</svg>"
    )


def _place_point(chart: Chart, point: ChartPoint) -> tuple[float, float]:
    """Return where a value is drawn: by its day across, by its size upwards."""
    first, last = chart.points[0].on, chart.points[-1].on
    days = (last - first).days
    share = (point.on - first).days / days if days else 0.5
    x = _LEFT + 8 + share * (_RIGHT - _LEFT - 16)
    return round(x, 1), _place_value(chart, point.value)


def _place_value(chart: Chart, value: int) -> float:
    share = (value - chart.low) / (chart.high - chart.low)
    return round(_BOTTOM - share * (_BOTTOM - _TOP), 1)


def _draw_scale(chart: Chart) -> str:
    lines = ""
    for value in (chart.low, chart.high):
        y = _place_value(chart, value)
        lines += f'<path class="grid" d="M{_LEFT} {y}H{_RIGHT}"/>'
        words = format_level(value, chart.low)
        lines += f'<text class="end" x="{_LEFT - 5}" y="{y + 4}">{words}</text>'
    return lines


def _draw_target(chart: Chart, first_label: float) -> str:
    """Return the line of the target, named at its left end unless that of the first value is there.

    `first_label` is how far down the label of the first value stands.
    """
    if chart.target is None:
        return ""
    y = _place_value(chart, chart.target)
    is_free = abs(y - _TARGET_GAP - first_label) > _LABEL_HEIGHT
    kind, x = ("start", _LEFT + 3) if is_free else ("end", _RIGHT - 3)
    words = f"target {format_level(chart.target, chart.low)}"
    return (
        f'<path class="target" d="M{_LEFT} {y}H{_RIGHT}"/>'
        f'<text class="{kind}" x="{x}" y="{y - _TARGET_GAP}">{words}</text>'
    )


def _place_first_label(places: Sequence[tuple[float, float]]) -> float:
    """Return how far down the first value is: above its point, or below it where the line rises."""
    y, next_y = places[0][1], places[1][1]
    is_below = next_y < y < _BOTTOM - _LABEL_HEIGHT or y < _TOP + _LABEL_HEIGHT
    return y + 17 if is_below else y - 7


def _draw_labels(
    chart: Chart, places: Sequence[tuple[float, float]], first_label: float
) -> str:
    """Return the first value at its point, the last one beside its own, and their days below."""
    first, last = chart.points[0], chart.points[-1]
    first_words, last_words = (
        format_level(point.value, chart.low) for point in (first, last)
    )
    x, y = places[-1]
    return (
        f'<text class="value first" x="{places[0][0]}" y="{first_label}">{first_words}</text>'
        f'<text class="day first" x="{_LEFT}" y="{_HEIGHT - 6}">{_format_chart_day(first)}</text>'
        f'<text class="value last" x="{x + 7}" y="{y + 4.5}">{last_words}</text>'
        f'<text class="day last" x="{_RIGHT}" y="{_HEIGHT - 6}">{_format_chart_day(last)}</text>'
    )


def _format_chart_day(point: ChartPoint) -> str:
    return f"{point.on.day} {MONTH_NAMES[point.on.month - 1][:3]} {point.on.year}"
