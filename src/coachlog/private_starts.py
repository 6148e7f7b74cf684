"""Whether words may have a sign that keeps them private, told without the patterns of signs.

To compile those of `capture.private_signs` takes longer than all the rest of a note. Most words
begin with none that begins a sign, and have nothing of one; a test holds both tables to those
patterns.
"""

import re

_SIGN_WORDS = (
    " this that it all strictly very totally pls please keep priv private privately prv prvate pvt "
    "pvtate conf confidential confidentially p in do don not off only just for me myself my hr oh "
    "manager managers management between note "
)
"""The first words of all signs that begin with a letter, each between two blanks."""
_SIGN_PARTS = (
    *(
        "~",
        "&",
        "priv",
        "prv",
        "pvt",
        "conf",
        "share",
        "tell ",
        "not for",
        "for me",
        "for my",
    ),
    *("my eyes", "my notes", "record", "between", "only", "self", "keep"),
)
"""One of these is in each sign of plain letters."""


def may_begin_private(words: str) -> bool:
    """Return False for words with no sign before them; True says that they may have one."""
    match = re.match(r"[A-Za-z]++(?![^\x00-\x7f])", words)
    return match is None or f" {match[0].lower()} " in _SIGN_WORDS


def may_be_private(line: str) -> bool:
    """Return False for a line without a sign anywhere; True says that it may have one."""
    folded = line.lower()
    return not line.isascii() or any(part in folded for part in _SIGN_PARTS)
