"""Breaks the lines of a field between words, while they are typed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from prompt_toolkit.layout.processors import (
    Processor,
    Transformation,
    TransformationInput,
)
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments

from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_text

# A word with the blank behind it, so that no line begins with one; then any more blanks.
_PIECE_PATTERN = re.compile(r"\S+\s?|\s+")


_UNSEEN = "·"


class RowLayout(NamedTuple):
    """A line as it is shown: each of its characters with blanks before it, up to the row's end.

    `texts` are what is shown for each character of the line, and `starts` the place at which each
    is shown, with that of the line's end.
    """

    texts: tuple[str, ...]
    starts: tuple[int, ...]

    def find_shown(self, place: int) -> int:
        """Return where a place of the line is shown."""
        last = len(self.starts) - 1
        if place > last:
            return self.starts[last] + place - last
        return self.starts[place]

    def find_typed(self, place: int) -> int:
        """Return the place of the line that is shown there; of a filling blank, the next one."""
        last = len(self.starts) - 1
        if place > self.starts[last]:
            return last + place - self.starts[last]
        found = bisect_right(self.starts, place) - 1
        return max(0, found)


@lru_cache(maxsize=64)
def lay_out_rows(line: str, columns: int) -> RowLayout:
    """Return how a line is shown in rows of so many columns, broken between words.

    What breaks the line is not stored: the rows are filled with blanks, in front of the next word.
    """
    texts: list[str] = []
    starts = [0]
    column = 0
    for piece in _PIECE_PATTERN.findall(line):
        shown = [_show_character(character) for character in piece]
        width = sum(cells for _, cells in shown)
        filling = ""
        if column and column + width > columns and not piece.isspace():
            filling = " " * (columns - column)
            column = 0
        for text, cells in shown:
            texts.append(filling + text)
            starts[-1] += len(filling)
            starts.append(starts[-1] + len(text))
            filling = ""
            column = _move_column(column, cells, columns)
    return RowLayout(tuple(texts), tuple(starts))


def _move_column(column: int, cells: int, columns: int) -> int:
    """Return the column after a character: one that does not fit is in the next row."""
    if column + cells > columns:
        return cells
    return column + cells


@lru_cache(maxsize=4096)
def _show_character(character: str) -> tuple[str, int]:
    """Return what is shown for a character, such as `^A`, and how wide that is.

    An unseen one that would turn the words around is a dot: it is not saved either.
    """
    shown = Char(character if clean_text(character) else _UNSEEN)
    return shown.char, shown.width


class WordWrap(Processor):
    """Shows each line of a field broken between words; `margin` is what stands before a row."""

    def __init__(self, margin: int) -> None:
        self._margin = margin

    def apply_transformation(
        self, transformation_input: TransformationInput
    ) -> Transformation:
        """Return the line as it is shown, and how its places and those shown belong together."""
        fragments = explode_text_fragments(transformation_input.fragments)
        line = "".join(fragment[1] for fragment in fragments)
        columns = transformation_input.width - self._margin
        if columns < 1:
            return Transformation(fragments)
        rows = lay_out_rows(line, columns)
        return Transformation(
            [
                (fragment[0], text)
                for fragment, text in zip(fragments, rows.texts, strict=True)
            ],
            source_to_display=rows.find_shown,
            display_to_source=rows.find_typed,
        )


def list_rows(line: str, columns: int) -> Iterator[str]:
    """Yield the rows of a line as a window of so many columns shows them."""
    row, width = "", 0
    for text in lay_out_rows(line, columns).texts:
        for character in text:
            cells = Char(character).width
            if width + cells > columns:
                yield row
                row, width = "", 0
            row += character
            width += cells
    yield row
