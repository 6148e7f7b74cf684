"""Which days are compared, and when promises were kept more often than before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.comparisons import (
    ComparedDays,
    ShareChange,
    ShareComparison,
    TallyComparison,
)
from coachlog.model.progress import Share, Tally
from coachlog.rules.comparisons import (
    compare_tallies,
    find_compared_days,
    find_compared_quarters,
)

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1971, 1, 1), date(2199, 12, 31))
ONE_DAY = timedelta(days=1)


def day(words: str) -> date:
    return date.fromisoformat(words)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(
            *("2026-10-01", "2026-10-31"),
            ("2026-10-01", "2026-10-31", "2026-08-31", "2026-09-30"),
            id="31-days",
        ),
        pytest.param(
            *("2024-03-01", "2024-03-01"),
            ("2024-03-01", "2024-03-01", "2024-02-29", "2024-02-29"),
            id="one-day-after-a-leap-day",
        ),
        pytest.param(
            *("2026-11-20", None),
            ("2026-11-20", "2026-11-23", "2026-11-16", "2026-11-19"),
            id="up-to-today",
        ),
        pytest.param(
            *("2026-11-20", "2026-12-31"),
            ("2026-11-20", "2026-11-23", "2026-11-16", "2026-11-19"),
            id="days-to-come-do-not-count",
        ),
        pytest.param(None, "2026-10-31", None, id="without-a-first-day"),
        pytest.param(None, None, None, id="all-time"),
        pytest.param("2026-11-24", "2026-12-31", None, id="still-to-come"),
    ],
)
def test_a_period_is_compared_with_as_many_days_before_it(
    since: str | None, until: str | None, expected: tuple[str, ...] | None
) -> None:
    days = find_compared_days(
        day(since) if since else None, day(until) if until else None, TODAY
    )
    assert days == (ComparedDays(*map(day, expected)) if expected else None)


@given(DAYS, DAYS, DAYS)
def test_both_periods_have_the_same_length_and_touch(
    since: date, until: date, today: date
) -> None:
    days = find_compared_days(since, until, today)
    if days is None:
        assert since > min(until, today)
        return
    assert days.before_until + ONE_DAY == days.since == since
    assert days.until - days.since == days.before_until - days.before_since
    assert days.until == min(until, today)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(
            "2026-11-23",
            ("2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30"),
            id="in-a-quarter",
        ),
        pytest.param(
            "2026-12-30",
            ("2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30"),
            id="the-day-before-its-last",
        ),
        pytest.param(
            "2026-12-31",
            ("2026-10-01", "2026-12-31", "2026-07-01", "2026-09-30"),
            id="its-last-day",
        ),
        pytest.param(
            "2027-01-01",
            ("2026-10-01", "2026-12-31", "2026-07-01", "2026-09-30"),
            id="new-year",
        ),
        pytest.param(
            "2024-04-01",
            ("2024-01-01", "2024-03-31", "2023-10-01", "2023-12-31"),
            id="with-a-leap-day",
        ),
    ],
)
def test_whole_quarters_up_to_today(today: str, expected: tuple[str, ...]) -> None:
    assert find_compared_quarters(day(today)) == ComparedDays(*map(day, expected))


@given(DAYS)
def test_two_whole_quarters_of_the_calendar_are_over(today: date) -> None:
    days = find_compared_quarters(today)
    assert days.until <= today < days.until + timedelta(days=92)
    assert days.before_until + ONE_DAY == days.since
    for first in (days.before_since, days.since, days.until + ONE_DAY):
        assert (first.day, first.month % 3) == (1, 1)
    for first, last in (days[:2], days[2:]):
        assert 90 <= (last - first).days + 1 <= 92


def test_each_ratio_is_compared_by_itself() -> None:
    before = Tally(kept=9)
    now = Tally(kept=2, kept_as_reagreed=5, kept_late=1, missed=1)
    assert compare_tallies(now, before) == TallyComparison(
        first_date=ShareComparison(Share(2, 9), Share(9, 9), ShareChange.FEWER),
        as_agreed=ShareComparison(Share(7, 9), Share(9, 9), ShareChange.UNCLEAR),
    )
    turned = compare_tallies(before, now)
    assert turned.first_date.change is ShareChange.MORE


@pytest.mark.parametrize(
    ("now", "before"),
    [
        pytest.param(Tally(), Tally(kept=3), id="none-now"),
        pytest.param(Tally(kept=3), Tally(released=2, pending=1), id="none-before"),
        pytest.param(Tally(), Tally(), id="none"),
    ],
)
def test_a_share_of_none_is_compared_with_nothing(now: Tally, before: Tally) -> None:
    assert [ratio.change for ratio in compare_tallies(now, before)] == [None, None]
