"""Which rows were lost is told by what a total lacks, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.rules.lost_rows import (
    MODULUS,
    guess_original_sums,
    is_flipped_bit,
    pick_lost_rows,
)

ROW_SUM = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(ROW_SUM, min_size=1, max_size=30, unique=True), st.data())
def test_the_rows_that_were_lost_are_picked(
    row_sums: list[int], data: st.DataObject
) -> None:
    sums = dict(enumerate(row_sums))
    size = len(sums)
    counts = {count for count in (1, 2, size - 2, size - 1, size) if 0 < count <= size}
    count = data.draw(st.sampled_from(sorted(counts)))
    lost = data.draw(st.permutations(sorted(sums)))[:count]
    total = sum(sums[key] for key in lost) % MODULUS
    keys = pick_lost_rows(sums, count, total)
    assert keys is not None
    assert len(keys) == count
    assert sum(sums[key] for key in keys) % MODULUS == total


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_none_is_picked_where_none_fits(count: int) -> None:
    sums = {key: 1000 + key for key in range(5)}
    assert pick_lost_rows(sums, count, 7) is None


def test_the_sum_that_a_damaged_row_had_is_told_by_the_total() -> None:
    assert guess_original_sums([(5, 9), (7, 8)], 9 + 7) == (9, 7)
    assert guess_original_sums([(5, 9), (7, 8)], 1) is None
    assert guess_original_sums([], 0) == ()


def test_one_bit_is_told_from_two() -> None:
    assert is_flipped_bit(0b1010, 0b1000)
    assert not is_flipped_bit(0b1010, 0b1001)
    assert not is_flipped_bit(5, 5)
