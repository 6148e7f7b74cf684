"""Gives a conversation that was held to other people: it was filed under the wrong names."""

from collections.abc import Sequence

from coachlog.errors import CoachlogError, InvalidInput, Refusal
from coachlog.interview.conversation import Conversation
from coachlog.model.actions import Action
from coachlog.model.people import Person
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Session
from coachlog.model.templates import Template, TemplateAudience
from coachlog.rules.three_way import PartnerSwap
from coachlog.services.desk import Desk
from coachlog.services.person_choice import require_active_person
from coachlog.services.sessions.partner_names import (
    combine_names,
    load_everyone,
    split_only_name,
)
from coachlog.services.sessions.three_way import refuse_owner_among, refuse_same_person
from coachlog.store.reading import person_queries
from coachlog.templates import library
from coachlog.text import format_count

_ARCHIVED_QUESTION = "Give the conversation to them all the same?"


def find_new_partners(
    desk: Desk, session: Session, names: Sequence[str]
) -> tuple[Person, ...]:
    """Return whom a conversation was really with, once the owner agrees to what that does.

    Raises NotFound for somebody unknown, InvalidInput for names that cannot be in one, and Refusal
    for a meeting, a conversation alone, the same people, and an owner who does not agree.
    """
    partners = list_partners(session)
    if not partners:
        raise Refusal(
            f"Conversation {session.id} was not with one person or two, so it cannot be given to "
            "others. Nothing was changed.",
            f"See: coachlog session show {session.id}",
        )
    people = _find_named_people(desk, names)
    if [person.id for person in people] == [partner.id for partner in partners]:
        raise Refusal(
            f"Conversation {session.id} is with {session.with_whom} already. "
            "Nothing was changed."
        )
    _require_three(desk, session, people)
    swap = PartnerSwap(partners, people)
    for person in people:
        if person.id not in swap.old_ids:
            require_active_person(desk, person, _ARCHIVED_QUESTION)
    if desk.interactive:
        _confirm_effects(desk, session.actions, swap)
    return people


def _find_named_people(desk: Desk, names: Sequence[str]) -> tuple[Person, ...]:
    """Return the one or two people that these names mean; raises as `find_new_partners` does."""
    try:
        names = split_only_name(combine_names(None, names), load_everyone(desk))
        with desk.read() as db:
            refuse_owner_among(names, person_queries.read_owner_name(db))
            people = tuple(person_queries.find_person(db, name) for name in names)
        if len(people) > 1:
            refuse_same_person(*people)
    except InvalidInput as error:
        error.message = error.message.replace(
            "Nothing was saved.", "Nothing was changed."
        )
        raise
    return people


def _require_three(desk: Desk, session: Session, people: Sequence[Person]) -> None:
    """Raise `Refusal` if a conversation of three by its template would be with one person."""
    template = _find_session_template(desk, session)
    if template is None or len(people) > 1:
        return
    if template.audience is TemplateAudience.THREE_WAY:
        raise Refusal(
            f"{session.title} is a conversation of three, so it needs two names. "
            "Nothing was changed.",
            f"Give both: coachlog session edit {session.id} --with {people[0].slug} --with NAME",
        )


def _find_session_template(desk: Desk, session: Session) -> Template | None:
    """Return the template of a session as it is now; None where it is gone."""
    try:
        return library.find_template(session.template, desk.own_templates_folder)
    except CoachlogError:
        return None


def _confirm_effects(desk: Desk, actions: Sequence[Action], swap: PartnerSwap) -> None:
    """Ask whether promises may go into another plan, and come up with somebody else.

    Raises Refusal if they may not.
    """
    moved_actions = [
        action
        for action in actions
        if swap.choose_plan(_get_plan(action)) != _get_plan(action)
    ]
    if moved_actions:
        promises = format_count(len(moved_actions), "promise")
        plan = describe_plan(swap.new_people, swap.choose_plan(None))
        desk.confirm(
            f"The {promises} made in it will be in {plan}. Go ahead?", yes=False
        )
        return
    joined_names = [
        person.name for person in swap.new_people if person.id not in swap.old_ids
    ]
    is_shared = any(action.owner == "me" for action in actions)
    if joined_names and is_shared:
        names = " and ".join(joined_names)
        desk.confirm(
            f"What you promised in it will come up with {names} as well. Go ahead?",
            yes=False,
        )


def _get_plan(action: Action) -> int | None:
    return action.person.id if action.person else None


def describe_plan(people: Sequence[Person], plan: int | None) -> str:
    """Return in words in whose plan promises are: `your own plan`, `the plan of Tom Reed`."""
    names = [person.name for person in people if person.id == plan]
    return f"the plan of {names[0]}" if names else "your own plan"


def list_partners(session: Session) -> tuple[PersonRef, ...]:
    """Return the one or two others in a conversation; nobody for a meeting, or one alone."""
    if session.set is not None:
        return ()
    return tuple(ref for ref in session.people if isinstance(ref, PersonRef))


def list_renamed_questions(
    desk: Desk, session: Session, people: Sequence[Person]
) -> dict[str, str]:
    """Return the questions that named the former people, as they are asked about others.

    By `stage.prompt`. Where the template is gone, or has other words by now, they stay.
    """
    template = _find_session_template(desk, session)
    if template is None:
        return {}
    me = _load_my_name(desk)
    talk = _build_talk(session, template, me, list_partners(session))
    new_talk = _build_talk(session, template, me, people)
    questions = {}
    for answer in session.answers:
        key = f"{answer.stage}.{answer.prompt}"
        prompt = template.prompts.get(key)
        if prompt is not None and talk.fill_names(prompt.ask) == answer.question:
            questions[key] = new_talk.fill_names(prompt.ask)
    return questions


def _build_talk(
    session: Session,
    template: Template,
    me: str | None,
    people: Sequence[Person | PersonRef],
) -> Conversation:
    day = session.held_on
    names = [person.name for person in people]
    return Conversation(
        template,
        today=day,
        latest_day=day,
        began_on=day,
        them=names[0],
        third=names[1] if names[1:] else None,
        me=me,
    )


def _load_my_name(desk: Desk) -> str | None:
    with desk.read() as db:
        return person_queries.read_owner_name(db)


def list_partner_remarks(
    people: Sequence[Person], plan: int | None, action_ids: Sequence[int]
) -> list[str]:
    """Return the remark on promises that moved along with a conversation; none without any."""
    if not action_ids:
        return []
    numbers = ", ".join(map(str, action_ids))
    lead = "Promise" if len(action_ids) == 1 else "Promises"
    verb = "is" if len(action_ids) == 1 else "are"
    slugs = [person.slug for person in people if person.id == plan]
    command = f"action list -p {slugs[0]}" if slugs else "plan show me"
    return [
        f"{lead} {numbers} {verb} in {describe_plan(people, plan)} now. "
        f"See: coachlog {command}"
    ]
