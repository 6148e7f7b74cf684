"""Tables without borders.

Rich's own table pads every cell and measures it twice: 30 rows took 10 ms, as long as a bare
Python takes to start, and its import 4 ms more. These take 2 ms. Rich still does the wrapping.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, TypeVar

from coachlog.model.batches import Batches, split_batches
from coachlog.named_tuples import NamedTuple
from coachlog.screens.texts import Chunk, Text
from coachlog.screens.widths import (
    COMMAND,
    LEAST_TABLE_WIDTH,
    NO_WIDTH,
    count_screen_cells,
    has_no_end,
)

Value = TypeVar("Value")
StyledParts = tuple[tuple[str, str], ...]
"""Clean words, each part with its style: a text is made of them only where styles show."""
Cell = Text | StyledParts | str
Row = list[Cell]
Lines = list[Text]
Cells = Sequence[Cell]

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

WIDEST_SENTENCE = 100
"""Cells after which a sentence is broken: on a wide screen longer lines are hard to read."""


COLUMN_GAP = 2
TAB_CELLS = 8
NARROWEST_COLUMN = 12
LONGEST_WHOLE_WORD = 24
"""Cells of a word that no column is too narrow for; a longer one may be broken."""


class ReadAloud:
    """What a console is, besides, for those who hear it: every table comes as records."""


class Measures(NamedTuple):
    """How wide each column is when nothing is wrapped, and its longest word that stays whole.

    `words` are None where there is so much room that they do not matter.
    """

    widths: list[int]
    words: list[int] | None


class Columns:
    """A renderable table; its `wide` column gives way first when room is short.

    Columns named in `right` are set flush right. `wide` is the name of a column, and `widest` how
    many cells the table takes at most, however wide the screen. Rows of very many values are built
    each time they are gone through: to be measured, and to be printed.
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
        self._sources: list[Iterable[Row]] = []
        self._added_rows: list[Row] = []
        self._measures: Measures | None = None

    def add_row(self, *cells: Text | str) -> None:
        """Add a row; cells left out at its end stay empty."""
        missing = len(self._names) - len(cells)
        self._append_row(_build_row(cells) + [Text("")] * missing)

    def add_rows(
        self,
        values: Iterable[Value],
        build_rows: Callable[[Value], Iterable[Cells]],
        measures: Measures | None = None,
    ) -> None:
        """Add the rows that are built of each value.

        A row of one cell is a line across all columns, as of `add_line`. Who knows the `measures`
        of the table with them saves building them once more.
        """

        def read_batches() -> Iterator[list[Row]]:
            for batch in split_batches(values):
                rows = chain.from_iterable(map(build_rows, batch))
                yield [_build_row(cells) for cells in rows]

        self._sources.append(Batches(read_batches))
        self._added_rows = []
        self._measures = measures

    def add_named_row(self, cells: Mapping[str, Text]) -> None:
        """Add a row of cells by column name; a cell without a column is left out."""
        self._append_row([cells.get(name, Text("")) for name in self._names])

    def add_line(self, words: Text) -> None:
        """Add a line that runs across all columns and does not widen any of them."""
        self._append_row([words])

    def _append_row(self, row: Row) -> None:
        if not self._added_rows:
            self._sources.append(self._added_rows)
        self._added_rows.append(row)
        self._measures = None

    def add_left_out(self, names: Sequence[str]) -> None:
        """Add a line that says which columns the screen is too narrow for; nothing without any."""
        if names:
            words = f"Too narrow for: {', '.join(names)}."
            self.add_line(Text(words, style="dim"))

    def split_records(self) -> Iterator[list[list[Text]]]:
        """Yield the rows in batches, without the heading and without lines across all columns."""
        for batch in self._split_rows():
            yield [_build_texts(row) for row in batch if len(row) == len(self._names)]

    def split(self, indent: int = 0) -> Iterator["TablePart"]:
        """Yield the table in parts, each as wide as the whole, to print one after the other.

        There are `indent` cells before each line.
        """
        heading = self._list_heading()
        is_first = True
        for batch in self._split_rows():
            yield TablePart(self, [*heading, *batch], indent, is_first)
            heading = []
            is_first = False
        if heading:
            yield TablePart(self, heading, indent, is_first)

    def _split_rows(self) -> Iterator[Sequence[Row]]:
        for source in self._sources:
            yield from split_batches(source)

    def has_layout(self, room: int, least_width: int) -> bool:
        """Return whether the rows look right in `room` cells: they fit, or come as records."""
        return room < LEAST_TABLE_WIDTH or self.fits(room, least_width=least_width)

    def fits(self, room: int, *, least_width: int | None = None) -> bool:
        """Return whether the rows fit into `room` cells without wrapping.

        With `least_width` the wide column may wrap, as long as it keeps that many cells.
        """
        if has_no_end(room):
            return True
        widths = [*self._measure(room).widths]
        if least_width is not None:
            self._narrow_wide_column(widths, least_width)
        return _sum_widths(widths) <= room

    def drop_columns(self, spare_names: Iterable[str], room: int) -> list[str]:
        """Leave out these columns, one after another, until the rows fit into `room` cells.

        Only of a table whose rows were added one by one. Returns the names of those that were left
        out: none where records take their place.
        """
        left_out: list[str] = []
        if room < LEAST_TABLE_WIDTH:
            return left_out
        for name in spare_names:
            if self.fits(room):
                break
            left_out.append(name)
            place = self._names.index(name)
            for row in chain.from_iterable(self._split_rows()):
                # A line across all columns has one cell only, and keeps it.
                if len(row) == len(self._names):
                    del row[place]
            del self._names[place], self._right[place]
            self._measures = None
        return left_out

    def measure_width(self, rows: Iterable[Cells]) -> int:
        """Return how many cells these rows take before a last column is added to them.

        The wide column counts at its narrowest, and the gap before the last column is included.
        """
        lines: list[Row] = [[*self._names]]
        lines += [[*row, ""] for row in rows]
        widths = _measure_batches([lines], len(self._names), has_words=False).widths[
            :-1
        ]
        self._narrow_wide_column(widths, NARROWEST_COLUMN)
        return sum(widths) + COLUMN_GAP * len(widths)

    def _narrow_wide_column(self, widths: list[int], width: int) -> None:
        if self._wide is not None:
            place = self._names.index(self._wide)
            widths[place] = min(widths[place], width)

    def _list_heading(self) -> list[Row]:
        """Return the row of the names; none unless there is a name."""
        if not any(self._names):
            return []
        return [[Text(name, style="dim") for name in self._names]]

    def _measure(self, room: int) -> Measures:
        """Return how wide the columns are, their names included; `room` is for all of them."""
        measures = self._measures
        if measures is None or (measures.words is None and not has_no_end(room)):
            measures = self.measure_rows(self._split_rows(), room)
            self._measures = measures
        return measures

    def measure_rows(self, batches: Iterable[Sequence[Row]], room: int) -> Measures:
        """Return how wide the columns would be with these rows, in `room` cells."""
        return _measure_batches(
            chain([self._list_heading()], batches),
            len(self._names),
            has_words=not has_no_end(room),
        )

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "RenderResult":
        """Yield texts: a dim heading unless all names are empty, then the rows.

        Where that would break or lose words, or is heard, the rows come as records.
        """
        yield from self.split()

    def render_rows(
        self, rows: Sequence[Row], console: "Console", room: int, *, is_first: bool
    ) -> Lines:
        """Return the lines of some of the rows in `room` cells, the heading before the first."""
        if self._widest is not None and not has_no_end(room):
            room = min(room, self._widest)
        widths = self._fit_columns(room)
        is_broken = isinstance(console, ReadAloud) or _sum_widths(widths) > room
        texts = [_build_texts(row) for row in rows]
        if is_broken and len(self._names) > 1:
            return self._join_records(texts, room, is_first=is_first)
        return self._join_rows(texts, widths, room, console)

    def format_plain_row(self, row: Row) -> str | None:
        """Return the line of a row where lines have no end and no colours; None for several."""
        words = [*map(_get_words, row)]
        if any("\n" in cell or "\t" in cell for cell in words):
            return None
        if len(row) < len(self._names):
            return words[0]
        return self._join_words(words, self._measure(NO_WIDTH).widths)

    def _join_rows(
        self,
        rows: Sequence[list[Text]],
        widths: Sequence[int],
        room: int,
        console: "Console",
    ) -> Lines:
        """Return the lines of the rows in columns."""
        lines: list[Text] = []
        is_narrowed = widths != self._measure(room).widths
        for row in rows:
            if len(row) < len(self._names):
                lines += _wrap_cell(row[0], room, console)
                continue
            if not is_narrowed and all("\n" not in cell.plain for cell in row):
                lines.append(self._join_cells(row, widths))
                continue
            wrapped = [
                _wrap_cell(*cell, console) for cell in zip(row, widths, strict=True)
            ]
            lines += [
                self._join_cells(cells, widths) for cells in zip_longest(*wrapped)
            ]
        return lines

    def _join_records(
        self, rows: Sequence[list[Text]], room: int, *, is_first: bool
    ) -> Lines:
        """Return the lines of the rows as records."""
        # Only where there are records: a table starts sooner without.
        from coachlog.screens.records import list_record_lines, render_record_heading

        lines = []
        if is_first:
            rows = rows[len(self._list_heading()) :]
            lines = render_record_heading(self._names, self._wide)
        number_width = self._measure(room).widths[0]
        lines += list_record_lines(self._names, rows, self._wide, room, number_width)
        return lines

    def _fit_columns(self, room: int) -> list[int]:
        """Return the width of each column, narrowed to fit the room where that is possible.

        Words are broken only where they are long, or a wide screen has no room for them.
        """
        widths, words = self._measure(room)
        if words is None or _sum_widths(widths) <= room:
            return widths
        word_widths = [*words]
        if self._wide is not None and room < LEAST_TABLE_WIDTH:
            place = self._names.index(self._wide)
            word_widths[place] = max(word_widths[place], LONGEST_WHOLE_WORD)
        narrow_widths = self._narrow_columns(widths, word_widths, room)
        if _sum_widths(narrow_widths) > room >= LEAST_TABLE_WIDTH:
            narrow_widths = self._narrow_columns(widths, [0] * len(widths), room)
        return narrow_widths

    def _narrow_columns(
        self, whole_widths: Sequence[int], least_widths: Sequence[int], room: int
    ) -> list[int]:
        """Return the width of each column, narrowed to these or to the narrowest one may be."""
        widths = [*whole_widths]
        excess = _sum_widths(widths) - room
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

    def _join_cells(self, cells: Sequence[Text | None], widths: Sequence[int]) -> Text:
        line = Text()
        words = [cell.plain if cell else "" for cell in cells]
        for blanks, place in self._place_cells(words, widths):
            line.append(" " * blanks).append_text(cells[place] or Text())
        return line

    def _join_words(self, words: Sequence[str], widths: Sequence[int]) -> str:
        return "".join(
            " " * blanks + words[place]
            for blanks, place in self._place_cells(words, widths)
        )

    def _place_cells(
        self, words: Sequence[str], widths: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """Yield the places of the cells with words, each after how many blanks it stands.

        Blanks are written only before a cell with words, so that no line ends in them.
        """
        blanks = 0
        for place, width in enumerate(widths):
            if not words[place]:
                blanks += width + COLUMN_GAP
                continue
            padding = width - count_screen_cells(words[place])
            if self._right[place]:
                blanks, padding = blanks + padding, 0
            yield blanks, place
            blanks = COLUMN_GAP + padding


def _build_row(cells: Cells) -> Row:
    return [
        # Plain letters need no text until they are put into a line of a screen.
        Text(cell) if isinstance(cell, str) and not cell.isprintable() else cell
        for cell in cells
    ]


def _build_texts(row: Row) -> list[Text]:
    return [*map(_build_text, row)]


def _build_text(cell: Cell) -> Text:
    if isinstance(cell, Text):
        return cell
    return Text(cell) if isinstance(cell, str) else Text.assemble(*cell)


def _get_words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, tuple):
        return "".join([words for words, _ in cell])
    return cell.plain


