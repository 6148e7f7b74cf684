"""Options that mean the same in every command."""

from typing import Annotated

import typer

from coachlog.cli import complete

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
With = Annotated[
    str | None,
    typer.Option(
        "--person",
        "-p",
        metavar="NAME",
        help="Only those with one person.",
        autocompletion=complete.people,
    ),
]
