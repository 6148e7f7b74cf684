"""`coachlog export`: what leaves the journal as files, beside the pages of each noun."""

from coachlog.cli.declare import Noun
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun(
    "export",
    "Files for other programs, and which formats pages can have.",
    """
    coachlog export formats                      which format can print what
    coachlog history export priya -o story.html  a page is exported by its noun
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
