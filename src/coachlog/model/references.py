"""References to people and sets: the number to look up, and the name to show.

A name can change, or pass to someone else, so nothing is looked up by name.
"""

from coachlog.named_tuples import NamedTuple


class PersonRef(NamedTuple):
    """A person in the journal; its owner has no number and so no reference."""

    id: int
    name: str


class MemberRef(NamedTuple):
    """One person's membership of a set; `person` is their number, None for the journal's owner."""

    id: int
    person: int | None
    name: str


class SetRef(NamedTuple):
    """An action learning set."""

    id: int
    name: str
