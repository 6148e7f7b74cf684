"""Gives a conversation that was held to another person: it was filed under the wrong name."""

from coachlog.errors import CoachlogError, Refusal
from coachlog.interview import Conversation
from coachlog.model import Person, PersonRef, Session
from coachlog.services.desk import Desk
from coachlog.services.people import require_active_person
from coachlog.store import reading
from coachlog.templates import library
from coachlog.text import format_count

_ARCHIVED_QUESTION = "Give the conversation to them all the same?"


def find_new_partner(desk: Desk, session: Session, name: str) -> Person:
    """Return whom a conversation was really with, once the owner agrees that promises move along.

    Raises NotFound for somebody unknown, and Refusal for a meeting, a conversation alone, the same
    person, and an owner who does not agree.
    """
    if session.set is not None or len(session.people) != 1:
        raise Refusal(
            f"Conversation {session.id} was not with one person, so it cannot be given to another. "
            "Nothing was changed.",
            f"See: coachlog session show {session.id}",
        )
    with desk.read() as db:
        person = reading.find_person(db, name)
    if person.id == get_partner(session).id:
        raise Refusal(
            f"Conversation {session.id} is with {person.name} already. Nothing was changed."
        )
    require_active_person(desk, person, _ARCHIVED_QUESTION)
    count = len(session.actions)
    if count and desk.interactive:
        promises = format_count(count, "promise")
        desk.confirm(
            f"The {promises} made in it will be in the plan of {person.name}. Go ahead?",
            yes=False,
        )
    return person


def get_partner(session: Session) -> PersonRef:
    """Return the other person in a conversation of two."""
    (partner,) = session.people
    assert isinstance(partner, PersonRef)
    return partner


def list_renamed_questions(
    desk: Desk, session: Session, person: Person
) -> dict[str, str]:
    """Return the questions that named the former person, as they are asked about another one.

    By `stage.prompt`. Where the template is gone, or has other words by now, they stay.
    """
    try:
        template = library.find_template(session.template, desk.own_templates_folder)
    except CoachlogError:
        return {}
    day = session.held_on
    talk = Conversation(
        template, day, day, day, them=get_partner(session).name, me=_load_my_name(desk)
    )
    new_talk = Conversation(template, day, day, day, them=person.name, me=talk.me)
    questions = {}
    for answer in session.answers:
        key = f"{answer.stage}.{answer.prompt}"
        prompt = template.prompts.get(key)
        if prompt is not None and talk.fill_names(prompt.ask) == answer.question:
            questions[key] = new_talk.fill_names(prompt.ask)
    return questions


def _load_my_name(desk: Desk) -> str | None:
    with desk.read() as db:
        return reading.read_owner_name(db)


def list_partner_remarks(person: Person, action_ids: list[int]) -> list[str]:
    """Return the remark on promises that moved along with a conversation; none without any."""
    if not action_ids:
        return []
    numbers = ", ".join(map(str, action_ids))
    lead = "Promise" if len(action_ids) == 1 else "Promises"
    verb = "is" if len(action_ids) == 1 else "are"
    return [
        f"{lead} {numbers} {verb} in the plan of {person.name} now. "
        f"See: coachlog action list -p {person.slug}"
    ]
