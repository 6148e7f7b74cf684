"""`coachlog demo`: a believable year to explore, in a folder of its own."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_command_app, suggestions
from coachlog.terminal.console import Console

DEMO_FOLDER = "coachlog-demo"
TOUR_COMMANDS = (
    ("", "what today has in store"),
    ("brief priya", "before you meet Priya"),
    ("history grace", "Grace's whole story"),
    ("progress", "promises kept, yours first"),
    ("progress --set ward", "a set of peers who ask"),
    ("progress --shadow", "the shadow Sam casts"),
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
    """Write a made-up journal of a year, to explore; your own is not touched."""
    from coachlog.services.demo.demo_home import write_demo_year
    from coachlog.terminal.progress_bar import track_progress

    console: Console = ctx.obj
    target = (path or console.home_override or Path(DEMO_FOLDER)).expanduser()
    write_demo_year(
        console.desk,
        target,
        lambda steps: track_progress(steps, "Writing a year", console.err),
    )
    console.print_message(_format_tour(target, console.out.width))


def _format_tour(folder: Path, width: int) -> str:
    """Return the commands to type to look around, in two columns if the width allows."""
    lead = f"coachlog --home {shlex.quote(str(folder))}"
    commands = [(f"{lead} {words}".rstrip(), why) for words, why in TOUR_COMMANDS]
    # Two columns would be torn apart on a narrow terminal.
    command_width = max(len(command) for command, _ in commands)
    why_width = max(len(why) for _, why in commands)
    if command_width + 4 + why_width < width:
        rows = [f"  {command:<{command_width}}  {why}" for command, why in commands]
    else:
        rows = [f"  {why}:\n    {command}" for command, why in commands]
    return "\n".join(
        [
            f"A year in the working life of Sam Reed, a ward manager, is in {folder}.",
            "All ten people in it are made up. Look around:",
            "",
            *rows,
            "",
            f"Your own journal was not touched. Seen enough? Delete {folder}.",
        ]
    )
