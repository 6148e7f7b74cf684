"""Notes that are parked for the next conversation with someone."""

from coachlog.errors import InvalidInput, NotFound
from coachlog.model import Note, Person
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    build_missing_error,
    has_piped_input,
    read_input_text,
    require_answer_size,
)
from coachlog.services.results import Result
from coachlog.store import reading
from coachlog.text import clean_line, extract_first_name, shorten_text


def ask_note_subject(desk: Desk) -> str:
    """Return the handle of the person that a note is about, asked for.

    Raises InvalidInput where nobody can be asked.
    """
    desk.require_asker("a name", "NAME")
    return people.ask_for_person(desk, "Who is the note for?").slug


def load_parked_notes(desk: Desk, name: str) -> tuple[Person, list[Note]]:
    """Return a person and the notes parked for the next conversation with them, oldest first.

    Raises NotFound if the name fits nobody, or more than one person.
    """
    with desk.read() as db:
        person = reading.find_person(db, name)
        return person, reading.read_parked_notes(db, person.id)


def park_note(desk: Desk, name: str, text: str | None) -> Result:
    """Park a note about a person; without `text` it is asked for, or read from a pipe.

    Raises InvalidInput for a note that is empty or too long, and NotFound for an unknown name.
    """
    with desk.read() as db:
        person = reading.find_person(db, name)
    words = _collect_note_text(desk, person, text)
    require_answer_size(words, "note")
    words = clean_line(words)
    if not words:
        raise InvalidInput("The note is empty. Nothing was changed.")
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        id = note_changes.insert_note(change, person.id, words, on=desk.today)
    return Result(
        f"Parked for your next conversation with {person.name}: {id} {shorten_text(words, 60)}. "
        f"Next: coachlog brief {person.slug}"
    )


def _collect_note_text(desk: Desk, person: Person, text: str | None) -> str:
    if text is None and desk.interactive:
        first_name = extract_first_name(person.name)
        return desk.asker.ask_words(
            f"What do you want to raise with {first_name} next time?"
        )
    if text is None and not has_piped_input():
        raise build_missing_error(
            "the note", "--text TEXT, or --text - for standard input"
        )
    if text is None or text == "-":
        return read_input_text("-")
    return text


def drop_note(desk: Desk, name: str, id: int) -> Result:
    """Drop a note before it was talked about; raises NotFound if it is not parked there."""
    person, notes = load_parked_notes(desk, name)
    list_command = f"coachlog person note {person.slug} --list"
    if id not in [note.id for note in notes]:
        raise NotFound(
            f"There is no note {id} parked for {person.name}.", f"See: {list_command}"
        )
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        words = note_changes.mark_note_dropped(change, person.id, id)
    return Result(f"Dropped: {id} {shorten_text(words, 60)}. See: {list_command}")
