"""The command line: a line is read, and the command that it calls is run.

Commands import their services inside their functions, so that help and completion stay quick.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from coachlog.cli import exits, reader
from coachlog.cli.nouns import FIRST_COMMANDS, NOUN_HELPS
from coachlog.errors import JournalNotBegun, UnreadAnswer
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.cli.declare import Call
    from coachlog.cli.endings import Aftermath

_COMPLETION_VARIABLE = "_COACHLOG_COMPLETE"
"""Where the name of the shell is that asks what an unfinished word can become."""


def run(console: Console | None = None) -> int:
    """Run the command line of this process and return its exit code."""
    exits.prepare_streams()
    return exits.flush_output(run_line(sys.argv[1:], console or Console()))


def run_line(words: Sequence[str], console: Console) -> int:
    """Run what is typed after `coachlog`, or answer a shell that asks; return the exit code."""
    shell = os.environ.get(_COMPLETION_VARIABLE)
    if shell is not None:
        # A remark would be printed into the line that is being typed.
        console.quiet = True
        _print_shell_answer(shell, words, console)
        return 0
    code = exits.run_with_exit_code(
        lambda: _run_commands(list(words), console),
        words,
        command_names=NOUN_HELPS,
        get_aftermath=lambda: _get_aftermath(console),
    )
    _finish_backups(console)
    return code


def _run_commands(words: list[str], console: Console) -> None:
    """Run the command that the words call, and the one that it calls in turn.

    What fails because the journal is damaged is reported as damage.
    """
    try:
        while True:
            call = reader.read_usual_line(words, console)
            if call is None:
                from coachlog.cli import tree

                call = tree.read_unusual_line(words, console)
            words = _run_call(call, console) if call else []
            if not words:
                console.print_undo_line()
                return
            # Of what calls another command, each is taken back by itself.
            console.desk.begin_undo_entry()
    except BrokenPipeError:
        raise UnreadAnswer from None
    except Exception as error:
        if exits.is_fault(error):
            console.desk.require_sound_journal()
        raise


def _run_call(call: "Call", console: Console) -> list[str]:
    """Run a command; return the words of the one to run after it.

    Where there is no journal yet, the error names the command that its noun begins with.
    """
    try:
        return call.run(console)
    except JournalNotBegun as error:
        first_command = FIRST_COMMANDS.get(call.command.path.partition(" ")[0])
        if first_command:
            error.name_start(f"coachlog {first_command}")
        raise


def _get_aftermath(console: Console) -> "Aftermath":
    # Imported here, as only a failure is about it.
    from coachlog.cli.endings import Aftermath

    return Aftermath(
        console.has_committed, console.change_failed, console.debug, console.ascii
    )


def _finish_backups(console: Console) -> None:
    """Do what is left of the backup of a day; the command itself is done, whatever happens here."""
    with suppress(Exception, KeyboardInterrupt):
        console.finish_backups()


def _print_shell_answer(shell: str, words: Sequence[str], console: Console) -> None:
    """Print what Tab offers; nothing at all where that fails, least of all an error."""
    from coachlog.cli.shell_replies import answer_shell

    with suppress(Exception, KeyboardInterrupt):
        sys.stdout.write(answer_shell(shell, words, console))
