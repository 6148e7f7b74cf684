"""Bare `coachlog`, and the options that every command takes, wherever they are typed.

A command's help has only its own options, so it gets these hidden. They are looked at before any
other, so that an argument is asked for, or found, in the right journal.
"""

import sys
from pathlib import Path
from typing import Annotated

from coachlog import asciify
from coachlog.cli import suggestions
from coachlog.cli.declare import Command, Option, Parameter, list_parameters
from coachlog.cli.shared_options import IncludePrivateOption, JsonOption
from coachlog.terminal.console import Console


def set_up_console(
    console: Console,
    home: Annotated[
        Path | None,
        Option(
            metavar="FOLDER",
            help="The folder of the journal, in place of COACHLOG_HOME.",
            autocompletion=suggestions.suggest_folders,
        ),
    ] = None,
    no_input: Annotated[
        bool, Option("--no-input", help="Never ask questions.")
    ] = False,
    no_color: Annotated[
        bool, Option("--no-color", help="Print without colour.")
    ] = False,
    ascii_only: Annotated[
        bool, Option("--ascii", help="Use plain ASCII characters only.")
    ] = False,
    accessible: Annotated[
        bool,
        Option(
            "--accessible",
            help="Ask line by line, for a screen reader: nothing is drawn or moved.",
        ),
    ] = False,
    plain: Annotated[
        bool,
        Option(
            "--plain",
            help="Print as into a pipe: lists with tabs, one entry a line, nothing folded.",
        ),
    ] = False,
    quiet: Annotated[
        bool, Option("--quiet", "-q", help="Print answers and errors, and no more.")
    ] = False,
    debug: Annotated[
        bool,
        Option(
            "--debug",
            help="If something goes wrong inside coachlog, show the traceback.",
        ),
    ] = False,
) -> None:
    """Tell the console of the run what was typed, and what its streams can show."""
    console.home_override = home or console.home_override
    console.no_input |= no_input
    console.color &= not no_color
    console.ascii |= ascii_only
    console.ascii |= asciify.needs_ascii(sys.stdout) or asciify.needs_ascii(sys.stderr)
    console.accessible |= accessible
    console.plain |= plain
    console.quiet |= quiet
    console.debug |= debug


def show_home_page(
    console: Console,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> list[str]:
    """A journal for coaching conversations: guided questions, promises that come back, plans kept.

    Without a command, it shows what you owe, what is owed to you and who to talk to next; on a
    terminal it waits for one key to act. A name in place of a command is that person's `brief`.

    --home, --no-input, --no-color, --ascii, --accessible, --plain, --quiet, --debug and --version
    work after a command, too.
    """
    from coachlog.cli.today import show_today

    return show_today(console, private=private, as_json=as_json)


def print_version(_console: Console) -> None:
    """Print the version."""
    from coachlog import __version__

    sys.stdout.write(f"coachlog {__version__}\n")


HOME_PAGE = Command("", show_home_page)
VERSION = Command("", print_version)
GLOBAL_OPTIONS = list_parameters(set_up_console)
VERSION_OPTION = Parameter(
    "version", bool, False, Option("--version", "-V", help="Print the version.")
)
HELP_OPTION = Parameter(
    "help", bool, False, Option("--help", "-h", help="Show this message and exit.")
)
