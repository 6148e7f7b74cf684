"""Reads with Typer every line that `reader` leaves alone: errors, names and short forms."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from coachlog.cli.declare import Call
from coachlog.cli.groups import RootGroup
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import CoachlogError, InvalidInput, UnreadAnswer
from coachlog.terminal.console import Console

_PROGRAM = "coachlog"
_COMPLETION_HINT = "The script is printed by: coachlog completion SHELL"
# What other programs have for it.
_FLAG_HINTS = dict.fromkeys(
    ("--install-completion", "--show-completion"), _COMPLETION_HINT
)


def read_unusual_line(words: Sequence[str], console: Console) -> Call | None:
    """Return the command that the words call, its console set up; None where a help was printed.

    Raises InvalidInput for a line that calls no command.
    """
    # Without a list of words, Typer does on Windows what a shell does elsewhere.
    leaves_words = os.name == "nt" and list(words) == sys.argv[1:]
    try:
        ending = RootGroup().main(
            args=None if leaves_words else list(words),
            prog_name=_PROGRAM,
            standalone_mode=False,
            obj=console,
        )
    except typer.TyperException as error:
        raise _build_usage_error(error) from None
    except SystemExit:
        raise UnreadAnswer from None
    return ending if isinstance(ending, Call) else None


def find_meant_command(words: Sequence[str], console: Console) -> list[str]:
    """Return the whole name of the command that words stand for, such as a short form.

    Raises InvalidInput if they stand for none.
    """
    context: Any = RootGroup().make_context(
        _PROGRAM, [], resilient_parsing=True, obj=console
    )
    line = list(words)
    path = []
    while line:
        group = context.command
        if not hasattr(group, "build_help_line"):
            raise InvalidInput(
                f"“{context.command_path}” has no command “{line[0]}” of its own.",
                "See: coachlog help --help",
            )
        try:
            word, *line = group.build_help_line(context, line)
        except typer.TyperException as error:
            raise _build_usage_error(error) from None
        path.append(word)
        command = group.get_command(context, word)
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    return path


def _build_usage_error(error: Any) -> CoachlogError:
    """Return what Typer says of a wrong command line as an error of our own."""
    message = error.format_message()
    # A group without a command shows its whole help.
    if message.startswith("Usage:"):
        return InvalidInput(message)
    context = getattr(error, "ctx", None)
    see_help = f"See: {context.command_path} --help" if context else None
    # The message quotes what was typed: a command, an option or a word too many.
    if has_lone_surrogate(message):
        message = "A word of that command is not UTF-8 text. Nothing was done."
        return InvalidInput(message, see_help)
    for flag, hint in _FLAG_HINTS.items():
        if f"No such option: {flag}" in message:
            return InvalidInput(message, hint)
    return InvalidInput(message, see_help)
