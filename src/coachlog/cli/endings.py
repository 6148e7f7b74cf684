"""How a failed run is told: what went wrong, and what is saved all the same."""

import errno
import sys
from contextlib import suppress

from coachlog import asciify
from coachlog.cli.denials import withdraw_denials
from coachlog.errors import CoachlogError, Interruption, UnreadAnswer
from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_text

_SAVED_SENTENCE = "What was changed before that is saved."
_DEBUG_HINT = (
    "Run it again with `coachlog --debug` to see where; it may quote what you wrote."
)
_LOOK_HINT = "Look at what is saved before you type the same command again."


class Ending(NamedTuple):
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


def build_ending(error: Exception, aftermath: Aftermath, *, debug: bool) -> Ending:
    """Return how a run ends that raised this error.

    With `debug`, re-raises an error that is a bug in coachlog, so that its traceback is shown.
    """
    if isinstance(error, CoachlogError):
        return _build_expected_ending(error, aftermath)
    if isinstance(error, EOFError):
        return Ending(
            Interruption.exit_code, "Interrupted. Everything saved before this is safe."
        )
    if isinstance(error, UnreadAnswer):
        return Ending(1, f"Nobody read the answer. {_SAVED_SENTENCE}")
    if debug:
        raise error
    if isinstance(error, OSError):
        outcome = "Your journal was not changed."
        if aftermath.has_committed:
            outcome = _SAVED_SENTENCE
        reason = error.strerror or type(error).__name__
        if error.errno == errno.EBADF:
            return Ending(1, f"Nothing can be printed, as stdout is closed. {outcome}")
        return Ending(
            1, f"Something could not be read or printed ({reason}). {outcome}"
        )
    fault = f"Something went wrong inside coachlog ({type(error).__name__})."
    if aftermath.has_committed:
        return Ending(1, f"{fault} {_SAVED_SENTENCE}", _LOOK_HINT)
    return Ending(1, f"{fault} Everything saved before this is safe.", _DEBUG_HINT)


def _build_expected_ending(error: CoachlogError, aftermath: Aftermath) -> Ending:
    """Return how a run ends that reports an error; it never denies what was saved before."""
    # Who paused a conversation is told about exactly what is saved, and the rest is quoted.
    if isinstance(error, Interruption) or not aftermath.has_committed:
        return Ending(error.exit_code, error.message, error.hint)
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
    return Ending(error.exit_code, message, hint or None)


def print_ending(ending: Ending, *, ascii: bool) -> None:
    """Say on stderr how a run ended."""
    with suppress(OSError, ValueError, AttributeError):  # a closed window has no stderr
        from coachlog.terminal.console import wrap_to_terminal

        parts = [clean_text(part) for part in (ending.message, ending.hint) if part]
        words = "".join(f"{wrap_to_terminal(part, sys.stderr)}\n" for part in parts)
        if ascii or asciify.needs_ascii(sys.stderr):
            words = asciify.asciify_text(words)
        sys.stderr.write(words)
