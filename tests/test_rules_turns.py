"""Whose turn it is in a set: nobody is judged by meetings they were not at, or by too few."""

import pytest

from coachlog.rules.turns import TurnComparison, compare_turn_shares

Turns = dict[str, tuple[int, int]]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param({}, {}, id="nobody"),
        pytest.param(
            {"a": (0, 2), "b": (1, 2), "c": (1, 2)}, {}, id="two-meetings-are-too-few"
        ),
        pytest.param(
            {"a": (0, 9), "b": (3, 9), "c": (1, 2)}, {}, id="two-members-are-too-few"
        ),
        pytest.param(
            {"a": (0, 3), "b": (1, 3), "c": (1, 3)},
            {"a": True, "b": False, "c": False},
            id="three-at-three",
        ),
        pytest.param(
            {"a": (1, 4), "b": (2, 4), "c": (2, 4)},
            {"a": False, "b": False, "c": False},
            id="half-is-not-under-half",
        ),
        pytest.param(
            {"a": (1, 5), "b": (2, 4), "c": (2, 4)},
            {"a": True, "b": False, "c": False},
            id="just-under-half",
        ),
        pytest.param(
            {"late": (1, 3), "b": (4, 12), "c": (4, 12)},
            {"late": False, "b": False, "c": False},
            id="who-came-late-is-measured-by-their-own-meetings",
        ),
        pytest.param(
            {"ill": (0, 2), "b": (1, 3), "c": (1, 3), "d": (1, 3)},
            {"b": False, "c": False, "d": False},
            id="who-was-at-two-is-left-out",
        ),
        pytest.param(
            {"a": (0, 3), "b": (0, 3), "c": (3, 3)},
            {"a": False, "b": False, "c": False},
            id="no-usual-share-where-most-had-none",
        ),
        pytest.param(
            {"a": (0, 4), "b": (1, 4), "c": (3, 4), "d": (4, 4)},
            {"a": True, "b": False, "c": False, "d": False},
            id="of-an-even-number-the-middle-two",
        ),
    ],
)
def test_under_half_the_usual_share_of_turns(
    turns: Turns, expected: dict[str, bool]
) -> None:
    comparisons = compare_turn_shares(turns)
    flags = {member: comparisons[member].under_half for member in comparisons}
    assert flags == expected


def test_both_shares_are_given() -> None:
    found = compare_turn_shares({"a": (1, 6), "b": (3, 6), "c": (2, 4)})
    assert found == {
        "a": TurnComparison(1 / 6, 0.5),
        "b": TurnComparison(0.5, 0.5),
        "c": TurnComparison(0.5, 0.5),
    }
