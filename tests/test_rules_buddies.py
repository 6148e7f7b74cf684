"""Who is paired with whom between two meetings: a round robin, moved on by each meeting."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.set_support import AgreedCheckIn
from coachlog.rules.buddies import find_check_in, pair_buddies

FRIDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 7)


@pytest.mark.parametrize(
    ("members", "meetings", "expected"),
    [
        pytest.param("", 0, [], id="nobody"),
        pytest.param("A", 3, [], id="one-alone"),
        pytest.param("AB", 0, ["AB"], id="two"),
        pytest.param("AB", 7, ["AB"], id="two-later"),
        pytest.param("ABC", 0, ["ABC"], id="three-are-a-three"),
        pytest.param("ABC", 1, ["ABC"], id="three-later"),
        pytest.param("ABCD", 0, ["AD", "BC"], id="four-before-the-first-meeting"),
        pytest.param("ABCD", 1, ["AC", "BD"], id="four-after-one"),
        pytest.param("ABCD", 2, ["AB", "CD"], id="four-after-two"),
        pytest.param("ABCD", 3, ["AD", "BC"], id="four-begin-again"),
        pytest.param("ABCDE", 0, ["ABE", "CD"], id="five"),
        pytest.param("ABCDE", 1, ["AC", "BDE"], id="five-later-another-three"),
    ],
)
def test_pairs(members: str, meetings: int, expected: list[str]) -> None:
    assert ["".join(group) for group in pair_buddies(members, meetings)] == expected


@given(st.integers(1, 10), st.integers(0, 30))
def test_an_even_number_meets_everybody_once_before_anybody_twice(
    half: int, start: int
) -> None:
    members = range(2 * half)
    rounds = range(start, start + 2 * half - 1)
    met = Counter(pair for number in rounds for pair in pair_buddies(members, number))
    assert met == Counter(combinations(members, 2))


@given(st.integers(2, 21), st.integers(0, 50))
def test_everybody_is_in_one_group_of_two_and_an_odd_number_has_one_three(
    size: int, meetings: int
) -> None:
    groups = pair_buddies(range(size), meetings)
    assert sorted(member for group in groups for member in group) == [*range(size)]
    sizes = Counter(map(len, groups))
    assert sizes[3] == size % 2
    assert set(sizes) <= {2, 3}


@given(st.integers(1, 8), st.integers(0, 20))
def test_of_an_odd_number_everybody_is_the_odd_one_out_once_in_turn(
    half: int, start: int
) -> None:
    """So everybody has had everybody else within as many meetings as there are members."""
    size = 2 * half + 1
    pairs = {
        pair
        for meetings in range(start, start + size)
        for group in pair_buddies(range(size), meetings)
        for pair in combinations(group, 2)
    }
    assert pairs == {*combinations(range(size), 2)}


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param([(3, FRIDAY)], None, id="of-another-pair"),
        pytest.param([(1, FRIDAY)], None, id="one-agreed-with-somebody-else"),
        pytest.param([(1, FRIDAY), (2, FRIDAY)], FRIDAY, id="both"),
        pytest.param([(1, FRIDAY), (2, MONDAY)], None, id="each-with-somebody-else"),
        pytest.param(
            [(1, FRIDAY), (2, FRIDAY), (1, MONDAY), (2, MONDAY)],
            MONDAY,
            id="the-latest-counts",
        ),
        pytest.param(
            [(1, FRIDAY), (2, FRIDAY), (1, None), (2, None)], None, id="taken-back"
        ),
        pytest.param(
            [(1, FRIDAY), (2, FRIDAY), (3, None)], FRIDAY, id="another-pair-takes-back"
        ),
    ],
)
def test_the_day_to_check_in(
    agreed: list[tuple[int, date | None]], expected: date | None
) -> None:
    check_ins = [AgreedCheckIn(*each) for each in agreed]
    assert find_check_in({1, 2}, check_ins) == expected
