"""Charts as SVG within a page of HTML: small, in the colours of the page, labelled where they are.

There is one line in each, so no colour means anything. What is drawn is said in words as well,
for whoever does not see it.
"""

from html import escape

from coachlog.dates import MONTH_NAMES
from coachlog.exports.blocks import Chart, ChartPoint
from coachlog.text import clean_line

_WIDTH, _HEIGHT = 320, 112
_LEFT, _RIGHT, _TOP, _BOTTOM = 22, 296, 18, 86
"""Where the values are, with the ends of the scale beside them and the days below."""
_TARGET_GAP = 4


def draw_svg_chart(chart: Chart, name: str) -> str:
    """Return the chart as SVG; `name` is its title as plain words."""
    places = [_place_point(chart, point) for point in chart.points]
    line = " ".join(f"{x},{y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.5"/>' for x, y in places)
    label = escape(clean_line(f"{name}: {chart.words}"))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
        f"{_draw_scale(chart)}{_draw_target(chart)}"
        f'<polyline class="line" points="{line}"/><g class="dots">{dots}</g>'
        f"{_draw_labels(chart, places)}</svg>"
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
        lines += f'<text class="end" x="{_LEFT - 5}" y="{y + 4}">{value}</text>'
    return lines


def _draw_target(chart: Chart) -> str:
    if chart.target is None:
        return ""
    y = _place_value(chart, chart.target)
    return (
        f'<path class="target" d="M{_LEFT} {y}H{_RIGHT}"/>'
        f'<text class="end" x="{_RIGHT}" y="{y - _TARGET_GAP}">target {chart.target}</text>'
    )


def _draw_labels(chart: Chart, places: list[tuple[float, float]]) -> str:
    """Return the first and the last value beside their points, and their days below."""
    texts = []
    for index, kind in ((0, "first"), (-1, "last")):
        x, y = places[index]
        point = chart.points[index]
        below = y < _TOP + 10 or (index == -1 and _is_on_target(chart, point))
        texts.append(
            f'<text class="value {kind}" x="{x}" y="{y + 16 if below else y - 7}">'
            f"{point.value}</text>"
        )
        day = f"{point.on.day} {MONTH_NAMES[point.on.month - 1][:3]} {point.on.year}"
        edge = _LEFT if index == 0 else _RIGHT
        texts.append(
            f'<text class="day {kind}" x="{edge}" y="{_HEIGHT - 6}">{day}</text>'
        )
    return "".join(texts)


def _is_on_target(chart: Chart, point: ChartPoint) -> bool:
    """Return whether the label above a point would cover that of the target."""
    if chart.target is None:
        return False
    distance = _place_value(chart, point.value) - _place_value(chart, chart.target)
    return -4 <= distance <= 14
