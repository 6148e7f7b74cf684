"""`coachlog brief`: one screen about someone, before the door opens."""

from typing import Annotated

import typer

from coachlog.cli import completion, lone
from coachlog.cli.options import AsJson
from coachlog.terminal.console import Console

app = lone()


@app.command()
def brief(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Who.", autocompletion=completion.people)
    ],
    private: Annotated[
        bool,
        typer.Option("--private", "--include-private", help="Private and health entries, too."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what to know before the next talk: last time, promises, measures, goals, notes."""
    from coachlog.services.brief import brief

    console: Console = ctx.obj
    about = brief(console.desk, name, private=private)
    if as_json:
        from coachlog.exports import json

        return console.json("brief", json.brief(about, console.desk.today))
    from coachlog.screens.brief import page

    return console.show(page(about, console.desk.today, console.out.width))
