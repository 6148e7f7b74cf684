"""Notes that are parked for the next talk with someone."""

import sys
from collections.abc import Sequence

from coachlog.errors import Invalid, NotFound
from coachlog.model import Note, Person
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing, read_input
from coachlog.text import MAX_BYTES, first_name, in_kib, line, short, size


def whom(desk: Desk) -> str:
    """Return the handle of the person that a note is about, asked for."""
    if not desk.interactive:
        raise missing("Who it is about", "NAME")
    from coachlog.services.sessions.start import someone_known

    return someone_known(desk, "Who is the note for?").slug


def park(desk: Desk, who: Person, text: str | None) -> str:
    """Keep a note, asked for or read from standard input if not given; return what was done."""
    words = _words(desk, who, text)
    if size(words) > MAX_BYTES:
        raise Invalid(f"That is {in_kib(words)} KiB; a note may have {MAX_BYTES // 1024} KiB.")
    words = line(words)
    if not words:
        raise Invalid("The note is empty. Nothing was changed.")
    from coachlog.store.writing import notes

    with desk.change() as change:
        id = notes.park_note(change, who.id, words, on=desk.today)
    return (
        f"Parked for the next talk with {who.name}: {id} {short(words, 60)}. "
        f"Next: coachlog brief {who.slug}"
    )


def _words(desk: Desk, who: Person, text: str | None) -> str:
    if text is not None and text != "-":
        return text
    if text is None and desk.interactive:
        return desk.asker.words(f"What is to come up next time with {first_name(who.name)}?")
    if text is None and (sys.stdin is None or sys.stdin.isatty()):
        raise missing("The note", "--text TEXT, or --text - for standard input")
    return read_input("-").decode("utf-8-sig", "replace")


def drop(desk: Desk, who: Person, parked: Sequence[Note], id: int) -> str:
    """Take a note away that was not talked about yet; return what was done."""
    listed = f"coachlog person note {who.slug} --list"
    if id not in [note.id for note in parked]:
        raise NotFound(f"No note {id} is parked for {who.name}.", listed)
    from coachlog.store.writing import notes

    with desk.change() as change:
        words = notes.drop_note(change, who.id, id)
    return f"Dropped: {id} {short(words, 60)}. Left: {listed}"
