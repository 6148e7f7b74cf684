"""A shadow review in words: how it differs from the one before, what lies furthest apart."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.shadows import ShadowReview
from coachlog.phrasing.values import describe_change
from coachlog.rules import shadows


def describe_review_changes(
    reviews: Sequence[ShadowReview], session: int, today: date
) -> Iterator[str]:
    """Yield how a review differs from the one before, and what is furthest apart in it.

    Nothing for the first one, nor for one in which nothing was scored.
    """
    numbers = [review.session for review in reviews]
    at = numbers.index(session) if session in numbers else 0
    now, before = reviews[at], reviews[max(0, at - 1)]
    moved = [
        f"{name} {score} ({describe_change(score - earlier)})"
        for name in shadows.SCORE_NAMES
        if (score := getattr(now, name)) is not None
        and (earlier := getattr(before, name)) is not None
    ]
    if at and moved:
        yield f"Against the review of {dates.format_short_day(before.held_on, today)}: {', '.join(moved)}."
    if at and (apart := describe_furthest_scores(now)):
        yield apart


def describe_furthest_scores(review: ShadowReview) -> str:
    """Return what is furthest apart: `Furthest apart: act 4, say and measure 7.`"""
    found = shadows.find_furthest_scores(review)
    if found is None:
        return ""
    lowest, low, highest, high = found
    if low == high:
        return f"Not apart: {_join_score_names(lowest)} {low}."
    return (
        f"Furthest apart: {_join_score_names(lowest)} {low}, {_join_score_names(highest)} {high}."
    )


def _join_score_names(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
