"""Tables as records, one after the other: read aloud, or where columns would break the words.

A record is the words that its row is about, then what else is in it, each with the name of its
column: `3  Send the list · who: Priya · due: Fri 4 Dec`.
"""

from collections.abc import Iterator, Sequence

from coachlog.screens.sections import (
    INDENT,
    Lines,
    hang_further_lines,
    hang_text,
    join_parts,
    wrap_text,
)
from coachlog.screens.styling import QUIET
from coachlog.screens.texts import Text
from coachlog.screens.widths import COMMAND, count_screen_cells

_NUMBER = "#"
_DOT_CELLS = 2
"""A blank and the dot, which are behind a part."""


def render_record_heading(names: Sequence[str], wide: str | None) -> Lines:
    """Return the line that names once what the records are about; none where that has no name."""
    name = names[_find_title(names, wide)]
    return [Text(" ".join(name.split()), style=QUIET)] if name else []


def list_record_lines(
    names: Sequence[str],
    rows: Sequence[Sequence[Text]],
    wide: str | None,
    width: int,
    number_width: int,
) -> Lines:
    """Return the rows as records of lines that fit; `wide` is the column of what they are about.

    `number_width` is that of the longest number, if they have numbers. A row with fewer cells than
    there are names is a line of its own.
    """
    has_numbers = names[0] == _NUMBER
    title = _find_title(names, wide)
    places = [place for place in range(has_numbers, len(names)) if place != title]
    lines: Lines = []
    for row in rows:
        if len(row) < len(names):
            lines += wrap_text(row[0], width)
            continue
        parts = [*_label_parts("", row[title])]
        for place in places:
            parts += _label_parts(names[place], row[place])
        if not any(names):
            parts = _join_fact(parts)
        lead = f"{row[0].plain:>{number_width}}  " if has_numbers else ""
        lines += _lay_out_record(parts, width, lead)
    return lines


def _find_title(names: Sequence[str], wide: str | None) -> int:
    """Return the place of the column that says what a record is about."""
    if names[0] != _NUMBER:
        return 0
    return names.index(wide) if wide in names else 1


def _join_fact(parts: Sequence[Text]) -> list[Text]:
    """Return the parts of a fact, which has no names above it, with its first one before a colon.

    That is the name of the others.
    """
    if len(parts) < 2:
        return list(parts)
    name, value, *others = parts
    if value.plain.startswith(COMMAND):
        return [Text.assemble(name, ":"), value, *others]
    return [Text.assemble(name, ": ", value), *others]


def _lay_out_record(parts: Sequence[Text], width: int, lead: str = "") -> Lines:
    """Return the lines of one record; a command that is in it has lines of its own."""
    commands = [part for part in parts if part.plain.startswith(COMMAND)]
    others = [part for part in parts if not part.plain.startswith(COMMAND)]
    indent = " " * max(count_screen_cells(lead), INDENT)
    line = join_parts(others, longest_whole=width - len(indent) - _DOT_CELLS)
    lines = hang_text(lead, line, width) if lead else hang_further_lines(line, width)
    for command in commands:
        lines += hang_text(indent, command, width)
    return lines


def _label_parts(name: str, cell: Text) -> Iterator[Text]:
    """Yield the lines of a cell as parts; the first has the name of the column before it."""
    label = " ".join(name.split())
    for line in cell.split():
        words = line.copy()
        words.rstrip()
        words = words[len(words.plain) - len(words.plain.lstrip()) :]
        if words.plain:
            yield Text.assemble((f"{label}: ", QUIET), words) if label else words
            label = ""
