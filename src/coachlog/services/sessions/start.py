"""Before a conversation is held: who it is with, and which one it is."""

from typing import NamedTuple

from coachlog import dates
from coachlog.errors import Invalid, NotFound, Refused
from coachlog.interview import Back
from coachlog.model import Draft, Person
from coachlog.model.templates import Audience, Template
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.sessions import hold
from coachlog.services.sessions.hold import Beginning, Waiting, Whom
from coachlog.store import reading
from coachlog.templates import library
from coachlog.text import clean, first_name, fold, nearest

USUAL = "grow"
USED_MOST = 3


class _Known(NamedTuple):
    """What the journal knows before a conversation; nothing yet for a first one."""

    people: list[Person]
    me: str | None
    drafts: list[Draft]


def template(desk: Desk, id: str) -> Template:
    """Return the template of this id, the owner's own first; one for a group needs a set."""
    found = library.find(id, desk.own_templates)
    if found.audience is Audience.GROUP:
        raise Refused(
            f"{found.title} is for a group, so it takes a set of people who meet.",
            f"coachlog session new --set NAME --template {found.id}, or first: coachlog set add",
        )
    return found


def require_no_solo(template: Template, name: str) -> None:
    """Raise `Refused` where a talk with oneself is to be with someone: it would land in a plan."""
    if template.audience is Audience.SOLO:
        raise Refused(
            f"{template.title} is a talk with yourself, so it cannot be with {clean(name)}.",
            f"Leave out the name: coachlog session new --template {template.id}",
        )


def begin(desk: Desk, name: str | None, chosen: Template | None) -> Beginning | int:
    """Ask what is missing: who, which conversation, and once what to call the owner.

    Returns the number of a draft instead when the owner prefers to go on with that one.
    """
    known = _known(desk)
    listed = [] if chosen else library.available(desk.own_templates)  # faults come out now
    alone = chosen is not None and chosen.audience is Audience.SOLO
    if alone and chosen and name is not None:
        require_no_solo(chosen, name)
    person = None if alone else _who(desk, known, name)
    if chosen and person is None and chosen.audience is not Audience.SOLO:
        raise Invalid(f"{chosen.title} needs someone to talk with.", "Say with whom.")
    if draft := _draft_with(desk, known, person, chosen):
        return draft
    me = own_name(desk) if known.me is None else known.me
    template = chosen or _which(desk, person, listed)
    if person and template.audience is Audience.SOLO:
        desk.asker.tell("A talk with yourself: it is in nobody's plan.", dim=True, mark="→")
        person = None
    return Beginning(template, person, me, new_me=known.me is None)


def waiting(desk: Desk, begun: Beginning) -> Waiting:
    """Return what comes back at the start of this conversation: promises and parked notes."""
    if not desk.journal.exists() or (begun.name and begun.person_id is None):
        return Waiting()
    with desk.read() as db:
        return hold.waiting(db, begun.person_id)


def _known(desk: Desk) -> _Known:
    if not desk.journal.exists():
        return _Known([], None, [])
    with desk.read() as db:
        return _Known(reading.people(db, archived=True), reading.me(db), reading.drafts(db))


def _who(desk: Desk, known: _Known, name: str | None) -> Whom:
    """Return a person, a new one as name and relationship, or None for nobody.

    A name on the command line may be any unique beginning; one typed at the prompt may be someone
    new as well, so that nobody's talk is filed with a namesake.
    """
    present = [p for p in known.people if not p.archived]
    asked = name is None
    if name is None:
        name = desk.asker.who(present, lambda typed: reading.matching(known.people, typed))
        if not name:
            return None
    found = reading.matching(known.people, name)
    exact = len(found) == 1 and fold(name) in (found[0].slug, fold(found[0].name))
    if len(found) == 1 and (exact or not asked):
        desk.asker.tell(people.introduction(found[0]), dim=True, mark="→")
        return found[0]
    return _new_or_meant(desk, name, found or _near(name, present))


def _near(name: str, present: list[Person]) -> list[Person]:
    near = nearest(name, [p.name for p in present])
    return [p for p in present if p.name in near]


def _new_or_meant(desk: Desk, name: str, candidates: list[Person]) -> Whom:
    if candidates:
        rows: list[tuple[str, Person | None]] = [(people.introduction(p), p) for p in candidates]
        chosen = desk.asker.choose(f"Who is “{name}”?", [*rows, (f"{name}, someone new", None)])
        if isinstance(chosen, Back):
            return _who(desk, _known(desk), None)
        if chosen is not None:
            return chosen
    relationship = desk.asker.choose(
        f"{name} is new here. Who are they to you?", people.RELATIONSHIPS
    )
    if isinstance(relationship, Back):
        return _who(desk, _known(desk), None)
    return people.name_of(name), relationship


def _draft_with(desk: Desk, known: _Known, person: Whom, chosen: Template | None) -> int | None:
    """Return a draft with this person, of this conversation, that the owner wants to go on with."""
    if not isinstance(person, Person):
        return None
    for draft in known.drafts:
        is_theirs = draft.person is not None and draft.person.id == person.id
        if is_theirs and (chosen is None or draft.template == chosen.id):
            question = f"There is a draft with {first_name(person.name)}: {described(desk, draft)}."
            rows = [("go on with it", True), ("start afresh; the draft stays", False)]
            return draft.session if desk.asker.choose(question, rows) is True else None
    return None


def described(desk: Desk, draft: Draft) -> str:
    """Return what tells a draft from others: `GROW, begun 3 days ago`."""
    return f"{draft.title}, begun {dates.ago(draft.begun_on, desk.today)}"


def own_name(desk: Desk) -> str:
    """Return what the owner is called, asked for; '' for no name."""
    return desk.asker.words(
        "What is your own name?", "It stands in plans you hand over. Asked only this once."
    )


def _which(desk: Desk, person: Whom, found: list[Template]) -> Template:
    groups = [("Alone", [t for t in found if t.audience is Audience.SOLO])]
    if person:
        name = first_name(person.name if isinstance(person, Person) else person[0])
        with_one = [t for t in found if t.audience is Audience.ONE_TO_ONE]
        usual = _used_most(desk, person, with_one)
        rest = [t for t in with_one if t not in usual]
        groups = [(f"Used most with {name}", usual), ("With one other person", rest), *groups]
        if not usual:
            rest.sort(key=lambda t: t.id != USUAL)
    groups = [(title, rows) for title, rows in groups if rows]
    if not groups:
        raise NotFound("There is no template for a talk alone.")
    return desk.asker.which(groups)


def _used_most(desk: Desk, person: Whom, found: list[Template]) -> list[Template]:
    """Return the templates used most with someone, the one used most first."""
    if not isinstance(person, Person):
        return []
    with desk.read() as db:
        used = reading.used_templates(db, person.id)
    return sorted((t for t in found if t.id in used), key=lambda t: used.index(t.id))[:USED_MOST]
