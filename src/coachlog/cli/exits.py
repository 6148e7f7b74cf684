"""How a run ends: the one place where errors become exit codes, and the streams are closed."""

import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import typer

from coachlog import asciify
from coachlog.errors import CoachlogError
from coachlog.text import clean_text

_ROOT_FLAGS = ("--home", "--no-input", "--no-color", "--ascii", "--debug")


class _Ending(NamedTuple):
    """What a failed run ends with, and what it says on stderr."""

    code: int
    message: str
    hint: str | None = None


def run_with_exit_code(
    main: Callable[..., Any], *args: Any, command_names: Collection[str], **extra: Any
) -> int:
    """Run one command and return its exit code; a failure is reported on stderr.

    `names` are those of the commands: only flags of coachlog itself, before them, count here.
    """
    before_command = _list_root_words(
        extra.get("args") or (args[0] if args else None), command_names
    )
    try:
        result = main(*args, standalone_mode=False, **extra)
        return result if isinstance(result, int) else 0
    except BrokenPipeError:
        return 1
    except (Exception, KeyboardInterrupt) as error:
        ending = _build_ending(error, debug="--debug" in before_command)
        _print_ending(ending, ascii="--ascii" in before_command)
        return ending.code


def _list_root_words(
    command_line: Sequence[str] | None, command_names: Collection[str]
) -> list[str]:
    """Return the words of a command line that stand before the command."""
    words = list(command_line or sys.argv[1:])
    return list(takewhile(lambda word: word not in command_names, words))


def _build_ending(error: BaseException, *, debug: bool) -> _Ending:
    """Return how a run ends that raised this; a fault of coachlog itself says no more than that."""
    if isinstance(error, CoachlogError):
        return _Ending(error.exit_code, error.message, error.hint)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return _Ending(130, "Interrupted. What was saved before is safe.")
    if isinstance(error, typer.TyperException):
        return _build_usage_ending(error)
    if debug:
        raise error
    if isinstance(error, OSError):
        return _Ending(
            1,
            f"This could not be printed or read ({error.strerror or error}). "
            "A change made before it is saved.",
        )
    return _Ending(
        1,
        f"Something went wrong inside coachlog ({type(error).__name__}). "
        "What was saved before is safe.",
        "The same command after `coachlog --debug` shows where; it may quote what you wrote.",
    )


def _build_usage_ending(error: Any) -> _Ending:
    """Return how a wrong command line ends."""
    context = getattr(error, "ctx", None)
    usage = f"See: {context.command_path} --help" if context else None
    message = error.format_message()
    for flag in _ROOT_FLAGS:
        if f"No such option: {flag}" in message:
            usage = f"It goes before the command: coachlog {flag} ..."
    return _Ending(error.exit_code, message, None if message.startswith("Usage:") else usage)


def _print_ending(ending: _Ending, *, ascii: bool) -> None:
    with suppress(OSError, ValueError, AttributeError):  # a closed window has no stderr
        from coachlog.terminal.console import wrap_to_terminal

        parts = [clean_text(part) for part in (ending.message, ending.hint) if part]
        words = "".join(f"{wrap_to_terminal(part, sys.stderr)}\n" for part in parts)
        ascii = ascii or asciify.needs_ascii(sys.stderr)
        sys.stderr.write(asciify.asciify_text(words) if ascii else words)


def prepare_streams() -> None:
    """Write UTF-8 to files and pipes; on a terminal, a mark for what it cannot show."""
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
    """Return the exit code, or 1 if what was printed could not leave: nobody reads the pipe."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_code or 1
    return exit_code
