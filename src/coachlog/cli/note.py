"""`coachlog note`: one line about someone, kept until it is said."""

from typing import Annotated

from coachlog.cli.declare import Noun, Option
from coachlog.cli.note_requests import (
    NoteDayOption,
    NoteDropOption,
    NoteEditOption,
    NoteKindOption,
    NoteLinkOption,
    NoteListOption,
    NoteRequest,
    NoteSaidOption,
    NoteWordsArgument,
    run_note_request,
)
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun("note")


@app.command()
def note(
    console: Console,
    words: NoteWordsArgument = None,
    kind: NoteKindOption = None,
    link: NoteLinkOption = None,
    on: NoteDayOption = "today",
    show_list: NoteListOption = False,
    include_closed: Annotated[
        bool, Option("--all", help="List those said or dropped as well.")
    ] = False,
    said: NoteSaidOption = None,
    drop: NoteDropOption = None,
    edit: NoteEditOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep one line about someone until it is said: to raise, seen, thanks or evidence.

    Let it ask for the words if they have an apostrophe, which upsets a shell, or if they are
    private: what you type after the name stays in the shell's history. As many of the first words
    as fit one person are the name.

    A note to raise and thanks come back in the next conversation. What you saw comes back in
    feedback (`sbi`), evidence in an appraisal (`pdp`). `brief` shows them all. No note is in a
    plan or an export.

    Examples:
      coachlog note priya                     it asks; history keeps no words
      coachlog note priya ask about the rota  in one go
      coachlog note --list                    everything to say, to anyone
    """
    run_note_request(
        console,
        NoteRequest(
            words=tuple(words or ()),
            kind=kind,
            link=link,
            on=on,
            show_list=show_list,
            include_closed=include_closed,
            said_id=said,
            drop_id=drop,
            edit_id=edit,
            as_json=as_json,
        ),
    )
