"""Comma-separated cells: typed words that no spreadsheet takes for a formula.

Quotes do not help there: a spreadsheet removes them first. So an apostrophe stands before whatever
could begin a formula, and before an apostrophe, so that it can be taken away again exactly.
"""

from coachlog.text import clean_text

_GUARD = "'"
_GUARDED_STARTS = ("=", "+", "-", "@", *"＝＋－＠", "\t", "\r", _GUARD)
"""The wide ones are what an East Asian keyboard types for the others."""


def escape_cell(words: str) -> str:
    """Return typed words as one cell, to be quoted by the writer: an apostrophe where need be."""
    cell = clean_text(words)
    return _GUARD + cell if cell.startswith(_GUARDED_STARTS) else cell


def read_cell(cell: str) -> str:
    """Return the words of a cell that `escape_cell` wrote."""
    return cell.removeprefix(_GUARD)
