"""`coachlog history`: a person's whole story, as a timeline or as a page."""

from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, Force, Format, Output
from coachlog.terminal.console import Console

app = noun("A person's whole story: talks, promises, goals, gaps.")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose story.", autocompletion=completion.people)
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")
]
Full = Annotated[bool, typer.Option("--full", help="Every answer, not only what mattered.")]
Private = Annotated[
    bool,
    typer.Option("--private", "--include-private", help="Private and health entries, too."),
]


@app.command()
def show(
    ctx: typer.Context,
    name: Name,
    since: Since = None,
    full: Full = False,
    private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Show a person's story, the oldest first: what mattered, what became of promises.

    A story longer than the screen opens in COACHLOG_PAGER, else PAGER, if one is set.
    """
    from coachlog.services.history import history

    console: Console = ctx.obj
    story = history(console.desk, name, since, full=full, private=private, all_events=as_json)
    if as_json:
        from coachlog.exports import json

        return console.json("history", json.plain(story))
    from coachlog.screens.history import Story
    from coachlog.terminal import pager

    return pager.show(console, Story(story, console.desk.today, full=full))


@app.command()
def export(
    ctx: typer.Context,
    name: Name,
    output: Output = None,
    format: Format = None,
    since: Since = None,
    full: Full = False,
    private: Private = False,
    force: Force = False,
) -> None:
    """Print a person's story as a page; private entries are left out."""
    from coachlog.services.exports.delivery import Target
    from coachlog.services.exports.history_export import export_history

    console: Console = ctx.obj
    target = Target(output, format, force)
    console.hand_over(
        export_history(console.desk, name, target, since=since, full=full, private=private)
    )