class TablePart:
    """Some rows of a table as a renderable, the first ones with its heading."""

    def __init__(
        self, table: Columns, rows: Sequence[Row], indent: int, is_first: bool
    ) -> None:
        self._table = table
        self._rows = rows
        self._indent = indent
        self._is_first = is_first

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "RenderResult":
        """Yield the rows line by line: one text of them all would be split into lines again."""
        if is_plain_and_endless(console, options):
            yield from self._render_plainly(console, options)
        else:
            yield from self._render(self._rows, console, options)

    def _render_plainly(
        self, console: "Console", options: "ConsoleOptions"
    ) -> Iterator[Chunk]:
        indent = " " * self._indent
        lines = []
        for row in self._rows:
            line = self._table.format_plain_row(row)
            if line is not None:
                lines.append(f"{indent}{line}\n")
                continue
            yield Chunk("".join(lines))
            lines.clear()
            yield from self._render([row], console, options)
        yield Chunk("".join(lines))

    def _render(
        self, rows: Sequence[Row], console: "Console", options: "ConsoleOptions"
    ) -> Iterator[Chunk]:
        room = max(1, options.max_width - self._indent)
        lines = self._table.render_rows(rows, console, room, is_first=self._is_first)
        for line in lines:
            if self._indent:
                yield Chunk(" " * self._indent)
            if "\t" in line.plain:
                line = line.expand_tabs(TAB_CELLS)
            yield from line.split_styles()
            yield Chunk("\n")


