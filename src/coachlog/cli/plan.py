"""`coachlog plan`: a person's plan, to look at or to hand over."""

from typing import Annotated, Any

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, Force, Output
from coachlog.errors import Invalid
from coachlog.terminal.console import Console
from coachlog.text import clean, counts, plural

app = noun("A person's plan, to look at or to hand over.")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose plan.", autocompletion=completion.people)
]
Everything = Annotated[bool, typer.Option("--all", help="What was closed long ago, too.")]
Private = Annotated[
    bool,
    typer.Option("--private", "--include-private", help="Private actions and goals, too."),
]


@app.command()
def show(
    ctx: typer.Context,
    name: Name,
    everything: Everything = False,
    private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Show a person's plan: goals and actions that are open or were closed lately."""
    console: Console = ctx.obj
    found = _plan(console, name, everything=everything, private=private)
    if as_json:
        from coachlog.exports import json

        return console.json("plan", json.plain(found))
    from coachlog.screens.plan import plan

    return console.show(plan(found, console.desk.today, console.out.width))


@app.command()
def export(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Whose plan.", autocompletion=completion.people),
    ] = None,
    output: Output = None,
    style: Annotated[str, typer.Option("--style", help="table or tasks.")] = "table",
    format: Annotated[str, typer.Option("--format", help="The kind of page.")] = "markdown",
    force: Force = False,
    everything: Everything = False,
    private: Private = False,
    set_name: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="NAME",
            help="A set's last meeting instead: a page for each who presented, into a folder.",
            autocompletion=completion.sets,
        ),
    ] = None,
    session: Annotated[
        int | None,
        typer.Option("--session", metavar="ID", help="With --set: this meeting, not the last."),
    ] = None,
    whole_set: Annotated[
        bool,
        typer.Option("--whole-set", help="With --set: all of it as one page, after a question."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Print a person's plan as a page for them; what is private is left out.

    With --set, write what a set's meeting was: one file for each who presented, with nothing in it
    of the others.
    """
    from coachlog.exports import formats

    console: Console = ctx.obj
    exporter = formats.find(format)
    if style not in exporter.STYLES:
        raise Invalid(
            f"There is no style “{clean(style)}”.", f"There are: {', '.join(exporter.STYLES)}."
        )
    if set_name is not None:
        from coachlog.cli import setpages

        asked = setpages.Asked(set_name, session, format, style, private, force)
        _refuse_beside_a_set(name, everything=everything)
        if whole_set:
            return setpages.whole(console, asked, output, yes=yes)
        return setpages.each(console, asked, output)
    if name is None or session is not None or whole_set:
        raise _no_set(name, session)
    plan = _plan(console, name, everything=everything, private=private)
    page = exporter.export(plan, style)
    if output is None or str(output) == "-":
        console.write(page)
    else:
        from coachlog import files

        files.write(output.expanduser(), page, force=force)
        console.say(f"Wrote {output}: {plural(len(plan.actions), 'action')}, as {format}.")
    return _note_what_is_private(console, plan)


def _refuse_beside_a_set(name: str | None, *, everything: bool) -> None:
    """Raise `Invalid` for what says something of one person's plan only."""
    if name is not None:
        raise Invalid(
            f"“{clean(name)}” is one person, --set the meeting of a set: give one of them."
        )
    if everything:
        raise Invalid("--all is about one person's plan; leave it out with --set.")


def _no_set(name: str | None, session: int | None) -> Invalid:
    """Return the error for options of a set without one, or for no name at all."""
    if name is None and session is None:
        return Invalid("Whose plan?", "Give a NAME, or a set: --set NAME --output FOLDER.")
    flag = "--whole-set" if session is None else "--session"
    return Invalid(f"{flag} is about the meeting of a set.", "Give the set with --set NAME.")


def _note_what_is_private(console: Console, plan: Any) -> None:
    from coachlog.phrasing import values
    from coachlog.rules import disclosure

    actions = disclosure.private_count(plan.actions)
    goals = disclosure.private_count(plan.goals)
    if shown := counts((actions, "private action"), (goals, "private goal")):
        console.note(f"This page includes {shown}.")
    if left := plan.withheld + plan.goals_withheld:
        console.note(values.withheld(left))


def _plan(console: Console, name: str, *, everything: bool, private: bool) -> Any:
    from coachlog.store import reading

    with console.desk.read() as db:
        return reading.plan(db, reading.person(db, name), all=everything, private=private)
