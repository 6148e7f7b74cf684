"""Tables without borders.

Rich's own table pads every cell and measures it twice: 30 rows took 10 ms, as long as a bare
Python takes to start, and its import 4 ms more. These take 2 ms. Rich still does the wrapping.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from shutil import get_terminal_size

from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderResult
from rich.text import Text

from coachlog.screens.widths import COMMAND, LEAST_TABLE_WIDTH

WIDEST_SENTENCE = 100
"""Cells after which a sentence is broken: on a wide screen longer lines are hard to read."""

NO_WIDTH = 1_000_000
"""The width of a pipe: nothing is folded, cut or left out, and a list has all its columns."""

COLUMN_GAP = 2
NARROWEST_COLUMN = 12
LONGEST_WHOLE_WORD = 24
"""Cells of a word that no column is too narrow for; a longer one may be broken."""


class RecordConsole(Console):
    """A console for those who hear what is printed: every table comes as records.

    It is as wide as a narrow window, where one thing stands below the other.
    """

    @property  # type: ignore[misc]  # nobody sets it
    def size(self) -> ConsoleDimensions:
        """Return the size of the window, of which some columns may not be used."""
        # Rich takes a terminal that cannot move its cursor for one of 80 columns.
        columns, lines = get_terminal_size()
        return ConsoleDimensions(min(columns, LEAST_TABLE_WIDTH - 1), lines)


class Columns:
    """A renderable table; its `wide` column gives way first when room is short.

    Columns named in `right` are set flush right. `wide` is the name of a column, and `widest` how
    many cells the table takes at most, however wide the screen.
    """

    def __init__(
        self,
        *names: str,
        right: tuple[str, ...] = (),
        wide: str | None = None,
        widest: int | None = None,
    ) -> None:
        self._names = list(names)
        self._widest = widest
        self._right = [name in right for name in names]
        self._wide = wide
        self._rows: list[list[Text]] = []

    def add_row(self, *cells: Text | str) -> None:
        """Add a row; cells left out at its end stay empty."""
        texts = [cell if isinstance(cell, Text) else Text(cell) for cell in cells]
        missing = len(self._names) - len(texts)
        self._rows.append(texts + [Text("")] * missing)

    def add_named_row(self, cells: Mapping[str, Text]) -> None:
        """Add a row of cells by column name; a cell without a column is left out."""
        self._rows.append([cells.get(name, Text("")) for name in self._names])

    def add_line(self, words: Text) -> None:
        """Add a line that runs across all columns and does not widen any of them."""
        self._rows.append([words])

    def add_left_out(self, names: Sequence[str]) -> None:
        """Add a line that says which columns the screen is too narrow for; nothing without any."""
        if names:
            words = f"Too narrow for: {', '.join(names)}."
            self.add_line(Text(words, style="dim"))

    def list_records(self) -> list[list[Text]]:
        """Return the rows, without the heading and without lines that run across all columns."""
        return [row for row in self._rows if len(row) == len(self._names)]

    def has_layout(self, room: int, least_width: int) -> bool:
        """Return whether the rows look right in `room` cells: they fit, or come as records."""
        return room < LEAST_TABLE_WIDTH or self.fits(room, least_width=least_width)

    def fits(self, room: int, *, least_width: int | None = None) -> bool:
        """Return whether the rows fit into `room` cells without wrapping.

        With `least_width` the wide column may wrap, as long as it keeps that many cells.
        """
        widths = self._measure_columns(self._list_all_rows())
        if least_width is not None:
            self._narrow_wide_column(widths, least_width)
        return _sum_widths(widths) <= room

    def drop_columns(self, spare_names: Iterable[str], room: int) -> list[str]:
        """Leave out these columns, one after another, until the rows fit into `room` cells.

        Returns the names of those that were left out: none where records take their place.
        """
        left_out: list[str] = []
        if room < LEAST_TABLE_WIDTH:
            return left_out
        for name in spare_names:
            if self.fits(room):
                break
            left_out.append(name)
            place = self._names.index(name)
            for row in self._rows:
                # A line across all columns has one cell only, and keeps it.
                if len(row) == len(self._names):
                    del row[place]
            del self._names[place], self._right[place]
        return left_out

    def measure_width(self, rows: Sequence[list[Text]]) -> int:
        """Return how many cells these rows take before a last column is added to them.

        The wide column counts at its narrowest, and the gap before the last column is included.
        """
        lines = [[Text(name) for name in self._names]]
        lines += [[*row, Text("")] for row in rows]
        widths = self._measure_columns(lines)[:-1]
        self._narrow_wide_column(widths, NARROWEST_COLUMN)
        return sum(widths) + COLUMN_GAP * len(widths)

    def _narrow_wide_column(self, widths: list[int], width: int) -> None:
        if self._wide is not None:
            place = self._names.index(self._wide)
            widths[place] = min(widths[place], width)

    def _list_all_rows(self) -> list[list[Text]]:
        if not any(self._names):
            return self._rows
        heading = [Text(name, style="dim") for name in self._names]
        return [heading, *self._rows]

    def _measure_columns(self, rows: Sequence[list[Text]]) -> list[int]:
        """Return how wide each column is when nothing is wrapped."""
        # A line across all columns has one cell only, and no say in their widths.
        cells = [row for row in rows if len(row) == len(self._names)]
        return [max(map(_measure_cell, column)) for column in zip(*cells, strict=True)]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Yield one text: a dim heading unless all names are empty, then the rows.

        Where that would break or lose words, or is heard, the rows come as records.
        """
        rows = self._list_all_rows()
        if not rows:
            return
        room = options.max_width
        if self._widest is not None and not has_no_end(room):
            room = min(room, self._widest)
        widths = self._fit_columns(rows, room)
        is_broken = isinstance(console, RecordConsole) or _sum_widths(widths) > room
        if is_broken and len(self._names) > 1:
            yield self._join_records(room)
        else:
            yield self._join_rows(rows, widths, room, console)

    def _join_rows(
        self,
        rows: Sequence[list[Text]],
        widths: Sequence[int],
        room: int,
        console: Console,
    ) -> Text:
        """Return the rows as one text of columns."""
        lines: list[Text] = []
        for row in rows:
            if len(row) < len(self._names):
                lines += _wrap_cell(row[0], room, console)
                continue
            wrapped = [
                _wrap_cell(*cell, console) for cell in zip(row, widths, strict=True)
            ]
            lines += [
                self._join_cells(cells, widths) for cells in zip_longest(*wrapped)
            ]
        return Text("\n", no_wrap=True, overflow="ignore").join(lines)

    def _join_records(self, room: int) -> Text:
        """Return the rows as one text of records."""
        # Only where there are records: a table starts sooner without.
        from coachlog.screens.records import list_record_lines

        lines = list_record_lines(self._names, self._rows, self._wide, room)
        return Text("\n", no_wrap=True, overflow="ignore").join(lines)

    def _fit_columns(self, rows: Sequence[list[Text]], room: int) -> list[int]:
        """Return the width of each column, narrowed to fit the room where that is possible.

        Words are broken only where they are long, or a wide screen has no room for them.
        """
        cells = [row for row in rows if len(row) == len(self._names)]
        word_widths = [_measure_words(column) for column in zip(*cells, strict=True)]
        if self._wide is not None and room < LEAST_TABLE_WIDTH:
            place = self._names.index(self._wide)
            word_widths[place] = max(word_widths[place], LONGEST_WHOLE_WORD)
        widths = self._narrow_columns(rows, word_widths, room)
        if _sum_widths(widths) > room >= LEAST_TABLE_WIDTH:
            widths = self._narrow_columns(rows, [0] * len(self._names), room)
        return widths

    def _narrow_columns(
        self, rows: Sequence[list[Text]], least_widths: Sequence[int], room: int
    ) -> list[int]:
        """Return the width of each column, narrowed to these or to the narrowest one may be."""
        widths = self._measure_columns(rows)
        excess = _sum_widths(widths) - room
        if excess <= 0:
            return widths
        # The wide column is narrowed first, then the others from the widest down.
        order = sorted(
            range(len(widths)), key=lambda n: (self._names[n] != self._wide, -widths[n])
        )
        for number in order:
            least = max(NARROWEST_COLUMN, least_widths[number])
            cut = min(max(0, excess), max(0, widths[number] - least))
            widths[number] -= cut
            excess -= cut
        return widths

    def _join_cells(
        self, cells: tuple[Text | None, ...], widths: Sequence[int]
    ) -> Text:
        line = Text()
        # Blanks are written only before a cell with words, so that no line ends in them.
        blanks = 0
        for cell, width, right in zip(cells, widths, self._right, strict=True):
            if cell is None or not cell.plain:
                blanks += width + COLUMN_GAP
                continue
            padding = width - cell_len(cell.plain)
            if right:
                blanks, padding = blanks + padding, 0
            line.append(" " * blanks).append_text(cell)
            blanks = COLUMN_GAP + padding
        return line


