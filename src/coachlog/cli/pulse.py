"""`coachlog pulse`: what the team says of the owner's word, without names."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.terminal.console import Console

app = noun("What your team says of your word, without names.")

Id = Annotated[
    int | None,
    typer.Argument(
        metavar="[ID]",
        help="The number `pulse list` shows; left out: the newest.",
        autocompletion=completion.pulses,
    ),
]
Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the two pages.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the pages.")]


@app.command()
def new(
    ctx: typer.Context,
    statement: Annotated[
        list[str] | None,
        typer.Option(
            "--statement",
            metavar="TEXT",
            help="Your own words, given twice; - reads both from standard input, one a line.",
        ),
    ] = None,
    output: Folder = Path(),
    force: Force = False,
) -> None:
    """Make a question sheet for the team: a page for the browser, and one for paper or chat.

    Two statements, each answered from 1 (not at all) to 5 (fully). The browser's page works
    offline and makes a short code without a name; `pulse add` reads the codes.
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.say(pulses.make(console.desk, statement or [], output, force=force))


@app.command()
def add(
    ctx: typer.Context,
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE]...",
            help="Reply codes; - reads standard input. Case, spaces and hyphens do not matter.",
        ),
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option(
            "--paper",
            metavar='"4 5"',
            help="A paper slip, once for each; a slip given twice counts twice.",
        ),
    ] = None,
    pulse: Annotated[
        int | None,
        typer.Option(
            "--pulse",
            metavar="ID",
            help="Only replies to this one; slips without codes are for the newest.",
            autocompletion=completion.pulses,
        ),
    ] = None,
) -> None:
    """Add replies: all of them, or none if one cannot be read. A code counts once."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.say(pulses.add(console.desk, codes or [], paper or [], pulse))


@app.command()
def show(ctx: typer.Context, id: Id = None, as_json: AsJson = False) -> None:
    """Show what five replies or more say together, and what the pulse before said."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    pulse = pulses.get(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.json("pulse", json.plain(pulse))
    from coachlog.screens import pulse as screens

    today, width = console.desk.today, console.out.width
    return console.show(screens.page(pulse, today, width, ascii=console.ascii))


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the pulses: how many replied to each, and the means where five or more did."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    listed = pulses.list_pulses(console.desk)
    if as_json:
        from coachlog.exports import json

        return console.json("pulses", json.plain(listed))
    if not listed:
        return console.say("No pulses yet. To make one: coachlog pulse new")
    from coachlog.screens import pulse as screens

    return console.show(screens.listed(listed, console.desk.today))


@app.command()
def sheet(ctx: typer.Context, id: Id = None, output: Folder = Path(), force: Force = False) -> None:
    """Write the two pages of a pulse again; codes of the first ones stay good."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.say(pulses.write_pages(console.desk, id, output, force=force))
