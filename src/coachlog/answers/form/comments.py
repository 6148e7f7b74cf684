"""The comments of a form: coachlog's explanations, wrapped to the form's width."""

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from coachlog.answers.form.cells import join_wrapped_rows, wrap_cells
from coachlog.answers.form.headings import FORM_WIDTH, HEADING
from coachlog.named_tuples import NamedTuple

COMMENT_START, COMMENT_END = "<!--", "-->"
_LATER_ROW_INDENT = " " * (len(COMMENT_START) + 1)
# A wrapped comment is shorter; words further down were not meant to be part of one.
_MOST_COMMENT_ROWS = 40
# Ties the end of a comment to its last word, so that it never stands alone in a line.
_TIE = "\0"
_COMMENT_DASHES = re.compile("(?<=<!)-{2,}|-{2,}(?=>)")
_SPACE = re.compile(r"\s+")


class FormRow(NamedTuple):
    """One line of a form, or a comment that goes over several; `number` counts from 1."""

    number: int
    text: str


def break_comment_signs(words: str) -> str:
    """Return words in which nothing begins or ends a comment."""
    return _COMMENT_DASHES.sub("-", words)


def format_comment(words: str) -> str:
    """Return words as a comment of as many lines as it takes."""
    words = break_comment_signs(words)
    return "\n".join(
        row.replace(_TIE, " ")
        for row in wrap_cells(
            f"{COMMENT_START} {words}{_TIE}{COMMENT_END}", FORM_WIDTH, _LATER_ROW_INDENT
        )
    )


def join_comment_rows(text: str) -> Iterator[list[FormRow]]:
    """Yield the lines of a form one by one, those of a wrapped comment together."""
    rows = text.split("\n")
    start = 0
    while start < len(rows):
        end = _find_comment_end(rows, start)
        yield [
            FormRow(number, row)
            for number, row in enumerate(rows[start:end], start=start + 1)
        ]
        start = end


def _find_comment_end(rows: Sequence[str], start: int) -> int:
    """Return the line after a comment over several lines; that after `start` if there is none."""
    first = rows[start].strip()
    if not first.startswith(COMMENT_START) or first.endswith(COMMENT_END):
        return start + 1
    for line in range(start + 1, min(len(rows), start + _MOST_COMMENT_ROWS)):
        words = rows[line].strip()
        if words.endswith(COMMENT_END):
            return line + 1
        if not words or COMMENT_START in words or HEADING.fullmatch(rows[line]):
            break
    return start + 1


def join_row_texts(rows: Sequence[FormRow]) -> str:
    """Return a comment over several lines as one line; a single line stays as it is."""
    if len(rows) == 1:
        return rows[0].text
    return _SPACE.sub(" ", reduce(join_wrapped_rows, (row.text for row in rows)))
