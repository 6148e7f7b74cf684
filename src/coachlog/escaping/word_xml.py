"""Word's XML: typed words that every program for documents reads as they were typed.

Markup is escaped by whoever writes the file. What no XML can hold, however it is written, is left:
two code points that are no characters.
"""

from coachlog.text import clean_line

_NO_CHARACTERS = str.maketrans(
    dict.fromkeys("\ufffe\uffff", "\N{REPLACEMENT CHARACTER}")
)


def escape_word_text(words: str) -> str:
    """Return typed words as one line that XML can hold."""
    return clean_line(words).translate(_NO_CHARACTERS)
