"""Action learning sets: peers who work on each member's problem by asking questions.

Apart from the rest, because every command pays for making a class.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from coachlog.model import Action, Answer

ME = "me"
"""The handle of the owner of the journal among the members of a set."""


class Role(StrEnum):
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
    role: Role
    joined_on: date
    left_on: date | None = None
    archived: bool = False


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

    def current(self, role: Role | None = Role.MEMBER) -> tuple[Member, ...]:
        """Return those who have not left, in one role; of all roles for None."""
        return tuple(
            one for one in self.members if one.left_on is None and role in (None, one.role)
        )


class Slot(NamedTuple):
    """One member's turn in a meeting: their issue, what was asked and said, what they promised.

    `number` counts from 1 in the order of the meeting; `presenter` is a name.
    """

    id: int
    uid: str
    number: int
    presenter: str
    minutes: int | None = None
    issue: str | None = None
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
