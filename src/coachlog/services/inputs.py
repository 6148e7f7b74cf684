"""Words and files that are given instead of being asked for."""

import sys
from pathlib import Path

from coachlog.errors import InvalidInput
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_line,
    clean_paragraphs,
    clean_text,
    count_bytes,
    count_kib,
)


def build_missing_error(subject: str, flag: str) -> InvalidInput:
    """Return the error for a value that nobody is there to be asked for."""
    return InvalidInput(
        f"{subject} is missing, and nobody is here to ask.", f"Give it with {flag}."
    )


def has_piped_input() -> bool:
    """Return whether standard input is a file or a pipe."""
    return sys.stdin is not None and not sys.stdin.isatty()


def read_input(source: str) -> bytes:
    """Return what a file or, for `-`, standard input holds; `Invalid` if it cannot be read."""
    try:
        if source == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise InvalidInput("Standard input is closed, so there is nothing to read.")
            return sys.stdin.buffer.read()
        return Path(source).expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:  # no such user, or no possible name
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(f"{clean_text(source)} cannot be read ({reason}).") from error


def read_option_text(words: str | None, *, one_line: bool = True) -> str | None:
    """Return the words of an option, or of standard input for `-`; None if not given.

    `Invalid` for more than an answer may have.
    """
    if words is None:
        return None
    if words == "-":
        words = read_input("-").decode("utf-8", "replace")
    if count_bytes(words) > MAX_ANSWER_BYTES:
        raise InvalidInput(
            f"That is {count_kib(words)} KiB; {MAX_ANSWER_BYTES // 1024} KiB fit. Nothing was changed."
        )
    return clean_line(words) if one_line else clean_paragraphs(words).strip()
