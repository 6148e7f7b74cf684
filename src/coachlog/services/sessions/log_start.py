"""Before the box of `log`: who the notes are about, without a question wherever that is certain.

The box comes first: what is typed while coachlog starts belongs to the notes, not to a question.
"""

from collections.abc import Sequence

from coachlog.model.people import Person
from coachlog.model.sessions import Draft
from coachlog.model.templates import Template
from coachlog.names.matching import is_whole_name
from coachlog.names.spelling import is_same_name, propose_name
from coachlog.services.desk import Desk
from coachlog.services.new_names import settle_new_name, validate_person_name
from coachlog.services.person_choice import require_active_person
from coachlog.services.sessions.draft_notes import holds_notes
from coachlog.services.sessions.partners import (
    SOMEONE_HELP,
    build_nobody_error,
    find_partner,
    find_similar_people,
)
from coachlog.services.sessions.session_setup import Newcomer, SessionSetup
from coachlog.services.sessions.start import (
    StartContext,
    describe_draft,
    load_start_context,
    offer_latest_draft,
)
from coachlog.services.sessions.three_way import choose_partners, tell_whose_plan
from coachlog.store.reading import person_queries, session_queries
from coachlog.text import clean_text, extract_first_name

LOG_QUESTION = "Write down a conversation with them all the same?"


def ask_log_setup(
    desk: Desk,
    names: Sequence[str],
    template: Template,
    *,
    offers_drafts: bool,
    keeps_words: bool,
) -> SessionSetup | int:
    """Return who the notes are about, asked for only where that is missing or not certain.

    Returns the number of a draft instead when the owner prefers to carry on with that one. With
    `keeps_words`, what is typed before the box is there is kept for it. Raises Refusal if nobody is
    chosen, and InvalidInput for what can be nobody's name.
    """
    context = load_start_context(desk)
    if len(names) > 1:
        return _ask_three_way_setup(
            desk, context, names, template, offers_drafts=offers_drafts
        )
    name = names[0] if names else None
    partner = _find_log_partner(desk, context.people, name, keeps_words=keeps_words)
    drafts = [draft for draft in context.drafts if _is_draft_with(draft, partner)]
    if offers_drafts and drafts:
        draft_id = _offer_notes_draft(desk, drafts, template, partner.name)
        if draft_id is not None:
            return draft_id
    return SessionSetup(template, partner, context.me)


def _ask_three_way_setup(
    desk: Desk,
    context: StartContext,
    names: Sequence[str],
    template: Template,
    *,
    offers_drafts: bool,
) -> SessionSetup | int:
    """Return as `ask_log_setup` does, for a conversation of three.

    Someone new is asked about before the box: whose plan it is depends on who they are.
    """
    first, third = choose_partners(desk, context.people, names, context.me)
    with_both = [
        draft
        for draft in context.drafts
        if (draft.person, draft.third) == (first, third)
    ]
    if offers_drafts and with_both and first:
        draft_id = _offer_notes_draft(desk, with_both, template, first.name)
        if draft_id is not None:
            return draft_id
    tell_whose_plan(desk, first)
    return SessionSetup(template, first, context.me, third=third)


def _find_log_partner(
    desk: Desk, people: list[Person], name: str | None, *, keeps_words: bool
) -> Person | Newcomer:
    partner = find_partner(
        desk,
        people,
        name,
        help=SOMEONE_HELP,
        asks_similar=False,
        keeps_words=keeps_words,
    )
    if partner is None:
        raise build_nobody_error()
    if isinstance(partner, Person):
        return partner
    typed_name = propose_name(validate_person_name(partner))
    new_name = settle_new_name(desk, typed_name, people)
    return new_name if isinstance(new_name, Person) else Newcomer(new_name)


def _is_draft_with(draft: Draft, partner: Person | Newcomer) -> bool:
    if draft.third is not None:
        return False
    if isinstance(partner, Person) and draft.person_id is not None:
        return draft.person_id == partner.id
    return bool(draft.new_name) and is_same_name(draft.new_name, partner.name)


def _offer_notes_draft(
    desk: Desk, drafts: list[Draft], template: Template, name: str
) -> int | None:
    """Return the draft of notes that the owner carries on with; None for a new box.

    A draft of a guided conversation is only named: this command opens its box.
    """
    with desk.read() as db:
        drafts = [session_queries.read_draft(db, draft.session) for draft in drafts]
    first_name = extract_first_name(clean_text(name))
    guided_drafts = [draft for draft in drafts if not holds_notes(draft)]
    if guided_drafts:
        _tell_guided_draft(desk, guided_drafts[0], first_name)
    note_drafts = filter(holds_notes, drafts)
    drafts_to_offer = [draft for draft in note_drafts if draft.template == template.id]
    return offer_latest_draft(
        desk, drafts_to_offer, f"with {first_name}", keeps_words=True
    )


def _tell_guided_draft(desk: Desk, draft: Draft, first_name: str) -> None:
    desk.asker.tell(
        f"A draft with {first_name} stays as it is: {describe_draft(desk, draft)}. "
        f"To carry on with it: coachlog session resume {draft.session}",
        dim=True,
    )


def find_draft_partner(desk: Desk, draft: Draft) -> Person | Newcomer | None:
    """Return who a draft of notes is about: whoever has that name by now, or someone new."""
    if draft.person is not None or not draft.new_name:
        return draft.person
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
    for person in people:
        if is_whole_name(person, draft.new_name):
            return person
    return Newcomer(draft.new_name)


def describe_newcomer(desk: Desk, name: str) -> str:
    """Return the line above the box on someone who is not in the journal yet."""
    with_similar = ""
    similar_people = list_similar_people(desk, name)
    if similar_people:
        with_similar = f", or that you mean {similar_people[0].name}"
    return f"{name} is new here. After the notes you say who they are{with_similar}."


def list_similar_people(desk: Desk, name: str) -> list[Person]:
    """Return the people in the journal whose name looks like this one."""
    return find_similar_people(name, load_start_context(desk).people)


def require_active_partners(
    desk: Desk, setup: SessionSetup, *, keeps_words: bool
) -> None:
    """Return if nobody of them is archived, or the owner goes on all the same."""
    for person in (setup.person, setup.third):
        if isinstance(person, Person):
            require_active_person(desk, person, LOG_QUESTION, keeps_words=keeps_words)
