"""The support between two meetings of a set: offers and asks, pairs of buddies, check-ins."""

from datetime import date
from enum import StrEnum

from coachlog.model.references import MemberRef, SetRef
from coachlog.model.sets import LearningSet, Member
from coachlog.named_tuples import NamedTuple


class SupportKind(StrEnum):
    """What a line about support is."""

    OFFER = "offer"
    ASK = "ask"


class SupportLine(NamedTuple):
    """What a member of a set offers the others until they meet again, or asks of them.

    It belongs to the set, as what is said in its meetings does. `done_on` is the day on which it
    was closed, None while it is open.
    """

    id: int
    uid: str
    set: SetRef
    member: MemberRef
    kind: SupportKind
    words: str
    written_on: date
    done_on: date | None = None

    @property
    def private(self) -> bool:
        """Return False: it is for the whole set, and for nobody else."""
        return False


class BuddyPair(NamedTuple):
    """Two members (or three) who look after each other until the set meets again."""

    members: tuple[Member, ...]
    check_in: date | None = None

    @property
    def refs(self) -> tuple[MemberRef, ...]:
        """Return who they are, for words about them."""
        return tuple(member.ref for member in self.members)


class AgreedCheckIn(NamedTuple):
    """The day that a member, by their membership, agreed with their buddy; None takes it back."""

    member: int
    on: date | None


class HelpCount(NamedTuple):
    """How often somebody helped between meetings, and how many meetings recorded any of it."""

    helps: int = 0
    meetings: int = 0


class SetSupport(NamedTuple):
    """What a set does between two meetings; `meetings` is how many it has held.

    `lines` are its offers and asks, the oldest first. `last_held` is the day of its last meeting.
    """

    set: LearningSet
    meetings: int
    pairs: tuple[BuddyPair, ...]
    lines: tuple[SupportLine, ...]
    helped: HelpCount
    last_held: date | None = None

    def list_lines(self, kind: SupportKind) -> list[SupportLine]:
        """Return the offers, or the asks."""
        return [line for line in self.lines if line.kind is kind]
