"""Whose names can stand in a promise of a conversation, and from which day its dates count."""

from datetime import date

from coachlog.interview.conversation import (
    NEW_PERSON_ID,
    NEW_THIRD_ID,
    PromiseNames,
)
from coachlog.model.people import Person, Relationship
from coachlog.model.templates import TemplateAudience
from coachlog.services.desk import Desk
from coachlog.services.sessions.session_setup import (
    Newcomer,
    NewPerson,
    SessionSetup,
)
from coachlog.store.reading import person_queries
from coachlog.text import build_slug


def load_promise_names(desk: Desk, setup: SessionSetup, held_on: date) -> PromiseNames:
    """Return who can be meant by a name in a promise, and from which day its dates count.

    In a conversation with oneself nobody else can promise anything; in a meeting of a set only its
    members can, whom its questions know.
    """
    people, my_name = _load_people_and_owner(desk)
    names = PromiseNames(held_on, my_name=setup.me or my_name or None)
    if setup.person is None or setup.template.audience is TemplateAudience.SOLO:
        return names
    partners = [_get_partner(setup.person, NEW_PERSON_ID)]
    if setup.third is not None:
        partners.append(_get_partner(setup.third, NEW_THIRD_ID))
    partner_ids = [partner.id for partner in partners]
    others = tuple(person for person in people if person.id not in partner_ids)
    return names._replace(others=tuple(partners), known=others)


def _load_people_and_owner(desk: Desk) -> tuple[list[Person], str | None]:
    if not desk.journal.exists():
        return [], None
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
        return people, person_queries.read_owner_name(db)


def _get_partner(partner: Person | NewPerson | Newcomer, new_id: int) -> Person:
    """Return the other person; someone new as one of the journal, with a number nobody has.

    What a newcomer is to the owner does not matter here, only the name.
    """
    if isinstance(partner, Person):
        return partner
    relationship = Relationship.REPORT
    if isinstance(partner, NewPerson):
        relationship = partner.relationship
    return Person(
        id=new_id,
        uid="",
        name=partner.name,
        slug=build_slug(partner.name),
        relationship=relationship,
    )
