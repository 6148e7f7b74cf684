"""Tables as records, one after the other: read aloud, or where columns would break the words.

A record is the words that its row is about, then what else is in it, each with the name of its
column: `3  Send the list · who: Priya · due: Fri 4 Dec`.
"""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from coachlog.screens.columns import COMMAND
from coachlog.screens.sections import (
    INDENT,
    Lines,
    hang_further_lines,
    hang_text,
    join_parts,
    wrap_text,
)

_NUMBER = "#"


def list_record_lines(
    names: Sequence[str], rows: Sequence[Sequence[Text]], wide: str | None, width: int
) -> Lines:
    """Return the rows as records of lines that fit; `wide` is the column of what they are about.

    A row with fewer cells than there are names is a line of its own.
    """
    has_numbers = bool(names) and names[0] == _NUMBER
    records = [row for row in rows if len(row) == len(names)]
    lead_width = 0
    if has_numbers:
        lead_width = max((row[0].cell_len for row in records), default=0)
    lines: Lines = []
    for row in rows:
        if len(row) < len(names):
            lines += wrap_text(row[0], width)
        else:
            lead = f"{row[0].plain:>{lead_width}}  " if has_numbers else ""
            cells = list(zip(names, row, strict=True))[has_numbers:]
            lines += _lay_out_record(lead, cells, wide, width)
    return lines


def _lay_out_record(
    lead: str, cells: Sequence[tuple[str, Text]], wide: str | None, width: int
) -> Lines:
    """Return the lines of one record; a command that is in it has lines of its own."""
    title = 0
    if lead:
        title = next((n for n, (name, _) in enumerate(cells) if name == wide), 0)
    ordered = [cells[title], *cells[:title], *cells[title + 1 :]]
    # Facts have no names above them: the first cell is the name of the others.
    is_fact = not lead and not any(name for name, _ in cells)
    parts: list[Text] = []
    commands: list[Text] = []
    for place, (name, cell) in enumerate(ordered):
        for part in _label_parts(name if place else "", cell):
            is_command = part.plain.startswith(COMMAND)
            (commands if is_command else parts).append(part)
    if is_fact and len(parts) + len(commands) > 1 and parts:
        fact, *values = parts
        line = Text.assemble(fact, ": ").append_text(join_parts(values))
        line.rstrip()
    else:
        line = join_parts(parts)
    indent = " " * max(cell_len(lead), INDENT)
    hung = hang_text(lead, line, width) if lead else hang_further_lines(line, width)
    return [*hung, *_hang_commands(commands, indent, width)]


def _label_parts(name: str, cell: Text) -> Iterator[Text]:
    """Yield the lines of a cell as parts; the first has the name of the column before it."""
    label = " ".join(name.split())
    for line in cell.split("\n"):
        words = line.copy()
        words.rstrip()
        words = words[len(words.plain) - len(words.plain.lstrip()) :]
        if words.plain:
            yield Text.assemble((f"{label}: ", "dim"), words) if label else words
            label = ""


def _hang_commands(commands: Sequence[Text], indent: str, width: int) -> Iterator[Text]:
    for command in commands:
        yield from hang_text(indent, command, width)
