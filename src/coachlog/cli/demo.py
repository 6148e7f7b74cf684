"""`coachlog demo`: a believable year to look around in, in a folder of its own."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_command_app
from coachlog.terminal.console import Console

DEMO_FOLDER = "coachlog-demo"
TOUR_COMMANDS = (
    ("", "what today asks for"),
    ("brief priya", "before a talk with Priya"),
    ("history grace", "Grace's whole story"),
    ("progress", "promises kept, yours first"),
    ("progress --set ward", "a set of peers who ask"),
    ("progress --shadow", "the shadow that Sam casts"),
    ("session resume", "a talk that was left open"),
)

app = build_command_app()


@app.command()
def demo(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help=f"A new or empty folder; else {DEMO_FOLDER}."),
    ] = None,
) -> None:
    """Write a journal with a year in it, to look around in; your own is not touched."""
    from coachlog.services.demo.demo_home import write_demo_year
    from coachlog.terminal.progress_bar import track_progress

    console: Console = ctx.obj
    target = (path or console.home_override or Path(DEMO_FOLDER)).expanduser()
    write_demo_year(
        console.desk, target, lambda steps: track_progress(steps, "Writing a year", console.err)
    )
    console.print_message(_format_tour(target, console.out.width))


def _format_tour(folder: Path, width: int) -> str:
    """Return what to type in order to look around."""
    lead = f"coachlog --home {shlex.quote(str(folder))}"
    commands = [(f"{lead} {words}".rstrip(), why) for words, why in TOUR_COMMANDS]
    wide = max(len(command) for command, _ in commands)
    if wide + 4 + max(len(why) for _, why in TOUR_COMMANDS) < width:
        rows = [f"  {command:<{wide}}  {why}" for command, why in commands]
    else:
        rows = [f"  {why}:\n    {command}" for command, why in commands]
    return "\n".join(
        [
            f"A year of Sam Reed, a ward manager, and nine people is in {folder}.",
            "Everyone in it is made up. Look around:",
            "",
            *rows,
            "",
            f"Your own journal was not touched. Seen enough? Delete {folder}.",
        ]
    )
