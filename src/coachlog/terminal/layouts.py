"""Where the parts of a prompt stand: the field or the list, what is wrong with it, the keys.

questionary and prompt_toolkit put the last two at the bottom of the window.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition, is_done, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples, fragment_list_to_text
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    ConditionalContainer,
    Dimension,
    HSplit,
    Layout,
    ScrollOffsets,
    VerticalAlign,
    Window,
)
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.utils import get_cwidth

from coachlog.terminal.drawing import POINTER, SKIPPED

FormatText = Callable[[], str]
CountLines = Callable[[], int]
ERROR_MARK = "!"
_MIN_ROWS = 3
"""So many lines of a list are in sight even where there is hardly a window."""
_MOST_NAMES_IN_SIGHT = 7


def format_skipped() -> StyleAndTextTuples:
    """Return what stands in a field that Enter has left empty; nothing in any other."""
    future = get_app().future
    if future is None or not future.done() or future.cancelled():
        return []
    if future.exception() is not None or future.result() != "":
        return []
    return [("class:skipped", SKIPPED)]


def lay_out_field(application: Application[Any], format_hint: FormatText) -> None:
    """Put the error and then the hint of a field directly under it."""
    root: Any = application.layout.container
    field, _error, *toolbars, _hint = root.children
    field_window = application.layout.current_window
    field_window.dont_extend_height = to_filter(True)
    field_window.height = _make_room_for_names
    application.layout.container = HSplit(
        [field, *_build_lines_below(_format_field_error, format_hint), *toolbars],
        align=VerticalAlign.TOP,
    )


def lay_out_list(
    application: Application[Any],
    control: Any,
    format_typed: FormatText,
    format_hint: FormatText,
    count_lines_above: CountLines,
) -> None:
    """Put what was typed above a list, and its error and hint directly under it.

    Rows for which there is no room below the question are scrolled to; a line then says where there
    are more. `count_lines_above` returns how many lines the question has.
    """

    def format_field() -> StyleAndTextTuples:
        return [("class:qmark", POINTER), ("class:answer", f"  {format_typed()}")]

    def format_error() -> str:
        return fragment_list_to_text(control.error_message or []).strip()

    field_window = Window(
        FormattedTextControl(format_field, show_cursor=False), height=1
    )

    def count_room() -> int:
        size = get_app().output.get_size()
        hint_lines = wrap_hint(format_hint(), _count_columns())
        error_lines = wrap_words(format_error(), _count_columns() - 2)
        lines_below = max(len(hint_lines), len(error_lines) + 1)
        return max(_MIN_ROWS, size.rows - count_lines_above() - lines_below - 2)

    def limit_height() -> Dimension:
        return Dimension(max=count_room())

    def count_other_lines() -> int:
        return str(control.get_pointed_at().title).count("\n")

    rows_window = Window(
        control,
        height=limit_height,
        scroll_offsets=ScrollOffsets(bottom=count_other_lines),
        dont_extend_height=True,
        always_hide_cursor=True,
    )
    take_line_feed_as_enter(application)
    parts = [field_window, ConditionalContainer(rows_window, ~is_done)]
    parts.append(_build_more_line(rows_window, count_room))
    parts += _build_lines_below(format_error, format_hint)
    application.layout = Layout(HSplit(parts, align=VerticalAlign.TOP))


def _build_more_line(
    rows_window: Window, count_room: CountLines
) -> ConditionalContainer:
    """Return the line below a list that has no room for all its rows: where there are more."""
    control: Any = rows_window.content

    def count_lines() -> int:
        return fragment_list_to_text(control.text()).count("\n") + 1

    def format_more() -> StyleAndTextTuples:
        top = rows_window.vertical_scroll
        parts = []
        if top > 0:
            parts.append("more above")
        if top + count_room() < count_lines():
            parts.append("more below")
        return [("class:instruction", f" {' · '.join(parts)}")]

    # Of a fixed height, its words are asked for after the rows have been scrolled.
    window = Window(FormattedTextControl(format_more), height=1)
    is_cut = Condition(lambda: count_lines() > count_room())
    return ConditionalContainer(window, ~is_done & is_cut)


def take_line_feed_as_enter(application: Application[Any]) -> None:
    """Let a line feed be Enter: that is what the terminal makes of it between two prompts."""

    def press_enter(event: KeyPressEvent) -> None:
        event.key_processor.feed(KeyPress(Keys.ControlM, "\r"), first=True)

    keys: Any = application.key_bindings
    keys.add(Keys.ControlJ)(press_enter)


def join_hints(hints: Iterable[str], columns: int) -> Iterator[str]:
    """Yield as few lines as the hints need, none of them broken within a hint."""
    line = ""
    for hint in hints:
        longer_line = f"{line} · {hint}" if line else hint
        if line and len(longer_line) > columns:
            yield line
            longer_line = hint
        line = longer_line
    yield line


def wrap_hint(hint: str, columns: int) -> list[str]:
    """Return a hint on as many lines as it needs; one wider than a line breaks between words."""
    lines: list[str] = []
    for row in hint.split("\n"):
        for line in join_hints(row.strip().split(" · "), columns):
            lines += wrap_words(line, columns)
    return lines


def wrap_words(words: str, columns: int, indent: str = "") -> list[str]:
    """Return the lines of a text, broken at blanks; the ones after the first are indented.

    A word that is wider than a line is broken as well.
    """
    lines = [""]
    for word in words.split(" "):
        gap = " " if lines[-1].strip() else ""
        if gap and get_cwidth(f"{lines[-1]} {word}") > columns:
            lines.append(indent)
            gap = ""
        lines[-1] += gap
        for character in word:
            if get_cwidth(lines[-1] + character) > columns:
                lines.append(indent)
            lines[-1] += character
    return lines


def _build_lines_below(
    format_error: FormatText, format_hint: FormatText
) -> list[ConditionalContainer]:
    """Return the lines under a field: the error if there is one, and the keys."""

    def format_error_lines() -> StyleAndTextTuples:
        lines = wrap_words(f"{ERROR_MARK} {format_error()}", _count_columns(), "  ")
        return [("class:validation-toolbar", _indent_lines(lines))]

    def format_hint_lines() -> StyleAndTextTuples:
        return [
            (
                "class:instruction",
                _indent_lines(wrap_hint(format_hint(), _count_columns())),
            )
        ]

    error_window = Window(
        FormattedTextControl(format_error_lines), dont_extend_height=True
    )
    hint_window = Window(
        FormattedTextControl(format_hint_lines), dont_extend_height=True
    )
    has_error = Condition(lambda: bool(format_error()))
    has_hint = Condition(lambda: bool(format_hint()))
    return [
        ConditionalContainer(error_window, ~is_done & has_error),
        ConditionalContainer(hint_window, ~is_done & has_hint),
    ]


def _indent_lines(lines: Iterable[str]) -> str:
    return "\n".join(f" {line}" for line in lines)


def _count_columns() -> int:
    """Return how many columns a line below a field has."""
    return get_app().output.get_size().columns - 1


def _format_field_error() -> str:
    error = get_app().current_buffer.validation_error
    return error.message if error else ""


def _make_room_for_names() -> Dimension:
    """Return the height of a field: the names that are offered stand between it and its hint."""
    state = get_app().current_buffer.complete_state
    if state is None or get_app().is_done:
        return Dimension()
    return Dimension(min=1 + min(len(state.completions), _MOST_NAMES_IN_SIGHT))
