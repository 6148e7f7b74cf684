"""A long list to pick from: grouped under headings, filtered by typing, with a summary below.

questionary's own list cannot do this: its filter counts headings as rows, and searches only the
words that fit on the line.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, HSplit, Layout, ScrollOffsets, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from coachlog.named_tuples import NamedTuple
from coachlog.terminal.layouts import take_line_feed_as_enter, wrap_words
from coachlog.terminal.template_search import MOST_AT_ONCE, begins_names
from coachlog.text import cut_line, fold_text

# With fewer columns than this beside the labels, summaries are shown only below the list.
MIN_SUMMARY_COLUMNS = 50
# Lines that stay free for the question above the list and the words below it.
LINES_AROUND_LIST = 7
_PAGE_STEP = 10
_POINTER_STEPS = (
    (Keys.Up, -1),
    (Keys.Down, 1),
    (Keys.PageUp, -_PAGE_STEP),
    (Keys.PageDown, _PAGE_STEP),
)


class PickerRow(NamedTuple):
    """One row of the list: `detail` is beside the label, `summary` below the list.

    The filter looks in what `get_search_text` returns, which is read only once something is typed;
    a row that has the words in its `names` fits best.
    """

    label: str
    detail: str
    summary: str
    get_search_text: Callable[[], str]
    value: Any
    names: str = ""


_BEST_HEADING = "Fits best"


class Picker:
    """The rows that match what was typed, and which of them is under the pointer.

    Of many rows only the first group is listed until all are asked for, by a row of its own or by
    typing; `is_short` says whether that is so. `remarks` stand below the list in
    place of its hint, which ends with `back_hint` as long as nothing is typed.
    """

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[PickerRow]]],
        back_hint: str = "",
    ) -> None:
        self._groups = groups
        self.back_hint = back_hint
        self.filter_text = ""
        self.position = 0
        self.remarks: list[str] = []
        row_count = sum(len(rows) for _, rows in groups)
        self.is_short = len(groups) > 1 and row_count > MOST_AT_ONCE
        self._all_row = PickerRow(
            "all of them",
            f"({row_count})".rjust(7),
            "Every conversation, by occasion.",
            str,
            None,
        )

    @property
    def matching_groups(self) -> list[tuple[str, list[PickerRow]]]:
        """Return each group with the rows that contain every word typed; no empty groups.

        Rows whose names contain them come first, in a group of their own.
        """
        words = fold_text(self.filter_text).split()
        if words:
            groups = list(self._list_fitting_groups(words))
            if self.is_short and self._means_all(words):
                groups.insert(0, (_BEST_HEADING, [self._all_row]))
            return groups
        if self.is_short:
            title, rows = self._groups[0]
            return [(title, [*rows, self._all_row])]
        return [(title, list(rows)) for title, rows in self._groups]

    def _means_all(self, words: Sequence[str]) -> bool:
        """Return whether words say what the last row of the short list does."""
        row_words = self._all_row.label.split()
        return list(words) == row_words[: len(words)]

    def _list_fitting_groups(
        self, words: Sequence[str]
    ) -> Iterator[tuple[str, list[PickerRow]]]:
        best_rows = [
            row
            for _, rows in self._groups
            for row in rows
            if begins_names(row.names, words)
        ]
        if best_rows:
            yield _BEST_HEADING, best_rows
        for title, rows in self._groups:
            other_rows = [
                row
                for row in rows
                if row not in best_rows and _contains_words(row, words)
            ]
            if other_rows:
                yield title, other_rows

    @property
    def rows(self) -> list[PickerRow]:
        """Return the matching rows, without their headings."""
        return [row for _, rows in self.matching_groups for row in rows]

    @property
    def current_row(self) -> PickerRow | None:
        """Return the row under the pointer; None when nothing matches."""
        rows = self.rows
        if not rows:
            return None
        return rows[min(self.position, len(rows) - 1)]

    def choose_row(self) -> PickerRow | None:
        """Return the row under the pointer; None where there is none, or where all are listed now.

        The pointer is then on the first row that was not listed before.
        """
        row = self.current_row
        if row is not self._all_row:
            return row
        self.is_short = False
        self.filter_text = ""
        self.position = len(self._groups[0][1])
        return None

    def move_pointer(self, step: int) -> None:
        """Move the pointer by so many rows, from the last on to the first and back."""
        count = len(self.rows)
        if count:
            self.position = (min(self.position, count - 1) + step) % count

    def set_filter(self, text: str) -> None:
        """Narrow the list to the rows that contain these words, the first under the pointer."""
        self.filter_text = text
        self.position = 0


def _contains_words(row: PickerRow, words: Sequence[str]) -> bool:
    row_text = fold_text(row.get_search_text())
    return all(word in row_text for word in words)


def build_picker_application(
    picker: Picker, pointer: str, get_size: Callable[[], tuple[int, int]], **look: Any
) -> Any:
    """Return the prompt_toolkit application of a list; it ends with the value of the row picked."""

    def format_list() -> StyleAndTextTuples:
        width, _ = get_size()
        return list(_format_picker_rows(picker, pointer, width))

    def format_footer() -> StyleAndTextTuples:
        width, _ = get_size()
        return _format_picker_footer(picker, width)

    def limit_height() -> Dimension:
        _, height = get_size()
        return Dimension(max=max(3, height - LINES_AROUND_LIST))

    rows_window = Window(
        FormattedTextControl(format_list, show_cursor=False),
        height=limit_height,
        scroll_offsets=ScrollOffsets(top=2, bottom=2),
        dont_extend_height=True,
    )
    footer_window = Window(FormattedTextControl(format_footer), dont_extend_height=True)
    application: Application[Any] = Application(
        layout=Layout(HSplit([rows_window, footer_window])),
        key_bindings=_build_picker_keys(picker),
        erase_when_done=True,
        **look,
    )
    take_line_feed_as_enter(application)
    return application


def _format_picker_rows(
    picker: Picker, pointer: str, width: int
) -> Iterator[tuple[str, str]]:
    label_width = max((len(row.label) for row in picker.rows), default=0)
    has_summaries = width - label_width >= MIN_SUMMARY_COLUMNS
    current_row = picker.current_row
    for title, rows in picker.matching_groups:
        heading_lines = wrap_words(title, max(1, width - 2))
        yield "class:heading", "".join(f" {line}\n" for line in heading_lines)
        for row in rows:
            text = f"{row.label:<{label_width}}  {row.detail}"
            if has_summaries:
                text += f"  {row.summary}"
            line = _fit_row(row, text, max(1, width - 4))
            if row is current_row:
                # prompt_toolkit scrolls the list to where this mark is.
                yield "[SetCursorPosition]", ""
                yield "class:pointer", f" {pointer} "
                yield "class:highlighted", line
            else:
                yield "", "   "
                yield "", line


def _fit_row(row: PickerRow, text: str, columns: int) -> str:
    """Return the lines of a row: one, in which at most the summary is cut, or the label's words."""
    whole = f"{row.label}  {row.detail}"
    if len(whole) <= columns:
        return f"{cut_line(text, columns)}\n"
    lines = wrap_words(f"{row.label.strip()} {row.detail.strip()}", columns)
    return "".join(f"{line}\n" for line in _indent_rest(lines))


