"""How measures change over time, and which themes come up."""

from collections import Counter
from collections.abc import Iterable, Sequence

from coachlog.model.progress import Theme, Trend, TrendPoint
from coachlog.model.references import PersonRef
from coachlog.names.spelling import build_sort_key
from coachlog.rules.figures import compute_median

FEWEST_FOR_CHANGE = 6
"""How many values a measure must have before a change in it is spoken of."""
MeasureValue = tuple[str, PersonRef | None, int, int, TrendPoint]
"""A measure, the person it was asked about, the ends of its range, and a value with its day."""
_TrendKey = tuple[str, PersonRef | None, int, int]
"""What has a trend of its own: a measure, a person, and the ends of the range."""


def build_trends(values: Iterable[MeasureValue]) -> tuple[Trend, ...]:
    """Return one trend for each measure, person and range, as values of two ranges never mix.

    They are in order of measure and name; values recorded alone come first.
    """
    points_by_key: dict[_TrendKey, list[TrendPoint]] = {}
    for measure, person, low, high, point in values:
        points_by_key.setdefault((measure, person, low, high), []).append(point)
    keys = sorted(points_by_key, key=_rank_trend_key)
    return tuple(build_trend(*key, points_by_key[key]) for key in keys)


def _rank_trend_key(trend_key: _TrendKey) -> tuple[object, ...]:
    measure, person, low, high = trend_key
    if person is None:
        return measure, "", 0, low, high
    return measure, build_sort_key(person.name), person.id, low, high


def build_trend(
    measure: str,
    person: PersonRef | None,
    low: int,
    high: int,
    points: Iterable[TrendPoint],
) -> Trend:
    """Return the trend of one or more values, by day; values of the same day keep their order."""
    ordered = tuple(sorted(points, key=lambda point: point.on))
    first, latest = ordered[0].value, ordered[-1].value
    trend = Trend(
        measure=measure,
        person=person,
        low=low,
        high=high,
        first=first,
        latest=latest,
        change=latest - first if len(ordered) > 1 else None,
        n=len(ordered),
        points=ordered,
    )
    if trend.n < FEWEST_FOR_CHANGE:
        return trend
    # Three values on either side: one good or bad day decides nothing.
    median_first, median_last = (
        int(compute_median([point.value for point in part]))
        for part in (ordered[:3], ordered[-3:])
    )
    return trend._replace(
        median_first=median_first,
        median_last=median_last,
        direction=judge_direction(median_last - median_first, low, high),
    )


def judge_direction(change: float, low: int, high: int) -> str:
    """Return `up` or `down`, or `no clear change` below 3 on a range from 1 to 10.

    On other ranges that is three tenths of the range.
    """
    if 10 * abs(change) < 3 * (high - low) or not change:
        return "no clear change"
    return "up" if change > 0 else "down"


def count_themes(tag_lists: Sequence[Iterable[str]]) -> tuple[Theme, ...]:
    """Return each tag with the number of sessions that carry it, most used first, then by name.

    There is one list of tags for each session.
    """
    counts: Counter[str] = Counter()
    for tags in tag_lists:
        counts.update(set(tags))
    ordered_tags = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return tuple(Theme(tag, counts[tag], len(tag_lists)) for tag in ordered_tags)
