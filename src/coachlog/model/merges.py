"""What is looked at before two people in the journal become one."""

from datetime import date

from coachlog.named_tuples import NamedTuple


class PersonContents(NamedTuple):
    """How much belongs to a person; `promises_elsewhere` are theirs in other people's plans."""

    conversations: int = 0
    drafts: int = 0
    promises: int = 0
    goals: int = 0
    notes: int = 0
    encounters: int = 0
    memberships: int = 0
    promises_elsewhere: int = 0


class SharedMeeting(NamedTuple):
    """A conversation in which two people were; `id` is its number."""

    id: int
    title: str
    held_on: date


class SharedSet(NamedTuple):
    """An action learning set in which two people are."""

    name: str
    slug: str
