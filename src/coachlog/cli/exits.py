"""How a run ends: the one place where errors become exit codes, and where streams are prepared.

How a failure is told is in `endings`, which most runs never need to import.
"""

import os
import sys
from collections.abc import Callable, Collection, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TextIO

from coachlog.errors import CoachlogError, Interruption, UnreadAnswer

if TYPE_CHECKING:
    from coachlog.cli.endings import Aftermath


def run_with_exit_code(
    run_commands: Callable[[], None],
    words: Sequence[str],
    *,
    command_names: Collection[str],
    get_aftermath: "Callable[[], Aftermath]",
) -> int:
    """Run what was typed and return its exit code; a failure is reported on stderr.

    Only the flags that come before one of `command_names` are read here: a run may fail before it
    comes to any. `get_aftermath` tells, once the command has ended, what it has changed, and which
    flags it came to.
    """
    root_words = list(takewhile(lambda word: word not in command_names, words))
    try:
        run_commands()
        _flush_answer()
        return 0
    # Whoever pressed Ctrl-C where nothing was asked needs no words.
    except KeyboardInterrupt:
        return Interruption.exit_code
    except Exception as error:
        from coachlog.cli.endings import build_ending, print_ending

        aftermath = get_aftermath()
        # Such as `coachlog history | head`, which has read enough.
        if isinstance(error, UnreadAnswer) and not aftermath.has_committed:
            return 1
        debug = aftermath.debug or "--debug" in root_words
        ending = build_ending(error, aftermath, debug=debug)
        print_ending(ending, ascii=aftermath.ascii or "--ascii" in root_words)
        return ending.code


def _flush_answer() -> None:
    """Hand over what was printed, while a failure can still be reported."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise UnreadAnswer from None


def is_fault(error: Exception) -> bool:
    """Return whether an error is one that nobody expects: a fault in coachlog, or damaged data."""
    return not isinstance(error, CoachlogError | OSError | EOFError)


def prepare_streams() -> None:
    """Let files and pipes get UTF-8, and a terminal a mark for each letter it cannot show."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started coachlog
            setattr(sys, name, _open_nowhere(takes_text=name == "stderr"))
        elif stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


def _open_nowhere(*, takes_text: bool) -> TextIO:
    """Return a stream in place of one that is closed; unless it takes text, a flush of any fails.

    An answer that is lost is a failure; what is beside it is not.
    """
    mode = os.O_WRONLY if takes_text else os.O_RDONLY
    return open(os.open(os.devnull, mode), "w", encoding="utf-8")  # noqa: PTH123 - a number


def flush_output(exit_code: int) -> int:
    """Return the exit code, or 1 in place of 0 if what was printed cannot be taken by anyone."""
    if not _flush_stream(sys.stdout):
        exit_code = exit_code or 1
    # What is lost there is beside the answer.
    _flush_stream(sys.stderr)
    return exit_code


def _flush_stream(stream: Any) -> bool:
    """Return whether a stream takes what was printed to it."""
    try:
        stream.flush()
    except OSError:
        # Python flushes once more as it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
