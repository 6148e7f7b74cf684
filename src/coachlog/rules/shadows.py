"""What a leader's shadow reviews add up to: periods, gaps and trends, as pure functions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from coachlog.model import Fate
from coachlog.model.progress import Tally, Trend, TrendPoint
from coachlog.model.shadows import ShadowReview, ShadowScore
from coachlog.rules import figures

SHADOW_MEASURES = ("shadow-say", "shadow-act", "shadow-prioritise", "shadow-measure")
SCORE_NAMES = ("say", "act", "prioritise", "measure")
"""What the four measures are called beside one another."""

GAP_NAME = "gap"
FIRST_REVIEW_DAYS = 31
"""Days that the first review looks back; the others go back to the one before."""

ScaleEnds = tuple[int, int]


def build_review_periods(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return the first and the last day that each review is about; `days` are in order.

    It begins the day after the last review of an earlier day, the first one 31 days up to its own.
    """
    found: list[tuple[date, date]] = []
    for number, day in enumerate(days):
        before = [one for one in days[:number] if one < day]
        since = (
            before[-1] + timedelta(days=1)
            if before
            else day - timedelta(days=FIRST_REVIEW_DAYS - 1)
        )
        found.append((since, day))
    return found


def compute_score_gap(scores: Iterable[int | None]) -> int | None:
    """Return the highest minus the lowest of the scores; None for fewer than two."""
    known = [score for score in scores if score is not None]
    return max(known) - min(known) if len(known) > 1 else None


def find_score_range(scores: Iterable[ShadowScore]) -> ScaleEnds:
    """Return the ends of the scale that counts: of the last score given; 1 and 10 without any."""
    ends = [(score.low, score.high) for score in scores]
    return ends[-1] if ends else (1, 10)


def tally_period_fates(dated_fates: Iterable[tuple[date, Fate]], since: date, until: date) -> Tally:
    """Return the fates of the promises first due in a period."""
    return Tally(**Counter(fate.value for due, fate in dated_fates if since <= due <= until))


def build_shadow_trends(reviews: Iterable[ShadowReview], ends: ScaleEnds) -> tuple[Trend, ...]:
    """Return the trend of each of the four and of the gap; none for what was never answered.

    The four are on the scale given; a gap goes from 0 to the length of that scale.
    """
    reviews = list(reviews)
    found = []
    for name in (*SCORE_NAMES, GAP_NAME):
        points = [
            TrendPoint(review.held_on, value)
            for review in reviews
            if (value := getattr(review, name)) is not None
        ]
        low, high = (0, ends[1] - ends[0]) if name == GAP_NAME else ends
        if points:
            found.append(figures.build_trend(name, None, low, high, points))
    return tuple(found)


def find_furthest_scores(review: ShadowReview) -> tuple[list[str], int, list[str], int] | None:
    """Return which of the four are lowest, how low, which are highest, how high.

    None where fewer than two were answered.
    """
    if review.gap is None:
        return None
    known = {name: score for name in SCORE_NAMES if (score := getattr(review, name)) is not None}
    low, high = min(known.values()), max(known.values())
    lowest = [name for name, score in known.items() if score == low]
    return lowest, low, [name for name, score in known.items() if score == high], high
