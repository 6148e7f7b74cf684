"""Options that mean the same in every command."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import completion

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PersonFilterOption = Annotated[
    str | None,
    typer.Option(
        "--person",
        "-p",
        metavar="NAME",
        help="Only those with one person.",
        autocompletion=completion.suggest_people,
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="A file; - prints.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="Such as html; left out: what the file's suffix says, else markdown.",
        autocompletion=completion.suggest_formats,
    ),
]
