"""What an entry of the index of `search` has behind its words: whose it is, and of what kind.

A search for a common word that is narrowed to one person finds the entries that have both, where it
would else look up the row of each entry with the word. The row has the last say.
"""

from coachlog.store.search_numbers import TABLE_CODES

# No word has it (`rules/search_words.py`), and for FTS5 it is a letter.
_SIGN = "§"


def label_person(id: int) -> str:
    """Return the label of what is with or about a person, by their number."""
    return f"{_SIGN}p{id}"


def label_tag(id: int) -> str:
    """Return the label of what belongs to a conversation with a tag, by the tag's number."""
    return f"{_SIGN}g{id}"


def label_template(id: str) -> str:
    """Return the label of what belongs to a conversation by a template."""
    letters = (letter if letter.isalnum() else _SIGN for letter in id)
    return f"{_SIGN}t{''.join(letters)}"


def label_table(table: str) -> str:
    """Return the label of the entries of a table."""
    return f"{_SIGN}{TABLE_CODES[table]}"