def has_no_end(width: int) -> bool:
    """Return whether this is the width of a pipe, or what an indent has left of it."""
    return width > NO_WIDTH // 2


def render_sentence(words: str | Text, style: str = "") -> Columns:
    """Return a sentence that wraps without trailing spaces, which Rich would leave behind."""
    sentence = Columns("", widest=WIDEST_SENTENCE)
    sentence.add_row(Text(words, style=style) if isinstance(words, str) else words)
    return sentence


def render_facts(facts: Iterable[tuple[str, Text]]) -> Columns:
    """Return facts one per row, each with its dim name, without those that are empty."""
    table = Columns("", "")
    for name, words in facts:
        if words.plain:
            table.add_row(Text(name, style="dim"), words)
    return table


def render_two_line_rows(
    heading: str, rows: Iterable[tuple[int, Text, Text]]
) -> Columns:
    """Return a table of two lines per row: the number and the words, then the details below."""
    table = Columns("#", heading, right=("#",), wide=heading)
    for number, words, details in rows:
        table.add_row(str(number), words.append("\n").append_text(details))
    return table


def _sum_widths(widths: list[int]) -> int:
    return sum(widths) + COLUMN_GAP * (len(widths) - 1)


def _measure_cell(cell: Text) -> int:
    plain = cell.plain
    if "\n" in plain:
        return max(map(cell_len, plain.split("\n")))
    return cell_len(plain)


def _measure_words(cells: Iterable[Text]) -> int:
    """Return the width of the longest word, or whole command, that is not to be broken."""
    longest = 0
    for cell in cells:
        is_command = cell.plain.startswith(COMMAND)
        words = [cell.plain] if is_command else cell.plain.split()
        widths = [cell_len(word) for word in words]
        whole = [width for width in widths if is_command or width <= LONGEST_WHOLE_WORD]
        longest = max([longest, *whole])
    return longest


def _wrap_cell(cell: Text, width: int, console: Console) -> list[Text]:
    if _measure_cell(cell) <= width and "\n" not in cell.plain:
        return [cell]
    lines = list(cell.wrap(console, width, overflow="fold"))
    for line in lines:
        # Rich leaves the space where it broke the line.
        line.rstrip()
    return lines
