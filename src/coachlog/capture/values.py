"""What is read from notes, and what it takes to read them."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from coachlog.model.actions import THEM
from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple

ME = "me"
"""The owner of a promise that the owner of the journal made."""

Owner = PersonRef | str
"""Whose a promise is: a person of the journal, `ME`, or a name that already stands as an owner."""


class Doubt(StrEnum):
    """What is not certain about a promise that was read."""

    WHO = "who"
    WHEN = "when"


UNCLEAR_WORDS = "not clear from your words"
DOUBT_WORDS = {Doubt.WHO: "whose it is", Doubt.WHEN: "by when"}
"""What is not clear, for each doubt: it stands behind `UNCLEAR_WORDS`."""


class KnownPerson(Protocol):
    """Someone in the journal, as `model.Person` is one."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def archived(self) -> bool: ...

    @property
    def other_handles(self) -> tuple[str, ...]: ...


class CaptureContext(NamedTuple):
    """What notes are read with: the day from which dates count, and whose names are names.

    `others` are those in the conversation besides the owner, `known` everyone else in the journal.
    `owners` are names that already stand as owner in a text that is edited; `my_name` is the
    owner's own.
    """

    held_on: date
    others: Sequence[KnownPerson] = ()
    known: Sequence[KnownPerson] = ()
    owners: Sequence[str] = ()
    my_name: str | None = None


class CapturedPromise(NamedTuple):
    """A promise as it was read.

    `is_done` is a ticked box: done on the day of the conversation. `names_owner` says whether the
    words named the owner, so that nobody need be asked; it is no part of what was promised.
    """

    what: str
    owner: Owner = ME
    due: date | None = None
    done_when: str | None = None
    is_private: bool = False
    is_done: bool = False
    doubts: tuple[Doubt, ...] = ()
    names_owner: bool = True

    def __eq__(self, other: object) -> bool:
        """Return whether the same was promised."""
        if not isinstance(other, CapturedPromise):
            return NotImplemented
        return self[:-1] == other[:-1]

    def __ne__(self, other: object) -> bool:
        """Return whether something else was promised; a tuple compares all of its fields."""
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-1])


class OfferedBullet(NamedTuple):
    """A bullet that stayed in the text, though it may be a promise.

    `number` counts them from 1; `line` is the number of its line in the text, from 0. `owner` is
    whose it is likely to be, if it is one. `is_private` says that it is a note to oneself, and
    would be a private promise.
    """

    number: int
    words: str
    line: int
    owner: Owner = ME
    is_private: bool = False


class CapturedNotes(NamedTuple):
    """All that was read from notes; each line that is not blank is in one place.

    `promise_lines` has the number of the line of each promise, from 0. `minutes` and `held_on` are
    None where the text does not have them.
    """

    prose: str = ""
    promises: tuple[CapturedPromise, ...] = ()
    private_notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    minutes: int | None = None
    held_on: date | None = None
    offered: tuple[OfferedBullet, ...] = ()
    promise_lines: tuple[int, ...] = ()


def get_owner_name(owner: Owner) -> str:
    """Return the name of an owner; `ME` for the owner of the journal."""
    if isinstance(owner, str):
        return owner
    return owner.name


def find_captured_owner(
    promise: CapturedPromise | OfferedBullet, person_id: int | None
) -> str:
    """Return whose a promise is, or would be, as it is stored: `me`, `them`, or a name."""
    owner = promise.owner
    if isinstance(owner, str):
        return owner
    return THEM if owner.id == person_id else owner.name
