"""`coachlog tank`: how full you are yourself, for nobody else to see."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Noun, Option
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun(
    "tank",
    "How full you are yourself: a minute a week, for you alone.",
    """
    coachlog tank new   four short questions
    coachlog tank show  how it has been
    """,
)


@app.command("new")
def tank_new(
    console: Console,
    answers: Annotated[
        str | None,
        Option(
            "--answers",
            "-a",
            metavar="FILE",
            help="A TOML or JSON file of answers; - reads JSON from standard input.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="The day it is about.")
    ] = None,
) -> None:
    """Say how full your tank is, what drained it, what filled it, and one small thing to do.

    It is for you alone: in no figure, page, table, brief or plan, with or without --private.

    Examples:
      coachlog tank new              four short questions
      coachlog tank new --answers -  answers as JSON, from a pipe
    """
    from coachlog.services.tank import make_tank_entry

    console.print_message(make_tank_entry(console.desk, answers, on))


@app.command("show")
def tank_show(
    console: Console,
    since: Annotated[
        str | None, Option("--since", metavar="DATE", help="Only from this day on.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how full your tank has been, and what drained and filled it the last four times.

    Anyone beside you can read it, as you asked for it. It is on no other screen, but
    `session list` has the day of each entry, and shows none of its words, so that you can mend it.

    Examples:
      coachlog tank show             since you began
      coachlog tank show --since 3m  the last three months
    """
    from coachlog.services.tank import load_tank

    view = load_tank(console.desk, since)
    if as_json:
        return console.print_json("tank", view)
    from coachlog.screens.tank import render_tank

    today, width = console.desk.today, console.out.width
    return console.print_pages(render_tank(view, today, width, marks=console.marks))
