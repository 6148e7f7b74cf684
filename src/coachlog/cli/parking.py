"""Notes that are parked for the next talk with someone."""

import sys
from collections.abc import Sequence

from coachlog.cli.environment import Environment, missing, read_input
from coachlog.errors import Invalid, NotFound
from coachlog.model import Note, Person
from coachlog.text import MAX_BYTES, first_name, in_kib, line, plural, short, size


def whom(env: Environment) -> str:
    """Return the handle of the person that a note is about, asked for."""
    if not env.interactive:
        raise missing("Who it is about", "NAME")
    from coachlog.cli.choosing import someone_known

    return someone_known(env, "Who is the note for?").slug


def park(env: Environment, who: Person, text: str | None) -> str:
    """Keep a note, asked for or read from standard input if not given; return what was done."""
    words = _words(env, who, text)
    if size(words) > MAX_BYTES:
        raise Invalid(f"That is {in_kib(words)} KiB; a note may have {MAX_BYTES // 1024} KiB.")
    words = line(words)
    if not words:
        raise Invalid("The note is empty. Nothing was changed.")
    from coachlog.store.writing import notes

    with env.change() as change:
        id = notes.park_note(change, who.id, words, on=env.today)
    return (
        f"Parked for the next talk with {who.name}: {id} {short(words, 60)}. "
        f"Next: coachlog brief {who.slug}"
    )


def _words(env: Environment, who: Person, text: str | None) -> str:
    if text is not None and text != "-":
        return text
    if text is None and env.interactive:
        return env.terminal.words(f"What is to come up next time with {first_name(who.name)}?")
    if text is None and (sys.stdin is None or sys.stdin.isatty()):
        raise missing("The note", "--text TEXT, or --text - for standard input")
    return read_input("-").decode("utf-8-sig", "replace")


def drop(env: Environment, who: Person, parked: Sequence[Note], id: int) -> str:
    """Take a note away that was not talked about yet; return what was done."""
    listed = f"coachlog person note {who.slug} --list"
    if id not in [note.id for note in parked]:
        raise NotFound(f"No note {id} is parked for {who.name}.", listed)
    from coachlog.store.writing import notes

    with env.change() as change:
        words = notes.drop_note(change, who.id, id)
    return f"Dropped: {id} {short(words, 60)}. Left: {listed}"


def show(env: Environment, who: Person, parked: Sequence[Note]) -> None:
    """Print what is parked for the next talk with someone."""
    if not parked:
        return env.say(f"Nothing is parked for {who.name}: coachlog person note {who.slug}")
    from coachlog.screens import brief

    env.show(brief.notes(parked, env.today))
    take = f"coachlog person note {who.slug} --drop ID"
    return env.note(f"{plural(len(parked), 'note')}. To take one away: {take}")
