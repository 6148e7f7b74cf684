"""`coachlog goal`: what is aimed at over many talks, and how far it is."""

from typing import Annotated

import typer

from coachlog.cli import CONTEXT_SETTINGS, build_group_app, completion
from coachlog.cli.options import JsonOption
from coachlog.model import GoalStatus
from coachlog.terminal.console import Console

app = build_group_app("What is aimed at over many talks, and how far it is.")

GoalPersonArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Whose goal it is; left out: your own.",
        autocompletion=completion.suggest_people,
    ),
]
GoalIdArgument = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="The number `goal list` shows.", autocompletion=completion.suggest_goals
    ),
]
GoalDayOption = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened.")]


@app.command("add")
def goal_add(
    ctx: typer.Context,
    name: GoalPersonArgument = None,
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
    console.print_message(goals.add_goal(console.desk, name, options))


@app.command("list")
def goal_list(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Only those of one person; me: your own.",
            autocompletion=completion.suggest_people,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those closed, too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List open goals and how far they are, with the T-score of those with levels."""
    from coachlog.services import goals

    console: Console = ctx.obj
    listing = goals.list_goals(
        console.desk, name, include_closed=everything, include_details=as_json
    )
    if as_json:
        from coachlog.exports import json

        return console.print_json("goals", json.convert_value(listing.goals))
    from coachlog.screens import goals as screens

    whose = name is None
    if listing.goals:
        today, width = console.desk.today, console.out.width
        console.print_pages(screens.render_goals(listing.goals, today, width, with_owner=whose))
    else:
        console.print_message("No such goals. To add one: coachlog goal add")
    for attainment in listing.attainments:
        owner = attainment.person.name if attainment.person else "your own"
        score, rated, closed = attainment.score, attainment.goal_count, attainment.includes_closed
        console.print_pages(
            screens.format_attainment(score, rated, owner if whose else None, with_closed=closed)
        )
    return None


@app.command("show")
def goal_show(ctx: typer.Context, id: GoalIdArgument, as_json: JsonOption = False) -> None:
    """Show one goal: every rating, its levels in words, its actions."""
    from coachlog.services import goals

    console: Console = ctx.obj
    goal, actions = goals.load_goal(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.print_json("goal", json.convert_value(goal))
    from coachlog.screens import goals as screens

    return console.print_pages(
        screens.render_goal(goal, actions, console.desk.today, console.out.width)
    )


@app.command("rate", context_settings=CONTEXT_SETTINGS | {"ignore_unknown_options": True})
def goal_rate(
    ctx: typer.Context,
    id: GoalIdArgument,
    value: Annotated[
        str | None, typer.Argument(metavar="[VALUE]", help="1 to 10, or -2 to +2.")
    ] = None,
    on: GoalDayOption = "today",
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help="What tells you; - reads standard input."),
    ] = None,
) -> None:
    """Rate how far a goal is; a missing value is asked."""
    from coachlog.services import goals

    console: Console = ctx.obj
    console.print_message(
        goals.rate_goal(console.desk, id, value, note, on=console.desk.parse_past_day(on))
    )


@app.command("close")
def goal_close(
    ctx: typer.Context,
    id: GoalIdArgument,
    dropped: Annotated[bool, typer.Option("--dropped", help="Given up, not achieved.")] = False,
    on: GoalDayOption = "today",
) -> None:
    """Close a goal as achieved, or as dropped."""
    from coachlog.services import goals

    console: Console = ctx.obj
    status = GoalStatus.DROPPED if dropped else GoalStatus.ACHIEVED
    console.print_message(
        goals.close_goal(console.desk, id, status, on=console.desk.parse_past_day(on))
    )


@app.command("reopen")
def goal_reopen(ctx: typer.Context, id: GoalIdArgument) -> None:
    """Open a closed goal again."""
    from coachlog.services import goals

    console: Console = ctx.obj
    console.print_message(goals.reopen_goal(console.desk, id))
