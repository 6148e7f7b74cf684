"""Rows in columns, without lines around them.

Rich's own table wraps every cell in padding and measures it twice: 30 rows took 10 ms, a bare
Python's whole start, and its import 4 ms more. These take 2 ms. Wrapping is still Rich's.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

COLUMN_GAP = 2
NARROWEST_COLUMN = 12


class Columns:
    """A renderable of rows; the column `wide` gives way first when room is short."""

    def __init__(self, *names: str, right: tuple[str, ...] = (), wide: str | None = None) -> None:
        self._names = names
        self._right = [name in right for name in names]
        self._wide = names.index(wide) if wide is not None else None
        self._rows: list[list[Text]] = []

    def add_row(self, *cells: Text | str) -> None:
        """Add a row; cells left out at its end stay empty."""
        texts = [cell if isinstance(cell, Text) else Text(cell) for cell in cells]
        self._rows.append(texts + [Text("")] * (len(self._names) - len(texts)))

    def add_line(self, words: Text) -> None:
        """Add words across all columns, whose widths they do not change."""
        self._rows.append([words])

    def fits(self, room: int, *, least_width: int | None = None) -> bool:
        """Return whether the rows fit the room, the wide column no narrower than `least`."""
        widths = self._measure_columns(self._list_all_rows())
        if least_width is not None and self._wide is not None:
            widths[self._wide] = min(widths[self._wide], least_width)
        return sum(widths) + COLUMN_GAP * (len(widths) - 1) <= room

    def measure_width(self, rows: Sequence[list[Text]]) -> int:
        """Return how many cells such rows take before a last column, the wide one at its least."""
        head = [Text(name) for name in self._names]
        widths = self._measure_columns([head, *([*row, Text("")] for row in rows)])[:-1]
        if self._wide is not None:
            widths[self._wide] = min(widths[self._wide], NARROWEST_COLUMN)
        return sum(widths) + COLUMN_GAP * len(widths)

    def count_lines(self) -> int:
        """Return how many lines the rows take, their heading too, when nothing is wrapped."""
        return sum(1 + max(cell.plain.count("\n") for cell in row) for row in self._list_all_rows())

    def _list_all_rows(self) -> list[list[Text]]:
        head = [[Text(name, style="dim") for name in self._names]] if any(self._names) else []
        return head + self._rows

    def _measure_columns(self, rows: Sequence[list[Text]]) -> list[int]:
        """Return how wide each column is when nothing is wrapped."""
        cells = [row for row in rows if len(row) == len(self._names)]
        return [max(map(_measure_cell, column)) for column in zip(*cells, strict=True)]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one text: a quiet heading unless all names are empty, then the rows."""
        if rows := self._list_all_rows():
            widths = self._fit_columns(rows, options.max_width)
            lines = [line for row in rows for line in self._wrap_row(row, widths, console)]
            yield Text("\n", no_wrap=True, overflow="ignore").join(lines)

    def _fit_columns(self, rows: Sequence[list[Text]], room: int) -> list[int]:
        """Return how wide each column is to be, so that all of them fit the room if they can."""
        widths = self._measure_columns(rows)
        over = sum(widths) + COLUMN_GAP * (len(widths) - 1) - room
        order = sorted(range(len(widths)), key=lambda n: (n != self._wide, -widths[n]))
        for number in order:
            if over > 0:
                given = min(over, max(0, widths[number] - NARROWEST_COLUMN))
                widths[number] -= given
                over -= given
        return widths

    def _wrap_row(self, row: list[Text], widths: list[int], console: Console) -> list[Text]:
        if len(row) < len(widths):
            return row
        wrapped = [
            _wrap_cell(cell, width, console) for cell, width in zip(row, widths, strict=True)
        ]
        return [
            self._join_cells([cell[n] if n < len(cell) else None for cell in wrapped], widths)
            for n in range(max(map(len, wrapped)))
        ]

    def _join_cells(self, cells: list[Text | None], widths: list[int]) -> Text:
        line = Text()
        space = 0
        for cell, width, right in zip(cells, widths, self._right, strict=True):
            free = width - (cell_len(cell.plain) if cell else 0)
            if cell is not None and cell.plain:
                line.append(" " * (space + (free if right else 0)))
                line.append_text(cell)
                space = COLUMN_GAP if right else COLUMN_GAP + free
            else:
                space += width + COLUMN_GAP
        return line


def render_sentence(words: str | Text, style: str = "") -> Columns:
    """Return words whose lines end where they end: Rich leaves the blank where it breaks them."""
    lines = Columns("")
    lines.add_row(Text(words, style=style) if isinstance(words, str) else words)
    return lines


def render_two_line_rows(heading: str, rows: Iterable[tuple[int, Text, Text]]) -> Columns:
    """Return things with their number, what each is, and on a line of its own the rest of it."""
    lines = Columns("#", heading, right=("#",), wide=heading)
    for number, words, details in rows:
        lines.add_row(str(number), words.append("\n").append_text(details))
    return lines


def _measure_cell(cell: Text) -> int:
    plain = cell.plain
    if "\n" in plain:
        return max(map(cell_len, plain.split("\n")))
    return cell_len(plain)


def _wrap_cell(cell: Text, width: int, console: Console) -> list[Text]:
    if _measure_cell(cell) <= width and "\n" not in cell.plain:
        return [cell]
    lines = list(cell.wrap(console, width, overflow="fold"))
    for line in lines:
        line.rstrip()  # the blank that Rich leaves where it broke the line
    return lines
