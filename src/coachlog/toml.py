"""Reads TOML from people one does not know: never slow, never a crash."""

import re
import tomllib
from typing import Any

MAX_KEY_PARTS = 8
MAX_BRACKETS = 32

# Strings and comments are taken out before counting: prose may hold any number of dots. A string
# that is never closed runs to its end, so that no part of a file is looked at twice.
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
    """Return the table that a TOML text holds.

    `ValueError` says in one sentence what is wrong with it. A key with many dotted parts costs the
    parser quadratic time (64 KiB took 16 s), deep nesting its stack: both are refused unread.
    """
    bare = _QUOTED_TEXT.sub(lambda match: "''" + "\n" * match[0].count("\n"), source)
    for number, row in enumerate(bare.split("\n"), start=1):
        if any(part.count(".") >= MAX_KEY_PARTS for part in _DIVIDERS.split(row)):
            raise ValueError(f"line {number}: a key may have at most {MAX_KEY_PARTS} parts")
        if row.count("[") + row.count("{") > MAX_BRACKETS:
            raise ValueError(f"line {number}: at most {MAX_BRACKETS} brackets in a line")
        if _LONG_NUMBER.search(row):
            raise ValueError(f"line {number}: a number or a key is too long")
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
