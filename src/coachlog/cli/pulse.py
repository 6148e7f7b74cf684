"""`coachlog pulse`: what the team says of the owner's word, without names."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_group_app, completion
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = build_group_app("What your team says of your word, without names.")

PulseIdArgument = Annotated[
    int | None,
    typer.Argument(
        metavar="[ID]",
        help="The number `pulse list` shows; left out: the newest.",
        autocompletion=completion.suggest_pulses,
    ),
]
PulseFolderOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the two pages.")
]
PulseForceOption = Annotated[bool, typer.Option("--force", help="Overwrite the pages.")]


@app.command("new")
def pulse_new(
    ctx: typer.Context,
    statement: Annotated[
        list[str] | None,
        typer.Option(
            "--statement",
            metavar="TEXT",
            help="Your own words, given twice; - reads both from standard input, one a line.",
        ),
    ] = None,
    output: PulseFolderOption = Path(),
    force: PulseForceOption = False,
) -> None:
    """Make a question sheet for the team: a page for the browser, and one for paper or chat.

    Two statements, each answered from 1 (not at all) to 5 (fully). The browser's page works
    offline and makes a short code without a name; `pulse add` reads the codes.
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.print_message(pulses.create_pulse(console.desk, statement or [], output, force=force))


@app.command("add")
def pulse_add(
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
            autocompletion=completion.suggest_pulses,
        ),
    ] = None,
) -> None:
    """Add replies: all of them, or none if one cannot be read. A code counts once."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.print_message(pulses.add_pulse_replies(console.desk, codes or [], paper or [], pulse))


@app.command("show")
def pulse_show(ctx: typer.Context, id: PulseIdArgument = None, as_json: JsonOption = False) -> None:
    """Show what five replies or more say together, and what the pulse before said."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    pulse = pulses.load_pulse(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.print_json("pulse", json.convert_value(pulse))
    from coachlog.screens import pulse as screens

    today, width = console.desk.today, console.out.width
    return console.print_pages(screens.render_pulse(pulse, today, width, ascii=console.ascii))


@app.command("list")
def pulse_list(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the pulses: how many replied to each, and the means where five or more did."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    listed = pulses.list_pulses(console.desk)
    if as_json:
        from coachlog.exports import json

        return console.print_json("pulses", json.convert_value(listed))
    if not listed:
        return console.print_message("No pulses yet. To make one: coachlog pulse new")
    from coachlog.screens import pulse as screens

    return console.print_pages(screens.render_pulses(listed, console.desk.today))


@app.command("sheet")
def pulse_sheet(
    ctx: typer.Context,
    id: PulseIdArgument = None,
    output: PulseFolderOption = Path(),
    force: PulseForceOption = False,
) -> None:
    """Write the two pages of a pulse again; codes of the first ones stay good."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.print_message(pulses.write_pulse_pages(console.desk, id, output, force=force))
