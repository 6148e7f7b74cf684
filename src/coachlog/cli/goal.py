"""`coachlog goal`: what is aimed at over many talks, and how far it is."""

from typing import Annotated

import typer

from coachlog.cli import HELP_NAMES, completion, noun
from coachlog.cli.options import AsJson
from coachlog.model import GoalStatus
from coachlog.terminal.console import Console

app = noun("What is aimed at over many talks, and how far it is.")

Whose = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Whose goal it is; left out: your own.",
        autocompletion=completion.people,
    ),
]
Id = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="The number `goal list` shows.", autocompletion=completion.goals
    ),
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened.")]


@app.command()
def add(
    ctx: typer.Context,
    name: Whose = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="The goal; - reads standard input."),
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="Why it matters.")
    ] = None,
    success: Annotated[
        str | None, typer.Option("--success", metavar="TEXT", help="How you will see it.")
    ] = None,
    baseline: Annotated[
        int | None, typer.Option("--baseline", min=1, max=10, help="Where it is today.")
    ] = None,
    target: Annotated[
        int | None, typer.Option("--target", min=1, max=10, help="Where it should be.")
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--level",
            metavar="TEXT",
            help="Instead, five times: what each level is, from -2 to +2; the third is expected.",
        ),
    ] = None,
    weight: Annotated[
        int, typer.Option("--weight", min=1, max=9, help="How much it counts beside others.")
    ] = 1,
    review: Annotated[
        str | None, typer.Option("--review", metavar="DATE", help="When to look at it again.")
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Keep it out of plans.")] = False,
) -> None:
    """Add a goal, rated from 1 to 10 or by five levels; what is missing is asked."""
    from coachlog.services import goals
    from coachlog.services.goal_options import GoalOptions

    console: Console = ctx.obj
    options = GoalOptions(
        title=title,
        why=why,
        success=success,
        baseline=baseline,
        target=target,
        levels=level or (),
        weight=weight,
        review=review,
        private=private,
    )
    console.say(goals.add(console.desk, name, options))


@app.command("list")
def list_(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Only those of one person; me: your own.",
            autocompletion=completion.people,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those closed, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List open goals and how far they are, with the T-score of those with levels."""
    from coachlog.services import goals

    console: Console = ctx.obj
    listing = goals.list_goals(console.desk, name, closed=everything, whole=as_json)
    if as_json:
        from coachlog.exports import json

        return console.json("goals", json.plain(listing.goals))
    from coachlog.screens import goals as screens

    whose = name is None
    if listing.goals:
        today, width = console.desk.today, console.out.width
        console.show(screens.listed(listing.goals, today, width, whose=whose))
    else:
        console.say("No such goals. To add one: coachlog goal add")
    for attainment in listing.attainments:
        owner = attainment.person.name if attainment.person else "your own"
        score, rated, closed = attainment.score, attainment.rated, attainment.closed
        console.show(screens.attained(score, rated, owner if whose else None, closed=closed))
    return None


@app.command()
def show(ctx: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """Show one goal: every rating, its levels in words, its actions."""
    from coachlog.services import goals

    console: Console = ctx.obj
    goal, actions = goals.get(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.json("goal", json.plain(goal))
    from coachlog.screens import goals as screens

    return console.show(screens.page(goal, actions, console.desk.today, console.out.width))


@app.command(context_settings=HELP_NAMES | {"ignore_unknown_options": True})
def rate(
    ctx: typer.Context,
    id: Id,
    value: Annotated[
        str | None, typer.Argument(metavar="[VALUE]", help="1 to 10, or -2 to +2.")
    ] = None,
    on: On = "today",
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help="What tells you; - reads standard input."),
    ] = None,
) -> None:
    """Rate how far a goal is; a missing value is asked."""
    from coachlog.services import goals

    console: Console = ctx.obj
    console.say(goals.rate(console.desk, id, value, note, on=console.desk.past(on)))


@app.command()
def close(
    ctx: typer.Context,
    id: Id,
    dropped: Annotated[bool, typer.Option("--dropped", help="Given up, not achieved.")] = False,
    on: On = "today",
) -> None:
    """Close a goal as achieved, or as dropped."""
    from coachlog.services import goals

    console: Console = ctx.obj
    status = GoalStatus.DROPPED if dropped else GoalStatus.ACHIEVED
    console.say(goals.close(console.desk, id, status, on=console.desk.past(on)))


@app.command()
def reopen(ctx: typer.Context, id: Id) -> None:
    """Open a closed goal again."""
    from coachlog.services import goals

    console: Console = ctx.obj
    console.say(goals.reopen(console.desk, id))
