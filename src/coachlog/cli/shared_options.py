"""The options that bare `coachlog` shares with commands; a module of their own, as it is small."""

from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
IncludePrivateOption = Annotated[
    bool,
    typer.Option(
        "--private",
        "--include-private",
        help="Show private words and health entries too.",
    ),
]
