"""`coachlog export`: what leaves the journal as a file, and is not of one noun alone."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    IncludePrivateOption,
    InitialsOption,
    JsonOption,
    OutputOption,
    YesOption,
)
from coachlog.terminal.console import Console

app = Noun(
    "export",
    "Files for other programs, and which formats pages can have.",
    """
    coachlog export formats                which format can print what
    coachlog export progress -o year.html  the figures of a year, as a page
    """,
)


@app.command("formats")
def export_formats(console: Console, as_json: JsonOption = False) -> None:
    """List the formats of pages: the files of each, what it is for, and what it can print.

    A page is a plan, a history, a session, a set's meeting, the progress of a year, or a template.

    Examples:
      coachlog export formats         all of them
      coachlog export formats --json  for a script
    """
    from coachlog.services.exports.format_list import load_formats

    formats = load_formats()
    if as_json:
        return console.print_json("formats", formats)
    from coachlog.screens.formats import render_formats

    return console.print_list(render_formats(formats, console.list_width))


@app.command("progress")
def export_figures(
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]",
            help="Only with this person.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    output: OutputOption = None,
    format: FormatOption = None,
    copy: CopyOption = False,
    since: Annotated[
        str | None,
        Option(metavar="DATE", help="From this day on, in place of the last year."),
    ] = None,
    until: Annotated[
        str | None,
        Option(metavar="DATE", help="Up to this day, in place of the last year."),
    ] = None,
    private: IncludePrivateOption = False,
    initials: InitialsOption = False,
    force: ForceOption = False,
    yes: YesOption = False,
) -> None:
    """Print the figures of the last year as a page: promises kept, people, measures.

    It has the names of everyone you talk with: --initials shortens them. Private measures are left
    out.

    Examples:
      coachlog export progress                     on the screen
      coachlog export progress -o year.html        a page with charts
      coachlog export progress priya -o priya.csv  one person, for a spreadsheet
    """
    from coachlog.services.exports import progress_export
    from coachlog.services.exports.delivery import Target

    target = Target(output, format, force, copy, initials)
    request = progress_export.ProgressRequest(name, since, until, private, yes)
    console.print_export(progress_export.export_progress(console.desk, request, target))
