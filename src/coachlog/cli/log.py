"""`coachlog log`: a conversation written down in one piece, as one would in a notes file."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun, Option
from coachlog.terminal.console import Console

app = Noun("log")


@app.command()
def log(
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]",
            help="Who you talked with; you are asked if you leave it out.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    with_names: Annotated[
        list[str] | None,
        Option(
            "--with",
            metavar="NAME",
            help="Who else was there: a conversation of three.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    source: Annotated[
        str | None,
        Option(
            "--from",
            metavar="FILE",
            help="A file with the notes; - reads standard input.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    template: Annotated[
        str | None,
        Option(
            "--template",
            "-t",
            metavar="ID",
            help="A template other than the two-minute note.",
            autocompletion=suggestions.suggest_templates,
        ),
    ] = None,
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="The day it happened.")
    ] = None,
    editor: Annotated[
        bool, Option("--editor", help="Write the notes in your editor.")
    ] = False,
    dry_run: Annotated[
        bool,
        Option("--dry-run", help="Only show what is understood; save nothing."),
    ] = False,
    again: Annotated[
        bool,
        Option("--again", help="Record the same notes again, as another conversation."),
    ] = False,
) -> None:
    """Write down a conversation in one box: text, promises with their dates, private notes.

    Examples:
      coachlog log priya                             write the notes in one box
      coachlog log priya --from notes.txt --on fri   from a file, for last Friday
      coachlog log priya --with tom                  a conversation of three
    """
    from coachlog.services.results import Result
    from coachlog.services.sessions.log import log_conversation
    from coachlog.services.sessions.log_options import LogOptions

    options = LogOptions(
        name, tuple(with_names or ()), source, template, on, editor, dry_run, again
    )
    outcome = log_conversation(console.desk, options)
    if isinstance(outcome, Result):
        return console.print_message(outcome)
    from coachlog.screens.understanding import render_understanding

    return console.print_pages(render_understanding(outcome))
