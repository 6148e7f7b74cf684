"""Who or which set something belongs to: by number, with the name to show beside it.

A name can change, and someone else can take it; so nothing is looked up by one.
"""

from typing import NamedTuple


class PersonRef(NamedTuple):
    """A person of the journal; the owner of it has no number, and no reference."""

    id: int
    name: str


class MemberRef(NamedTuple):
    """One person's time in a set; `person` is their number, None for the owner of the journal."""

    id: int
    person: int | None
    name: str


class SetRef(NamedTuple):
    """An action learning set."""

    id: int
    name: str
