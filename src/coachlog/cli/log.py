"""`coachlog log`: a conversation written down in one piece, as one would in a notes file."""

from typing import Annotated

import typer

from coachlog.cli import build_command_app, suggestions
from coachlog.terminal.console import Console

app = build_command_app()


@app.command()
def log(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Who you talked with; you are asked if you leave it out.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    with_names: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="NAME",
            help="Who else was there: a conversation of three.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="A file with the notes; - reads standard input.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            "-t",
            metavar="ID",
            help="A template other than the two-minute note.",
            autocompletion=suggestions.suggest_templates,
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day it happened.")
    ] = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="Write the notes in your editor.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only show what is understood; save nothing."),
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Record the same notes again, as another conversation."
        ),
    ] = False,
) -> None:
    """Write down a conversation in one box: text, promises with their dates, private notes.

    Examples:
      coachlog log priya                             write the notes in one box
      coachlog log priya --from notes.txt --on fri   from a file, for last Friday
      coachlog log priya --with tom                  a conversation of three
    """
    from coachlog.services.results import Result
    from coachlog.services.sessions.log import LogOptions, log_conversation

    console: Console = ctx.obj
    options = LogOptions(
        name, tuple(with_names or ()), source, template, on, editor, dry_run, again
    )
    outcome = log_conversation(console.desk, options)
    if isinstance(outcome, Result):
        return console.print_message(outcome)
    from coachlog.screens.understanding import render_understanding

    return console.print_pages(render_understanding(outcome))
