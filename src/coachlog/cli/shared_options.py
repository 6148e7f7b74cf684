"""The options that bare `coachlog` shares with commands; a module of their own, as it is small."""

from typing import Annotated

from coachlog.cli.declare import Option

JsonOption = Annotated[bool, Option("--json", help="Print JSON.")]
IncludePrivateOption = Annotated[
    bool,
    Option(
        "--private",
        "--include-private",
        help="Show private words and health entries too.",
    ),
]
