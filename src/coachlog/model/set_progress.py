"""What is summed up from the meetings of one action learning set.

Apart from the rest, because every command pays for making a class.
"""

from datetime import date
from typing import NamedTuple

from coachlog.model.progress import DecidedPromise, Tally, Trend
from coachlog.model.sets import Member


class QuestionCounts(NamedTuple):
    """How many questions were asked, and how many of them were tagged as what."""

    asked: int = 0
    open: int = 0
    closed: int = 0
    leading: int = 0

    @property
    def tagged(self) -> int:
        """Return how many questions someone decided on."""
        return self.open + self.closed + self.leading

    @property
    def open_share(self) -> float | None:
        """Return the share (0 to 1) of those tagged that are open; None when none is tagged."""
        return self.open / self.tagged if self.tagged else None


class MeetingFigures(NamedTuple):
    """One meeting that a set held; `present` is how many members were there."""

    session: int
    held_on: date
    minutes: int | None
    present: int
    questions: QuestionCounts = QuestionCounts()


class MemberFigures(NamedTuple):
    """What one person did in a set, over all their times in it; `member` is the last of these.

    `turns` are the slots they presented in, `minutes` what these took, None where nobody noted it;
    `present` counts meetings. `under_half` is None where it cannot be said.
    """

    member: Member
    present: int
    turns: int
    minutes: int | None
    promises: Tally
    under_half: bool | None = None


class SetFigures(NamedTuple):
    """The figures of a set, of a period or of all time; meetings come with the oldest first.

    `members` counts those who have not left, facilitators and coaches apart; `promises` are those
    of `me` and of `them`; `withheld` counts the private answers left out of `measures`.
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


class SetProgressView(NamedTuple):
    """What `progress --set` shows; `ledger` is None unless it was wanted.

    `private_promises` counts those in the ledger, with their words or without.
    """

    figures: SetFigures
    ledger: tuple[DecidedPromise, ...] | None = None
    private_promises: int = 0
