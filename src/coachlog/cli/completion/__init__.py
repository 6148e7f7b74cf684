"""`coachlog completion`: the script with which a shell asks what Tab can complete."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from coachlog.cli.arguments import build_choice_argument
from coachlog.cli.declare import ASK, Noun
from coachlog.terminal.console import Console

app = Noun("completion")

_SCRIPT_FILES = {
    "bash": "coachlog.bash",
    "zsh": "_coachlog",
    "fish": "coachlog.fish",
    "powershell": "coachlog.ps1",
}


class Shell(StrEnum):
    """A shell for which there is a script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@app.command()
def completion(
    console: Console,
    shell: Annotated[
        Shell,
        build_choice_argument(
            "Which shell?",
            Shell,
            metavar="SHELL",
            help="bash, zsh, fish or powershell",
        ),
    ] = ASK,
) -> None:
    """Print the script that lets Tab complete commands, names and numbers in a shell.

    Its first lines say where to save it, and what to delete to be rid of it. It changes no setting
    of the shell, and does not start coachlog until you press Tab.

    Examples:
      coachlog completion bash                  the script, and where to save it
      coachlog completion fish > coachlog.fish  in a file
    """
    script = (Path(__file__).parent / "scripts" / _SCRIPT_FILES[shell]).read_text(
        "utf-8"
    )
    console.print_text(script)
    if sys.stdout.isatty():
        console.print_remark(_read_heading(script))


def _read_heading(script: str) -> str:
    """Return what the comments at the top of a script say."""
    lines = []
    for line in script.removeprefix("#compdef coachlog\n").split("\n"):
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").removeprefix(" "))
    return "\n".join(lines)
