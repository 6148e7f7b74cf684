"""`coachlog progress`: sessions, promises and how they were kept, over time."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import build_command_app, completion
from coachlog.cli.options import ForceOption, JsonOption
from coachlog.cli.progress.view_options import ProgressOptions
from coachlog.terminal.console import Console

app = build_command_app()


@app.command()
def progress(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Only with one person.", autocompletion=completion.suggest_people
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only this measure, for everyone asked.",
            autocompletion=completion.suggest_measures,
        ),
    ] = None,
    set_name: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="NAME",
            help="Only one action learning set.",
            autocompletion=completion.suggest_sets,
        ),
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Each promise that counts, and why.")
    ] = False,
    shadow: Annotated[
        bool, typer.Option("--shadow", help="Your shadow reviews, beside what coachlog knows.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Talks held, promises first due, measures from here on."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The same, up to and with this day.")
    ] = None,
    private: Annotated[
        bool,
        typer.Option("--private", "--include-private", help="Private and health measures, too."),
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a .svg or .html file.")
    ] = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show how promises were kept, yours first, what was held with whom, and what changes.

    Without --since and --until everything counts, and months and days are the last twelve months.
    What is open or overdue is so today, whatever the period. With --set, the figures of that set:
    its promises, whose turn it was to present, how open the questions were.
    """
    from coachlog.cli.progress import views

    console: Console = ctx.obj
    options = ProgressOptions(
        name=name,
        measure=measure,
        set_name=set_name,
        ledger=ledger,
        shadow=shadow,
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
        from coachlog.terminal import pager

        pager.print_through_pager(console, view.build_page(console.out.width, console.ascii))
    return views.print_private_remark(console, view, options)
