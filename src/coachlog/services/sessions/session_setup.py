"""What is settled before a conversation: who it is with, which one it is, and what comes back."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog.dates import NO_RHYTHM, Rhythm
from coachlog.model import Action, Note, Person, Relationship
from coachlog.model.templates import Template
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection


class NewPerson(NamedTuple):
    """Someone who is added to the journal with the conversation."""

    name: str
    relationship: Relationship
    rhythm: Rhythm = NO_RHYTHM


class Newcomer(NamedTuple):
    """Someone new of whom only the name is known, until the owner says who they are."""

    name: str


SessionPartner = Person | NewPerson | Newcomer | None
"""The other person: someone in the journal, someone new, or nobody."""


class SessionPresets(NamedTuple):
    """What the command line has already answered, and whether a clock runs."""

    held_on: date | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    clock: bool = True


class SessionSetup(NamedTuple):
    """Who a conversation is with and which one it is.

    `new_me` says that the owner has only just given their name; `set` is the action learning set
    that meets.
    """

    template: Template
    person: SessionPartner
    me: str | None
    new_me: bool = False
    set: "LearningSet | None" = None

    @property
    def person_id(self) -> int | None:
        """Return the number of the person; None for someone new, or nobody."""
        return self.person.id if isinstance(self.person, Person) else None

    @property
    def new_person(self) -> NewPerson | None:
        """Return someone new who can be added; None for anyone else, or nobody."""
        return self.person if isinstance(self.person, NewPerson) else None

    @property
    def name(self) -> str | None:
        """Return the name of the other person; None for nobody."""
        return self.person.name if self.person else None


class OpenItems(NamedTuple):
    """What comes back in a conversation: open promises, and the open notes."""

    promises: Sequence[Action] = ()
    notes: Sequence[Note] = ()


def collect_open_items(
    db: "Connection", person_id: int | None, learning_set: "LearningSet | None" = None
) -> OpenItems:
    """Return what comes back when this set meets, or else in the next talk with this person.

    Without either, it is what comes back in the owner's next talk alone.
    """
    from coachlog.store import reading

    if learning_set is not None:
        from coachlog.store.reading import set_queries

        return OpenItems(set_queries.read_open_set_actions(db, learning_set))
    from coachlog.store.reading import note_queries

    return OpenItems(
        promises=reading.read_next_talk_actions(db, person_id),
        notes=note_queries.read_open_notes(db, person_id),
    )


def load_open_items(desk: Desk, setup: SessionSetup) -> OpenItems:
    """Return what comes back at the start of this conversation; nothing for someone new."""
    is_with_someone_new = setup.name is not None and setup.person_id is None
    if is_with_someone_new or not desk.journal.exists():
        return OpenItems()
    with desk.read() as db:
        return collect_open_items(db, setup.person_id)
