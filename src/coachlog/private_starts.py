"""Whether words may begin with a sign that keeps them private, told without loading the grammar.

The patterns of `capture.private_signs` take longer to load than all the rest of a note. Most notes
begin with a word that begins none of the signs; a test holds this table to those patterns.
"""

import re

_SIGN_WORDS = (
    " this that it all strictly very totally pls please keep priv private privately prv prvate pvt "
    "pvtate conf confidential confidentially p in do don not off only just for me myself my hr oh "
    "manager managers management between note "
)
"""The first words of all signs that begin with a letter, each between two blanks."""


def may_begin_private(words: str) -> bool:
    """Return False for words with no sign before them; True says that they may have one."""
    match = re.match(r"[A-Za-z]++(?![^\x00-\x7f])", words)
    return match is None or f" {match[0].lower()} " in _SIGN_WORDS
