"""Words and files that are given instead of being asked for."""

import sys
from pathlib import Path

from coachlog.errors import Invalid
from coachlog.text import MAX_BYTES, clean, in_kib, line, paragraphs, size


def missing(what: str, flag: str) -> Invalid:
    """Return the error for a value that nobody is there to be asked for."""
    return Invalid(f"{what} is missing, and nobody is here to ask.", f"Give it with {flag}.")


def input_given() -> bool:
    """Return whether standard input is a file or a pipe."""
    return sys.stdin is not None and not sys.stdin.isatty()


def read_input(source: str) -> bytes:
    """Return what a file or, for `-`, standard input holds; `Invalid` if it cannot be read."""
    try:
        if source == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise Invalid("Standard input is closed, so there is nothing to read.")
            return sys.stdin.buffer.read()
        return Path(source).expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:  # no such user, or no possible name
        reason = getattr(error, "strerror", None) or str(error)
        raise Invalid(f"{clean(source)} cannot be read ({reason}).") from error


def option_text(words: str | None, *, one_line: bool = True) -> str | None:
    """Return the words of an option, or of standard input for `-`; None if not given.

    `Invalid` for more than an answer may have.
    """
    if words is None:
        return None
    if words == "-":
        words = read_input("-").decode("utf-8", "replace")
    if size(words) > MAX_BYTES:
        raise Invalid(
            f"That is {in_kib(words)} KiB; {MAX_BYTES // 1024} KiB fit. Nothing was changed."
        )
    return line(words) if one_line else paragraphs(words).strip()
