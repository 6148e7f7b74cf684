"""The promises from last time, all on one screen: a key marks each, Enter leaves the rest open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from rich.cells import set_cell_size

from coachlog.model.reviews import ReviewOutcome
from coachlog.named_tuples import NamedTuple
from coachlog.terminal.keys import Guide, Place, add_list_keys
from coachlog.terminal.layouts import wrap_hint
from coachlog.terminal.review_marks import (
    OUTCOME_HINTS,
    OUTCOME_KEYS,
    OUTCOME_WORDS,
    format_marks,
)
from coachlog.text import format_count

_PAGE_STEP = 10
_POINTER_STEPS = (
    (Keys.PageUp, -_PAGE_STEP),
    (Keys.PageDown, _PAGE_STEP),
)
_HINTS = (
    *OUTCOME_HINTS,
    *("Enter: the rest stays open", "<: back", "?: help"),
)
REVIEW_KEYS = (
    "d, m, x and o mark the promise at the pointer, and go on to the next one.",
    "Arrows and Page Up or Down move the pointer. Another key replaces a mark.",
    "Enter carries on: what has no mark stays open. New dates are asked for next.",
)
_POINTER_COLUMNS = 4
_MARK_COLUMNS = 12
WIDE_COLUMNS = 100
"""From so many columns on, what is known of a promise's date is beside its words, not below."""
_DETAIL_COLUMNS = 38
_MIN_WORD_COLUMNS = 16
"""With fewer columns for its words than this, the mark of a promise is above them."""
# What stays in sight above the table: a blank line, the heading, its guidance, a blank line.
_LINES_ABOVE_TABLE = 4
_MIN_ROOM = 3

WrapText = Callable[[str, int], list[str]]
"""Returns the lines of a text, none of them wider than so many cells."""


class ReviewRow(NamedTuple):
    """One promise by its number: whose it is and its words, then what is known of its date."""

    number: int
    words: str
    details: str


class ReviewTable:
    """The promises, how each is marked, and which is under the pointer.

    `offset` is how many lines of that one have scrolled away, where it is higher than the window,
    and `remarks` stand below the table in place of its keys.
    """

    def __init__(
        self, rows: Sequence[ReviewRow], marks: Mapping[int, ReviewOutcome]
    ) -> None:
        self.rows = rows
        numbers = {row.number for row in rows}
        self.marks = {
            number: outcome for number, outcome in marks.items() if number in numbers
        }
        self.position = 0
        self.offset = 0
        self.remarks: list[str] = []

    @property
    def outcomes(self) -> dict[int, ReviewOutcome]:
        """Return the outcome of each promise by its number: still open without a mark."""
        return {
            row.number: self.marks.get(row.number, ReviewOutcome.OPEN)
            for row in self.rows
        }

    def mark_row(self, outcome: ReviewOutcome) -> None:
        """Mark the promise under the pointer, and go on to the next one."""
        self.marks[self.rows[self.position].number] = outcome
        self.move_pointer(1)

    def move_pointer(self, step: int) -> None:
        """Move the pointer by so many promises, no further than the first and the last."""
        last_position = len(self.rows) - 1
        position = max(0, min(self.position + step, last_position))
        if position != self.position:
            self.position = position
            self.offset = 0


