"""Options that mean the same in every command."""

from pathlib import Path
from typing import Annotated

from coachlog.cli import shared_options, suggestions
from coachlog.cli.declare import Argument, Option
from coachlog.errors import InvalidInput

JsonOption = shared_options.JsonOption
IncludePrivateOption = shared_options.IncludePrivateOption
PersonFilterArgument = Annotated[
    str | None,
    Argument(
        metavar="[NAME]",
        help="Only with this person.",
        autocompletion=suggestions.suggest_people,
    ),
]
PersonFilterOption = Annotated[
    str | None,
    Option(
        "--person",
        "-p",
        metavar="NAME",
        help="The same as NAME.",
        autocompletion=suggestions.suggest_people,
    ),
]
MakePrivateOption = Annotated[
    bool, Option("--private", help="Keep it out of plans and exports.")
]
IncludeClosedOption = Annotated[bool, Option("--all", help="Include closed ones.")]
IncludeArchivedOption = Annotated[
    bool, Option("--archived", help="Include archived ones.")
]
UnarchiveOption = Annotated[bool, Option("--back", help="Bring back from the archive.")]
EventDayOption = Annotated[
    str, Option("--on", metavar="DATE", help="The day it happened.")
]
ClosingDayOption = Annotated[
    str,
    Option(
        "--on",
        metavar="DATE",
        help="The day it happened; also as the last words: `rota fri`.",
    ),
]
RhythmOption = Annotated[
    str | None,
    Option(
        "--every",
        metavar="RHYTHM",
        help="How often to meet: 2w, 1m, monthly; 0 for none.",
    ),
]
NewNameOption = Annotated[
    str | None,
    Option("--name", help="A new name; the short name stays the same."),
]
NoteTextOption = Annotated[
    str | None,
    Option("--text", metavar="TEXT", help="The note; - reads standard input."),
]
YesOption = Annotated[bool, Option("--yes", "-y", help="Do not ask for confirmation.")]
OutputOption = Annotated[
    Path | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write; - prints it.",
        autocompletion=suggestions.suggest_files,
    ),
]
CopyOption = Annotated[
    bool,
    Option("--copy", help="Copy it to the clipboard as text, to paste."),
]
ForceOption = Annotated[bool, Option("--force", help="Overwrite what is there.")]
FormatOption = Annotated[
    str | None,
    Option(
        "--format",
        metavar="FORMAT",
        help="csv, docx, html, json, mail, markdown or text; by default as the file's suffix "
        "says, or markdown.",
        autocompletion=suggestions.suggest_formats,
    ),
]
InitialsOption = Annotated[
    bool,
    Option(
        "--initials",
        help="Initials in place of names; names within what was typed stay.",
    ),
]
StyleOption = Annotated[
    str,
    Option(
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
