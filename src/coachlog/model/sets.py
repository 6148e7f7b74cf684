"""Action learning sets: peers who work on each member's problem by asking questions.

Apart from the rest, because every command pays for making a class.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from coachlog.model.actions import Action, Promise
from coachlog.model.references import MemberRef
from coachlog.model.sessions import Answer

OWNER_HANDLE = "me"
"""The handle of the owner of the journal among the members of a set."""


class SetRole(StrEnum):
    """What someone is in a set; a facilitator and a (learning) coach do not present."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    COACH = "coach"


class Member(NamedTuple):
    """One person's time in a set; `person` is their number, None for the owner of the journal.

    `slug` is their handle, `me` for the owner. `id` numbers the time, not the person.
    """

    id: int
    person: int | None
    name: str
    slug: str
    role: SetRole
    joined_on: date
    left_on: date | None = None
    archived: bool = False

    @property
    def ref(self) -> MemberRef:
        """Return what a meeting keeps of a member who was there."""
        return MemberRef(self.id, self.person, self.name)


class LearningSet(NamedTuple):
    """An action learning set; `members` are all who ever were in it, in the order they came."""

    id: int
    uid: str
    name: str
    slug: str
    every_days: int | None = None
    rules_agreed_on: date | None = None
    archived: bool = False
    members: tuple[Member, ...] = ()

    def list_able_members(self, day: date) -> tuple[Member, ...]:
        """Return the members who can be at a meeting on a day: not left before it, not archived."""
        leading = {
            one.slug for one in self.list_current_members(None) if one.role is not SetRole.MEMBER
        }
        found = {
            one.slug: one
            for one in self.members
            if one.role is SetRole.MEMBER and not one.archived and (one.left_on or day) >= day
        }
        return tuple(one for slug, one in found.items() if slug not in leading)

    def restore_members(self, slugs: Collection[str]) -> "LearningSet":
        """Return the set as it was for a meeting under way: who is in its draft is still able."""
        return self._replace(
            members=tuple(
                one._replace(archived=False, left_on=None) if one.slug in slugs else one
                for one in self.members
            )
        )

    def list_current_members(self, role: SetRole | None = SetRole.MEMBER) -> tuple[Member, ...]:
        """Return those who have not left, in one role; of all roles for None."""
        return tuple(
            one for one in self.members if one.left_on is None and role in (None, one.role)
        )


class SetSummary(NamedTuple):
    """A set with how often it met, when last, and how many of its promises are open."""

    set: LearningSet
    meetings: int
    last_held: date | None
    open: int


class Slot(NamedTuple):
    """One member's turn in a meeting: their issue, what was asked and said, what they promised.

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
    """One slot as it was just told; `member` numbers the presenter's time in the set.

    Each promise comes with the number of the person in whose plan it stands, None for the owner.
    """

    member: int
    issue: str | None = None
    minutes: int | None = None
    answers: tuple[Answer, ...] = ()
    promises: tuple[tuple[int | None, Promise], ...] = ()


class MeetingRecord(NamedTuple):
    """What a meeting of a set holds beside its record: who came, and the slots in order.

    `promises` are those made outside of any slot.
    """

    present: tuple[int, ...]
    slots: tuple[SlotRecord, ...] = ()
    promises: tuple[tuple[int | None, Promise], ...] = ()

    @property
    def promise_count(self) -> int:
        """Return how many promises were made, in slots and outside of them."""
        return len(self.promises) + sum(len(turn.promises) for turn in self.slots)
