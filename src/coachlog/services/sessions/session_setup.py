"""What is settled before a conversation: who it is with, which one it is, and what comes back."""

from collections.abc import Container, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.dates import NO_RHYTHM, Rhythm
from coachlog.model.actions import Action
from coachlog.model.notes import Note
from coachlog.model.people import Person, Relationship
from coachlog.model.templates import Template
from coachlog.named_tuples import NamedTuple
from coachlog.rules.disclosure import TANK
from coachlog.services.desk import Desk
from coachlog.text import clean_line, extract_first_name, format_counts

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

    `third` is the second of the two others in a conversation of three, whose first is `person`.
    `new_me` says that the owner has only just given their name; `set` is the action learning set
    that meets.
    """

    template: Template
    person: SessionPartner
    me: str | None
    new_me: bool = False
    set: "LearningSet | None" = None
    third: SessionPartner = None

    @property
    def person_id(self) -> int | None:
        """Return the number of the person; None for someone new, or nobody."""
        return get_partner_id(self.person)

    @property
    def new_person(self) -> NewPerson | None:
        """Return someone new who can be added; None for anyone else, or nobody."""
        return get_new_partner(self.person)

    @property
    def name(self) -> str | None:
        """Return the name of the other person; None for nobody."""
        return self.person.name if self.person else None

    @property
    def third_name(self) -> str | None:
        """Return the name of the second of two others; None for nobody."""
        return self.third.name if self.third else None

    @property
    def with_whom(self) -> str:
        """Return the names of the one or two others; '' for nobody."""
        return " and ".join(filter(None, (self.name, self.third_name)))


def get_partner_id(partner: SessionPartner) -> int | None:
    """Return the number of a person; None for someone new, or nobody."""
    return partner.id if isinstance(partner, Person) else None


def get_new_partner(partner: SessionPartner) -> NewPerson | None:
    """Return someone new who can be added; None for anyone else, or nobody."""
    return partner if isinstance(partner, NewPerson) else None


class KeptBack(NamedTuple):
    """How much does not come back in a conversation, whose it is, and the command that shows it."""

    promise_count: int
    note_count: int
    whose: str
    command: str


class OpenItems(NamedTuple):
    """What comes back in a conversation: open promises, and the open notes.

    `kept_back` is what does not come back there: in a conversation of three, what is between two of
    them.
    """

    promises: Sequence[Action] = ()
    notes: Sequence[Note] = ()
    kept_back: Sequence[KeptBack] = ()


class _Source(NamedTuple):
    """Where items of a conversation of three come from: whose they are, and what shows them."""

    whose: str
    command: str
    items: OpenItems


def collect_open_items(
    db: "Connection", person_id: int | None, learning_set: "LearningSet | None" = None
) -> OpenItems:
    """Return what comes back when this set meets, or else in the next talk with this person.

    Without either, it is what comes back in the owner's next talk alone.
    """
    from coachlog.store.reading import action_queries

    if learning_set is not None:
        from coachlog.store.reading import set_queries

        return OpenItems(set_queries.read_open_set_actions(db, learning_set))
    from coachlog.store.reading import note_queries

    return OpenItems(
        promises=action_queries.read_next_talk_actions(db, person_id),
        notes=note_queries.read_open_notes(db, person_id),
    )


def is_own_tank(template_id: str, partner: SessionPartner) -> bool:
    """Return whether it is the owner's own tank: a minute, in which no promise comes back."""
    return template_id == TANK and partner is None


def collect_three_way_items(
    db: "Connection", partners: Sequence[SessionPartner], template: Template
) -> OpenItems:
    """Return what comes back in a conversation of three: what was promised with both the others.

    Where the plan is the owner's, what they promised alone in a conversation that the template
    quotes comes back as well. The rest, and all notes, are kept back: three look at that screen.
    """
    sources = _collect_sources(db, partners)
    promises = {
        action.id: action for source in sources for action in source.items.promises
    }
    shared_promises = _choose_shared_promises(
        db, list(promises.values()), partners, template
    )
    shared_ids = {action.id for action in shared_promises}
    kept_back = [_count_kept_back(source, shared_ids) for source in sources]
    return OpenItems(
        promises=sorted(shared_promises, key=lambda action: action.owner != "me"),
        kept_back=[kept for kept in kept_back if kept.promise_count or kept.note_count],
    )


