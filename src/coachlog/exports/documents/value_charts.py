"""Values over time as charts: what was measured again and again, and how far goals have come."""

from collections.abc import Iterable, Iterator, Sequence

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import Chart, ChartPoint, PlainText, TypedText, Words
from coachlog.model.goals import Goal, GoalScale
from coachlog.model.history import Episode
from coachlog.phrasing.values import phrase_measure_name

FEWEST_FOR_CHART = 3
"""Two values are no trend, and so they are no chart either."""
_MOST_LISTED = 10
"""So many values are all named in the words of a chart."""


def build_measure_charts(episodes: Iterable[Episode]) -> Iterator[Chart]:
    """Yield a chart for each measure asked often enough on one range, in order of name."""
    points_by_key: dict[tuple[str, int, int], list[ChartPoint]] = {}
    for episode in episodes:
        for reading in episode.measures:
            key = (reading.measure, reading.low, reading.high)
            point = ChartPoint(reading.on, reading.value)
            points_by_key.setdefault(key, []).append(point)
    for measure, low, high in sorted(points_by_key):
        points = points_by_key[measure, low, high]
        title = (TypedText(phrase_measure_name(measure)),)
        yield from build_value_chart(title, low, high, points)


def build_goal_charts(goals: Iterable[Goal]) -> Iterator[Chart]:
    """Yield a chart for each goal that was rated often enough, its start among the values."""
    for goal in goals:
        low, high = (1, 10) if goal.scale is GoalScale.TEN else (-2, 2)
        points = [ChartPoint(rating.on, rating.value) for rating in goal.ratings]
        if goal.baseline is not None:
            points.insert(0, ChartPoint(goal.opened_on, goal.baseline))
        title = (PlainText("Goal: "), TypedText(goal.title))
        target = goal.target if goal.scale is GoalScale.TEN else 0
        yield from build_value_chart(title, low, high, points, target)


def build_value_chart(
    title: Words,
    low: int,
    high: int,
    points: Sequence[ChartPoint],
    target: int | None = None,
) -> Iterator[Chart]:
    """Yield the chart of some values, the oldest first; nothing for too few of them."""
    if len(points) < FEWEST_FOR_CHART:
        return
    words = describe_values(points, low, high)
    if target is not None:
        words += f", target {target}"
    yield Chart(title, low, high, tuple(points), words, target)


def describe_values(points: Sequence[ChartPoint], low: int, high: int) -> str:
    """Return values in words, with the ends of their scale: `3 on 5 May 2026; from 1 to 10`."""
    return f"{_describe_points(points)}; from {low} to {high}"


def _describe_points(points: Sequence[ChartPoint]) -> str:
    """Return values in words: each with its day, or the first, the last and the ends of many."""
    if len(points) <= _MOST_LISTED:
        return ", ".join(map(_describe_point, points))
    values = [point.value for point in points]
    first, last = map(_describe_point, (points[0], points[-1]))
    return (
        f"{first}, then {len(points) - 2} more between {min(values)} and {max(values)}, "
        f"and {last}"
    )


def _describe_point(point: ChartPoint) -> str:
    return f"{point.value} on {format_medium_day(point.on)}"
