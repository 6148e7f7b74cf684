"""The pages handed out after a conversation, or a set's meeting: one slot, or the whole of it.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date

from coachlog.model.actions import Action
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer
from coachlog.model.sets import SetRole, Slot
from coachlog.named_tuples import NamedTuple


class Keeper(NamedTuple):
    """The owner of the journal: their name, '' if not on record, and their role in the set."""

    name: str
    role: SetRole | None


class SlotPage(NamedTuple):
    """One member's slot, for them alone: nothing about the others, nor who asked which question.

    `slug` is their handle, '' for the owner. `withheld` counts the private entries left out,
    `private_shown` those included, `others` the promises that others made in the slot.
    """

    set: str
    held_on: date
    slot: Slot
    slug: str
    keeper: Keeper
    withheld: int = 0
    private_shown: int = 0
    others: int = 0


class MeetingPage(NamedTuple):
    """A whole meeting of a set; `answers` and `actions` are those outside any slot."""

    set: str
    title: str
    held_on: date
    minutes: int | None
    people: tuple[PersonRef | MemberRef, ...]
    answers: tuple[Answer, ...]
    actions: tuple[Action, ...]
    slots: tuple[Slot, ...]
    keeper: Keeper
    withheld: int = 0
    private_shown: int = 0


class SessionPage(NamedTuple):
    """The outcome of one conversation, for the other people who were in it.

    `answers` are those that mattered, and the days agreed. `owner` is the name of the owner of the
    journal, '' if it is not on record. `left_out` are all other answers and promises.
    """

    held_on: date
    minutes: int | None
    people: tuple[PersonRef, ...]
    owner: str
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
    left_out: tuple[Answer | Action, ...] = ()