def _indent_rest(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:1]
    for line in lines[1:]:
        yield f"   {line}"


def _format_picker_footer(picker: Picker, width: int) -> StyleAndTextTuples:
    summary = "Nothing matches. Backspace deletes a letter."
    if picker.current_row:
        summary = picker.current_row.summary
    wrapped = textwrap.fill(
        summary, width - 1, initial_indent="   ", subsequent_indent="   "
    )
    filter_label = ""
    if picker.filter_text:
        filter_label = f"filter: {cut_line(picker.filter_text, width // 2)}  "
    help = f"({len(picker.rows)} shown: arrows, or type to filter, then Enter)"
    if picker.is_short and not picker.filter_text:
        help = "(arrows, or type to search all, then Enter)"
    if not picker.filter_text:
        help += picker.back_hint
    if picker.remarks:
        lines = [textwrap.fill(remark, width - 2) for remark in picker.remarks]
        help = "\n".join(lines).replace("\n", "\n ")
    elif len(filter_label) + len(help) + 2 > width:
        # On a narrow screen the help has lines of its own, so that no word of it is cut.
        filter_label = f"{filter_label}\n " if filter_label else ""
        help = textwrap.fill(help, width - 2, subsequent_indent="  ")
    return [
        ("", f"\n{wrapped}\n"),
        ("class:pointer", f" {filter_label}"),
        ("class:instruction", help),
    ]


def _build_picker_keys(picker: Picker) -> KeyBindings:
    keys = KeyBindings()
    for key, step in _POINTER_STEPS:
        _add_pointer_key(keys, picker, key, step)

    @keys.add(Keys.Enter)
    def _(event: KeyPressEvent) -> None:
        if (row := picker.choose_row()) is not None:
            event.app.exit(result=row.value)

    @keys.add(Keys.ControlC)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add(Keys.Backspace)
    def _(_event: KeyPressEvent) -> None:
        picker.set_filter(picker.filter_text[:-1])

    @keys.add(Keys.ControlU)
    def _(_event: KeyPressEvent) -> None:
        picker.set_filter("")

    @keys.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            picker.set_filter(picker.filter_text + event.data)

    return keys


def _add_pointer_key(keys: KeyBindings, picker: Picker, key: Keys, step: int) -> None:
    @keys.add(key)
    def _(_event: KeyPressEvent) -> None:
        picker.move_pointer(step)
