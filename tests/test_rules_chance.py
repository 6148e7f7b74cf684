"""What a share can say, and when two of them differ by more than chance would explain."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.phrasing.values import describe_share
from coachlog.rules import chance

SHARES = st.integers(1, 60).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
LARGE_SHARES = st.integers(1, 10**18).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [
        pytest.param(0, 0, "", id="of-none"),
        pytest.param(0, 9, "0 of 9", id="none-of-few"),
        pytest.param(9, 9, "9 of 9", id="all-of-few"),
        pytest.param(3, 4, "3 of 4", id="few"),
        pytest.param(5, 10, "50% (5 of 10)", id="ten"),
        pytest.param(10, 16, "63% (10 of 16)", id="62.5-half-up"),
        pytest.param(9, 24, "38% (9 of 24)", id="37.5-half-up"),
        pytest.param(1, 40, "3% (1 of 40)", id="2.5-half-up"),
        pytest.param(23, 200, "12% (23 of 200)", id="11.5-half-up"),
        pytest.param(29, 200, "15% (29 of 200)", id="14.5-is-below-it-as-a-float"),
        pytest.param(0, 16, "0% (0 of 16)", id="none"),
        pytest.param(16, 16, "100% (16 of 16)", id="all"),
        pytest.param(1, 1000, "1% (1 of 1000)", id="nearly-none"),
        pytest.param(999, 1000, "99% (999 of 1000)", id="nearly-all"),
        pytest.param(199, 200, "99% (199 of 200)", id="99.5"),
    ],
)
def test_a_share_is_a_count_below_ten_and_else_a_percentage_with_its_counts(
    count: int, total: int, expected: str
) -> None:
    assert describe_share(count, total) == expected


@given(LARGE_SHARES)
def test_a_percentage_is_half_up_and_0_or_100_only_for_none_or_all(
    share: tuple[int, int],
) -> None:
    count, total = share
    percent = chance.round_percent(count, total)
    assert (percent == 0) == (count == 0)
    assert (percent == 100) == (count == total)
    exact = Fraction(100 * count, total)
    if Fraction(1, 2) <= exact < Fraction(199, 2):
        assert percent == int(exact + Fraction(1, 2))


@given(st.integers(10, 500), st.data())
def test_a_larger_share_has_no_smaller_percentage(
    total: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, total - 1))
    assert chance.round_percent(count, total) <= chance.round_percent(count + 1, total)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        pytest.param(81, 263, 0.2553, 0.3662, id="newcombe-1998-table-1"),
        pytest.param(15, 148, 0.0624, 0.1605, id="newcombe-1998-table-1-small"),
        pytest.param(0, 20, 0.0000, 0.1611, id="newcombe-1998-none"),
        pytest.param(1, 29, 0.0061, 0.1718, id="newcombe-1998-one"),
    ],
)
def test_wilsons_interval_is_as_published(
    count: int, total: int, low: float, high: float
) -> None:
    interval = chance.compute_wilson_interval(count, total)
    assert [round(end, 4) for end in interval] == [low, high]


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        pytest.param((56, 70), (48, 80), 0.0524, 0.3339, id="a"),
        pytest.param((9, 10), (3, 10), 0.1705, 0.8090, id="b"),
        pytest.param((6, 7), (2, 7), 0.0582, 0.8062, id="c"),
        pytest.param((5, 56), (0, 29), -0.0381, 0.1926, id="d"),
        pytest.param((0, 10), (0, 20), -0.1611, 0.2775, id="e"),
        pytest.param((0, 10), (0, 10), -0.2775, 0.2775, id="f"),
        pytest.param((10, 10), (0, 20), 0.6791, 1.0000, id="g"),
        pytest.param((10, 10), (0, 10), 0.6075, 1.0000, id="h"),
    ],
)
def test_newcombes_interval_is_as_published(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998 (the difference of two proportions), Table II, method 10."""
    interval = chance.compute_difference_interval(*now, *before)
    assert [round(end, 4) for end in interval] == [low, high]


@given(SHARES, SHARES)
def test_a_difference_is_within_its_interval(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    low, high = chance.compute_difference_interval(*now, *before)
    difference = now[0] / now[1] - before[0] / before[1]
    assert -1.000001 <= low <= difference <= high <= 1.000001
    if difference == 0:
        assert chance.compare_shares(*now, *before) == 0


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        pytest.param((56, 70), (48, 80), 1, id="a-0.0524-to-0.3339"),
        pytest.param((9, 10), (3, 10), 1, id="b-0.1705-to-0.8090"),
        pytest.param((5, 56), (0, 29), 0, id="d-minus-0.0381-to-0.1926"),
        pytest.param((10, 10), (0, 10), 1, id="h-0.6075-to-1"),
        pytest.param((0, 10), (10, 10), -1, id="h-turned-round"),
        pytest.param((3, 4), (2, 4), 0, id="few"),
        pytest.param((4, 4), (4, 4), 0, id="the-same"),
        pytest.param((0, 0), (4, 4), 0, id="none-now"),
        pytest.param((4, 4), (0, 0), 0, id="none-before"),
    ],
)
def test_a_difference_is_clear_or_could_be_chance(
    now: tuple[int, int], before: tuple[int, int], expected: int
) -> None:
    assert chance.compare_shares(*now, *before) == expected


@given(SHARES, SHARES)
def test_turned_round_a_difference_has_the_other_sign(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    assert chance.compare_shares(*now, *before) == -chance.compare_shares(*before, *now)


@given(SHARES, SHARES)
def test_a_wider_interval_makes_nothing_clear(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    clear = chance.compare_shares(*now, *before)
    clearer = chance.compare_shares(*now, *before, z=chance.Z_97_5)
    assert clearer in (0, clear)


@pytest.mark.parametrize(
    ("totals", "most"),
    [
        pytest.param((5, 7, 8, 10, 16, 20, 30), 0.09, id="from-five-on"),
        pytest.param((1, 2, 3, 4, 8, 12, 30), 0.13, id="fewer"),
    ],
)
def test_the_same_share_is_seldom_called_different(
    totals: tuple[int, ...], most: float
) -> None:
    """docs/figures.md says so: in up to 9 of 100 comparisons, or 13 with under five promises."""
    for share in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 0.95):
        for total in totals:
            for before_total in totals:
                wrong = find_chance_of_difference(share, total, before_total)
                assert wrong <= most, (share, total, before_total)


def find_chance_of_difference(share: float, total: int, before_total: int) -> float:
    """Return how often two samples from the same people differ clearly."""
    return sum(
        find_chance(share, count, total)
        * find_chance(share, before_count, before_total)
        for count in range(total + 1)
        for before_count in range(before_total + 1)
        if chance.compare_shares(count, total, before_count, before_total)
    )


def find_chance(share: float, count: int, total: int) -> float:
    """Return how likely so many of the total are, from the binomial distribution."""
    return comb(total, count) * share**count * (1 - share) ** (total - count)
