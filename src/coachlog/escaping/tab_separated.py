"""Tab-separated fields: typed words as one field of a line, for `cut`, `awk` and spreadsheets.

There are no quotes and no backslashes in this language: a tab ends a field and a line end a record,
whatever stands around them. So a field has neither, and every other sign stands for itself.
"""

from coachlog.text import clean_text

_ENDS = str.maketrans("\t\n", "  ")


def escape_field(words: str) -> str:
    """Return typed words as one field: a space in place of each tab and of each line end.

    Words that are clean already keep their length, so that what is known of places in them holds.
    """
    return clean_text(words).translate(_ENDS)
