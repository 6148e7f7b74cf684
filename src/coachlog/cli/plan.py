"""`coachlog plan`: a person's plan, to read or to hand over."""

from collections.abc import Sequence
from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_name_argument
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    IncludePrivateOption,
    InitialsOption,
    JsonOption,
    OutputOption,
    StyleOption,
    YesOption,
)
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console
from coachlog.text import clean_line, clean_text

app = Noun(
    "plan",
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
        help="Whose plan: a person, or me",
        autocompletion=suggestions.suggest_plan_owners,
    ),
]
PlanReaderOption = Annotated[
    list[str] | None,
    Option(
        "--for",
        metavar="NAME",
        help="Your own plan, as this person may see it.",
        autocompletion=suggestions.suggest_people,
    ),
]
PlanAllOption = Annotated[
    bool, Option("--all", help="Include everything closed earlier.")
]


@app.command("show")
def plan_show(
    console: Console,
    name: PlanPersonArgument = ASK,
    readers: PlanReaderOption = None,
    everything: PlanAllOption = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show a person's plan, or your own: goals and promises, open or closed recently.

    Examples:
      coachlog plan show priya         Priya's plan
      coachlog plan show me            your own
      coachlog plan show me --for ben  the part of it that Ben may see
    """
    from coachlog.services.own_plan_names import names_own_plan

    reader = _choose_only_reader(readers)
    if names_own_plan(console.desk, name):
        from coachlog.services import own_plans

        own_plan = own_plans.load_own_plan(
            console.desk, reader, everything=everything, private=private
        )
        if as_json:
            from coachlog.exports import json

            return console.print_json("plan", json.convert_own_plan(own_plan))
        from coachlog.screens.own_plan import render_own_plan

        today, width = console.desk.today, console.out.width
        return console.print_pages(render_own_plan(own_plan, today, width))
    _refuse_own_plan_options("show", reader)
    from coachlog.services import plans

    plan = plans.load_plan(console.desk, name, everything=everything, private=private)
    if as_json:
        return console.print_json("plan", plan)
    from coachlog.screens.plan import render_plan

    return console.print_pages(render_plan(plan, console.desk.today, console.out.width))


@app.command("export")
def plan_export(
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]",
            help="Whose plan: a person, or me.",
            autocompletion=suggestions.suggest_plan_owners,
        ),
    ] = None,
    output: OutputOption = None,
    style: StyleOption = "table",
    format: FormatOption = None,
    copy: CopyOption = False,
    force: ForceOption = False,
    readers: PlanReaderOption = None,
    includes: Annotated[
        list[str] | None,
        Option(
            "--include",
            metavar="ID",
            help="With --for: put this promise of yours on the page; a goal as goal:3, "
            "a note as note:7.1.",
            autocompletion=suggestions.suggest_open_actions,
        ),
    ] = None,
    lessons: Annotated[
        list[int] | None,
        Option(
            "--learned",
            metavar="ID",
            help="In your own plan: put this answer on the page.",
            autocompletion=suggestions.suggest_lessons,
        ),
    ] = None,
    everything: PlanAllOption = False,
    private: IncludePrivateOption = False,
    set_name: Annotated[
        str | None,
        Option(
            "--set",
            metavar="NAME",
            help="In place of a person, a set's last meeting: a page for each "
            "presenter, in a folder.",
            autocompletion=suggestions.suggest_sets,
        ),
    ] = None,
    session: Annotated[
        int | None,
        Option(
            "--session",
            metavar="ID",
            help="With --set: this meeting, not the last one.",
            autocompletion=suggestions.suggest_sessions,
        ),
    ] = None,
    whole_set: Annotated[
        bool,
        Option(
            "--whole-set",
            help="With --set: the whole meeting on one page, once you confirm.",
        ),
    ] = False,
    initials: InitialsOption = False,
    yes: YesOption = False,
) -> None:
    """Print a person's plan as a page for them; private entries are left out.

    With --for, your own plan is a page for one person: what is left out of it is shown first,
    at a terminal as a list to tick. With --set, write up a meeting of a set: one file for each
    presenter, which says nothing about the others.

    Examples:
      coachlog plan export priya -o plan.eml    a mail to send
      coachlog plan export me --for ben         your own, for Ben
      coachlog plan export --set ward -o pages  a set's last meeting
    """
    from coachlog.services.exports.delivery import Target

    reader = _choose_only_reader(readers)
    target = Target(output, format, force, copy, initials)
    if set_name is None:
        if _is_name_missing(console, name, session, whole_set=whole_set):
            from coachlog.services import subjects

            name = str(subjects.choose_subject(console.desk, subjects.PLAN_OWNER))
        if name is None or session is not None or whole_set:
            raise _build_no_set_error(name, session)
        from coachlog.services.own_plan_names import names_own_plan

        if names_own_plan(console.desk, name):
            from coachlog.services.exports.own_plan_export import (
                OwnPlanRequest,
                export_own_plan,
            )

            request = OwnPlanRequest(
                reader, includes or (), lessons or (), everything, private, yes
            )
            return console.print_export(
                export_own_plan(console.desk, request, target, style=style)
            )
        _refuse_own_plan_options("export", reader, includes, lessons)
        from coachlog.services.exports.plan_export import export_plan

        return console.print_export(
            export_plan(
                console.desk,
                name,
                target,
                style=style,
                everything=everything,
                private=private,
                yes=yes,
            )
        )
    _refuse_person_options(name, everything=everything)
    _refuse_own_plan_options("export", reader, includes, lessons)
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
        export_slots(console.desk, meeting, target, style=style, yes=yes)
    )


def _is_name_missing(
    console: Console, name: str | None, session: int | None, *, whole_set: bool
) -> bool:
    """Return whether nothing says whose plan it is, and somebody can be asked."""
    is_about_set = session is not None or whole_set
    return name is None and not is_about_set and console.desk.interactive


def _refuse_own_plan_options(
    verb: str,
    reader: str | None,
    includes: list[str] | None = None,
    lessons: list[int] | None = None,
) -> None:
    """Raise InvalidInput for an option that goes with the owner's own plan only.

    `verb` is what is done with the plan: `show` or `export`.
    """
    flags = {"--for": reader, "--include": includes, "--learned": lessons}
    for flag, value in flags.items():
        if value:
            raise InvalidInput(
                f"{flag} works only for your own plan.",
                f"That is: {_phrase_own_plan_command(verb, reader)}",
            )


def _choose_only_reader(readers: Sequence[str] | None) -> str | None:
    """Return for whom a plan is; None for nobody. Raises InvalidInput for two readers."""
    if not readers:
        return None
    if len(readers) > 1:
        raise InvalidInput(
            "A page is for one person, as each may see something else. Nothing was written.",
            "Name one of them now, and the next with a command of their own.",
        )
    return readers[0]


def _phrase_own_plan_command(verb: str, reader: str | None) -> str:
    """Return the command that shows or exports the owner's plan, for its reader if there is one."""
    # Imported here because it compiles a pattern, and few lines have such a command to show.
    from shlex import quote

    command = f"coachlog plan {verb} me"
    return f"{command} --for {quote(clean_line(reader))}" if reader else command


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
