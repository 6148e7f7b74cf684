"""What is handed over of a set's meeting: one member's own slot, or all of it.

Apart from the rest, because every command pays for making a class.
"""

from datetime import date
from typing import NamedTuple

from coachlog.model.actions import Action
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer
from coachlog.model.sets import SetRole, Slot


class Keeper(NamedTuple):
    """The owner of the journal: their name, '' when they gave none, and their role in the set."""

    name: str
    role: SetRole | None


class SlotPage(NamedTuple):
    """One member's slot, for them alone: nothing of the others, nor who asked what.

    `slug` is their handle, '' for the owner; `withheld` counts what is private and left out,
    `private_shown` what is private and shown, `others` the promises of others in the slot.
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
    """All of a set's meeting; `answers` and `actions` are those outside of any slot."""

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
