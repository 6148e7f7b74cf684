"""`coachlog plan`: a person's plan, to read or to hand over."""

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
    StyleOption,
    YesOption,
)
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console
from coachlog.text import clean_text

app = build_group_app(
    "A person's plan, to read or to hand over.",
    """
    coachlog plan priya         read Priya's plan
    coachlog plan export priya  the same, as a page for Priya
    """,
)

PlanPersonArgument = Annotated[
    str,
    build_name_argument(
        "PLAN_OWNER",
        help="Whose plan",
        autocompletion=suggestions.suggest_people,
    ),
]
PlanAllOption = Annotated[
    bool, typer.Option("--all", help="Include everything closed earlier.")
]


@app.command("show")
def plan_show(
    ctx: typer.Context,
    name: PlanPersonArgument = ASK,
    everything: PlanAllOption = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show a person's plan: goals and promises that are open or were closed recently.

    Examples:
      coachlog plan show priya        Priya's plan
      coachlog plan show priya --all  with everything closed earlier
    """
    from coachlog.services import plans

    console: Console = ctx.obj
    plan = plans.load_plan(console.desk, name, everything=everything, private=private)
    if as_json:
        from coachlog.exports import json

        return console.print_json("plan", json.convert_value(plan))
    from coachlog.screens.plan import render_plan

    return console.print_pages(render_plan(plan, console.desk.today, console.out.width))


@app.command("export")
def plan_export(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Whose plan.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    output: OutputOption = None,
    style: StyleOption = "table",
    format: FormatOption = None,
    copy: CopyOption = False,
    force: ForceOption = False,
    everything: PlanAllOption = False,
    private: IncludePrivateOption = False,
    set_name: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="NAME",
            help="In place of a person, a set's last meeting: a page for each "
            "presenter, in a folder.",
            autocompletion=suggestions.suggest_sets,
        ),
    ] = None,
    session: Annotated[
        int | None,
        typer.Option(
            "--session",
            metavar="ID",
            help="With --set: this meeting, not the last one.",
            autocompletion=suggestions.suggest_sessions,
        ),
    ] = None,
    whole_set: Annotated[
        bool,
        typer.Option(
            "--whole-set",
            help="With --set: the whole meeting on one page, once you confirm.",
        ),
    ] = False,
    yes: YesOption = False,
) -> None:
    """Print a person's plan as a page for them; private entries are left out.

    With --set, write up a meeting of a set: one file for each presenter, which says nothing about
    the others.

    Examples:
      coachlog plan export priya                on the screen
      coachlog plan export priya -o plan.eml    a mail to send
      coachlog plan export --set ward -o pages  a set's last meeting
    """
    from coachlog.services.exports.delivery import Target

    console: Console = ctx.obj
    target = Target(output, format, force, copy)
    if set_name is None:
        if _is_name_missing(console, name, session, whole_set=whole_set):
            from coachlog.services import subjects

            name = str(subjects.choose_subject(console.desk, subjects.PLAN_OWNER))
        if name is None or session is not None or whole_set:
            raise _build_no_set_error(name, session)
        from coachlog.services.exports.plan_export import export_plan

        return console.print_export(
            export_plan(
                console.desk,
                name,
                target,
                style=style,
                everything=everything,
                private=private,
            )
        )
    _refuse_person_options(name, everything=everything)
    from coachlog.services.exports.meeting_export import (
        SetMeeting,
        export_meeting,
        export_slots,
    )

    meeting = SetMeeting(set_name, session, private)
    if whole_set:
        return console.print_export(
            export_meeting(console.desk, meeting, target, style=style, yes=yes)
        )
    return console.print_message(
        export_slots(console.desk, meeting, target, style=style)
    )


def _is_name_missing(
    console: Console, name: str | None, session: int | None, *, whole_set: bool
) -> bool:
    """Return whether nothing says whose plan it is, and somebody can be asked."""
    is_about_set = session is not None or whole_set
    return name is None and not is_about_set and console.desk.interactive


def _refuse_person_options(name: str | None, *, everything: bool) -> None:
    """Raise InvalidInput for a name or an option that goes with one person's plan only."""
    if name is not None:
        raise InvalidInput(
            f"Use either a person (“{clean_text(name)}”) or --set, not both."
        )
    if everything:
        raise InvalidInput(
            "--all works only for one person's plan: leave it out with --set."
        )


def _build_no_set_error(name: str | None, session: int | None) -> InvalidInput:
    """Return the error for no name at all, or for an option that needs --set."""
    if name is None and session is None:
        return InvalidInput(
            "Whose plan?", "Add a NAME, or a set: --set NAME --output FOLDER"
        )
    flag = "--whole-set" if session is None else "--session"
    return InvalidInput(
        f"{flag} works only for a meeting of a set.", "Add the set: --set NAME"
    )
