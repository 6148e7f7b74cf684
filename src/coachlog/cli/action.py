"""`coachlog action`: what was promised, by you and by them."""

from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, With
from coachlog.terminal.console import Console

app = noun("What was promised, by you and by them.")

Id = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="The number `action list` shows.", autocompletion=completion.actions
    ),
]
Ids = Annotated[
    list[int],
    typer.Argument(
        metavar="ID...", help="Numbers shown by `action list`.", autocompletion=completion.actions
    ),
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened.")]
Words = Annotated[
    str | None, typer.Option("--what", metavar="TEXT", help="The promise; - reads standard input.")
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="WHO", help="me, them or a name.")]
DoneWhen = Annotated[
    str | None, typer.Option("--done-when", metavar="TEXT", help="How you will see it is done.")
]
Support = Annotated[str | None, typer.Option("--support", metavar="TEXT", help="What helps.")]
IfThen = Annotated[
    str | None, typer.Option("--if-then", metavar="TEXT", help="If it gets hard, then what.")
]
Serves = Annotated[
    int | None,
    typer.Option(
        "--goal", metavar="ID", min=0, help="The goal it serves.", autocompletion=completion.goals
    ),
]
Sure = Annotated[
    int | None, typer.Option("--confidence", min=1, max=10, help="How sure it will happen.")
]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Whose plan it stands in; left out: your own.",
            autocompletion=completion.people,
        ),
    ] = None,
    what: Words = None,
    owner: Owner = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="fri, +2w, 12 May.")
    ] = None,
    done_when: DoneWhen = None,
    support: Support = None,
    if_then: IfThen = None,
    confidence: Sure = None,
    goal: Serves = None,
    private: Annotated[bool, typer.Option("--private", help="Keep it out of plans.")] = False,
) -> None:
    """Add a promise made outside a session; what is missing is asked."""
    from coachlog.services import promises
    from coachlog.services.promise_options import PromiseOptions

    console: Console = ctx.obj
    options = PromiseOptions(
        what=what,
        owner=owner,
        due=due,
        done_when=done_when,
        support=support,
        if_then=if_then,
        confidence=confidence,
        private=private,
        goal=goal,
    )
    console.say(promises.add(console.desk, name, options))


@app.command("list")
def list_(
    ctx: typer.Context,
    person: With = None,
    owner: Annotated[
        str | None, typer.Option("--owner", "-o", metavar="WHO", help="me, them or a name.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those past their date.")] = False,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Due before that day.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those closed, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List open promises, overdue ones first."""
    from coachlog.services import promises

    console: Console = ctx.obj
    actions = promises.list_actions(
        console.desk,
        person=person,
        owner=owner,
        overdue=overdue,
        due_before=console.desk.future(due_before) if due_before is not None else None,
        closed=everything,
    )
    if as_json:
        from coachlog.exports import json

        return console.json("actions", json.plain(actions))
    if not actions:
        return console.say("No such promises.")
    from coachlog.screens import lists

    return console.show(lists.actions(actions, console.desk.today, console.out.width))


@app.command()
def show(ctx: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """Show one action with all that happened to it."""
    from coachlog.services import promises

    console: Console = ctx.obj
    action = promises.get(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.json("action", json.plain(action))
    from coachlog.screens import action as screen

    return console.show(screen.action(action, console.desk.today))


@app.command()
def done(ctx: typer.Context, ids: Ids, on: On = "today") -> None:
    """Mark actions as done: all of them, or none if one cannot be."""
    from coachlog.services import promises

    console: Console = ctx.obj
    console.say(promises.complete(console.desk, ids, on=console.desk.past(on)))


@app.command()
def drop(ctx: typer.Context, ids: Ids, on: On = "today") -> None:
    """Drop actions by agreement: all of them, or none if one cannot be."""
    from coachlog.services import promises

    console: Console = ctx.obj
    console.say(promises.drop(console.desk, ids, on=console.desk.past(on)))


@app.command()
def reopen(ctx: typer.Context, ids: Ids) -> None:
    """Open closed actions again."""
    from coachlog.services import promises

    console: Console = ctx.obj
    console.say(promises.reopen(console.desk, ids))


@app.command()
def move(
    ctx: typer.Context,
    ids: Ids,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The new date.")] = None,
    on: On = "today",
) -> None:
    """Agree a new date; the first one stays on record."""
    from coachlog.services import promises

    console: Console = ctx.obj
    console.say(promises.move(console.desk, ids, to, on=console.desk.past(on)))


@app.command()
def edit(
    ctx: typer.Context,
    id: Id,
    what: Words = None,
    owner: Owner = None,
    done_when: DoneWhen = None,
    support: Support = None,
    if_then: IfThen = None,
    confidence: Sure = None,
    goal: Serves = None,
    private: Annotated[
        bool | None, typer.Option("--private/--shared", help="Out of plans, or in them.")
    ] = None,
) -> None:
    """Change the words, owner or details of an action; `action move` changes its date.

    Alone, on a terminal, it asks for each in turn; '' takes a detail away, --goal 0 the goal.
    """
    from coachlog.services import promises
    from coachlog.services.promise_options import PromiseOptions

    console: Console = ctx.obj
    options = PromiseOptions(
        what=what,
        owner=owner,
        done_when=done_when,
        support=support,
        if_then=if_then,
        confidence=confidence,
        private=private,
        goal=goal,
    )
    console.say(promises.edit(console.desk, id, options))


@app.command()
def note(
    ctx: typer.Context,
    id: Id,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The note; - reads standard input.")
    ] = None,
) -> None:
    """Add a progress note, which the plan shows under Progress."""
    from coachlog.services import promises

    console: Console = ctx.obj
    console.say(promises.note(console.desk, id, text))
