"""The name of somebody new: asked for, completed, checked, and told from those in the journal."""

from collections.abc import Sequence
from functools import partial

from coachlog.decoding import has_lone_surrogate
from coachlog.errors import InvalidInput, Refusal
from coachlog.model.people import Person
from coachlog.names.matching import is_whole_name
from coachlog.names.spelling import find_name_fault, is_single_word, propose_name
from coachlog.phrasing.relationships import describe_relationship
from coachlog.services.desk import Desk
from coachlog.services.inputs import ask_checked_words
from coachlog.store.reading import person_queries
from coachlog.store.reading.person_queries import refuse_own_name
from coachlog.text import clean_line, fold_text

WHOLE_NAME_QUESTION = "What is their full name?"


def ask_new_name(desk: Desk, typed_name: str | None, *, is_shown_again: bool) -> str:
    """Return the name of somebody new, asked for where it is missing, one word, or a namesake's.

    So is one that was typed in small letters, unless it `is_shown_again` before it is saved.

    Raises Refusal if it turns out to be somebody in the journal.
    """
    if typed_name is None:
        asker = desk.require_asker("a name", "NAME")
        typed_name = ask_checked_words(asker, WHOLE_NAME_QUESTION, validate_person_name)
        name = propose_name(typed_name)
        if name != typed_name and not is_shown_again:
            name = ask_whole_name(desk, typed_name, is_shown_again=False)
    elif desk.interactive:
        name = ask_whole_name(desk, typed_name, is_shown_again=is_shown_again)
    else:
        name = validate_person_name(typed_name)
    if not (desk.interactive and desk.journal.exists()):
        return name
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
    new_name = settle_new_name(desk, name, people)
    if isinstance(new_name, Person):
        raise Refusal(
            f"{new_name.name} is already in your journal. Nothing was changed.",
            f"See: coachlog person show {new_name.slug}",
        )
    return new_name


def ask_whole_name(desk: Desk, typed_name: str, *, is_shown_again: bool = True) -> str:
    """Return the whole name of somebody new: a single word is offered, to be completed.

    So is one that was typed in small letters, unless it `is_shown_again` before it is saved, with
    its capitals. Raises InvalidInput if what was typed can be nobody's name.
    """
    name = validate_person_name(typed_name)
    offered_name = propose_name(name)
    is_seen = is_shown_again or offered_name == name
    if is_seen and not is_single_word(name):
        return offered_name
    help = "First and last name, so that you can tell them from others; Enter keeps it."
    while True:
        typed_words = desk.asker.ask_words(WHOLE_NAME_QUESTION, help, offered_name)
        whole_name = _separate_retyped_name(typed_words, offered_name)
        if whole_name != typed_words:
            desk.asker.tell(whole_name, dim=True, mark="→")
        try:
            return validate_person_name(whole_name or offered_name)
        except InvalidInput as error:
            desk.asker.tell(error.message)


def _separate_retyped_name(text: str, offered_name: str) -> str:
    """Return a name without the offered one, where it was typed again right behind that.

    `Sunitasunita rai` is what a tired hand makes of an offered `Sunita`.
    """
    retyped_name = text.removeprefix(offered_name)
    if retyped_name == text or retyped_name.startswith(" "):
        return text
    if not fold_text(retyped_name).startswith(fold_text(offered_name)):
        return text
    return propose_name(retyped_name)


def settle_new_name(desk: Desk, name: str, people: Sequence[Person]) -> Person | str:
    """Return the name of somebody new, or the person in the journal who was meant after all.

    Where somebody has that name, however it is typed, the owner is asked. Raises Refusal if
    nothing tells the two apart, or if it is the owner's own name.
    """
    refuse_owner_as_person(desk, name)
    namesakes = [person for person in people if is_whole_name(person, name)]
    if not namesakes:
        return name
    person = namesakes[0]
    question = f"{person.name} is already in your journal. Who is “{name}”?"
    rows = [(introduce_person(person), True), ("someone else with that name", False)]
    if desk.asker.choose(question, rows, is_statement=True) is not False:
        return person
    longer_name = ask_checked_words(
        desk.asker,
        "What tells them apart?",
        partial(_add_difference, name),
        "A team or a place: ward 7.",
    )
    return settle_new_name(desk, longer_name, people)


def _add_difference(name: str, difference: str) -> str:
    """Return a name with what tells two people apart; raises as `validate_person_name` does."""
    if not difference:
        raise Refusal("Nothing tells the two apart. Nothing was changed.")
    return validate_person_name(f"{name} ({difference})")


def refuse_owner_as_person(desk: Desk, name: str) -> None:
    """Raise Refusal if a name for somebody new is the owner's own."""
    if desk.journal.exists():
        with desk.read() as db:
            refuse_own_name(name, person_queries.read_owner_name(db))


def phrase_single_name(name: str, handle: str) -> str:
    """Return the remark that somebody new is in the journal by a single word."""
    return (
        f"“{name}” is new in your journal, by one name only. To add a surname: "
        f'coachlog person edit {handle} --name "..."'
    )


def validate_person_name(text: str) -> str:
    """Return a name as it is stored: one line of at most 120 characters.

    Raises InvalidInput if it is longer, has no letter, or stands for a person, as `them` does.
    """
    if has_lone_surrogate(text):
        raise InvalidInput("A character in that name cannot be read. Type it again.")
    name = clean_line(text)
    if fold_text(name) == "me":
        raise InvalidInput(
            "“me” already means you.",
            'To set your own name: coachlog person edit me --name "Tom Reed"',
        )
    fault = find_name_fault(name)
    if fault:
        raise InvalidInput(fault, 'For example: coachlog person add "Priya Shah"')
    return name


def validate_owner_name(text: str) -> str:
    """Return the owner's own name as it is stored; '' for none.

    Raises InvalidInput as `validate_person_name` does.
    """
    name = clean_line(text)
    fault = find_name_fault(name) if name else None
    if fault:
        raise InvalidInput(
            fault, 'For example: coachlog person edit me --name "Tom Reed"'
        )
    return name


def find_owner_namesake(desk: Desk, own_name: str) -> Person | None:
    """Return the person in the journal who has the name that the owner gives; None for nobody."""
    if not (own_name and desk.journal.exists()):
        return None
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
    return next((person for person in people if is_whole_name(person, own_name)), None)


def introduce_person(person: Person) -> str:
    """Return one line that says who somebody is: `Priya Shah, reports to you`."""
    aside = ", archived" if person.archived else ""
    return f"{person.name}, {describe_relationship(person.relationship)}{aside}"
