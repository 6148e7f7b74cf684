"""`coachlog pulse`: what the team says about the owner's word, without names."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_group_app, suggestions
from coachlog.cli.options import ForceOption, JsonOption
from coachlog.terminal.console import Console

app = build_group_app(
    "Whether your team can rely on your word, asked without names.",
    """
    coachlog pulse new --team 8  two pages for a team of eight
    coachlog pulse add 4 5       one reply on paper
    coachlog pulse show          what the team says together
    """,
)

PulseIdArgument = Annotated[
    int | None,
    typer.Argument(
        metavar="[ID]",
        help="The number shown by `pulse list`; by default the newest.",
        autocompletion=suggestions.suggest_pulses,
    ),
]
PulseFolderOption = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="The folder for the two pages.",
        autocompletion=suggestions.suggest_folders,
    ),
]


@app.command("new")
def pulse_new(
    ctx: typer.Context,
    statement: Annotated[
        list[str] | None,
        typer.Option(
            "--statement",
            metavar="TEXT",
            help="One of your own two statements (use the option twice); - reads both from "
            "standard input, one per line.",
        ),
    ] = None,
    team: Annotated[
        int | None,
        typer.Option(
            "--team",
            help="How many people you will ask, for the response rate; five at least.",
        ),
    ] = None,
    output: PulseFolderOption = Path(),
    force: ForceOption = False,
) -> None:
    """Make a question sheet for the team: a page for the browser, and one for paper or chat.

    It has two statements, each answered from 1 (not at all) to 5 (fully). The browser page works
    offline and turns the answers into a short code without a name, which `pulse add` reads. A
    colleague collects the codes and passes them on together.

    Examples:
      coachlog pulse new --team 8  both pages here, for a team of eight
      coachlog pulse new -o pages  both in the folder pages
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.print_message(
        pulses.create_pulse(
            console.desk, statement or [], output, team_size=team, force=force
        )
    )


@app.command("add")
def pulse_add(
    ctx: typer.Context,
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE]...",
            help="Reply codes, or the two numbers on a paper slip (4 5); - reads standard input. "
            "Case, spaces and hyphens of a code do not matter; you are asked if you leave it out.",
        ),
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option(
            "--paper",
            metavar='"4 5"',
            help="The numbers on one paper slip; a slip added twice counts twice.",
        ),
    ] = None,
    pulse: Annotated[
        int | None,
        typer.Option(
            "--pulse",
            metavar="ID",
            help="Only replies to this pulse; paper slips are for the newest by default.",
            autocompletion=suggestions.suggest_pulses,
        ),
    ] = None,
) -> None:
    """Add replies. If one cannot be read, none is added. A code counts once.

    Examples:
      coachlog pulse add 4 5          one paper slip
      coachlog pulse add "4 5" "3 4"  two of them
      coachlog pulse add -            codes from a pipe, one a line
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.print_message(
        pulses.add_pulse_replies(console.desk, codes or [], paper or [], pulse)
    )


@app.command("show")
def pulse_show(
    ctx: typer.Context, id: PulseIdArgument = None, as_json: JsonOption = False
) -> None:
    """Show what five or more replies say together, beside those to the previous pulse.

    Below ten replies in three bands: 1-2, 3 and 4-5. That keeps single replies from a look, not
    from anyone who sets out to read them.

    Examples:
      coachlog pulse show    the newest
      coachlog pulse show 1  an earlier one
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    pulse = pulses.load_pulse(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.print_json("pulse", json.convert_value(pulse))
    from coachlog.screens.pulse import render_pulse

    today, width = console.desk.today, console.out.width
    return console.print_pages(render_pulse(pulse, today, width, marks=console.marks))


@app.command("list")
def pulse_list(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the pulses: how many replied to each and, once five did, how many gave 4 or 5.

    Examples:
      coachlog pulse list         how many replied to each
      coachlog pulse list --json  for a script
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    summaries = pulses.list_pulses(console.desk)
    if as_json:
        from coachlog.exports import json

        return console.print_json("pulses", json.convert_value(summaries))
    if not summaries:
        return console.print_empty_list(
            "No pulses yet. To make one: coachlog pulse new"
        )
    from coachlog.screens.pulse import render_pulses

    return console.print_list(render_pulses(summaries, console.desk.today))


@app.command("sheet")
def pulse_sheet(
    ctx: typer.Context,
    id: PulseIdArgument = None,
    output: PulseFolderOption = Path(),
    force: ForceOption = False,
) -> None:
    """Write the two pages of a pulse again; codes from the earlier pages stay valid.

    Examples:
      coachlog pulse sheet             the newest, here
      coachlog pulse sheet 1 -o pages  an earlier one, in the folder pages
    """
    from coachlog.services import pulses

    console: Console = ctx.obj
    console.print_message(
        pulses.write_pulse_pages(console.desk, id, output, force=force)
    )
