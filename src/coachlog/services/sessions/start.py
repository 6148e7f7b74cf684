"""Before a conversation is held: who it is with, and which one it is."""

from typing import NamedTuple

from coachlog import dates
from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.interview import Back
from coachlog.model import Draft, Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.sessions import hold
from coachlog.services.sessions.hold import OpenItems, SessionPartner, SessionSetup
from coachlog.store import reading
from coachlog.templates import library
from coachlog.text import clean_text, extract_first_name, find_nearest_words, fold_text

USUAL_TEMPLATE = "grow"
MOST_USED_LIMIT = 3


class _StartContext(NamedTuple):
    """What the journal knows before a conversation; nothing yet for a first one."""

    people: list[Person]
    me: str | None
    drafts: list[Draft]


def find_session_template(desk: Desk, id: str) -> Template:
    """Return the template of this id, the owner's own first; one for a group needs a set."""
    found = library.find_template(id, desk.own_templates_folder)
    if found.audience is TemplateAudience.GROUP:
        raise Refusal(
            f"{found.title} is for a group, so it takes a set of people who meet.",
            f"coachlog session new --set NAME --template {found.id}, or first: coachlog set add",
        )
    return found


def require_not_solo(template: Template, name: str) -> None:
    """Raise `Refused` where a talk with oneself is to be with someone: it would land in a plan."""
    if template.audience is TemplateAudience.SOLO:
        raise Refusal(
            f"{template.title} is a talk with yourself, so it cannot be with {clean_text(name)}.",
            f"Leave out the name: coachlog session new --template {template.id}",
        )


def ask_session_setup(
    desk: Desk, name: str | None, preset_template: Template | None
) -> SessionSetup | int:
    """Ask what is missing: who, which conversation, and once what to call the owner.

    Returns the number of a draft instead when the owner prefers to go on with that one.
    """
    known = _load_start_context(desk)
    listed = (
        [] if preset_template else library.list_available_templates(desk.own_templates_folder)
    )  # faults come out now
    alone = preset_template is not None and preset_template.audience is TemplateAudience.SOLO
    if alone and preset_template and name is not None:
        require_not_solo(preset_template, name)
    person = None if alone else _choose_partner(desk, known, name)
    if preset_template and person is None and preset_template.audience is not TemplateAudience.SOLO:
        raise InvalidInput(f"{preset_template.title} needs someone to talk with.", "Say with whom.")
    if draft := _offer_person_draft(desk, known, person, preset_template):
        return draft
    me = ask_own_name(desk) if known.me is None else known.me
    template = preset_template or _choose_session_template(desk, person, listed)
    if person and template.audience is TemplateAudience.SOLO:
        desk.asker.tell("A talk with yourself: it is in nobody's plan.", dim=True, mark="→")
        person = None
    return SessionSetup(template, person, me, new_me=known.me is None)


def load_open_items(desk: Desk, setup: SessionSetup) -> OpenItems:
    """Return what comes back at the start of this conversation: promises and parked notes."""
    if not desk.journal.exists() or (setup.name and setup.person_id is None):
        return OpenItems()
    with desk.read() as db:
        return hold.collect_open_items(db, setup.person_id)


def _load_start_context(desk: Desk) -> _StartContext:
    if not desk.journal.exists():
        return _StartContext([], None, [])
    with desk.read() as db:
        return _StartContext(
            reading.read_people(db, include_archived=True),
            reading.read_owner_name(db),
            reading.read_drafts(db),
        )


