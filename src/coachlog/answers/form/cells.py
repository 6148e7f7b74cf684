"""How wide words are in a form: in the cells of a terminal, of which some characters take two."""

from collections.abc import Iterator
from unicodedata import category, east_asian_width

_NO_WIDTH = ("Mn", "Me", "Cf")


def count_cells(text: str) -> int:
    """Return how many cells a text takes; a character joined to another may be counted too many."""
    if text.isascii():
        return len(text)
    return sum(map(_measure_character, text))


def _measure_character(character: str) -> int:
    if category(character) in _NO_WIDTH:
        return 0
    return 2 if _is_wide(character) else 1


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in ("W", "F")


def cut_cells(text: str, cells: int) -> str:
    """Return as much of a line as fits so many cells, with `…` where it was cut."""
    if count_cells(text) <= cells:
        return text
    room = cells - 1
    kept = ""
    for character in text:
        room -= _measure_character(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + "…"


def wrap_cells(text: str, cells: int, later_indent: str = "") -> list[str]:
    """Return a line as rows of at most so many cells; a word that is longer has a row of its own.

    A row ends at a blank, or between two wide characters, which need none; never at a blank between
    two of those, so that `join_wrapped_rows` knows what was there.
    """
    rows: list[str] = []
    row = ""
    for gap, piece in _split_pieces(text):
        longer_row = f"{row}{gap}{piece}"
        if not row.strip() or count_cells(longer_row) <= cells:
            row = longer_row
        else:
            rows.append(row)
            row = f"{later_indent}{piece}"
    return [*rows, row]


def _split_pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a line that belong in one row, each with the blank before it, or ''."""
    whole_gap, whole = "", ""
    for gap, part in _split_parts(text):
        both_wide = _ends_wide(whole) and _is_wide(part[:1] or " ")
        if whole and bool(gap) == both_wide:
            whole = f"{whole}{gap}{part}"
            continue
        if whole or gap:
            yield whole_gap, whole
        whole_gap, whole = gap, part
    yield whole_gap, whole


def _split_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a line, the wide characters one by one, each with the blank before it."""
    for number, word in enumerate(text.split(" ")):
        for place, part in enumerate(_split_wide_characters(word)):
            yield " " if number and not place else "", part


def _split_wide_characters(word: str) -> list[str]:
    """Return a word in parts: it can be divided between two wide characters."""
    parts = [word[:1]]
    for character in word[1:]:
        if _is_wide(character) and _ends_wide(parts[-1]):
            parts.append(character)
        else:
            parts[-1] += character
    return parts


def _ends_wide(words: str) -> bool:
    return _is_wide(words[-1:] or " ")


def join_wrapped_rows(first: str, second: str) -> str:
    """Return two rows of `wrap_cells` as one line, without blanks around either."""
    first, second = first.strip(), second.strip()
    are_wide = _ends_wide(first) and _is_wide(second[:1] or " ")
    return f"{first}{second}" if are_wide else f"{first} {second}"
