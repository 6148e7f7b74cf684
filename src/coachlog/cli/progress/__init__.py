"""`coachlog progress`: conversations held, promises kept, and what is changing."""

from pathlib import Path
from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun, Option
from coachlog.cli.options import ForceOption, IncludePrivateOption, JsonOption
from coachlog.cli.progress.view_options import ProgressOptions
from coachlog.terminal.console import Console

app = Noun("progress")


@app.command()
def progress(
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]",
            help="Only with this person.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    measure: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Only this measure, for everyone who was asked.",
            autocompletion=suggestions.suggest_measures,
        ),
    ] = None,
    set_name: Annotated[
        str | None,
        Option(
            "--set",
            metavar="NAME",
            help="Only this action learning set.",
            autocompletion=suggestions.suggest_sets,
        ),
    ] = None,
    ledger: Annotated[
        bool, Option("--ledger", help="List each promise that counts, and why.")
    ] = False,
    shadow: Annotated[
        bool,
        Option(
            "--shadow",
            help="Show your shadow reviews alongside the figures in the journal.",
        ),
    ] = False,
    themes: Annotated[
        bool,
        Option(
            "--themes",
            help="Show where you stand in each theme: at joining, at the end, six months on.",
        ),
    ] = False,
    compare: Annotated[
        bool,
        Option(
            "--compare",
            help="Compare promises kept in the last whole quarter with the one before.",
        ),
    ] = False,
    standards: Annotated[
        bool,
        Option(
            "--standards",
            help="Show what is on record for each standard in your standards.toml.",
        ),
    ] = False,
    since: Annotated[
        str | None,
        Option(
            metavar="DATE",
            help="Only conversations, due dates and measures from this day on.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        Option(
            metavar="DATE",
            help="Only conversations, due dates and measures up to this day.",
        ),
    ] = None,
    private: IncludePrivateOption = False,
    picture: Annotated[
        Path | None,
        Option(
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
    figures of a set: its promises, who presented, how open the questions were. With --standards it
    counts answers that are evidence for standards of your own.

    With --since, promises kept are also compared with as many days just before. A difference that
    could be chance is called that: with few promises, most are.

    Examples:
      coachlog progress                  everyone, since the beginning
      coachlog progress priya --compare  Priya, the last two quarters
      coachlog progress --ledger         which promises count, and why
    """
    from coachlog.cli.progress import views

    options = ProgressOptions(
        name=name,
        measure=measure,
        set_name=set_name,
        ledger=ledger,
        shadow=shadow,
        themes=themes,
        compare=compare,
        standards=standards,
        since=since,
        until=until,
        private=private,
        picture=picture,
        force=force,
        as_json=as_json,
    )
    options.require_one_view()
    options.require_one_answer()
    with views.open_progress_view(console.desk, options) as view:
        if as_json:
            return console.print_json(view.name, view.build_json())
        if picture:
            views.write_picture(console, view, options)
        else:
            from coachlog.terminal.pager import print_through_pager

            page = view.build_page(console.out.width, console.marks)
            print_through_pager(console, page)
        return views.print_private_remark(console, view, options)
