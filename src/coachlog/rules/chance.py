"""What a share can say: from how many on in per cent, and when two differ by more than chance."""

from math import sqrt

FEWEST_FOR_PERCENT = 10
"""A share of fewer than this many is a count: one promise more would move it by over ten points."""

Z_95 = 1.959964
"""The quantile of the standard normal distribution for a two-sided interval of 95 %."""

Z_97_5 = 2.241403
"""The same for 97.5 %: for each of two questions that are to be wrong in 5 % together."""


def round_percent(count: int, total: int) -> int:
    """Return a share in whole per cent, halves rounded up: 62.5 is 63.

    100 means all, and 0 means none: anything between them is from 1 to 99. Raises
    ZeroDivisionError for a share of none.
    """
    # In whole numbers, as a float has no exact half to round.
    percent = (200 * count + total) // (2 * total)
    if 0 < count < total:
        return min(max(percent, 1), 99)
    return percent


def compare_shares(
    count: int, total: int, before_count: int, before_total: int, z: float = Z_95
) -> int:
    """Return 1 if a share is clearly higher than before, -1 if clearly lower, else 0.

    Clearly: the interval of the difference leaves out 0. 0 as well where either share is of none.
    """
    if not total or not before_total:
        return 0
    low, high = compute_difference_interval(count, total, before_count, before_total, z)
    if low > 0:
        return 1
    if high < 0:
        return -1
    return 0


def compute_difference_interval(
    count: int, total: int, before_count: int, before_total: int, z: float = Z_95
) -> tuple[float, float]:
    """Return the ends of the interval of the difference of two shares, from -1 to 1.

    From two of Wilson's intervals (Newcombe 1998, method 10). Raises ZeroDivisionError where either
    share is of none.
    """
    share, before = count / total, before_count / before_total
    low, high = compute_wilson_interval(count, total, z)
    before_low, before_high = compute_wilson_interval(before_count, before_total, z)
    difference = share - before
    return (
        difference - sqrt((share - low) ** 2 + (before_high - before) ** 2),
        difference + sqrt((high - share) ** 2 + (before - before_low) ** 2),
    )


def compute_wilson_interval(
    count: int, total: int, z: float = Z_95
) -> tuple[float, float]:
    """Return the ends of Wilson's interval of a share, from 0 to 1 (Wilson 1927).

    Raises ZeroDivisionError for a share of none.
    """
    share = count / total
    middle = share + z * z / (2 * total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return (middle - half) / scale, (middle + half) / scale
