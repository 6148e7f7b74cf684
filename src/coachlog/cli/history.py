"""`coachlog history`: a person's whole story, as a timeline or as a page."""

from typing import Annotated

import typer

from coachlog.cli import build_group_app, suggestions
from coachlog.cli.arguments import ASK, build_name_argument
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    IncludePrivateOption,
    JsonOption,
    OutputOption,
)
from coachlog.terminal.console import Console

app = build_group_app(
    "A person's whole story: conversations, promises, goals, gaps.",
    """
    coachlog history priya                       read the whole story
    coachlog history export priya -o story.html  a page to keep
    """,
)

StoryPersonArgument = Annotated[
    str,
    build_name_argument(
        "PERSON", help="Whose story", autocompletion=suggestions.suggest_people
    ),
]
StorySinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")
]
StoryFullOption = Annotated[
    bool, typer.Option("--full", help="Show every answer, not only what mattered.")
]


@app.command("show")
def history_show(
    ctx: typer.Context,
    name: StoryPersonArgument = ASK,
    since: StorySinceOption = None,
    full: StoryFullOption = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show a person's story, oldest first: what mattered, and what happened to promises.

    A story longer than the screen opens in the pager that COACHLOG_PAGER or PAGER names, if set.

    Examples:
      coachlog history priya                  the whole story
      coachlog history priya --since "1 sep"  from September on
      coachlog history priya --full           with every answer
    """
    from coachlog.services.history import load_history

    console: Console = ctx.obj
    story = load_history(
        console.desk, name, since, full=full, private=private, all_events=as_json
    )
    if as_json:
        from coachlog.exports import json

        return console.print_json("history", json.convert_value(story))
    from coachlog.screens.history import HistoryScreen
    from coachlog.terminal.pager import print_through_pager

    return print_through_pager(
        console, HistoryScreen(story, console.desk.today, full=full)
    )


@app.command("export")
def history_export(
    ctx: typer.Context,
    name: StoryPersonArgument = ASK,
    output: OutputOption = None,
    format: FormatOption = None,
    copy: CopyOption = False,
    since: StorySinceOption = None,
    full: StoryFullOption = False,
    private: IncludePrivateOption = False,
    force: ForceOption = False,
) -> None:
    """Print a person's story as a page; private entries are left out.

    Examples:
      coachlog history export priya                on the screen
      coachlog history export priya -o story.html  a page to keep
    """
    from coachlog.services.exports.delivery import Target
    from coachlog.services.exports.history_export import export_history

    console: Console = ctx.obj
    target = Target(output, format, force, copy)
    console.print_export(
        export_history(
            console.desk, name, target, since=since, full=full, private=private
        )
    )
