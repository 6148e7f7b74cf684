"""What `coachlog note` and `coachlog person note` have in common: their options and their work."""

from typing import TYPE_CHECKING, Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Option
from coachlog.errors import InvalidInput
from coachlog.model.notes import NoteKind
from coachlog.named_tuples import NamedTuple
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coachlog.model.notes import Note
    from coachlog.model.people import Person

NoteWordsArgument = Annotated[
    list[str] | None,
    Argument(
        metavar="[NAME] [WORDS]...",
        help="The person, then the note; - reads it from standard input.",
        autocompletion=suggestions.suggest_first_person,
    ),
]
NoteKindOption = Annotated[
    NoteKind | None,
    Option(
        "--kind",
        "-k",
        metavar="KIND",
        help=f"What it is for: {', '.join(NoteKind)}; by default raise.",
    ),
]
NoteLinkOption = Annotated[
    str | None,
    Option("--link", metavar="LINK", help="Where the evidence is: https://..."),
]
NoteDayOption = Annotated[
    str,
    Option("--on", metavar="DATE", help="The day you saw it, wrote it or said it."),
]
NoteListOption = Annotated[
    bool,
    Option("--list", help="List the open notes: about everyone, or about NAME."),
]
NoteSaidOption = Annotated[
    int | None,
    Option(
        "--said",
        metavar="ID",
        help="Close the note with this number: you have said it.",
        autocompletion=suggestions.suggest_open_notes,
    ),
]
NoteDropOption = Annotated[
    int | None,
    Option(
        "--drop",
        metavar="ID",
        help="Close the note with this number: it will not be said.",
        autocompletion=suggestions.suggest_open_notes,
    ),
]
NoteEditOption = Annotated[
    int | None,
    Option(
        "--edit",
        metavar="ID",
        help="Change the words (the WORDS, or asked for), the kind or the link of a note.",
        autocompletion=suggestions.suggest_open_notes,
    ),
]


class NoteRequest(NamedTuple):
    """The command line of a note, as typed."""

    words: tuple[str, ...] = ()
    text: str | None = None
    kind: NoteKind | None = None
    link: str | None = None
    on: str = "today"
    show_list: bool = False
    include_closed: bool = False
    said_id: int | None = None
    drop_id: int | None = None
    edit_id: int | None = None
    as_json: bool = False


def run_note_request(console: Console, request: NoteRequest) -> None:
    """Do what the command line of a note says, and print what came of it."""
    from coachlog.services import notes

    is_list = request.show_list or request.include_closed or request.as_json
    _require_one_use(request, is_list)
    if is_list:
        return _print_notes(console, request)
    options = notes.NoteOptions(
        request.words, request.text, request.kind, request.link, request.on
    )
    desk = console.desk
    if request.said_id is not None:
        result = notes.mark_note_as_said(
            desk, request.said_id, request.words, on=request.on
        )
    elif request.drop_id is not None:
        result = notes.drop_note(desk, request.drop_id, request.words)
    elif request.edit_id is not None:
        result = notes.edit_note(desk, request.edit_id, options)
    else:
        result = notes.add_note(desk, options)
    return console.print_message(result)


def _require_one_use(request: NoteRequest, is_list: bool) -> None:
    """Raise InvalidInput for options that do not go together."""
    closing_ids = {request.said_id, request.drop_id} - {None}
    editing_ids = {request.edit_id} - {None}
    if is_list + len(closing_ids) + len(editing_ids) > 1:
        raise InvalidInput("Use only one of --list, --said, --drop and --edit.")
    writes = {request.text, request.kind, request.link} - {None}
    if writes and (is_list or closing_ids):
        raise InvalidInput(
            "--text, --kind and --link are for a new note or for --edit. Nothing was changed."
        )


def _print_notes(console: Console, request: NoteRequest) -> None:
    from coachlog.services.notes import load_notes

    person, notes = load_notes(
        console.desk, request.words, include_closed=request.include_closed
    )
    if request.as_json:
        return console.print_json("notes", notes)
    return _print_note_table(console, person, notes)


def _print_note_table(
    console: Console, person: "Person | None", notes: "Sequence[Note]"
) -> None:
    """Print notes about someone, or about everyone, and how to close one."""
    if not notes:
        handle = person.slug if person else "NAME"
        whom = f" about {person.name}" if person else ""
        return console.print_empty_list(
            f"No open notes{whom}. To keep one: coachlog note {handle}"
        )
    from coachlog.screens.notes import render_notes
    from coachlog.text import format_count

    today, width = console.desk.today, console.list_width
    console.print_list(render_notes(notes, today, width, with_person=person is None))
    return console.print_remark(
        f"{format_count(len(notes), 'note')}. Once one is said: coachlog note --said ID"
    )
