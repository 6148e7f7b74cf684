"""Whose turn it is in an action learning set, as a pure function."""

from collections.abc import Mapping
from typing import TypeVar

from coachlog.rules.figures import median

Who = TypeVar("Who")

MEETINGS, MEMBERS = 3, 3
"""Meetings that someone must have been at, and members who must have been, to be compared."""


def under_half(turns: Mapping[Who, tuple[int, int]]) -> dict[Who, bool]:
    """Return, by member, whether they had under half the usual share of turns as presenter.

    `turns` is how often each presented and at how many meetings they were; their share is the one
    through the other, so who came late or was ill is not judged by the meetings without them. The
    usual share is the median (docs/figures.md). Left out is who was at fewer than three
    meetings; all are, where fewer than three members are left.
    """
    shares = {who: had / present for who, (had, present) in turns.items() if present >= MEETINGS}
    if len(shares) < MEMBERS:
        return {}
    usual = median(list(shares.values()))
    return {who: share < usual / 2 for who, share in shares.items()}
