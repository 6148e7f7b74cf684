"""Notes that are parked for the next talk with someone."""

from coachlog.errors import Invalid, NotFound
from coachlog.model import Note, Person
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import input_given, missing, read_input
from coachlog.services.results import Result
from coachlog.store import reading
from coachlog.text import MAX_BYTES, first_name, in_kib, line, short, size


def subject(desk: Desk) -> str:
    """Return the handle of the person that a note is about, asked for."""
    if not desk.interactive:
        raise missing("Who it is about", "NAME")
    return people.ask_for_person(desk, "Who is the note for?").slug


def parked(desk: Desk, name: str) -> tuple[Person, list[Note]]:
    """Return a person and what is parked for the next talk with them, the oldest note first."""
    with desk.read() as db:
        person = reading.person(db, name)
        return person, reading.parked_notes(db, person.id)


def park(desk: Desk, name: str, text: str | None) -> Result:
    """Keep a note about a person, asked for or read from standard input if it is not given."""
    with desk.read() as db:
        person = reading.person(db, name)
    words = _words(desk, person, text)
    if size(words) > MAX_BYTES:
        raise Invalid(f"That is {in_kib(words)} KiB; a note may have {MAX_BYTES // 1024} KiB.")
    words = line(words)
    if not words:
        raise Invalid("The note is empty. Nothing was changed.")
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        id = note_changes.park_note(change, person.id, words, on=desk.today)
    return Result(
        f"Parked for the next talk with {person.name}: {id} {short(words, 60)}. "
        f"Next: coachlog brief {person.slug}"
    )


def _words(desk: Desk, person: Person, text: str | None) -> str:
    if text is not None and text != "-":
        return text
    if text is None and desk.interactive:
        return desk.asker.words(f"What is to come up next time with {first_name(person.name)}?")
    if text is None and not input_given():
        raise missing("The note", "--text TEXT, or --text - for standard input")
    return read_input("-").decode("utf-8-sig", "replace")


def drop(desk: Desk, name: str, id: int) -> Result:
    """Take a note away that was not talked about yet; `NotFound` if it is not parked there."""
    person, notes_parked = parked(desk, name)
    listed = f"coachlog person note {person.slug} --list"
    if id not in [note.id for note in notes_parked]:
        raise NotFound(f"No note {id} is parked for {person.name}.", listed)
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        words = note_changes.drop_note(change, person.id, id)
    return Result(f"Dropped: {id} {short(words, 60)}. Left: {listed}")
