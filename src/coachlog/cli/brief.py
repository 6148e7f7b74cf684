"""`coachlog brief`: one screen about someone, to read just before you meet."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_name_argument
from coachlog.cli.declare import ASK, Noun
from coachlog.cli.options import IncludePrivateOption, JsonOption
from coachlog.terminal.console import Console

app = Noun("brief")


@app.command()
def brief(
    console: Console,
    name: Annotated[
        str | None,
        build_name_argument(
            "PERSON",
            help="The person",
            autocompletion=suggestions.suggest_people,
            default_help=", and without a terminal it is whoever is due next",
        ),
    ] = ASK,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what to know before you meet: last time, promises, measures, goals, notes.

    Examples:
      coachlog brief priya  what to know about Priya
      coachlog priya        the same (short form)
      coachlog brief        you choose the person
    """
    from coachlog.services.brief import load_brief

    overview = load_brief(console.desk, name, private=private)
    if as_json:
        from coachlog.exports import json

        return console.print_json(
            "brief", json.convert_brief(overview, console.desk.today)
        )
    from coachlog.screens.brief import render_brief

    height = console.page_height
    return console.print_pages(
        render_brief(overview, console.desk.today, console.out.width, height)
    )
