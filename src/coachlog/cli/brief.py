"""`coachlog brief`: one screen about someone, before the door opens."""

from typing import Annotated

import typer

from coachlog.cli import build_command_app, completion
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = build_command_app()


@app.command()
def brief(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Who.", autocompletion=completion.suggest_people)
    ],
    private: Annotated[
        bool,
        typer.Option("--private", "--include-private", help="Private and health entries, too."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what to know before the next talk: last time, promises, measures, goals, notes."""
    from coachlog.services.brief import load_brief

    console: Console = ctx.obj
    about = load_brief(console.desk, name, private=private)
    if as_json:
        from coachlog.exports import json

        return console.print_json("brief", json.convert_brief(about, console.desk.today))
    from coachlog.screens.brief import render_brief

    return console.print_pages(render_brief(about, console.desk.today, console.out.width))
