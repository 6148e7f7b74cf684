"""Notes: one line about someone, kept between conversations until it is said or dropped."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import (
    CoachlogError,
    Interruption,
    InvalidInput,
    NotFound,
    Refusal,
)
from coachlog.model.notes import Note, NoteKind
from coachlog.model.people import Person
from coachlog.named_tuples import NamedTuple
from coachlog.names.matching import find_leading_name
from coachlog.private_starts import may_begin_private
from coachlog.services import person_choice
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    build_missing_error,
    build_no_change_error,
    has_piped_input,
    read_input_text,
    require_answer_size,
)
from coachlog.services.results import Result
from coachlog.store.reading import note_queries, person_queries
from coachlog.text import (
    build_slug,
    clean_line,
    extract_first_name,
    shorten_text,
)

if TYPE_CHECKING:
    from coachlog.services.sessions.session_setup import NewPerson
    from coachlog.store.transactions import Change

_STDIN = "-"
_HANDED_BACK = "\nCopy what you typed from here: "
_QUESTIONS = {
    NoteKind.RAISE: "What do you want to raise with {name} next time?",
    NoteKind.SEEN: "What did you see {name} do?",
    NoteKind.THANKS: "What do you want to thank {name} for?",
    NoteKind.EVIDENCE: "What does it show about {name}?",
}
_KINDS_HELP = "For anything else: --kind seen, --kind thanks or --kind evidence."
_SUBJECTS = {
    NoteKind.RAISE: "to raise with {name}",
    NoteKind.SEEN: "seen, about {name}",
    NoteKind.THANKS: "thanks for {name}",
    NoteKind.EVIDENCE: "evidence about {name}",
}


class NoteOptions(NamedTuple):
    """A note on the command line, as typed; None for an option that was not given."""

    words: tuple[str, ...] = ()
    text: str | None = None
    kind: NoteKind | None = None
    link: str | None = None
    on: str = "today"


class _NoteFields(NamedTuple):
    """What can be changed about a note."""

    words: str
    kind: NoteKind
    link: str | None


def load_notes(
    desk: Desk, name_words: Sequence[str], *, include_closed: bool = False
) -> tuple[Person | None, list[Note]]:
    """Return a person and the notes about them, oldest first; without a name, everyone's.

    Only open notes, unless `include_closed`. Raises NotFound if the name fits nobody, or more than
    one person.
    """
    name = " ".join(name_words)
    with desk.read() as db:
        person = desk.find_person(db, name)
        if person is None:
            if include_closed:
                return None, note_queries.read_all_notes(db)
            return None, note_queries.read_all_open_notes(db)
        if include_closed:
            return person, note_queries.read_person_notes(db, person.id)
        return person, note_queries.read_open_notes(db, person.id)


def add_note(desk: Desk, options: NoteOptions) -> Result:
    """Keep a note about a person; who, and the words, are asked for or read where they are missing.

    Someone who is not in the journal is asked about, and added with the note. Raises InvalidInput
    for a note that is empty or too long and for a link that is not one, and NotFound for an unknown
    name where nobody can be asked: it has the words that were typed.
    """
    kind, link = _parse_kind_and_link(options)
    day = desk.parse_past_day(options.on)
    try:
        subject, text = _collect_new_note(desk, options, _QUESTIONS[kind])
    except KeyboardInterrupt as stop:
        raise _hand_back_note(options, stop) from None
    except (NotFound, Refusal) as error:
        raise _add_note_words(error, options) from None
    from coachlog.store.writing import note_changes

    is_new = not isinstance(subject, Person)
    if is_new:
        # Before the journal is locked, as it loads SQLModel.
        import coachlog.store.writing.person_changes  # noqa: F401

    with desk.change(create=is_new) as change:
        person_id = _keep_subject(change, subject)
        id = note_changes.insert_note(
            change, person_id, text, on=day, kind=kind, link=link
        )
        person = person_queries.read_person(change.connection, person_id)
    return Result(
        f"Note {id}, {_describe_subject(kind, person.name)}. It stays open until you have said "
        f"it. Next: coachlog brief {person.slug}"
    )


def _keep_subject(change: "Change", subject: "Person | NewPerson") -> int:
    """Return the number of whom a note is about; someone new is added to the journal."""
    if isinstance(subject, Person):
        return subject.id
    from coachlog.store.writing.person_changes import insert_person

    return insert_person(
        change, subject.name, subject.relationship, rhythm=subject.rhythm
    )


def _collect_new_note(
    desk: Desk, options: NoteOptions, question: str
) -> "tuple[Person | NewPerson, str]":
    """Return whom a new note is about, and its words."""
    subject, words = _find_subject(desk, options.words)
    if isinstance(subject, Person):
        person_choice.require_active_person(
            desk, subject, "Keep a note about them all the same?"
        )
    typed_text = _choose_typed_text(words, options.text)
    return subject, _collect_note_text(desk, typed_text, question, subject.name)


def _hand_back_note(options: NoteOptions, stop: KeyboardInterrupt) -> Interruption:
    """Return the end of a note that was given up, with whatever was typed for it."""
    typed_words = [*options.words, *map(str, stop.args)]
    words = " ".join(typed_words[1:] if options.words else typed_words).strip()
    message = "Stopped. Nothing was saved."
    if words:
        message += f"{_HANDED_BACK}{words}"
    return Interruption(message)


def _add_note_words(error: CoachlogError, options: NoteOptions) -> CoachlogError:
    """Return the error that a note can be about nobody, with all that was typed or piped for it."""
    words = [word for word in options.words if word != _STDIN]
    if options.text not in (None, _STDIN):
        words.append(options.text or "")
    elif has_piped_input() and len(words) < 2:
        # What was piped would be gone.
        words.append(clean_line(read_input_text(_STDIN)))
    # A name alone is in the error already.
    if any(words[1:]):
        error.message += f"{_HANDED_BACK}{' '.join(words).strip()}"
    return error


def _find_subject(
    desk: Desk, words: Sequence[str]
) -> "tuple[Person | NewPerson, list[str]]":
    """Return whom a note is about, and the words after the name; asked for where it is missing.

    So is somebody whom the first words do not name for certain: someone new is added with the
    note. Raises NotFound where nobody can be asked, and Refusal if nobody is chosen.
    """
    words = " ".join(words).split()
    if not words or words[0] == _STDIN:
        if words:
            raise build_missing_error("a name", "NAME before the -")
        desk.require_asker("a name", "NAME")
        return person_choice.ask_for_person(desk, "Who is the note about?"), []
    if desk.interactive and not desk.journal.exists():
        return _ask_subject(desk, [], words)
    with desk.read() as db:
        everyone = person_queries.read_people(db, include_archived=True)
        match = find_leading_name(everyone, words)
        if match is None and not desk.interactive:
            # It names nobody, or several: this says so.
            return person_queries.find_person(db, words[0].rstrip(":")), words[1:]
    if match is None:
        return _ask_subject(desk, everyone, words)
    person, count = match
    return person, words[count:]


def _ask_subject(
    desk: Desk, everyone: list[Person], words: list[str]
) -> "tuple[Person | NewPerson, list[str]]":
    """Return who is meant by the first of some words, and those that are no part of the name."""
    from coachlog.services.sessions.partners import choose_partner
    from coachlog.services.sessions.session_setup import NewPerson

    typed_name = words[0].rstrip(":")
    subject = choose_partner(
        desk, everyone, typed_name, help="To leave, press Enter without a name."
    )
    if not isinstance(subject, Person | NewPerson):
        raise Refusal("Nobody was chosen. Nothing was saved.")
    # “Dana Cole ask about leave”: her whole name was asked for, as one word is taken for a name.
    handle = subject.slug if isinstance(subject, Person) else build_slug(subject.name)
    named = Person(0, "", subject.name, handle, subject.relationship)
    match = find_leading_name([named], words)
    return subject, words[match[1] if match else 1 :]


def _choose_typed_text(words: Sequence[str], text: str | None) -> str | None:
    """Return the words of a note as typed, `-` for standard input; None where there are none."""
    if words and text is not None:
        raise InvalidInput(
            "The note is there twice: after the name, and with --text. Nothing was changed."
        )
    if words:
        return " ".join(words)
    return text


def _collect_note_text(
    desk: Desk,
    typed_text: str | None,
    question: str,
    full_name: str,
    initial: str = "",
) -> str:
    """Return one line, as typed, or read from a pipe, or else asked for."""
    text = typed_text
    if text is None and desk.interactive:
        name = extract_first_name(full_name)
        text = desk.asker.ask_words(
            question.format(name=name), _KINDS_HELP, initial, is_required=True
        )
    elif text == _STDIN or (text is None and has_piped_input()):
        text = read_input_text(_STDIN)
    elif text is None:
        raise build_missing_error(
            "the words of the note", "them, or - for standard input"
        )
    require_answer_size(text, "note")
    words = _drop_private_mark(clean_line(text))
    if not words:
        raise InvalidInput("The note is empty. Nothing was changed.")
    return words


def _drop_private_mark(words: str) -> str:
    """Return the words of a note without a `~` before them, as every note is veiled."""
    if not may_begin_private(words):
        return words
    from coachlog.capture.private_signs import take_private_start

    bare_words = take_private_start(words)
    return words if bare_words is None else bare_words


def _parse_kind_and_link(options: NoteOptions) -> tuple[NoteKind, str | None]:
    """Return the kind of a new note and its link; with a link alone, it is evidence.

    Raises InvalidInput for a link that is not one, or is given with another kind.
    """
    if options.link is None:
        return options.kind or NoteKind.RAISE, None
    kind = options.kind or NoteKind.EVIDENCE
    if kind is not NoteKind.EVIDENCE:
        raise InvalidInput(
            "Only evidence has a link. Nothing was changed.",
            "Leave --link out, or use --kind evidence.",
        )
    return kind, _parse_link(options.link)


def _parse_link(text: str) -> str:
    from coachlog.rules.notes import is_link

    link = text.strip()
    if not is_link(link):
        raise InvalidInput(
            f"“{shorten_text(clean_line(text), 60)}” is not a link. Nothing was changed.",
            "A link begins with https:// or file:// and has no spaces (%20 stands for one).",
        )
    return link


def mark_note_as_said(
    desk: Desk, id: int, name_words: Sequence[str], *, on: str
) -> Result:
    """Close a note that was said; raises NotFound if it is not there, and Refusal if not open.

    Raises InvalidInput for a day before it was written.
    """
    note = _load_note(desk, id, name_words)
    day = desk.parse_past_day(on)
    if day < note.written_on:
        written_on = dates.format_long_day(note.written_on)
        raise InvalidInput(
            f"Note {id} was written on {written_on}, so that is too early. "
            "Nothing was changed."
        )
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        note_changes.mark_note_said(change, id, on=day)
    return _describe_change("Said", note)


def drop_note(desk: Desk, id: int, name_words: Sequence[str]) -> Result:
    """Close a note that will not be said; raises as `mark_note_as_said` does."""
    note = _load_note(desk, id, name_words)
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        note_changes.mark_note_dropped(change, id)
    return _describe_change("Dropped", note)


def edit_note(desk: Desk, id: int, options: NoteOptions) -> Result:
    """Change the words, the kind or the link of an open note; without any, the words are asked for.

    Raises as `add_note` and `mark_note_as_said` do.
    """
    note = _load_note(desk, id, ())
    fields = _build_note_fields(desk, note, options)
    from coachlog.store.writing import note_changes

    with desk.change() as change:
        note_changes.update_note(change, id, **fields._asdict())
    return _describe_change("Changed", note._replace(kind=fields.kind))


def _build_note_fields(desk: Desk, note: Note, options: NoteOptions) -> "_NoteFields":
    """Return what a note holds after a change: the options, and the rest as it was."""
    fields = _NoteFields(note.words, note.kind, note.link)
    has_new_kind = options.kind is not None or options.link is not None
    if has_new_kind:
        kind, link = _parse_kind_and_link(
            options._replace(kind=options.kind or note.kind)
        )
        if options.link is None and kind is NoteKind.EVIDENCE:
            link = note.link
        fields = _NoteFields(note.words, kind, link)
    typed_text = _choose_typed_text(options.words, options.text)
    if typed_text is None and has_new_kind:
        return fields
    if typed_text is None and not desk.interactive:
        raise build_no_change_error(
            "the new words, - for standard input, --kind or --link"
        )
    with desk.read() as db:
        assert note.person is not None
        person = person_queries.read_person(db, note.person.id)
    words = _collect_note_text(
        desk,
        typed_text,
        "What should the note about {name} say?",
        person.name,
        note.words,
    )
    return fields._replace(words=words)


def _load_note(desk: Desk, id: int, name_words: Sequence[str]) -> Note:
    """Return a note by its number; it must be about the person of that name, if there is one.

    Raises DamagedJournal if it is not as it was written.
    """
    from coachlog.store.shown_rows import require_sound_entries

    with desk.read() as db:
        person = desk.find_person(db, " ".join(name_words))
        note = note_queries.read_note(db, id)
        require_sound_entries(db, notes=[id])
    if person is not None and note.person is not None and note.person.id != person.id:
        raise NotFound(
            f"There is no note {id} about {person.name}. Nothing was changed.",
            f"See: coachlog note {person.slug} --list",
        )
    return note


def _describe_change(verb: str, note: Note) -> Result:
    assert note.person is not None
    subject = _describe_subject(note.kind, note.person.name)
    return Result(f"{verb}: note {note.id}, {subject}. See: coachlog note --list")


def _describe_subject(kind: NoteKind, name: str) -> str:
    return _SUBJECTS[kind].format(name=name)
