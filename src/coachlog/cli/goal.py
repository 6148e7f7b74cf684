"""`coachlog goal`: what is aimed at over many talks, and how far it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachlog.cli import HELP_NAMES, completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid
from coachlog.model import Goal, GoalScale, GoalStatus
from coachlog.services.inputs import option_text
from coachlog.terminal.console import Console
from coachlog.text import fold, line, short

if TYPE_CHECKING:
    from datetime import date

    from coachlog.model import Rating

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
    from coachlog import dates
    from coachlog.services import goals as aiming

    console: Console = ctx.obj
    who = _person(console, name)
    levels = _levels(level or [], baseline, target)
    given = Goal(
        title=option_text(title) or "",
        why=option_text(why) or None,
        success=option_text(success) or None,
        baseline=baseline,
        target=target,
        scale=GoalScale.ATTAINMENT if levels else GoalScale.TEN,
        levels=levels,
        weight=weight,
        review_on=dates.future(review, console.desk.today) if review is not None else None,
        private=private,
    )
    goal = aiming.asked(console.desk, given, who.id if who else None)
    from coachlog.store.writing.goals import add_goal

    with console.desk.change(create=who is None) as change:
        id = add_goal(change, goal, on=console.desk.today, person_id=who.id if who else None)
    if goal.review_on and goal.review_on < console.desk.today:
        console.note(
            f"{dates.long(goal.review_on)} is gone by. Is that the day to look at it again?"
        )
    console.say(f"Added goal {id}: {_in_words(goal)} Next: coachlog goal rate {id}")


def _person(console: Console, name: str | None) -> Any:
    """Return whose goals are meant; None for the owner's own."""
    if name is None or fold(name) == "me":
        return None
    with console.desk.read() as db:
        return console.desk.person(db, name)


def _levels(given: Sequence[str], baseline: int | None, target: int | None) -> tuple[str, ...]:
    """Return the five descriptions, or none; standard input has one a line."""
    if not given:
        return ()
    if baseline is not None or target is not None:
        raise Invalid(
            "A goal has levels, or a baseline and a target, not both.",
            "With levels, the third one is the target.",
        )
    if list(given) == ["-"]:
        given = (option_text("-", one_line=False) or "").split("\n")
    levels = tuple(words for one in given if (words := option_text(one)))
    if len(levels) != 5:
        raise Invalid(
            f"A goal has five levels, from -2 to +2, none empty; {len(levels)} were given.",
            "Give --level five times; the third one is what you expect.",
        )
    return levels


def _in_words(goal: Goal) -> str:
    from coachlog import dates

    review = f", review {dates.long(goal.review_on)}" if goal.review_on else ""
    return f"{short(goal.title, 60)}{review}."


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
    from coachlog.rules import disclosure
    from coachlog.store.reading import goals

    console: Console = ctx.obj
    with console.desk.read() as db:
        mine = name is not None and fold(name) == "me"
        who = None if mine else console.desk.person(db, name)
        every = disclosure.everyday(
            goals.goals(db, person_id=who.id if who else None, own=mine, whole=as_json)
        )
    found = [goal for goal in every if everything or goal.status is GoalStatus.OPEN]
    if as_json:
        from coachlog.exports import json

        return console.json("goals", json.plain(found))
    _list(console, found, every, whose=name is None)
    return None


def _list(console: Console, found: list[Goal], every: list[Goal], *, whose: bool) -> None:
    from coachlog import rules
    from coachlog.screens import goals

    if found:
        console.show(goals.listed(found, console.desk.today, console.out.width, whose=whose))
    else:
        console.say("No such goals. To add one: coachlog goal add")
    for person in dict.fromkeys(goal.person for goal in every):
        of_one = [goal for goal in every if goal.person == person]
        scores = rules.scores(of_one)
        if (score := rules.attainment(scores)) is not None:
            of_whom = person.name if person else "your own"
            named = of_whom if whose else None
            is_open = rules.scores(goal for goal in of_one if goal.status is GoalStatus.OPEN)
            closed = len(scores) > len(is_open)
            console.show(goals.attained(score, len(scores), named, closed=closed))


@app.command()
def show(ctx: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """Show one goal: every rating, its levels in words, its actions."""
    from coachlog.store import reading
    from coachlog.store.reading import goals

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = goals.goal(db, id)
        actions = [] if as_json else reading.actions(db, goal_id=id)
    if as_json:
        from coachlog.exports import json

        return console.json("goal", json.plain(found))
    from coachlog.screens import goals as pages

    return console.show(pages.page(found, actions, console.desk.today, console.out.width))


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
    from coachlog.model import Rating
    from coachlog.services import goals as aiming

    console: Console = ctx.obj
    day = console.desk.past(on)
    before = _goal(console, id)
    given = (
        aiming.value(console.desk, before) if value is None else aiming.read(before, line(value))
    )
    rating = Rating(day, given, option_text(note) or None)
    from coachlog.store.writing.goals import rate

    with console.desk.change() as change:
        rate(change, id, rating)
    from coachlog import rules
    from coachlog.rules import disclosure

    (after,) = disclosure.everyday([_goal(console, id)])
    following = "close" if rules.reached(after) else "show"
    console.say(f"{_told(after, rating, console.desk.today)} Next: coachlog goal {following} {id}")


def _goal(console: Console, id: int) -> Goal:
    from coachlog.store.reading import goals

    with console.desk.read() as db:
        return goals.goal(db, id)


def _told(goal: Goal, rating: "Rating", today: "date") -> str:
    """Return what was rated; of a day before the last rating also that nothing else changed."""
    from coachlog import dates, rules

    by_levels = goal.scale is GoalScale.ATTAINMENT
    target = f", target {goal.target}" if goal.target and not by_levels else ""
    words = rules.ATTAINED[rating.value] if by_levels else f"{rating.value} of 10"
    told = f"{goal.id} {short(goal.title, 50)}, {words}{target}"
    if goal.now is None or goal.ratings[-1].on == rating.on:
        return f"Rated: {told}."
    now = rules.ATTAINED[goal.now] if by_levels else goal.now
    return f"Rated for {dates.short(rating.on, today)}: {told}; now is still {now}."


@app.command()
def close(
    ctx: typer.Context,
    id: Id,
    dropped: Annotated[bool, typer.Option("--dropped", help="Given up, not achieved.")] = False,
    on: On = "today",
) -> None:
    """Close a goal as achieved, or as dropped."""
    from coachlog.store.writing.goals import close_goal

    console: Console = ctx.obj
    day = console.desk.past(on)
    status = GoalStatus.DROPPED if dropped else GoalStatus.ACHIEVED
    with console.desk.change() as change:
        title = close_goal(change, id, status, on=day)
    word = status.value.capitalize()
    console.say(f"{word}: {id} {short(title, 50)}. Open again: coachlog goal reopen {id}")


@app.command()
def reopen(ctx: typer.Context, id: Id) -> None:
    """Open a closed goal again."""
    from coachlog.store.writing.goals import reopen_goal

    console: Console = ctx.obj
    with console.desk.change() as change:
        title = reopen_goal(change, id)
    console.say(f"Open again: {id} {short(title, 50)}. Look: coachlog goal show {id}")
