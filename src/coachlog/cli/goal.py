"""`coachlog goal`: goals that take many conversations, and their progress."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_id_argument
from coachlog.cli.date_words import EVENT_DAY
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import (
    ClosingDayOption,
    EventDayOption,
    IncludeClosedOption,
    IncludePrivateOption,
    JsonOption,
    MakePrivateOption,
)
from coachlog.cli.veiled_remark import print_veiled_remark
from coachlog.model.goals import GoalStatus
from coachlog.terminal.console import Console

app = Noun(
    "goal",
    "Longer-term goals, and progress towards them.",
    """
    coachlog goal add priya  a goal for Priya, step by step
    coachlog goal rate 1 6   6 out of 10 today
    coachlog goals           all of them (short form)
    """,
)

GoalPersonArgument = Annotated[
    str | None,
    Argument(
        metavar="[NAME]",
        help="Whose goal it is; by default your own.",
        autocompletion=suggestions.suggest_people,
    ),
]
GoalIdArgument = Annotated[
    int,
    build_id_argument(
        "ANY_GOAL",
        help="The number shown by `goal list`",
        autocompletion=suggestions.suggest_goals,
    ),
]
OpenGoalIdArgument = Annotated[
    int,
    build_id_argument(
        "OPEN_GOAL",
        help="The number shown by `goal list`",
        autocompletion=suggestions.suggest_open_goals,
    ),
]
EndingGoalIdArgument = Annotated[
    int,
    build_id_argument(
        "OPEN_GOAL",
        help="The number shown by `goal list`",
        autocompletion=suggestions.suggest_open_goals,
        date_option=EVENT_DAY,
    ),
]
ClosedGoalIdArgument = Annotated[
    int,
    build_id_argument(
        "CLOSED_GOAL",
        help="The number shown by `goal list --all`",
        autocompletion=suggestions.suggest_closed_goals,
    ),
]


GoalTitleOption = Annotated[
    str | None,
    Option("--title", metavar="TEXT", help="The goal; - reads standard input."),
]
GoalWhyOption = Annotated[
    str | None, Option("--why", metavar="TEXT", help="Why it matters.")
]
GoalSuccessOption = Annotated[
    str | None,
    Option(
        "--success", metavar="TEXT", help="How you will know that it has been reached."
    ),
]
GoalLevelOption = Annotated[
    list[str] | None,
    Option(
        "--level",
        metavar="TEXT",
        help="Use five times, instead of a scale of 1 to 10: the levels from -2 to +2; the "
        "third is what you expect.",
    ),
]
GoalReviewOption = Annotated[
    str | None,
    Option("--review", metavar="DATE", help="When to look at it again."),
]


@app.command("add")
def goal_add(
    console: Console,
    name: GoalPersonArgument = None,
    title: GoalTitleOption = None,
    why: GoalWhyOption = None,
    success: GoalSuccessOption = None,
    baseline: Annotated[
        int | None, Option("--baseline", min=1, max=10, help="Where it is today.")
    ] = None,
    target: Annotated[
        int | None, Option("--target", min=1, max=10, help="Where it should be.")
    ] = None,
    level: GoalLevelOption = None,
    weight: Annotated[
        int,
        Option(
            "--weight",
            min=1,
            max=9,
            help="How much it counts compared with other goals.",
        ),
    ] = 1,
    review: GoalReviewOption = None,
    private: MakePrivateOption = False,
) -> None:
    """Add a goal, rated from 1 to 10 or by five levels; you are asked for what is missing.

    Examples:
      coachlog goal add priya                   Priya's, step by step
      coachlog goal add --title "Listen first"  your own; it asks for the rest
    """
    from coachlog.services import goals
    from coachlog.services.goal_options import GoalOptions

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
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]",
            help="Only the goals of this person; me for your own.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    everything: IncludeClosedOption = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """List open goals and their progress, with a T-score of three or more that have levels.

    Examples:
      coachlog goal list              everyone's
      coachlog goal list priya --all  Priya's, closed ones too
    """
    from coachlog.services import goals

    listing = goals.list_goals(
        console.desk,
        name,
        include_closed=everything,
        private=private,
    )
    if as_json:
        return console.print_json(
            "goals",
            listing.goals,
            attainments=listing.attainments,
        )
    from coachlog.screens.columns import render_sentence
    from coachlog.screens.goals import format_attainment, render_goals

    is_for_everyone = name is None
    if listing.goals:
        today, width = console.desk.today, console.list_width
        console.print_list(
            render_goals(*listing, today, width, with_owner=is_for_everyone)
        )
    else:
        nothing = "No goals." if everything else "No open goals."
        console.print_empty_list(f"{nothing} To add one: coachlog goal add")
    for attainment in listing.attainments:
        heading = "Goal attainment"
        if is_for_everyone:
            heading = (
                f"{attainment.person.name}'s goals"
                if attainment.person
                else "Your own goals"
            )
        line = format_attainment(attainment, console.desk.today, heading)
        if console.is_plain:
            console.print_remark(line.plain)
        else:
            console.print_pages(render_sentence(line))
    return print_veiled_remark(console, listing.goals)


@app.command("show")
def goal_show(
    console: Console,
    id: GoalIdArgument = ASK,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show one goal: every rating, its levels in words, its promises.

    Examples:
      coachlog goal show 1       goal 1
      coachlog goal show huddle  the one about the huddle
    """
    from coachlog.services import goals

    overview = goals.load_goal(console.desk, id, private=private)
    if as_json:
        return console.print_json(
            "goal",
            overview.goal,
            attainment=overview.attainment,
        )
    from coachlog.screens.goals import render_goal

    today, width = console.desk.today, console.out.width
    console.print_pages(render_goal(*overview, today, width, console.marks))
    return print_veiled_remark(console, [overview.goal, *overview.actions])


