"""Whose turn it is in an action learning set, as a pure function."""

from collections.abc import Mapping
from typing import TypeVar

from coachlog.named_tuples import NamedTuple
from coachlog.rules.figures import compute_median

MemberKey = TypeVar("MemberKey")

FEWEST_MEETINGS, FEWEST_MEMBERS = 3, 3
"""How many meetings someone must have been at, and how many such members it takes, to compare."""


class TurnComparison(NamedTuple):
    """One member's share of turns, as turns for each meeting, beside the usual share."""

    share: float
    usual_share: float

    @property
    def under_half(self) -> bool:
        """Return whether the share is under half the usual one."""
        return self.share < self.usual_share / 2


def compare_turn_shares(
    turns: Mapping[MemberKey, tuple[int, int]],
) -> dict[MemberKey, TurnComparison]:
    """Return, by member, their share of turns as presenter beside the usual one.

    `turns` has, for each member, how often they presented and how many meetings they were at.
    Their share is the first divided by the second, so nobody is judged by meetings they missed; the
    usual share is the median (docs/figures.md). Members who were at fewer than three meetings are
    left out, and nobody is compared where fewer than three members remain.
    """
    shares = {}
    for member, (turn_count, meeting_count) in turns.items():
        if meeting_count >= FEWEST_MEETINGS:
            shares[member] = turn_count / meeting_count
    # Among fewer, one turn more or less is chance.
    if len(shares) < FEWEST_MEMBERS:
        return {}
    usual_share = compute_median(list(shares.values()))
    return {
        member: TurnComparison(share, usual_share) for member, share in shares.items()
    }
