"""How a run ends: the one place where errors become exit codes, and where streams are prepared."""

import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import typer

from coachlog import asciify
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import CoachlogError
from coachlog.text import clean_text

_ROOT_FLAGS = ("--home", "--no-input", "--no-color", "--ascii", "--debug")
_COMPLETION_HINT = "The script is printed by: coachlog completion SHELL"
_FLAG_HINTS = {
    **{
        flag: f"It goes before the command: coachlog {flag} ..." for flag in _ROOT_FLAGS
    },
    # What other programs have for it.
    **dict.fromkeys(("--install-completion", "--show-completion"), _COMPLETION_HINT),
}


class _Ending(NamedTuple):
    """The exit code of a failed run, and what it says on stderr."""

    code: int
    message: str
    hint: str | None = None


def run_with_exit_code(
    main: Callable[..., Any], *args: Any, command_names: Collection[str], **extra: Any
) -> int:
    """Run one command and return its exit code; a failure is reported on stderr.

    Only the flags that come before one of `command_names` are read here.
    """
    command_line = extra.get("args") or (args[0] if args else None)
    words = command_line or sys.argv[1:]
    root_words = list(takewhile(lambda word: word not in command_names, words))
    try:
        result = main(*args, standalone_mode=False, **extra)
        return result if isinstance(result, int) else 0
    except BrokenPipeError:  # such as `coachlog history | head`, which has read enough
        return 1
    except (Exception, KeyboardInterrupt) as error:
        ending = _build_ending(error, debug="--debug" in root_words)
        _print_ending(ending, ascii="--ascii" in root_words)
        return ending.code


def is_fault(error: Exception) -> bool:
    """Return whether an error is one that nobody expects: a fault in coachlog, or damaged data."""
    expected = (CoachlogError, OSError, typer.Abort, typer.Exit, typer.TyperException)
    return not isinstance(error, expected)


def _build_ending(error: BaseException, *, debug: bool) -> _Ending:
    """Return how a run ends that raised this error.

    With `debug`, re-raises an error that is a bug in coachlog, so that its traceback is shown.
    """
    if isinstance(error, CoachlogError):
        return _Ending(error.exit_code, error.message, error.hint)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return _Ending(130, "Interrupted. Everything saved before this is safe.")
    if isinstance(error, typer.TyperException):
        return _build_usage_ending(error)
    if debug:
        raise error
    if isinstance(error, OSError):
        return _Ending(
            1,
            f"Something could not be read or printed ({error.strerror or error}). "
            "Any change made before that is saved.",
        )
    return _Ending(
        1,
        f"Something went wrong inside coachlog ({type(error).__name__}). "
        "Everything saved before this is safe.",
        "Run it again with `coachlog --debug` to see where; the output may quote what you wrote.",
    )


def _build_usage_ending(error: Any) -> _Ending:
    """Return how a wrong command line ends."""
    message = error.format_message()
    if message.startswith(
        "Usage:"
    ):  # a group without a command, which shows its whole help
        return _Ending(error.exit_code, message)
    context = getattr(error, "ctx", None)
    see_help = f"See: {context.command_path} --help" if context else None
    # The message quotes what was typed: a command, an option or a word too many.
    if has_lone_surrogate(message):
        message = "A word of that command is not UTF-8 text. Nothing was done."
        return _Ending(error.exit_code, message, see_help)
    for flag, hint in _FLAG_HINTS.items():
        if f"No such option: {flag}" in message:
            return _Ending(error.exit_code, message, hint)
    return _Ending(error.exit_code, message, see_help)


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
    """Return the exit code, or 1 in place of 0 if nobody reads the pipe that was printed to."""
    try:
        sys.stdout.flush()
    except OSError:
        # Python flushes once more as it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_code or 1
    return exit_code
