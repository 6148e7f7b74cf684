"""Notes that are parked for the next talk with someone."""

from coachlog.errors import InvalidInput, NotFound
from coachlog.model import Note, Person
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error, has_piped_input, read_input
from coachlog.services.results import Result
from coachlog.store import reading
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_line,
    count_bytes,
    count_kib,
    extract_first_name,
    shorten_text,
)


def ask_note_subject(desk: Desk) -> str:
    """Return the handle of the person that a note is about, asked for."""
    if not desk.interactive:
        raise build_missing_error("Who it is about", "NAME")
    return people.ask_for_person(desk, "Who is the note for?").slug


def load_parked_notes(desk: Desk, name: str) -> tuple[Person, list[Note]]:
    """Return a person and what is parked for the next talk with them, the oldest note first."""
    with desk.read() as db:
        person = reading.find_person(db, name)
        return person, reading.read_parked_notes(db, person.id)


def park_note(desk: Desk, name: str, text: str | None) -> Result:
    """Keep a note about a person, asked for or read from standard input if it is not given."""
    with desk.read() as db:
        person = reading.find_person(db, name)
    words = _collect_note_text(desk, person, text)
    if count_bytes(words) > MAX_ANSWER_BYTES:
        raise InvalidInput(
            f"That is {count_kib(words)} KiB; a note may have {MAX_ANSWER_BYTES // 1024} KiB."
        )
    words = clean_line(words)
    if not words:
        raise InvalidInput("The note is empty. Nothing was changed.")
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        id = note_changes.insert_note(change, person.id, words, on=desk.today)
    return Result(
        f"Parked for the next talk with {person.name}: {id} {shorten_text(words, 60)}. "
        f"Next: coachlog brief {person.slug}"
    )


def _collect_note_text(desk: Desk, person: Person, text: str | None) -> str:
    if text is not None and text != "-":
        return text
    if text is None and desk.interactive:
        return desk.asker.ask_words(
            f"What is to come up next time with {extract_first_name(person.name)}?"
        )
    if text is None and not has_piped_input():
        raise build_missing_error("The note", "--text TEXT, or --text - for standard input")
    return read_input("-").decode("utf-8-sig", "replace")


def drop_note(desk: Desk, name: str, id: int) -> Result:
    """Take a note away that was not talked about yet; `NotFound` if it is not parked there."""
    person, notes_parked = load_parked_notes(desk, name)
    listed = f"coachlog person note {person.slug} --list"
    if id not in [note.id for note in notes_parked]:
        raise NotFound(f"No note {id} is parked for {person.name}.", listed)
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        words = note_changes.mark_note_dropped(change, person.id, id)
    return Result(f"Dropped: {id} {shorten_text(words, 60)}. Left: {listed}")