# Unknown options are ignored because -2 would be one: it is a value here.
@app.command("rate", ignore_unknown_options=True)
def goal_rate(
    console: Console,
    id: OpenGoalIdArgument = ASK,
    value: Annotated[
        str | None, Argument(metavar="[VALUE]", help="1 to 10, or -2 to +2.")
    ] = None,
    on: EventDayOption = "today",
    note: Annotated[
        str | None,
        Option(
            "--note",
            metavar="TEXT",
            help="What makes you say so; - reads standard input.",
        ),
    ] = None,
    review: GoalReviewOption = None,
) -> None:
    """Rate progress on a goal; you are asked if no value is given.

    A rating on the day of its review, or later, answers the review.

    Examples:
      coachlog goal rate 1 6                             6 out of 10, today
      coachlog goal rate huddle 6 --note "led it alone"  with the reason
      coachlog goal rate                                 it asks for both
    """
    from coachlog.services import goals

    console.print_message(
        goals.rate_goal(
            console.desk,
            id,
            value,
            note,
            on=console.desk.parse_past_day(on),
            review=review,
        )
    )


@app.command("edit")
def goal_edit(
    console: Console,
    id: GoalIdArgument = ASK,
    title: GoalTitleOption = None,
    why: GoalWhyOption = None,
    success: GoalSuccessOption = None,
    baseline: Annotated[
        int | None,
        Option(
            "--baseline",
            min=0,
            max=10,
            help="Where it started, if it is not yet rated.",
        ),
    ] = None,
    target: Annotated[
        int | None, Option("--target", min=0, max=10, help="Where it should be.")
    ] = None,
    level: GoalLevelOption = None,
    weight: Annotated[
        int | None,
        Option(
            "--weight",
            min=1,
            max=9,
            help="How much it counts compared with other goals.",
        ),
    ] = None,
    review: GoalReviewOption = None,
    private: Annotated[
        bool | None,
        Option(
            "--private/--shared",
            help="Leave it out of plans and exports, or include it.",
        ),
    ] = None,
) -> None:
    """Change what a goal says; where it started and its levels only until it is first rated.

    Without options it asks for each in turn. '' removes a text or the review, 0 a number.

    Examples:
      coachlog goal edit 1 --review "1 feb"  when to look at it again
      coachlog goal edit huddle              it asks for each part
    """
    from coachlog.services import goal_edits

    changes = goal_edits.GoalChanges(
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
    console.print_message(goal_edits.edit_goal(console.desk, id, changes))


@app.command("close")
def goal_close(
    console: Console,
    id: EndingGoalIdArgument = ASK,
    achieved: Annotated[
        bool | None,
        Option(
            "--achieved/--dropped",
            help="How it ended; by default achieved, if its latest rating says so.",
        ),
    ] = None,
    on: ClosingDayOption = "today",
) -> None:
    """Close a goal as achieved, or as dropped.

    Examples:
      coachlog goal close 1 --achieved  you got there
      coachlog goal close 1 --dropped   it no longer matters
    """
    from coachlog.services import goals

    status = None
    if achieved is not None:
        status = GoalStatus.ACHIEVED if achieved else GoalStatus.DROPPED
    console.print_message(
        goals.close_goal(console.desk, id, status, on=console.desk.parse_past_day(on))
    )


@app.command("reopen")
def goal_reopen(console: Console, id: ClosedGoalIdArgument = ASK) -> None:
    """Open a closed goal again.

    Examples:
      coachlog goal reopen 2       goal 2
      coachlog goal reopen listen  the one about listening
    """
    from coachlog.services import goals

    console.print_message(goals.reopen_goal(console.desk, id))
