"""The options of a question in a form: a box for each, and more rows for one that is long."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coachlog.answers.form.cells import (
    count_cells,
    join_wrapped_rows,
    wrap_cells,
)
from coachlog.answers.form.escapes import escape_form_line, unescape_form_line
from coachlog.answers.form.headings import FORM_WIDTH
from coachlog.bullets import BULLET_SIGNS, strip_bullets
from coachlog.interview.stages import split_answer_lines
from coachlog.model.answers import AnswerValue
from coachlog.model.templates import Prompt
from coachlog.text import clean_line, fold_text

_TICK_LINE = re.compile(
    rf"\s*[{BULLET_SIGNS}] *\[(?P<mark>[^\]]{{0,3}})\] *(?P<option>.*)"
)
OPTION_ROW_INDENT = " " * len("- [ ] ")

# Reading


def parse_picked_options(rows: Iterable[str], prompt: Prompt) -> Iterator[str]:
    """Yield the options marked, and the words written without a box.

    A box left empty whose words are not one of the options is yielded too: it was changed by hand.
    """
    lines = [unescape_form_line(row) for row in rows]
    # Options from an earlier answer are not in the form, so they are written without a box.
    if not prompt.options:
        for line in lines:
            yield from split_answer_lines(line)
        return
    options_by_fold = {fold_text(option): option for option in prompt.options}
    for line in _join_option_lines(lines, options_by_fold.keys()):
        words = _read_option_line(line, options_by_fold)
        if words:
            yield words


def _read_option_line(line: str, options_by_fold: Mapping[str, str]) -> str:
    """Return the option that a line picks, or the words of one that has none; else ''."""
    tick = _TICK_LINE.fullmatch(line)
    if tick is None:
        return clean_line(strip_bullets(line))
    option = options_by_fold.get(fold_text(tick["option"]))
    if option is None:
        return clean_line(tick["option"])
    return option if tick["mark"].strip() else ""


def _join_option_lines(
    lines: Sequence[str], folded_options: Iterable[str]
) -> Iterator[str]:
    """Yield the lines below a question, those of an option over several rows as one."""
    options = set(folded_options)
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if _TICK_LINE.fullmatch(line):
            for end, longer_line in _list_longer_lines(lines, place):
                if _names_option(longer_line, options):
                    line, place = longer_line, end
        yield line


def _list_longer_lines(lines: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    """Yield the line before `start` with one and more of the rows set in below it."""
    line = lines[start - 1]
    for number in range(start, len(lines)):
        row = lines[number]
        if not row.startswith(" ") or not row.strip():
            return
        line = join_wrapped_rows(line, row)
        yield number + 1, line


def _names_option(line: str, folded_options: set[str]) -> bool:
    tick = _TICK_LINE.fullmatch(line)
    return tick is not None and fold_text(tick["option"]) in folded_options


# Writing


def write_option_rows(options: Sequence[str], value: AnswerValue) -> Iterator[str]:
    """Yield a box for each option, a mark in those of the answer, in rows that fit the form."""
    picked_options: list[object] = [value]
    if isinstance(value, list):
        picked_options = [*value]
    for option in options:
        mark = "x" if option in picked_options else " "
        yield from _wrap_option(f"- [{mark}] {option}")


def _wrap_option(line: str) -> list[str]:
    """Return the rows of one option, with room for the sign of one that looks like a comment."""
    for width in (FORM_WIDTH, FORM_WIDTH - 1):
        cells = wrap_cells(line, width, OPTION_ROW_INDENT)
        rows = [*map(escape_form_line, cells)]
        if max(map(count_cells, rows)) <= FORM_WIDTH:
            break
    return rows
