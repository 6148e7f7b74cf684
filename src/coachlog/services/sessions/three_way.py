"""Who is in a conversation of three: two others, who are two people and neither the owner."""

from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.actions import ME
from coachlog.model.people import Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.names.spelling import is_same_name
from coachlog.services.desk import Desk
from coachlog.services.person_choice import require_active_person
from coachlog.services.sessions.partner_names import build_same_person_error
from coachlog.services.sessions.partners import build_nobody_error, choose_partner
from coachlog.services.sessions.session_setup import SessionPartner, is_in_owner_plan
from coachlog.text import clean_text, fold_text

_FIRST_HELP = "The first of the two: whose plan it is, unless it is yours."
_THIRD_HELP = "The second of the two; Enter alone leaves."

Partners = tuple[SessionPartner, SessionPartner]
"""The first of the two others and the second; None for nobody."""


def require_two_others(template: Template, names: Sequence[str]) -> None:
    """Raise `InvalidInput` if a template for three gets only one name, or none."""
    if template.audience is not TemplateAudience.THREE_WAY or len(names) > 1:
        return
    raise InvalidInput(
        f"{template.title} is a conversation of three, so it needs two names. "
        "Nothing was saved.",
        'Use --with NAME twice, or put with = ["Ben Cole", "Helen Carr"] in the file.',
    )


def refuse_owner_among(names: Sequence[str], own_name: str | None) -> None:
    """Raise `InvalidInput` if one of the names of two others is the owner's."""
    for name in names:
        is_own_name = bool(own_name) and is_same_name(name, own_name or "")
        if is_own_name or fold_text(name) == ME:
            raise InvalidInput(
                f"“{clean_text(name)}” is you, and you are in each of your conversations. "
                "Nothing was saved.",
                "Name only the other people.",
            )


def refuse_same_person(first: SessionPartner, third: SessionPartner) -> None:
    """Raise `InvalidInput` unless these are two people."""
    if first is None or third is None:
        return
    is_same_person = is_same_name(first.name, third.name)
    if isinstance(first, Person) and isinstance(third, Person):
        is_same_person = first.id == third.id
    if is_same_person:
        raise build_same_person_error(third.name)


def agree_archived_partners(
    desk: Desk, first: SessionPartner, third: SessionPartner
) -> None:
    """Return if neither is archived, or the owner goes on all the same.

    Raises as `require_active_person` does.
    """
    for person in (first, third):
        if isinstance(person, Person):
            require_active_person(desk, person, "Hold it with them all the same?")


def tell_whose_plan(desk: Desk, first: SessionPartner) -> None:
    """Tell the owner into whose plan the promises of a conversation of three go."""
    words = "Promises go into your own plan."
    if first and not is_in_owner_plan(first):
        words = f"Promises go into the plan of {first.name}."
    desk.asker.tell(words, dim=True, mark="→")


def choose_partners(
    desk: Desk, people: list[Person], names: Sequence[str], own_name: str | None
) -> Partners:
    """Return the two others in a conversation of three, asked for one after the other if need be.

    Raises `Refusal` if nobody was chosen, and `InvalidInput` for names that cannot be: the owner's,
    or one person's twice. What is typed at a question is asked for again.
    """
    refuse_owner_among(names, own_name)
    first_name = names[0] if names else None
    first = choose_partner(desk, people, first_name, help=_FIRST_HELP)
    if first is None:
        raise build_nobody_error()
    third_name = names[1] if names[1:] else None
    return first, choose_third(desk, people, first, third_name)


def choose_third(
    desk: Desk,
    people: list[Person],
    first: SessionPartner,
    name: str | None = None,
) -> SessionPartner:
    """Return the second of the two others; raises as `choose_partners` does."""
    is_given = name is not None
    while True:
        third = choose_partner(desk, people, name, help=_THIRD_HELP)
        if third is None:
            raise build_nobody_error()
        try:
            refuse_same_person(first, third)
        except InvalidInput:
            if is_given:
                raise
            desk.asker.tell(f"{third.name} is already the first of the two.")
            continue
        agree_archived_partners(desk, first, third)
        return third
