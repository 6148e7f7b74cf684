"""Action learning sets: peers who work on each member's problem by asking questions.

In a module of its own because every command would pay for creating these classes.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from coachlog.model.actions import Action, Promise
from coachlog.model.references import MemberRef
from coachlog.model.sessions import Answer
from coachlog.named_tuples import NamedTuple

OWNER_HANDLE = "me"
"""The handle of the owner of the journal among the members of a set."""


class SetRole(StrEnum):
    """The role of someone in a set; facilitators and (learning) coaches do not present."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    COACH = "coach"


class Member(NamedTuple):
    """One membership: a person's time in a set, from `joined_on` to `left_on`.

    `id` is the number of the membership, `person` that of the person, None for the owner of the
    journal. `slug` is their handle, `me` for the owner; `other_handles` find them, too.
    """

    id: int
    person: int | None
    name: str
    slug: str
    role: SetRole
    joined_on: date
    left_on: date | None = None
    archived: bool = False
    other_handles: tuple[str, ...] = ()
    uid: str = ""

    @property
    def ref(self) -> MemberRef:
        """Return the reference by which a meeting records that the member was there."""
        return MemberRef(self.id, self.person, self.name)


class LearningSet(NamedTuple):
    """An action learning set; `members` are all memberships ever, in the order they began."""

    id: int
    uid: str
    name: str
    slug: str
    every_days: int | None = None
    every_months: int | None = None
    rules_agreed_on: date | None = None
    archived: bool = False
    members: tuple[Member, ...] = ()

    def list_members_on(self, day: date) -> tuple[Member, ...]:
        """Return the members who can be at a meeting on a day, each by their latest membership.

        Members who left before that day, archived ones and anyone now a facilitator or coach are
        left out.
        """
        members = {}
        for member in self.members:
            has_left = member.left_on is not None and member.left_on < day
            if member.role is SetRole.MEMBER and not member.archived and not has_left:
                members[member.slug] = member
        # A member may by now lead the set, under a later membership.
        for member in self.list_current_members(None):
            if member.role is not SetRole.MEMBER:
                members.pop(member.slug, None)
        return tuple(members.values())

    def restore_members(self, slugs: Collection[str]) -> "LearningSet":
        """Return the set as it was for a meeting under way: members in its draft can still come."""
        members = []
        for member in self.members:
            if member.slug in slugs:
                member = member._replace(archived=False, left_on=None)
            members.append(member)
        return self._replace(members=tuple(members))

    def list_current_members(
        self, role: SetRole | None = SetRole.MEMBER
    ) -> tuple[Member, ...]:
        """Return those in one role, or in any role for None, who have not left."""
        members = []
        for member in self.members:
            if member.left_on is None and role in (None, member.role):
                members.append(member)
        return tuple(members)


class MeetingDays(NamedTuple):
    """When a set last met, the day that was then agreed for the next, and those cancelled since.

    `session` is the number of that last meeting.
    """

    last_held: date | None = None
    agreed: date | None = None
    cancelled: tuple[date, ...] = ()
    session: int | None = None


class SetSummary(NamedTuple):
    """A set with the number of its meetings and open promises, and the day it last met.

    `next_meeting` is the day agreed for the next one, or else that of its rhythm, which can be
    past.
    """

    set: LearningSet
    meetings: int
    last_held: date | None
    open: int
    next_meeting: date | None = None


class Slot(NamedTuple):
    """One member's turn in a meeting: their issue, the answers, and the promises made in it.

    `number` counts from 1 in the order of the meeting.
    """

    id: int
    uid: str
    number: int
    presenter: MemberRef
    minutes: int | None = None
    issue: str | None = None
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()


class SlotRecord(NamedTuple):
    """One slot, ready to be stored; `member` is the number of the presenter's membership.

    Each promise comes with the number of the person whose plan it goes into, None for the owner's.
    """

    member: int
    issue: str | None = None
    minutes: int | None = None
    answers: tuple[Answer, ...] = ()
    promises: tuple[tuple[int | None, Promise], ...] = ()


class MeetingRecord(NamedTuple):
    """The part of a record that only a set's meeting has: who was present, and the slots in order.

    `present` are the numbers of memberships; `promises` are those made outside any slot.
    """

    present: tuple[int, ...]
    slots: tuple[SlotRecord, ...] = ()
    promises: tuple[tuple[int | None, Promise], ...] = ()

    @property
    def promise_count(self) -> int:
        """Return how many promises were made, in slots and outside them."""
        return len(self.list_promises())

    def list_promises(self) -> list[tuple[int | None, Promise]]:
        """Return every promise, those in slots last, each with whose plan it goes into."""
        promises = list(self.promises)
        for slot in self.slots:
            promises += slot.promises
        return promises
