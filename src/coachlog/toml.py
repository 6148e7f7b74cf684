"""Reads TOML from strangers without ever hanging or crashing."""

import re
import tomllib
from typing import Any

MAX_KEY_PARTS = 8
MAX_BRACKETS = 32

# Strings and comments are removed before counting, as prose may have any number of dots. A string
# that is never closed runs to the end of the file, so that no part of it is scanned twice.
_QUOTED_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\\?\Z)|'
    r"'''.*?(?:'{3,5}|\Z)|"
    r'"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\\?\Z)|'
    r"'[^'\n]*(?:'|(?=\n)|\Z)|"
    r"#[^\n]*",
    re.DOTALL,
)
_LONG_NUMBER = re.compile(r"[0-9a-fA-F_]{400}")
_DIVIDERS = re.compile(r"[,=\[\]{}]")


def parse_toml(source: str) -> dict[str, Any]:
    """Return the table in a TOML text.

    Raises ValueError, with a sentence that says what is wrong, if the text is not valid TOML or
    would take the parser too long.
    """
    # The parser takes quadratic time for a key with many dotted parts (16 s for 64 KiB), and runs
    # out of stack where brackets are nested deeply.
    stripped_source = _QUOTED_TEXT.sub(_blank_quoted_text, source)
    for number, line in enumerate(stripped_source.split("\n"), start=1):
        if any(part.count(".") >= MAX_KEY_PARTS for part in _DIVIDERS.split(line)):
            raise ValueError(
                f"line {number}: a key may have at most {MAX_KEY_PARTS} parts"
            )
        if line.count("[") + line.count("{") > MAX_BRACKETS:
            raise ValueError(
                f"line {number}: a line may have at most {MAX_BRACKETS} brackets"
            )
        if _LONG_NUMBER.search(line):
            raise ValueError(f"line {number}: a number or a key is too long")
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _blank_quoted_text(match: re.Match[str]) -> str:
    """Return an empty string in place of a quoted text, with the line ends that were in it."""
    return "''" + "\n" * match[0].count("\n")
