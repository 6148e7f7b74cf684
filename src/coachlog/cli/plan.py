"""`coachlog plan`: a person's plan, to look at or to hand over."""

from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, Force, Format, Output
from coachlog.errors import Invalid
from coachlog.terminal.console import Console
from coachlog.text import clean

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
    from coachlog.services import plans

    console: Console = ctx.obj
    shown = plans.plan(console.desk, name, everything=everything, private=private)
    if as_json:
        from coachlog.exports import json

        return console.json("plan", json.plain(shown))
    from coachlog.screens.plan import plan

    return console.show(plan(shown, console.desk.today, console.out.width))


@app.command()
def export(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Whose plan.", autocompletion=completion.people),
    ] = None,
    output: Output = None,
    style: Annotated[str, typer.Option("--style", help="table or tasks.")] = "table",
    format: Format = None,
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
    from coachlog.services.exports.delivery import Target

    console: Console = ctx.obj
    target = Target(output, format, force)
    if set_name is None:
        if name is None or session is not None or whole_set:
            raise _no_set(name, session)
        from coachlog.services.exports.plan_export import export_plan

        return console.hand_over(
            export_plan(
                console.desk, name, target, style=style, everything=everything, private=private
            )
        )
    _refuse_beside_a_set(name, everything=everything)
    from coachlog.services.exports.meeting_export import SetMeeting, export_meeting, export_slots

    meeting = SetMeeting(set_name, session, private)
    if whole_set:
        return console.hand_over(
            export_meeting(console.desk, meeting, target, style=style, yes=yes)
        )
    return console.say(export_slots(console.desk, meeting, target, style=style))


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
