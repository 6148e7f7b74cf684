"""What `log` says beside its box: what was to be raised, and what is still not said after it."""

from collections.abc import Iterable

from coachlog.model.notes import Note, NoteKind
from coachlog.names.spelling import is_single_word
from coachlog.rules.disclosure import Audience, split_entries
from coachlog.rules.notes import comes_back
from coachlog.services.new_names import phrase_single_name
from coachlog.services.sessions.saved_session import SavedSession
from coachlog.services.sessions.session_setup import SessionSetup
from coachlog.text import (
    clean_line,
    extract_first_name,
    format_count,
    shorten_text,
)

_MOST_QUOTES = 3
_QUOTED_CHARACTERS = 60


def list_waiting_notes(open_notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes that wait to be said to someone, which any next conversation asks about."""
    notes = [note for note in open_notes if comes_back(note)]
    return split_entries(notes, Audience.OWNER).visible_entries


def describe_notes_to_raise(open_notes: Iterable[Note]) -> str:
    """Return in one line what the owner wanted to raise with someone; '' for nothing.

    With its words, as a guided conversation asks about it: it is what the owner came with.
    """
    quotes = [
        shorten_text(clean_line(note.words), _QUOTED_CHARACTERS)
        for note in list_waiting_notes(open_notes)
        if note.kind is NoteKind.RAISE
    ]
    if not quotes:
        return ""
    words = "; ".join(quotes[:_MOST_QUOTES])
    if len(quotes) > _MOST_QUOTES:
        words += f"; and {len(quotes) - _MOST_QUOTES} more"
    return f"You wanted to raise: {words}"


def list_waiting_remarks(open_notes: Iterable[Note]) -> tuple[str, ...]:
    """Return the remark on notes that are still not said to someone; none without any."""
    notes = list_waiting_notes(open_notes)
    if not notes:
        return ()
    person = notes[0].person
    first_name = extract_first_name(clean_line(person.name)) if person else "them"
    count = format_count(len(notes), "note")
    command = f"coachlog note --said {notes[0].id}"
    if len(notes) == 1:
        return (f"{count} not yet said to {first_name}. Once it is: {command}",)
    numbers = ", ".join(str(note.id) for note in notes)
    return (
        f"{count} not yet said to {first_name} ({numbers}). Once one is: {command}",
    )


def list_new_name_remarks(
    setup: SessionSetup, saved_session: SavedSession
) -> tuple[str, ...]:
    """Return the remark on someone new who is in the journal by a single word; none else."""
    new_person = setup.new_person
    if new_person is None or not saved_session.handle:
        return ()
    if not is_single_word(new_person.name):
        return ()
    return (phrase_single_name(new_person.name, saved_session.handle),)
