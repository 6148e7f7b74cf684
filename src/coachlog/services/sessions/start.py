"""Asks who a conversation is with and which one it is, before it is held."""

from collections.abc import Sequence
from contextlib import suppress

from coachlog import dates
from coachlog.errors import CoachlogError, InvalidInput, NotFound, Refusal
from coachlog.interview.back import BACK, Back
from coachlog.model.people import Person
from coachlog.model.sessions import Draft
from coachlog.model.templates import Template, TemplateAudience
from coachlog.named_tuples import NamedTuple
from coachlog.names.spelling import is_same_name
from coachlog.phrasing.templates import (
    describe_faulty_files,
    describe_stand_in,
    group_by_occasion,
)
from coachlog.services.desk import Desk
from coachlog.services.new_names import find_owner_namesake, validate_owner_name
from coachlog.services.sessions.partner_names import split_only_name
from coachlog.services.sessions.partners import (
    SOMEONE_HELP,
    build_nobody_error,
    choose_partner,
)
from coachlog.services.sessions.session_setup import SessionSetup, is_own_tank
from coachlog.services.sessions.three_way import (
    Partners,
    choose_partners,
    choose_third,
    tell_whose_plan,
)
from coachlog.services.sessions.usual_templates import (
    list_usual_templates,
    tell_who_leads,
)
from coachlog.store.reading import person_queries, session_queries
from coachlog.text import clean_text, extract_first_name

_CARRY_ON, _DISCARD = "carry on", "discard"
USUAL_HEADING = "The usual ones"


class StartContext(NamedTuple):
    """What the journal holds before a conversation; nothing before the very first."""

    people: list[Person]
    me: str | None
    drafts: list[Draft]


def find_session_template(desk: Desk, id: str) -> Template:
    """Return the template with this id, the owner's own first.

    Raises `Refusal` for a group's, which takes a set, and `NotFound` if there is none.
    """
    from coachlog.templates import library

    template = library.find_template(id, desk.own_templates_folder)
    if template.audience is TemplateAudience.GROUP:
        raise Refusal(
            f"{template.title} is for a group: it needs an action learning set.",
            f"coachlog session new --set NAME --template {template.id}, or first: coachlog set add",
        )
    return template


def require_not_solo(template: Template, name: str) -> None:
    """Raise `Refusal` for a talk with oneself that names someone: it would land in their plan."""
    if template.audience is TemplateAudience.SOLO:
        raise Refusal(
            f"{template.title} is a conversation with yourself, "
            f"so it cannot be with {clean_text(name)}.",
            f"Leave out the name: coachlog session new --template {template.id}",
        )


def ask_session_setup(
    desk: Desk, names: Sequence[str], preset_template: Template | None
) -> SessionSetup | int:
    """Ask what is missing: who it is with, which conversation and, only once, the owner's name.

    Returns the number of a draft instead when the owner prefers to carry on with that one. Raises
    `Refusal` if nobody was chosen for a talk of two or three, and for a solo one with a name.
    """
    context = load_start_context(desk)
    me = context.me
    template: Template | Back = BACK
    # Going back from the list of conversations leads to who it is with.
    while isinstance(template, Back):
        partners = _find_session_partners(desk, context, names, preset_template)
        draft = _offer_person_draft(desk, context, partners, preset_template)
        if draft is not None:
            return draft
        if me is None and _needs_own_name(preset_template, partners):
            me = ask_own_name(desk, [partner.name for partner in partners if partner])
        template = preset_template or _settle_template(desk, partners)
        names = ()
    if preset_template is not None:
        tell_stand_in(desk, preset_template)
    person, third = _fit_partners(desk, context, template, partners)
    is_new_name = context.me is None and me is not None
    return SessionSetup(template, person, me, new_me=is_new_name, third=third)


def _fit_partners(
    desk: Desk, context: StartContext, template: Template, partners: Partners
) -> Partners:
    """Return who is in a conversation by this template: nobody, or two, where it says so."""
    person, third = partners
    if person and template.audience is TemplateAudience.SOLO:
        desk.asker.tell(
            "A conversation with yourself: it is in nobody's plan.", dim=True, mark="→"
        )
        return None, None
    if template.audience is TemplateAudience.THREE_WAY and third is None:
        third = choose_third(desk, context.people, person)
    if third is not None:
        tell_whose_plan(desk, person)
    else:
        tell_who_leads(desk, template, person)
    return person, third


