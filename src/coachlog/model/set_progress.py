"""The figures of one action learning set, from its meetings and promises.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.model.progress import Caveats, Slips, Tally, Trend
from coachlog.model.sets import Member
from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.model.comparisons import PeriodComparison
    from coachlog.model.ledger import Ledger


class QuestionCounts(NamedTuple):
    """How many questions were asked, and how many of them have which tag."""

    asked: int = 0
    open: int = 0
    closed: int = 0
    leading: int = 0

    @property
    def tagged(self) -> int:
        """Return how many questions have a tag."""
        return self.open + self.closed + self.leading

    @property
    def open_share(self) -> float | None:
        """Return the share (0 to 1) of tagged questions that are open; None if none is tagged."""
        if not self.tagged:
            return None
        return self.open / self.tagged


class MeetingFigures(NamedTuple):
    """One meeting of a set; `present` is how many members were there."""

    session: int
    held_on: date
    minutes: int | None
    present: int
    questions: QuestionCounts = QuestionCounts()


class MemberFigures(NamedTuple):
    """What one person did in a set over all their memberships, of which `member` is the last.

    `present` counts meetings, `turns` the slots in which they presented; `minutes` is how long
    these took, for the `minutes_noted` of them that have any, None if none of them has.
    `under_half` says whether `turn_share`, the turns for each meeting, is under half of
    `usual_share`; all three are None where nothing can be said.
    """

    member: Member
    present: int
    turns: int
    minutes: int | None
    promises: Tally
    under_half: bool | None = None
    turn_share: float | None = None
    usual_share: float | None = None
    minutes_noted: int = 0


class SetFigures(NamedTuple):
    """The figures of a set for a period, or for all time; `meetings` has the oldest first.

    `members` counts those who have not left, without facilitators and coaches. `promises` adds up
    `me` and `them`. `withheld` counts the private answers left out of `measures`.
    `comparison` is None where there is no period before to compare with.
    """

    name: str
    slug: str
    members: int
    meetings: tuple[MeetingFigures, ...]
    promises: Tally
    me: Tally
    them: Tally
    people: tuple[MemberFigures, ...]
    measures: tuple[Trend, ...] = ()
    since: date | None = None
    until: date | None = None
    withheld: int = 0
    id: int = 0
    uid: str = ""
    comparison: "PeriodComparison | None" = None
    me_slips: Slips = Slips()
    them_slips: Slips = Slips()
    me_caveats: Caveats = Caveats()
    them_caveats: Caveats = Caveats()


class SetProgressView(NamedTuple):
    """What `progress --set` shows; `ledger` is None unless it was asked for."""

    figures: SetFigures
    ledger: "Ledger | None" = None
