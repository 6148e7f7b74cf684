"""Whom a command is about: asked for where nobody is named, and asked about if archived."""

from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.people import Person
from coachlog.names.matching import list_active, match_by_name
from coachlog.services.desk import Desk
from coachlog.store.reading import person_queries


def ask_for_person(desk: Desk, question: str) -> Person:
    """Return the person whose name, or the beginning of it, is typed.

    Raises InvalidInput while there is nobody in the journal.
    """
    # Imported here, as a line that names somebody asks for nobody.
    from coachlog.services.new_names import introduce_person

    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
    if not people:
        raise InvalidInput(
            "There is nobody in your journal yet.",
            "To add someone: coachlog person add",
        )
    name = desk.asker.ask_name(
        list_active(people), lambda query: match_by_name(people, query), question
    )
    (person,) = match_by_name(people, name)
    desk.asker.tell(introduce_person(person), dim=True, mark="→")
    return person


def require_active_person(
    desk: Desk, person: Person, question: str, *, keeps_words: bool = False
) -> None:
    """Return if a person is not archived, or the owner agrees to go on all the same.

    A list asks, not one key, which may be the first of what was typed ahead; `keeps_words` keeps
    that for the notes. Raises NotFound where nobody can be asked, and Refusal if they do not agree.
    """
    if not person.archived:
        return
    if not desk.interactive:
        raise NotFound(
            f"{person.name} is archived. Nothing was changed.",
            f"To bring them back: coachlog person archive {person.slug} --back",
        )
    rows = [("no", False), ("yes", True)]
    reply = desk.asker.choose(
        f"{person.name} is archived. {question}", rows, keeps_words=keeps_words
    )
    if reply is not True:
        raise Refusal("Nothing was changed.")
