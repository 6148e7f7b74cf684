"""`coachlog demo`: a believable year to explore, in a folder of its own."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_command_app, suggestions
from coachlog.cli.help_layout import Example, format_examples
from coachlog.terminal.console import Console

DEMO_FOLDER = "coachlog-demo"
TOUR_COMMANDS = (
    ("", "what today has in store"),
    ("brief priya", "before you meet Priya"),
    ("history grace", "Grace's whole story"),
    ("progress", "promises kept, yours first"),
    ("progress --set ward", "a group of peers"),
    ("progress --shadow", "what Sam shows the team"),
    ("plan show me", "Sam's own plan"),
    ("session resume", "a draft to carry on with"),
)

app = build_command_app()


@app.command()
def demo(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]",
            help=f"A new or empty folder; by default {DEMO_FOLDER}.",
            autocompletion=suggestions.suggest_folders,
        ),
    ] = None,
) -> None:
    """Write a made-up journal of a year, to explore; your own is not touched.

    Examples:
      coachlog demo                           into the folder coachlog-demo
      coachlog --home coachlog-demo progress  then look around in it
    """
    from coachlog.services.demo.demo_home import write_demo_year
    from coachlog.terminal.progress_bar import track_progress

    console: Console = ctx.obj
    target = (path or console.home_override or Path(DEMO_FOLDER)).expanduser()
    write_demo_year(
        console.desk,
        target,
        lambda steps: track_progress(
            steps, "Writing a year", console.err, draws=not console.is_accessible
        ),
    )
    console.print_message(_format_tour(target, console.out.width))


def _format_tour(folder: Path, width: int) -> str:
    """Return the commands to type to look around, in two columns if the width allows."""
    lead = f"coachlog --home {shlex.quote(str(folder))}"
    examples = [
        Example(f"{lead} {words}".rstrip(), meaning) for words, meaning in TOUR_COMMANDS
    ]
    return "\n".join(
        [
            f"A year in the working life of Sam Reed, a ward manager, is in {folder}.",
            "All eleven people in it are made up. Look around:",
            "",
            format_examples(examples, width),
            "",
            f"Your own journal was not touched. Seen enough? Delete {folder}.",
        ]
    )