def _choose_partner(desk: Desk, context: _StartContext, name: str | None) -> SessionPartner:
    """Return a person, a new one as name and relationship, or None for nobody.

    A name on the command line may be any unique beginning; one typed at the prompt may be someone
    new as well, so that nobody's talk is filed with a namesake.
    """
    present = [p for p in context.people if not p.archived]
    asked = name is None
    if name is None:
        name = desk.asker.ask_name(
            present, lambda typed: reading.match_by_name(context.people, typed)
        )
        if not name:
            return None
    found = reading.match_by_name(context.people, name)
    exact = len(found) == 1 and fold_text(name) in (found[0].slug, fold_text(found[0].name))
    if len(found) == 1 and (exact or not asked):
        desk.asker.tell(people.introduce_person(found[0]), dim=True, mark="→")
        return found[0]
    return _ask_who_partner_is(desk, name, found or _find_similar_people(name, present))


def _find_similar_people(name: str, people_to_search: list[Person]) -> list[Person]:
    near = find_nearest_words(name, [p.name for p in people_to_search])
    return [p for p in people_to_search if p.name in near]


def _ask_who_partner_is(desk: Desk, name: str, candidates: list[Person]) -> SessionPartner:
    if candidates:
        rows: list[tuple[str, Person | None]] = [
            (people.introduce_person(p), p) for p in candidates
        ]
        chosen = desk.asker.choose(f"Who is “{name}”?", [*rows, (f"{name}, someone new", None)])
        if isinstance(chosen, Back):
            return _choose_partner(desk, _load_start_context(desk), None)
        if chosen is not None:
            return chosen
    relationship = desk.asker.choose(
        f"{name} is new here. Who are they to you?", people.RELATIONSHIP_ROWS
    )
    if isinstance(relationship, Back):
        return _choose_partner(desk, _load_start_context(desk), None)
    return people.validate_person_name(name), relationship


def _offer_person_draft(
    desk: Desk, context: _StartContext, person: SessionPartner, preset_template: Template | None
) -> int | None:
    """Return a draft with this person, of this conversation, that the owner wants to go on with."""
    if not isinstance(person, Person):
        return None
    for draft in context.drafts:
        is_theirs = draft.person is not None and draft.person.id == person.id
        if is_theirs and (preset_template is None or draft.template == preset_template.id):
            question = f"There is a draft with {extract_first_name(person.name)}: {describe_draft(desk, draft)}."
            rows = [("go on with it", True), ("start afresh; the draft stays", False)]
            return draft.session if desk.asker.choose(question, rows) is True else None
    return None


def describe_draft(desk: Desk, draft: Draft) -> str:
    """Return what tells a draft from others: `GROW, begun 3 days ago`."""
    return f"{draft.title}, begun {dates.format_days_ago(draft.begun_on, desk.today)}"


def ask_own_name(desk: Desk) -> str:
    """Return what the owner is called, asked for; '' for no name."""
    return desk.asker.ask_words(
        "What is your own name?", "It stands in plans you hand over. Asked only this once."
    )


def _choose_session_template(
    desk: Desk, person: SessionPartner, templates: list[Template]
) -> Template:
    groups = [("Alone", [t for t in templates if t.audience is TemplateAudience.SOLO])]
    if person:
        name = extract_first_name(person.name if isinstance(person, Person) else person[0])
        with_one = [t for t in templates if t.audience is TemplateAudience.ONE_TO_ONE]
        usual = _list_most_used_templates(desk, person, with_one)
        rest = [t for t in with_one if t not in usual]
        groups = [(f"Used most with {name}", usual), ("With one other person", rest), *groups]
        if not usual:
            rest.sort(key=lambda t: t.id != USUAL_TEMPLATE)
    groups = [(title, rows) for title, rows in groups if rows]
    if not groups:
        raise NotFound("There is no template for a talk alone.")
    return desk.asker.choose_template(groups)


def _list_most_used_templates(
    desk: Desk, person: SessionPartner, templates: list[Template]
) -> list[Template]:
    """Return the templates used most with someone, the one used most first."""
    if not isinstance(person, Person):
        return []
    with desk.read() as db:
        used = reading.read_used_template_ids(db, person.id)
    return sorted((t for t in templates if t.id in used), key=lambda t: used.index(t.id))[
        :MOST_USED_LIMIT
    ]
