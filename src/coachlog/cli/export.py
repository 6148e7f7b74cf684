"""`coachlog export`: what leaves the journal as a file, and is not of one noun alone."""

import sys
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
from coachlog.terminal.streams import is_terminal

app = Noun(
    "export",
    "Files for other programs, and which formats pages can have.",
    """
    coachlog export formats                which format can print what
    coachlog export progress -o year.html  the figures of a year, as a page
    coachlog export table notes -o n.csv   a table, for a spreadsheet
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
    """Print the figures of the last year as a page: promises kept, people and themes.

    It has the names of everyone you talk with: --initials shortens them. With a name, it has what
    you measured with them as well; private measures are left out.

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


@app.command("table")
def export_table(
    console: Console,
    table: Annotated[
        str | None,
        Argument(
            metavar="[TABLE]",
            help="sessions, actions, goals, measures or notes.",
            autocompletion=suggestions.suggest_tables,
        ),
    ] = None,
    output: OutputOption = None,
    private: IncludePrivateOption = False,
    bom: Annotated[
        bool,
        Option(
            "--bom",
            help="Begin with a byte order mark, by which Excel knows UTF-8.",
        ),
    ] = False,
    force: ForceOption = False,
    yes: YesOption = False,
) -> None:
    """Print a whole table as CSV, for a spreadsheet; private words are left out.

    An apostrophe stands before words that a spreadsheet would take for a formula; docs/scripts.md
    says how a script takes it off again. Words from a set stay out of it.

    Examples:
      coachlog export table actions -o ledger.csv   every promise, a row each
      coachlog export table measures -o scales.csv  every value on every scale
      coachlog export table sessions --bom          with a mark for Excel
    """
    from coachlog.services.exports.delivery import Target
    from coachlog.services.exports.table_export import (
        TableRequest,
        open_table,
        write_table,
    )

    request = TableRequest(table, private, bom, yes)
    target = Target(output, force=force)
    if target.path is not None:
        return console.print_message(write_table(console.desk, request, target))
    with open_table(console.desk, request) as stream:
        console.print_pieces(stream.pieces)
    for remark in stream.list_remarks():
        console.print_remark(remark)
    if output is None and is_terminal(sys.stdout):
        table = stream.kind.value
        console.print_remark(
            f"To have it in a file: coachlog export table {table} -o {table}.csv"
        )
    return None
