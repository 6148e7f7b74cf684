"""The people the owner works with, and the relationship with each."""

from datetime import date
from enum import StrEnum

from coachlog.named_tuples import NamedTuple


class Relationship(StrEnum):
    REPORT = "report"
    COACHEE = "coachee"
    PEER = "peer"
    MANAGER = "manager"
    MENTEE = "mentee"
    COACH = "coach"
    MENTOR = "mentor"
    SUPERVISOR = "supervisor"


class Direction(StrEnum):
    """Towards whom a promise of the owner's points: their team, their peers, those above them."""

    TEAM = "team"
    ACROSS = "across"
    UP = "up"


class Person(NamedTuple):
    """Someone the owner talks with, every so many days or calendar months, if either is given.

    `other_handles` are those of people merged with them.
    """

    id: int
    uid: str
    name: str
    slug: str
    relationship: Relationship
    role: str | None = None
    team: str | None = None
    every_days: int | None = None
    every_months: int | None = None
    archived: bool = False
    paused_until: date | None = None
    other_handles: tuple[str, ...] = ()


class Contact(NamedTuple):
    """When the last talk with someone was held, and how many of their promises are open.

    `last_met` is the last day on which they were spoken to without a conversation.
    """

    person: Person
    last_held: date | None
    open: int
    last_met: date | None = None
