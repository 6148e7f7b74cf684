"""A shadow review in words: how it differs from the one before, and what is furthest apart."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import format_short_day
from coachlog.model.shadows import ShadowReview
from coachlog.phrasing.values import describe_change
from coachlog.rules.shadows import SCORE_NAMES, find_score_extremes


def describe_review_changes(
    reviews: Sequence[ShadowReview], session: int, today: date
) -> Iterator[str]:
    """Yield how a review differs from the one before, then what is furthest apart in it.

    `session` is the number of the review among `reviews`, which must be in order of their days.
    Nothing for the first review, nor for one without scores.
    """
    numbers = [review.session for review in reviews]
    if session not in numbers or session == numbers[0]:
        return
    place = numbers.index(session)
    previous, latest = reviews[place - 1], reviews[place]
    changes = _list_score_changes(previous, latest)
    if changes:
        previous_day = format_short_day(previous.held_on, today)
        yield f"Compared with the review of {previous_day}: {', '.join(changes)}."
    extremes = describe_score_extremes(latest)
    if extremes:
        yield extremes


def _list_score_changes(previous: ShadowReview, latest: ShadowReview) -> list[str]:
    changes = []
    for name in SCORE_NAMES:
        score, previous_score = getattr(latest, name), getattr(previous, name)
        if score is not None and previous_score is not None:
            changes.append(
                f"{name} {score} ({describe_change(score - previous_score)})"
            )
    return changes


def describe_score_extremes(review: ShadowReview) -> str:
    """Return what is furthest apart: `Furthest apart: act 4, say and measure 7.`

    '' for fewer than two scores.
    """
    extremes = find_score_extremes(review)
    if extremes is None:
        return ""
    lowest = f"{_join_score_names(extremes.lowest_names)} {extremes.lowest}"
    if extremes.lowest == extremes.highest:
        return f"All equal: {lowest}."
    highest = f"{_join_score_names(extremes.highest_names)} {extremes.highest}"
    return f"Furthest apart: {lowest}, {highest}."


def _join_score_names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
