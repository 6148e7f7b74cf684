"""`coachlog history`: a person's whole story, as a timeline or as a page."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_name_argument
from coachlog.cli.declare import ASK, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    IncludePrivateOption,
    InitialsOption,
    JsonOption,
    OutputOption,
    YesOption,
)
from coachlog.terminal.console import Console

app = Noun(
    "history",
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
    str | None, Option("--since", metavar="DATE", help="Only from this day on.")
]
StoryFullOption = Annotated[
    bool, Option("--full", help="Show every answer, not only what mattered.")
]


@app.command("show")
def history_show(
    console: Console,
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

    story = load_history(
        console.desk, name, since, full=full, private=private, all_events=as_json
    )
    if as_json:
        return console.print_json("history", story)
    from coachlog.screens.history import HistoryScreen
    from coachlog.terminal.pager import print_through_pager

    return print_through_pager(
        console, HistoryScreen(story, console.desk.today, full=full)
    )


@app.command("export")
def history_export(
    console: Console,
    name: StoryPersonArgument = ASK,
    output: OutputOption = None,
    format: FormatOption = None,
    copy: CopyOption = False,
    since: StorySinceOption = None,
    full: StoryFullOption = False,
    private: IncludePrivateOption = False,
    initials: InitialsOption = False,
    force: ForceOption = False,
    yes: YesOption = False,
) -> None:
    """Print a person's story as a page; private entries are left out.

    In a web browser it has charts, and a choice of what to see. `export formats` lists the others.

    Examples:
      coachlog history export priya                on the screen
      coachlog history export priya -o story.html  a page to keep
    """
    from coachlog.services.exports.delivery import Target
    from coachlog.services.exports.history_export import export_history

    target = Target(output, format, force, copy, initials)
    console.print_export(
        export_history(
            console.desk,
            name,
            target,
            since=since,
            full=full,
            private=private,
            yes=yes,
        )
    )
