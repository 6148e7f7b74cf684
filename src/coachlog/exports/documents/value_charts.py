"""Values over time as charts: what was measured again and again, and how far goals have come."""

from collections.abc import Iterable, Iterator, Sequence

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import Chart, ChartPoint, PlainText, TypedText, Words
from coachlog.model.goals import Goal, GoalScale
from coachlog.model.history import Episode
from coachlog.phrasing.values import format_level, phrase_measure_name

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
        title = (build_measure_title(measure),)
        yield from build_value_chart(title, low, high, points)


def build_measure_title(measure: str) -> TypedText:
    """Return the name of a measure as a title: `work-felt` -> `Work felt`."""
    name = phrase_measure_name(measure)
    return TypedText(name[:1].upper() + name[1:])


def build_goal_charts(goals: Iterable[Goal]) -> Iterator[Chart]:
    """Yield a chart for each goal that was rated often enough, its start among the values."""
    for goal in goals:
        yield from build_goal_chart(goal, (PlainText("Goal: "), TypedText(goal.title)))


def build_goal_chart(goal: Goal, title: Words) -> Iterator[Chart]:
    """Yield the chart of one goal under this title; nothing if it was rated too seldom."""
    low, high = (1, 10) if goal.scale is GoalScale.TEN else (-2, 2)
    points = [ChartPoint(rating.on, rating.value) for rating in goal.ratings]
    if goal.baseline is not None:
        points.insert(0, ChartPoint(goal.opened_on, goal.baseline))
    yield from build_value_chart(title, low, high, points, _find_target(goal))


def _find_target(goal: Goal) -> int | None:
    """Return what a goal was to come to: of levels without a target, the one that was expected."""
    if goal.target is None and goal.scale is GoalScale.ATTAINMENT:
        return 0
    return goal.target


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
        words += f", target {format_level(target, low)}"
    yield Chart(title, low, high, tuple(points), words, target)


def describe_values(points: Sequence[ChartPoint], low: int, high: int) -> str:
    """Return values in words, with the ends of their scale: `3 on 5 May 2026; from 1 to 10`."""
    ends = f"from {format_level(low, low)} to {format_level(high, low)}"
    return f"{_describe_points(points, low)}; {ends}"


def _describe_points(points: Sequence[ChartPoint], low: int) -> str:
    """Return values in words: each with its day, or the first, the last and the ends of many."""
    if len(points) <= _MOST_LISTED:
        return ", ".join(_describe_point(point, low) for point in points)
    values = [point.value for point in points]
    least, most = format_level(min(values), low), format_level(max(values), low)
    first, last = (_describe_point(point, low) for point in (points[0], points[-1]))
    return (
        f"{first}, then {len(points) - 2} more between {least} and {most}, and {last}"
    )


def _describe_point(point: ChartPoint, low: int) -> str:
    return f"{format_level(point.value, low)} on {format_medium_day(point.on)}"