def load_start_context(desk: Desk) -> StartContext:
    """Return what the journal holds before a conversation; nothing before the very first."""
    if not desk.journal.exists():
        return StartContext([], None, [])
    with desk.read() as db:
        return StartContext(
            people=person_queries.read_people(db, include_archived=True),
            me=person_queries.read_owner_name(db),
            drafts=session_queries.read_drafts(db),
        )


def _find_session_partners(
    desk: Desk,
    context: StartContext,
    names: Sequence[str],
    preset_template: Template | None,
) -> Partners:
    """Return the other people, asked for if need be; nobody where the template, if any, is solo."""
    audience = preset_template.audience if preset_template else None
    if preset_template and audience is TemplateAudience.SOLO:
        for name in names:
            require_not_solo(preset_template, name)
        return None, None
    names = split_only_name(names, context.people)
    if len(names) > 1 or audience is TemplateAudience.THREE_WAY:
        return choose_partners(desk, context.people, names, context.me)
    (first_name, *_) = (*names, None)
    if preset_template is None:
        return choose_partner(desk, context.people, first_name), None
    person = choose_partner(desk, context.people, first_name, help=SOMEONE_HELP)
    if person is None:
        raise build_nobody_error()
    return person, None


def _needs_own_name(preset_template: Template | None, partners: Partners) -> bool:
    """Return whether the owner's name is asked for: nothing of their own tank is handed over."""
    return preset_template is None or not is_own_tank(preset_template.id, partners[0])


def _offer_person_draft(
    desk: Desk,
    context: StartContext,
    partners: Partners,
    preset_template: Template | None,
) -> int | None:
    """Return the draft of this conversation with these people that the owner carries on with."""
    known_people = [person for person in partners if isinstance(person, Person)]
    # With somebody new there is no draft yet.
    if not known_people or len(known_people) != sum(map(bool, partners)):
        return None
    ids = {person.id for person in known_people}
    template_id = preset_template.id if preset_template else None
    drafts = [
        draft for draft in context.drafts if _is_draft_of(draft, ids, template_id)
    ]
    names = [extract_first_name(person.name) for person in known_people]
    return offer_latest_draft(desk, drafts, f"with {' and '.join(names)}")


def _is_draft_of(draft: Draft, ids: set[int], template_id: str | None) -> bool:
    """Return whether a draft is with just these people and, where one is given, of a template."""
    return draft.person_ids == ids and template_id in (None, draft.template)


def offer_latest_draft(
    desk: Desk, drafts: list[Draft], subject: str, *, keeps_words: bool = False
) -> int | None:
    """Return the number of the first draft if the owner carries on with it; None to start afresh.

    `subject` says what all of them have in common: `with Priya`. With `keeps_words`, a line that is
    no choice is kept for the notes.
    """
    if not drafts:
        return None
    draft = drafts[0]
    question = f"There is a draft {subject}: {describe_draft(desk, draft)}."
    rows = [
        ("carry on with it", _CARRY_ON),
        ("start afresh; the draft stays", ""),
        ("discard it, and start afresh", _DISCARD),
    ]
    choice = desk.asker.choose(question, rows, keeps_words=keeps_words)
    if choice == _CARRY_ON:
        return draft.session
    if choice == _DISCARD:
        _discard_offered_draft(desk, draft)
    return None


def _discard_offered_draft(desk: Desk, draft: Draft) -> None:
    """Throw a draft away once the owner agrees; it stays if they do not, or if it cannot be."""
    # Imported here, as few drafts are thrown away.
    from coachlog.services.sessions.discard import discard_draft

    try:
        message = discard_draft(desk, draft.session).message
    except CoachlogError as error:
        message = f"{error.message} The draft stays."
    desk.asker.tell(message, dim=True)


def describe_draft(desk: Desk, draft: Draft) -> str:
    """Return how a draft differs from others: `GROW, started 3 days ago`."""
    return f"{draft.title}, started {dates.format_days_ago(draft.begun_on, desk.today)}"


