"""Options that mean the same in every command."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import shared_options, suggestions
from coachlog.cli.date_words import take_date_words
from coachlog.errors import InvalidInput

JsonOption = shared_options.JsonOption
IncludePrivateOption = shared_options.IncludePrivateOption
PersonFilterArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Only with this person.",
        autocompletion=suggestions.suggest_people,
    ),
]
PersonFilterOption = Annotated[
    str | None,
    typer.Option(
        "--person",
        "-p",
        metavar="NAME",
        help="The same as NAME.",
        autocompletion=suggestions.suggest_people,
    ),
]
MakePrivateOption = Annotated[
    bool, typer.Option("--private", help="Keep it out of plans and exports.")
]
IncludeClosedOption = Annotated[
    bool, typer.Option("--all", help="Include closed ones.")
]
IncludeArchivedOption = Annotated[
    bool, typer.Option("--archived", help="Include archived ones.")
]
UnarchiveOption = Annotated[
    bool, typer.Option("--back", help="Bring back from the archive.")
]
EventDayOption = Annotated[
    str, typer.Option("--on", metavar="DATE", help="The day it happened.")
]
ClosingDayOption = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DATE",
        help="The day it happened; also as the last words: `rota fri`.",
        callback=take_date_words,
    ),
]
RhythmOption = Annotated[
    str | None,
    typer.Option(
        "--every",
        metavar="RHYTHM",
        help="How often to meet: 2w, 1m, monthly; 0 for none.",
    ),
]
NewNameOption = Annotated[
    str | None,
    typer.Option("--name", help="A new name; the short name stays the same."),
]
NoteTextOption = Annotated[
    str | None,
    typer.Option("--text", metavar="TEXT", help="The note; - reads standard input."),
]
YesOption = Annotated[
    bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write; - prints it.",
        autocompletion=suggestions.suggest_files,
    ),
]
CopyOption = Annotated[
    bool,
    typer.Option("--copy", help="Copy it to the clipboard as text, to paste."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite what is there.")]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="html, mail, markdown or text; by default as the file's suffix says, or markdown.",
        autocompletion=suggestions.suggest_formats,
    ),
]
StyleOption = Annotated[
    str,
    typer.Option(
        "--style",
        help="How promises are laid out: table or tasks.",
        autocompletion=suggestions.suggest_styles,
    ),
]


def choose_person_filter(name: str | None, person: str | None) -> str | None:
    """Return whom a list is narrowed to: the name after the command, or that of --person.

    Raises InvalidInput for both.
    """
    if name is not None and person is not None:
        raise InvalidInput("Give the name once: either NAME or --person NAME.")
    return person if name is None else name
