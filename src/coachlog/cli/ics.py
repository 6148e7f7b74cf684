"""`coachlog ics`: what is due, for the owner's calendar."""

import sys
from typing import Annotated

from coachlog.cli.declare import Noun, Option
from coachlog.cli.options import (
    ForceOption,
    IncludePrivateOption,
    OutputOption,
    YesOption,
)
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console
from coachlog.terminal.streams import is_terminal

app = Noun("ics")


@app.command()
def ics(
    console: Console,
    output: OutputOption = None,
    titles: Annotated[
        bool,
        Option("--titles", help="Say in each title what it is about, and with whom."),
    ] = False,
    private: IncludePrivateOption = False,
    force: ForceOption = False,
    yes: YesOption = False,
) -> None:
    """Print a calendar of promises, reviews of goals, next 1:1s and set meetings.

    Entries last all day and remind at nine; they are marked private and free, and invite nobody.
    Import a later file and they move: what is no longer due is cancelled there.

    Examples:
      coachlog ics -o due.ics           without words or names
      coachlog ics --titles -o due.ics  titles say what it is about
      coachlog ics -o due.ics --force   once more, as days have moved
    """
    from coachlog.services.exports.calendar_export import (
        CalendarRequest,
        export_calendar,
    )
    from coachlog.services.exports.delivery import Target

    if output is None and is_terminal(sys.stdout):
        raise InvalidInput(
            "A calendar file is for a calendar program, so it is not shown here. "
            "Nothing was written.",
            "To write it: coachlog ics -o due.ics",
        )
    request = CalendarRequest(titles, private, yes)
    console.print_export(
        export_calendar(console.desk, request, Target(output, force=force))
    )