def _collect_sources(
    db: "Connection", partners: Sequence[SessionPartner]
) -> list[_Source]:
    """Return what would come back with each partner alone.

    Where the plan is the owner's, so does what they promised alone.
    """
    sources = [
        _Source(
            f"between you and {extract_first_name(clean_line(partner.name))}",
            f"coachlog brief {partner.slug}",
            collect_open_items(db, partner.id),
        )
        for partner in partners
        if isinstance(partner, Person)
    ]
    if is_in_owner_plan(partners[0]):
        own_items = collect_open_items(db, None)._replace(notes=())
        sources.append(_Source("in your own plan", "coachlog plan show me", own_items))
    return sources


def _count_kept_back(source: _Source, shared_ids: Container[int]) -> KeptBack:
    promises = [
        action for action in source.items.promises if action.id not in shared_ids
    ]
    note_count = len(source.items.notes)
    return KeptBack(len(promises), note_count, source.whose, source.command)


def _choose_shared_promises(
    db: "Connection",
    actions: Sequence[Action],
    partners: Sequence[SessionPartner],
    template: Template,
) -> list[Action]:
    """Return those promises that a screen may list at which the owner and both partners look."""
    from coachlog.rules.three_way import is_for_all_three
    from coachlog.store.reading.partner_queries import (
        read_session_partners,
        read_sessions_alone,
    )

    session_ids = sorted({action.session or 0 for action in actions})
    attendees = read_session_partners(db, session_ids)
    preparation_ids = read_sessions_alone(db, session_ids, template.quoted_templates)
    # Someone new has a number that nobody has.
    partner_ids = [get_partner_id(partner) or 0 for partner in partners]
    return [
        action
        for action in actions
        if is_for_all_three(
            action,
            attendees.get(action.session or 0, ()),
            partner_ids,
            is_preparation=action.session in preparation_ids,
        )
    ]


def list_kept_back(open_items: OpenItems) -> list[str]:
    """Return in lines how much is not on a screen at which three look, and where it is."""
    if not open_items.kept_back:
        return []
    # A line each, so that no command is folded in a narrow window.
    return [
        "Not shown, because all three of you can see this screen:",
        *(f"  {_describe_kept_back(kept)}" for kept in open_items.kept_back),
    ]


def _describe_kept_back(kept: KeptBack) -> str:
    """Return one line: `2 promises and 1 note between you and Ben: coachlog brief ben-carter`."""
    words = format_counts((kept.promise_count, "promise"), (kept.note_count, "note"))
    return f"{words} {kept.whose}: {kept.command}"


def list_promises_with_others(db: "Connection") -> list[str]:
    """Return in a line how many open promises the owner has to others, and where they are.

    A conversation alone does not list these; no line where there is none.
    """
    from coachlog.rules.disclosure import exclude_set_actions
    from coachlog.store.reading.action_queries import read_open_actions

    promises = [
        action
        for action in exclude_set_actions(read_open_actions(db))
        if action.owner == "me" and action.person is not None
    ]
    if not promises:
        return []
    kept = KeptBack(
        len(promises), 0, "that you made to others", "coachlog plan show me"
    )
    return [f"Not listed here: {_describe_kept_back(kept)}"]


def is_in_owner_plan(first: SessionPartner) -> bool:
    """Return whether the plan of a conversation of three is the owner's, by its first."""
    # Imported here, as few conversations are of three.
    from coachlog.rules.three_way import is_owner_plan

    if not isinstance(first, Person | NewPerson):
        return False
    return is_owner_plan(first.relationship)


def load_open_items(desk: Desk, setup: SessionSetup) -> OpenItems:
    """Return what comes back at the start of this conversation; nothing for someone new."""
    if not desk.journal.exists():
        return OpenItems()
    if setup.third is not None:
        with desk.read() as db:
            return collect_three_way_items(
                db, (setup.person, setup.third), setup.template
            )
    if is_own_tank(setup.template.id, setup.person):
        return OpenItems()
    is_with_someone_new = setup.name is not None and setup.person_id is None
    if is_with_someone_new:
        return OpenItems()
    with desk.read() as db:
        return collect_open_items(db, setup.person_id)