def ask_own_name(desk: Desk, partner_names: Sequence[str] = ()) -> str:
    """Return the owner's name, which is nobody else's; '' if they skip it."""
    help = "It appears in the plans you hand over. You are asked only once."
    while True:
        name = desk.asker.ask_words("What is your own name?", help)
        try:
            own_name = validate_owner_name(name)
        except InvalidInput as error:
            desk.asker.tell(error.message)
            continue
        namesake = find_owner_namesake(desk, own_name)
        taken_names = [name for name in partner_names if is_same_name(own_name, name)]
        if namesake is not None:
            taken_names = [namesake.name]
        if not taken_names:
            return own_name
        (taken_name, *_) = taken_names
        desk.asker.tell(
            f"{taken_name} is already in your journal. If that is your own name too, "
            "add a middle initial."
        )


def ask_own_name_afterwards(desk: Desk) -> None:
    """Ask for the owner's name once a conversation is saved, whatever becomes of the answer.

    Ctrl-C leaves the question for another time, and so does a journal that cannot be written.
    """
    from coachlog.store.writing.person_changes import answer_owner_name

    desk.asker.tell("Saved.", dim=True)
    try:
        name = ask_own_name(desk)
        with desk.change() as change, change.outside_undo():
            answer_owner_name(change, name)
    except KeyboardInterrupt:
        return
    except CoachlogError as error:
        desk.asker.tell(error.message)


def _find_usual_template(desk: Desk, partners: Partners) -> Template | None:
    """Return the template that the settings name for a conversation of two, after telling."""
    person, third = partners
    if person is None or third is not None:
        return None
    from coachlog.services.default_template import load_default_template

    template = load_default_template(desk)
    if template is not None:
        words = f"{template.title}, as your settings say; --template ID holds another"
        desk.asker.tell(words, dim=True, mark="→")
    return template


def tell_stand_in(desk: Desk, template: Template) -> None:
    """Tell the person if this template is used in place of their own, which is faulty."""
    for remark in describe_stand_in(template):
        desk.asker.tell(remark)


def _settle_template(desk: Desk, partners: Partners) -> Template | Back:
    """Return the template that the settings name or that is chosen, or BACK."""
    template = _find_usual_template(desk, partners)
    if template is None:
        return _choose_session_template(desk, partners)
    tell_stand_in(desk, template)
    return template


def _choose_session_template(desk: Desk, partners: Partners) -> Template | Back:
    """Return the template chosen, or BACK.

    With someone, the usual ones come first and solo ones last; with two others, those for three
    come before all. With nobody they are solo ones only.
    """
    person, third = partners
    templates = list_templates_to_choose(desk)
    groups: list[tuple[str, list[Template]]] = []
    if person:
        pair_templates = filter_templates(templates, TemplateAudience.ONE_TO_ONE)
        usual_templates = list_usual_templates(desk, person, pair_templates)
        others = [
            template for template in pair_templates if template not in usual_templates
        ]
        groups = [(USUAL_HEADING, usual_templates), *group_by_occasion(others)]
        three_way_groups = group_by_occasion(
            filter_templates(templates, TemplateAudience.THREE_WAY)
        )
        groups = [*three_way_groups, *groups] if third else [*groups, *three_way_groups]
    if third is None:
        groups += group_by_occasion(filter_templates(templates, TemplateAudience.SOLO))
    groups = [(title, members) for title, members in groups if members]
    if not groups:
        raise NotFound("There is no template for a conversation with yourself.")
    return choose_listed_template(desk, groups, back=True)


def choose_listed_template(
    desk: Desk, groups: Sequence[tuple[str, Sequence[Template]]], *, back: bool
) -> Template | Back:
    """Return the template chosen from heads, with its stages; or BACK.

    What is typed is looked for in all questions, which are read as soon as the list is there.
    """
    from coachlog.templates import library

    heads = [head for _, group in groups for head in group]

    def read_all_stages() -> None:
        # If that fails, it is said where the stages are needed.
        with suppress(CoachlogError):
            for head in heads:
                library.add_stages(head)

    desk.asker.work_meanwhile(read_all_stages)
    choice = desk.asker.choose_template(groups, back=back)
    return choice if isinstance(choice, Back) else library.add_stages(choice)


def list_templates_to_choose(desk: Desk) -> list[Template]:
    """Return the heads of all usable templates, after telling which of the owner's are not."""
    from coachlog.templates import library

    available = library.list_template_heads(desk.own_templates_folder)
    if available.faulty_files:
        desk.asker.tell(describe_faulty_files(available.faulty_files))
    return available.templates


def filter_templates(
    templates: list[Template], audience: TemplateAudience
) -> list[Template]:
    """Return those of the templates that are for this audience, in the same order."""
    return [template for template in templates if template.audience is audience]
