"""When the home page reminds of the owner's own tank, and when there is a kind word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.tank_entries import TankLevel, TankReminder
from coachlog.rules.tank_weeks import (
    find_first_reminded_day,
    has_low_weeks,
    remind_of_tank,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "is_said"),
    [
        pytest.param(0, False, id="today"),
        pytest.param(6, False, id="less-than-a-week"),
        pytest.param(7, True, id="a-week"),
        pytest.param(8, True, id="eight-days"),
        pytest.param(20, True, id="nearly-three-weeks"),
        pytest.param(21, False, id="three-weeks-of-silence"),
        pytest.param(400, False, id="a-year-of-silence"),
        pytest.param(-1, False, id="tomorrow-after-a-flight-west"),
    ],
)
def test_the_home_page_reminds_for_two_weeks_only(days: int, is_said: bool) -> None:
    last = MONDAY - timedelta(days=days)
    expected = TankReminder(last, days) if is_said else None
    assert remind_of_tank(last, MONDAY) == expected


def test_nobody_is_reminded_before_the_first_entry() -> None:
    assert remind_of_tank(None, MONDAY) is None


@given(today=st.dates(), days=st.integers(0, 60))
def test_what_is_read_is_all_that_is_reminded_of(today: date, days: int) -> None:
    """An entry before the first day that is looked at would not have been reminded of."""
    if days >= today.toordinal():
        return
    last = today - timedelta(days=days)
    if last < find_first_reminded_day(today):
        assert remind_of_tank(last, today) is None


def levels(*values: tuple[int, int]) -> list[TankLevel]:
    """Return values, each so many days after a Monday."""
    return [TankLevel(MONDAY + timedelta(days=days), value) for days, value in values]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([], False, id="none"),
        pytest.param([(0, 1), (7, 1)], False, id="two-weeks"),
        pytest.param([(0, 3), (7, 3), (14, 3)], True, id="three-weeks-at-three"),
        pytest.param([(0, 3), (7, 4), (14, 3)], False, id="four-is-not-low"),
        pytest.param([(0, 2), (7, 2), (14, 4)], False, id="the-last-is-better"),
        pytest.param([(0, 9), (7, 2), (14, 2), (21, 1)], True, id="the-last-three"),
        pytest.param([(0, 1), (1, 1), (2, 1)], False, id="three-in-one-week"),
        pytest.param([(0, 1), (6, 1), (7, 1)], False, id="two-weeks-of-three-entries"),
        pytest.param([(0, 2), (7, 2), (14, 8), (15, 2)], True, id="last-of-its-week"),
        pytest.param([(0, 2), (7, 2), (14, 2), (15, 8)], False, id="better-next-day"),
        # From a Monday to the Sunday of the next week is 13 days, and still a week after it.
        pytest.param([(0, 2), (13, 2), (14, 2)], True, id="thirteen-days-apart"),
        pytest.param([(6, 2), (16, 2), (26, 2)], True, id="ten-days-with-a-week-out"),
        pytest.param([(6, 2), (17, 2), (24, 2)], False, id="eleven-with-a-week-out"),
        pytest.param([(0, 2), (14, 2), (21, 2)], False, id="a-week-left-out"),
        pytest.param([(14, 2), (0, 2), (7, 2)], True, id="in-any-order"),
    ],
)
def test_three_low_weeks_in_a_row(
    values: list[tuple[int, int]], expected: bool
) -> None:
    last = max((days for days, _ in values), default=0)
    today = MONDAY + timedelta(days=last)
    assert has_low_weeks(levels(*values), today) is expected


def test_weeks_follow_each_other_into_a_new_year() -> None:
    """2026 has 53 ISO weeks: weeks are not numbered one after the other."""
    days = [date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 17)]
    assert has_low_weeks([TankLevel(day, 2) for day in days], days[-1])


@pytest.mark.parametrize(("days", "expected"), [(0, True), (20, True), (21, False)])
def test_what_is_three_weeks_old_is_past(days: int, expected: bool) -> None:
    today = MONDAY + timedelta(days=14 + days)
    assert has_low_weeks(levels((0, 1), (7, 1), (14, 1)), today) is expected
