"""Whose turn it is in an action learning set, as a pure function."""

from collections.abc import Mapping
from typing import TypeVar

from coachlog.rules.figures import compute_median

MemberKey = TypeVar("MemberKey")

FEWEST_MEETINGS, FEWEST_MEMBERS = 3, 3
"""Meetings that someone must have been at, and members who must have been, to be compared."""


def judge_turn_shares(turns: Mapping[MemberKey, tuple[int, int]]) -> dict[MemberKey, bool]:
    """Return, by member, whether they had under half the usual share of turns as presenter.

    `turns` is how often each presented and at how many meetings they were; their share is the one
    through the other, so who came late or was ill is not judged by the meetings without them. The
    usual share is the median (docs/figures.md). Left out is who was at fewer than three
    meetings; all are, where fewer than three members are left.
    """
    shares = {
        who: had / present for who, (had, present) in turns.items() if present >= FEWEST_MEETINGS
    }
    if len(shares) < FEWEST_MEMBERS:
        return {}
    usual = compute_median(list(shares.values()))
    return {who: share < usual / 2 for who, share in shares.items()}
