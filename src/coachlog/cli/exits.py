"""How a run ends: the one place where errors become exit codes, and where streams are prepared."""

import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from coachlog import asciify
from coachlog.cli.denials import withdraw_denials
from coachlog.errors import CoachlogError, Interruption
from coachlog.text import clean_text

INTERRUPTED = 130
"""The exit code of a run that somebody broke off."""
_SAVED_SENTENCE = "What was changed before that is saved."
_DEBUG_HINT = (
    "Run it again with `coachlog --debug` to see where; it may quote what you wrote."
)
_LOOK_HINT = "Look at what is saved before you type the same command again."


class UnreadAnswer(Exception):
    """The pipe that an answer was printed to is closed.

    Not an OSError: this is no failure where nothing was changed.
    """


class _Ending(NamedTuple):
    """The exit code of a failed run, and what it says on stderr."""

    code: int
    message: str
    hint: str | None = None


class Aftermath(NamedTuple):
    """What a run has done to the journal by the time it ends, and how its failure is shown.

    `has_committed` tells whether it has changed the journal for good, `change_failed` whether its
    last change was undone; `debug` and `ascii` are options that it came across.
    """

    has_committed: bool = False
    change_failed: bool = False
    debug: bool = False
    ascii: bool = False


def run_with_exit_code(
    run_commands: Callable[[], None],
    words: Sequence[str],
    *,
    command_names: Collection[str],
    get_aftermath: Callable[[], Aftermath],
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
        return INTERRUPTED
    except Exception as error:
        aftermath = get_aftermath()
        # Such as `coachlog history | head`, which has read enough.
        if isinstance(error, UnreadAnswer) and not aftermath.has_committed:
            return 1
        debug = aftermath.debug or "--debug" in root_words
        ending = _build_ending(error, aftermath, debug=debug)
        _print_ending(ending, ascii=aftermath.ascii or "--ascii" in root_words)
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


def _build_ending(error: Exception, aftermath: Aftermath, *, debug: bool) -> _Ending:
    """Return how a run ends that raised this error.

    With `debug`, re-raises an error that is a bug in coachlog, so that its traceback is shown.
    """
    if isinstance(error, CoachlogError):
        return _build_expected_ending(error, aftermath)
    if isinstance(error, EOFError):
        return _Ending(
            INTERRUPTED, "Interrupted. Everything saved before this is safe."
        )
    if isinstance(error, UnreadAnswer):
        return _Ending(1, f"Nobody read the answer. {_SAVED_SENTENCE}")
    if debug:
        raise error
    if isinstance(error, OSError):
        outcome = "Your journal was not changed."
        if aftermath.has_committed:
            outcome = _SAVED_SENTENCE
        reason = error.strerror or type(error).__name__
        return _Ending(
            1, f"Something could not be read or printed ({reason}). {outcome}"
        )
    fault = f"Something went wrong inside coachlog ({type(error).__name__})."
    if aftermath.has_committed:
        return _Ending(1, f"{fault} {_SAVED_SENTENCE}", _LOOK_HINT)
    return _Ending(1, f"{fault} Everything saved before this is safe.", _DEBUG_HINT)


def _build_expected_ending(error: CoachlogError, aftermath: Aftermath) -> _Ending:
    """Return how a run ends that reports an error; it never denies what was saved before."""
    # Who paused a conversation is told about exactly what is saved, and the rest is quoted.
    if isinstance(error, Interruption) or not aftermath.has_committed:
        return _Ending(error.exit_code, error.message, error.hint)
    # Further lines quote what was typed.
    first_line, line_end, other_lines = error.message.partition("\n")
    failed = aftermath.change_failed
    words = withdraw_denials(first_line, change_failed=failed)
    # Said already, of all that came before the change that failed.
    is_assured = " is saved" in words or (failed and "before this is safe" in words)
    if not is_assured:
        words = f"{words} {_SAVED_SENTENCE}".strip()
    message = words + line_end + other_lines
    hint = withdraw_denials(error.hint or "", change_failed=failed)
    return _Ending(error.exit_code, message, hint or None)


def _print_ending(ending: _Ending, *, ascii: bool) -> None:
    with suppress(OSError, ValueError, AttributeError):  # a closed window has no stderr
        from coachlog.terminal.console import wrap_to_terminal

        parts = [clean_text(part) for part in (ending.message, ending.hint) if part]
        words = "".join(f"{wrap_to_terminal(part, sys.stderr)}\n" for part in parts)
        if ascii or asciify.needs_ascii(sys.stderr):
            words = asciify.asciify_text(words)
        sys.stderr.write(words)


def prepare_streams() -> None:
    """Let files and pipes get UTF-8, and a terminal a mark for each letter it cannot show."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started coachlog
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, nowhere)
        elif stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


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
