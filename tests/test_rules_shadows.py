"""What shadow reviews add up to: periods, gaps, trends, what is furthest apart."""

from datetime import date, timedelta
from typing import Any

import pytest

from coachlog.model.actions import Fate
from coachlog.model.progress import Tally, Trend, TrendPoint
from coachlog.model.shadows import ShadowReview, ShadowScore
from coachlog.rules import shadows
from coachlog.rules.promises import Judgement

JAN, FEB, MAR = date(2026, 1, 31), date(2026, 2, 27), date(2026, 3, 31)


def review(on: date, *scores: int | None) -> ShadowReview:
    fields: dict[str, Any] = dict.fromkeys(shadows.SCORE_NAMES)
    fields |= dict(zip(shadows.SCORE_NAMES, scores, strict=False))
    fields |= {"gap": shadows.compute_score_gap(scores), "promises": Tally()}
    return ShadowReview(1, on, on, **fields, red=0, cancelled_by_me=0)


@pytest.mark.parametrize(
    ("days", "since"),
    [
        pytest.param([], [], id="none"),
        pytest.param([JAN], [date(2026, 1, 1)], id="the-first-looks-back-31-days"),
        pytest.param(
            [JAN, FEB], [date(2026, 1, 1), date(2026, 2, 1)], id="the-day-after"
        ),
        pytest.param(
            [JAN, FEB, FEB, MAR],
            [date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 28)],
            id="two-of-a-day-are-about-the-same",
        ),
        pytest.param([JAN, JAN], [date(2026, 1, 1)] * 2, id="two-first-ones"),
    ],
)
def test_periods(days: list[date], since: list[date]) -> None:
    assert shadows.build_review_periods(days) == list(zip(since, days, strict=True))


@pytest.mark.parametrize(
    ("scores", "gap"),
    [
        ([], None),
        ([None, None], None),
        ([7], None),
        ([7, None, None, None], None),
        ([7, 7], 0),
        ([7, None, 3, 5], 4),
        ([1, 10, 5, 5], 9),
    ],
)
def test_gap(scores: list[int | None], gap: int | None) -> None:
    assert shadows.compute_score_gap(scores) == gap


def test_the_scale_of_the_last_score_counts() -> None:
    old, new = (
        ShadowScore(1, "shadow-say", 7, 1, 10),
        ShadowScore(2, "shadow-say", 3, 1, 5),
    )
    assert [
        shadows.find_score_range(scores)
        for scores in ([], [old], [old, new], [new, old])
    ] == [
        *((1, 10), (1, 10), (1, 5), (1, 10)),
    ]


def test_promises_first_due_in_the_period_are_counted_by_fate() -> None:
    dated_judgements = [
        (date(2026, 1, 31), Judgement(Fate.KEPT, True)),
        (date(2026, 2, 1), Judgement(Fate.KEPT, True)),
        (date(2026, 2, 27), Judgement(Fate.MISSED, True)),
        (date(2026, 2, 28), Judgement(Fate.LATE, True)),
        (date(2026, 2, 10), Judgement(Fate.RELEASED, False)),
    ]
    tally = shadows.tally_period_fates(dated_judgements, date(2026, 2, 1), FEB)
    assert tally == Tally(kept=1, missed=1, released=1)


@pytest.mark.parametrize(
    ("count", "days", "rate"),
    [
        pytest.param(0, 31, 0.0, id="none"),
        pytest.param(4, 33, 0.8, id="to-one-place"),
        pytest.param(1, 140, 0.1, id="halves-up"),
        pytest.param(1, 141, 0.0, id="below-a-half"),
        pytest.param(3, 7, 3.0, id="one-week"),
        pytest.param(2, 1, 2.0, id="a-day-counts-as-a-week"),
    ],
)
def test_a_weekly_rate(count: int, days: int, rate: float) -> None:
    until = JAN + timedelta(days=days - 1)
    assert shadows.compute_weekly_rate(count, JAN, until) == rate


def test_trends_leave_out_what_was_not_answered() -> None:
    trends = shadows.build_shadow_trends(
        [review(JAN, 8, 3), review(FEB, None, 5), review(MAR, 7)], (1, 10)
    )
    assert trends == (
        Trend(
            "say", None, 1, 10, 8, 7, -1, 2, (TrendPoint(JAN, 8), TrendPoint(MAR, 7))
        ),
        Trend("act", None, 1, 10, 3, 5, 2, 2, (TrendPoint(JAN, 3), TrendPoint(FEB, 5))),
        Trend("gap", None, 0, 9, 5, 5, None, 1, (TrendPoint(JAN, 5),)),
    )


@pytest.mark.parametrize(
    ("scores", "extremes"),
    [
        ((), None),
        ((7,), None),
        ((7, 4), (["act"], 4, ["say"], 7)),
        ((6, 4, 5, 4), (["act", "measure"], 4, ["say"], 6)),
        ((None, 4, 9, 9), (["act"], 4, ["prioritise", "measure"], 9)),
        ((6, 6, 6, 6), (["say", "act", "prioritise", "measure"], 6) * 2),
    ],
)
def test_what_is_furthest_apart(
    scores: tuple[int | None, ...], extremes: object
) -> None:
    assert shadows.find_score_extremes(review(JAN, *scores)) == extremes
