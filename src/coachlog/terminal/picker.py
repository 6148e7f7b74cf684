"""A long list to pick from: grouped under headings, narrowed by typing, the summary below it.

questionary's own list cannot do this: its filter counts headings as rows, and finds only what fits
on the line.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, HSplit, Layout, ScrollOffsets, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from coachlog.text import cut_line, fold_text

MIN_SUMMARY_COLUMNS = 50  # columns beside a label, under which the words below the list are enough
LINES_AROUND_LIST = 7  # lines that stay free for the question above the list and the words below it


class PickerRow(NamedTuple):
    """One row of the list: its label and what is beside it, what stands below, what finds it."""

    label: str
    detail: str
    summary: str
    search_text: str
    value: Any


class Picker:
    """The rows that fit what was typed, and which of them the pointer is on."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[PickerRow]]]) -> None:
        self._groups = groups
        self.filter_text = ""
        self.position = 0

    @property
    def matching_groups(self) -> list[tuple[str, list[PickerRow]]]:
        """Return the groups with the rows in which every word typed is found."""
        wanted = fold_text(self.filter_text).split()
        found = [
            (
                title,
                [row for row in rows if all(word in fold_text(row.search_text) for word in wanted)],
            )
            for title, rows in self._groups
        ]
        return [(title, rows) for title, rows in found if rows]

    @property
    def rows(self) -> list[PickerRow]:
        """Return the rows shown, without their headings."""
        return [row for _, rows in self.matching_groups for row in rows]

    @property
    def current_row(self) -> PickerRow | None:
        """Return the row under the pointer; None when nothing fits."""
        rows = self.rows
        return rows[min(self.position, len(rows) - 1)] if rows else None

    def move_pointer(self, step: int) -> None:
        """Move the pointer, round the ends."""
        if rows := self.rows:
            self.position = (min(self.position, len(rows) - 1) + step) % len(rows)

    def set_filter(self, text: str) -> None:
        """Narrow the list to what fits these words."""
        self.filter_text, self.position = text, 0


def build_picker_application(
    picker: Picker, pointer: str, get_size: Callable[[], tuple[int, int]], **look: Any
) -> Any:
    """Return the prompt_toolkit application of a list; it ends with the value of the row picked."""
    listed = Window(
        FormattedTextControl(
            lambda: list(_format_picker_rows(picker, pointer, get_size()[0])), show_cursor=False
        ),
        height=lambda: Dimension(max=max(3, get_size()[1] - LINES_AROUND_LIST)),
        scroll_offsets=ScrollOffsets(top=2, bottom=2),
        dont_extend_height=True,
    )
    foot = Window(
        FormattedTextControl(lambda: _format_picker_footer(picker, get_size()[0])),
        dont_extend_height=True,
    )
    return Application(
        layout=Layout(HSplit([listed, foot])),
        key_bindings=_build_picker_keys(picker),
        erase_when_done=True,
        **look,
    )


def _format_picker_rows(picker: Picker, pointer: str, width: int) -> Iterator[tuple[str, str]]:
    wide = max((len(row.label) for row in picker.rows), default=0)
    pointed = picker.current_row
    for title, rows in picker.matching_groups:
        yield "class:heading", f" {title}\n"
        for row in rows:
            here = row is pointed
            if here:
                yield "[SetCursorPosition]", ""
            yield "class:pointer" if here else "", f" {pointer if here else ' '} "
            shown = f"{row.label:<{wide}}  {row.detail}"
            if width - wide >= MIN_SUMMARY_COLUMNS:
                shown += f"  {row.summary}"
            yield "class:highlighted" if here else "", f"{cut_line(shown, width - 4)}\n"


def _format_picker_footer(picker: Picker, width: int) -> StyleAndTextTuples:
    pointed = picker.current_row
    said = pointed.summary if pointed else "Nothing fits. Backspace takes a letter away."
    filtered = f"filter: {cut_line(picker.filter_text, width // 2)}  " if picker.filter_text else ""
    help = f"({len(picker.rows)} listed: arrows, or type to filter, then Enter)"
    wrapped = textwrap.fill(said, width - 1, initial_indent="   ", subsequent_indent="   ")
    return [
        ("", f"\n{wrapped}\n"),
        ("class:pointer", f" {filtered}"),
        ("class:instruction", help),
    ]


def _build_picker_keys(picker: Picker) -> KeyBindings:
    keys = KeyBindings()
    for name, by in ((Keys.Up, -1), (Keys.Down, 1), (Keys.PageUp, -10), (Keys.PageDown, 10)):

        def move(_event: KeyPressEvent, by: int = by) -> None:
            picker.move_pointer(by)

        keys.add(name)(move)

    @keys.add(Keys.Enter)
    def _(event: KeyPressEvent) -> None:
        if (row := picker.current_row) is not None:
            event.app.exit(result=row.value)

    @keys.add(Keys.ControlC)
    @keys.add(Keys.ControlD)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add(Keys.Backspace)
    def _(_event: KeyPressEvent) -> None:
        picker.set_filter(picker.filter_text[:-1])

    @keys.add(Keys.ControlU)
    @keys.add(Keys.Escape)
    def _(_event: KeyPressEvent) -> None:
        picker.set_filter("")

    @keys.add(Keys.Any)
    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            picker.set_filter(picker.filter_text + event.data)

    return keys
