"""`coachlog progress`: conversations held, promises kept, and what is changing."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_command_app, suggestions
from coachlog.cli.options import ForceOption, IncludePrivateOption, JsonOption
from coachlog.cli.progress.view_options import ProgressOptions
from coachlog.terminal.console import Console

app = build_command_app()


@app.command()
def progress(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Only with this person.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only this measure, for everyone who was asked.",
            autocompletion=suggestions.suggest_measures,
        ),
    ] = None,
    set_name: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="NAME",
            help="Only this action learning set.",
            autocompletion=suggestions.suggest_sets,
        ),
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="List each promise that counts, and why.")
    ] = False,
    shadow: Annotated[
        bool,
        typer.Option(
            "--shadow",
            help="Show your shadow reviews alongside the figures in the journal.",
        ),
    ] = False,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare",
            help="Compare promises kept in the last whole quarter with the one before.",
        ),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Only conversations, due dates and measures from this day on.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Only conversations, due dates and measures up to this day.",
        ),
    ] = None,
    private: IncludePrivateOption = False,
    picture: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write it as a picture, to a .svg or .html file.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show how promises were kept, yours first, who you talked with, and what is changing.

    Without --since and --until everything counts; months and days cover the last twelve months.
    Open and overdue promises are those of today, whatever the period. With --set it shows the
    figures of a set: its promises, who presented, how open the questions were.

    With --since, promises kept are also compared with as many days just before. A difference that
    could be chance is called that: with few promises, most are.

    Examples:
      coachlog progress                  everyone, since the beginning
      coachlog progress priya --compare  Priya, the last two quarters
      coachlog progress --ledger         which promises count, and why
    """
    from coachlog.cli.progress import views

    console: Console = ctx.obj
    options = ProgressOptions(
        name=name,
        measure=measure,
        set_name=set_name,
        ledger=ledger,
        shadow=shadow,
        compare=compare,
        since=since,
        until=until,
        private=private,
        picture=picture,
        force=force,
        as_json=as_json,
    )
    options.require_one_view()
    options.require_one_answer()
    view = views.choose_progress_view(console.desk, options)
    if as_json:
        return console.print_json(view.name, view.build_json())
    if picture:
        views.write_picture(console, view, options)
    else:
        from coachlog.terminal.pager import print_through_pager

        print_through_pager(console, view.build_page(console.out.width, console.marks))
    return views.print_private_remark(console, view, options)