def is_plain_and_endless(console: "Console", options: "ConsoleOptions") -> bool:
    """Return whether lines have no colours and no end there, as in most pipes."""
    is_heard = isinstance(console, ReadAloud)
    return (
        console.color_system is None and has_no_end(options.max_width) and not is_heard
    )


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

    def build_row(row: tuple[int, Text, Text]) -> Iterator[Cells]:
        number, words, details = row
        yield str(number), words.copy().append("\n").append_text(details)

    table = Columns("#", heading, right=("#",), wide=heading)
    table.add_rows(rows, build_row)
    return table


def _measure_batches(
    batches: Iterable[Sequence[Row]], column_count: int, *, has_words: bool
) -> Measures:
    widths = [0] * column_count
    words = [0] * column_count
    for batch in batches:
        # A line across all columns has one cell only, and no say in their widths.
        rows = [row for row in batch if len(row) == column_count]
        for place, column in enumerate(zip(*rows, strict=True)):
            widths[place] = max(widths[place], *map(_measure_cell, column))
            if has_words:
                words[place] = max(words[place], _measure_words(column))
    return Measures(widths, words if has_words else None)


def _sum_widths(widths: list[int]) -> int:
    return sum(widths) + COLUMN_GAP * (len(widths) - 1)


def _measure_cell(cell: Cell) -> int:
    plain = _get_words(cell)
    if "\n" in plain:
        return max(map(count_screen_cells, plain.split("\n")))
    return count_screen_cells(plain)


def _measure_words(cells: Iterable[Cell]) -> int:
    """Return the width of the longest word, or whole command, that is not to be broken."""
    longest = 0
    for cell in map(_get_words, cells):
        is_command = cell.startswith(COMMAND)
        words = [cell] if is_command else cell.split()
        widths = [count_screen_cells(word) for word in words]
        whole = [width for width in widths if is_command or width <= LONGEST_WHOLE_WORD]
        longest = max([longest, *whole])
    return longest


def _wrap_cell(cell: Text, width: int, console: "Console") -> list[Text]:
    fits = _measure_cell(cell) <= width
    if fits and "\n" not in cell.plain:
        return [cell]
    lines = cell.wrap(console, width)
    for line in lines:
        # Rich leaves the space where it broke the line.
        line.rstrip()
    return lines