class ReviewView:
    """A table as lines of a window, scrolled so that the promise under the pointer is in sight.

    `get_size` returns the columns and lines of the terminal, and `get_trouble` why the marks are
    not saved, '' if they are.
    """

    def __init__(
        self,
        table: ReviewTable,
        pointer: str,
        get_size: Callable[[], tuple[int, int]],
        wrap: WrapText,
        get_trouble: Callable[[], str] = lambda: "",
    ) -> None:
        self._table = table
        self._pointer = pointer
        self._get_size = get_size
        self._wrap = lru_cache(maxsize=4096)(wrap)
        self._get_trouble = get_trouble

    def format_window(self) -> StyleAndTextTuples:
        """Return the lines in sight, and below them the keys."""
        lines = [line for row_lines in self._lay_out_rows() for line in row_lines]
        top = self._choose_top_line()
        end = top + self._room
        place = self._format_place(has_above=top > 0, has_below=end < len(lines))
        place_lines = wrap_hint(place, self._footer_columns)
        window: StyleAndTextTuples = []
        for line in lines[top:end]:
            window += [*line, ("", "\n")]
        window.append(("", "\n"))
        window += [("class:pointer", f" {line}\n") for line in place_lines]
        window.append(("class:instruction", "\n".join(self._list_footer_lines())))
        return window

    def scroll_up(self) -> None:
        """Move up by a promise, or by a window of lines within one that is higher than that."""
        table = self._table
        if table.offset:
            table.offset = max(0, table.offset - self._page_lines)
        else:
            table.move_pointer(-1)

    def scroll_down(self) -> None:
        """Move down by a promise, or by a window of lines within one that is higher than that."""
        table = self._table
        hidden_lines = self._count_heights()[table.position] - self._room - table.offset
        if hidden_lines > 0:
            table.offset += min(hidden_lines, self._page_lines)
        else:
            table.move_pointer(1)

    @property
    def _room(self) -> int:
        """Return how many lines there are for promises."""
        _, height = self._get_size()
        # A blank line and the place are between the promises and the keys.
        longest_place = self._format_place(has_above=True, has_below=True)
        place_height = len(wrap_hint(longest_place, self._footer_columns))
        footer_height = 1 + place_height + len(self._list_footer_lines())
        return max(_MIN_ROOM, height - _LINES_ABOVE_TABLE - footer_height)

    @property
    def _footer_columns(self) -> int:
        width, _ = self._get_size()
        return max(1, width - 2)

    @property
    def _page_lines(self) -> int:
        return self._room - 1

    def _count_heights(self) -> list[int]:
        return [len(row_lines) for row_lines in self._lay_out_rows()]

    def _choose_top_line(self) -> int:
        """Return the first line in sight; the promise under the pointer is in the middle."""
        table = self._table
        heights = self._count_heights()
        start = sum(heights[: table.position])
        spare_lines = self._room - heights[table.position]
        if spare_lines <= 0:
            # The window may have grown since the lines were scrolled away.
            return start + min(table.offset, -spare_lines)
        last_top = sum(heights) - self._room
        return max(0, min(start - spare_lines // 2, last_top))

    def _lay_out_rows(self) -> list[list[StyleAndTextTuples]]:
        """Return the lines of each promise."""
        width, _ = self._get_size()
        return [
            list(self._lay_out_row(position, row, width))
            for position, row in enumerate(self._table.rows)
        ]

    def _lay_out_row(
        self, position: int, row: ReviewRow, width: int
    ) -> Iterator[StyleAndTextTuples]:
        is_current = position == self._table.position
        pointer = f" {self._pointer}" if is_current else ""
        mark_word = self._find_mark_word(row)
        mark_columns, body_columns = _divide_columns(width)
        word_style = "class:highlighted" if is_current else ""
        body = list(self._lay_out_body(row, body_columns, word_style))
        if mark_word and not mark_columns:
            words_above: list[StyleAndTextTuples] = [
                [("class:selected", words)]
                for words in self._wrap(mark_word, body_columns)
            ]
            body = words_above + body
            mark_word = ""
        for number, line in enumerate(body):
            is_first = number == 0
            yield [
                ("class:pointer", f"{pointer if is_first else '':<{_POINTER_COLUMNS}}"),
                ("class:selected", f"{mark_word if is_first else '':<{mark_columns}}"),
                *line,
            ]

    def _find_mark_word(self, row: ReviewRow) -> str:
        mark = self._table.marks.get(row.number)
        return OUTCOME_WORDS[mark] if mark else ""

    def _lay_out_body(
        self, row: ReviewRow, columns: int, style: str
    ) -> Iterator[StyleAndTextTuples]:
        """Yield the lines of a promise's words and details, side by side in a wide window."""
        if columns < WIDE_COLUMNS - _POINTER_COLUMNS - _MARK_COLUMNS - 1:
            for words in self._wrap(row.words, columns):
                yield [(style, words)]
            for details in self._wrap(row.details, columns):
                yield [("class:instruction", details)]
            return
        word_columns = columns - _DETAIL_COLUMNS
        word_lines = self._wrap(row.words, word_columns - 2)
        detail_lines = self._wrap(row.details, _DETAIL_COLUMNS)
        for number in range(max(len(word_lines), len(detail_lines))):
            words = "".join(word_lines[number : number + 1])
            details = "".join(detail_lines[number : number + 1])
            yield [
                (style, set_cell_size(words, word_columns)),
                ("class:instruction", details),
            ]

    def _format_place(self, *, has_above: bool, has_below: bool) -> str:
        """Return where the pointer is, how many have a mark, and where there are more."""
        table = self._table
        count = format_count(len(table.rows), "promise")
        if len(table.rows) > 1:
            count = f"{table.position + 1} of {count}"
        parts = [count, f"{len(table.marks) or 'none'} marked"]
        if has_above:
            parts.append("more above")
        if has_below:
            parts.append("more below")
        return " · ".join(parts)

    def _list_footer_lines(self) -> list[str]:
        columns = self._footer_columns
        lines = wrap_hint(" · ".join(_HINTS), columns)
        if self._table.remarks:
            lines = []
            for sentence in self._table.remarks:
                lines += self._wrap(sentence, columns)
        trouble = self._get_trouble()
        if trouble:
            lines += self._wrap(trouble, columns)
        return [f" {line}" for line in lines]


class ReviewApplication(Application[Any]):
    """The table as it runs. Its buffer holds the marks, so that they are saved like typed text."""

    def __init__(self, table: ReviewTable, view: ReviewView, **look: Any) -> None:
        self._marks_buffer = Buffer()
        self._marks_buffer.text = format_marks(table.marks)
        window = Window(
            FormattedTextControl(view.format_window, show_cursor=False),
            dont_extend_height=True,
        )
        super().__init__(
            layout=Layout(window),
            key_bindings=_build_review_keys(table, view, self._marks_buffer),
            erase_when_done=True,
            **look,
        )
        letters = "".join(f"{key}{key.upper()}" for key in OUTCOME_KEYS)
        place = Place(None, REVIEW_KEYS, True, "pause", letters)
        guide = Guide(place, lambda: setattr(table, "remarks", guide.lines))
        add_list_keys(self, place, guide)

    @property
    def current_buffer(self) -> Buffer:
        """Return the buffer that holds the marks; nothing can be typed into it."""
        return self._marks_buffer


def _divide_columns(width: int) -> tuple[int, int]:
    """Return how many columns a mark has, none in a narrow window, and the words behind it."""
    word_columns = width - _POINTER_COLUMNS - 1
    if word_columns - _MARK_COLUMNS < _MIN_WORD_COLUMNS:
        return 0, max(1, word_columns)
    return _MARK_COLUMNS, word_columns - _MARK_COLUMNS


def _build_review_keys(
    table: ReviewTable, view: ReviewView, marks_buffer: Buffer
) -> KeyBindings:
    keys = KeyBindings()
    keys.add(Keys.Any)(lambda _event: None)  # whatever is not a key of the table
    for letter, outcome in OUTCOME_KEYS.items():
        _add_mark_key(keys, table, marks_buffer, letter, outcome)
    for key, step in _POINTER_STEPS:
        _add_step_key(keys, table, key, step)

    @keys.add(Keys.Up)
    def _(_event: KeyPressEvent) -> None:
        view.scroll_up()

    @keys.add(Keys.Down)
    def _(_event: KeyPressEvent) -> None:
        view.scroll_down()

    @keys.add(Keys.Enter)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=table.outcomes)

    @keys.add(Keys.ControlC)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    return keys


def _add_mark_key(
    keys: KeyBindings,
    table: ReviewTable,
    marks_buffer: Buffer,
    letter: str,
    outcome: ReviewOutcome,
) -> None:
    @keys.add(letter)
    @keys.add(letter.upper())
    def _(_event: KeyPressEvent) -> None:
        table.mark_row(outcome)
        marks_buffer.text = format_marks(table.marks)


def _add_step_key(keys: KeyBindings, table: ReviewTable, key: Keys, step: int) -> None:
    @keys.add(key)
    def _(_event: KeyPressEvent) -> None:
        table.move_pointer(step)
