"""The periods, gaps and trends of a leader's shadow reviews, as pure functions."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from coachlog.model.progress import Tally, Trend, TrendPoint
from coachlog.model.shadows import ShadowReview, ShadowScore
from coachlog.named_tuples import NamedTuple
from coachlog.rules.measure_trends import build_trend
from coachlog.rules.promises import Judgement
from coachlog.rules.tallies import count_fates

SHADOW_MEASURES = ("shadow-say", "shadow-act", "shadow-prioritise", "shadow-measure")
SCORE_NAMES = ("say", "act", "prioritise", "measure")
"""The short names of the four measures, for where they appear together."""

GAP_NAME = "gap"
FIRST_REVIEW_DAYS = 31
"""How many days the first review covers; the others go back to the one before."""

ScaleEnds = tuple[int, int]
"""The lowest and the highest value of a scale."""


def build_review_periods(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return the first and last day that each review covers; `days` must be in order.

    A period begins the day after the last review held on an earlier day; the first one covers 31
    days. Two reviews on the same day cover the same period.
    """
    if not days:
        return []
    periods = []
    previous_day = days[0]
    since = previous_day - timedelta(days=FIRST_REVIEW_DAYS - 1)
    for day in days:
        if day > previous_day:
            since = previous_day + timedelta(days=1)
            previous_day = day
        periods.append((since, day))
    return periods


def compute_score_gap(scores: Iterable[int | None]) -> int | None:
    """Return the highest score minus the lowest; None for fewer than two scores."""
    values = [score for score in scores if score is not None]
    if len(values) < 2:
        return None
    return max(values) - min(values)


def find_score_range(scores: Iterable[ShadowScore]) -> ScaleEnds:
    """Return the ends of the scale in use, that of the last score; 1 and 10 without any score."""
    scale_ends = (1, 10)
    for score in scores:
        scale_ends = (score.low, score.high)
    return scale_ends


def tally_period_fates(
    dated_judgements: Iterable[tuple[date, Judgement]], since: date, until: date
) -> Tally:
    """Return how many of the promises first due in a period met which fate."""
    return count_fates(
        judgement for due, judgement in dated_judgements if since <= due <= until
    )


def compute_weekly_rate(count: int, since: date, until: date) -> float:
    """Return how often a week something was in a period, to one place, halves rounded up.

    A period of less than a week counts as one, or a single day would come to seven a week.
    """
    days = max(7, (until - since).days + 1)
    return (2 * 70 * count + days) // (2 * days) / 10


def build_shadow_trends(
    reviews: Iterable[ShadowReview], ends: ScaleEnds
) -> tuple[Trend, ...]:
    """Return the trends of the four scores and of the gap, without those that were never answered.

    `ends` are those of the scale of the scores; a gap goes from 0 to the length of that scale.
    """
    reviews = list(reviews)
    low, high = ends
    ranges = dict.fromkeys(SCORE_NAMES, ends) | {GAP_NAME: (0, high - low)}
    trends = []
    for name, (lowest, highest) in ranges.items():
        values = [(review.held_on, getattr(review, name)) for review in reviews]
        points = [
            TrendPoint(held_on, value) for held_on, value in values if value is not None
        ]
        if points:
            trends.append(build_trend(name, None, lowest, highest, points))
    return tuple(trends)


class ScoreExtremes(NamedTuple):
    """The lowest and the highest scores of a review, each with the measures that had it."""

    lowest_names: list[str]
    lowest: int
    highest_names: list[str]
    highest: int


def find_score_extremes(review: ShadowReview) -> ScoreExtremes | None:
    """Return the lowest and the highest scores of a review; None if fewer than two were given."""
    if review.gap is None:
        return None
    names_by_score: dict[int, list[str]] = {}
    for name in SCORE_NAMES:
        score: int | None = getattr(review, name)
        if score is not None:
            names_by_score.setdefault(score, []).append(name)
    lowest, highest = min(names_by_score), max(names_by_score)
    return ScoreExtremes(
        lowest_names=names_by_score[lowest],
        lowest=lowest,
        highest_names=names_by_score[highest],
        highest=highest,
    )
