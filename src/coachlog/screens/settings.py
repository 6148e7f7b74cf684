"""The owner's settings as a table: what each is now, where that comes from, and what it may be."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from coachlog.model.settings import SettingState
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end

_INDENT = "  "


def render_settings(states: Sequence[SettingState], width: int) -> Columns:
    """Return settings one per row; below those for the same use, what that is and may be.

    In a pipe that is a column of its own.
    """
    if has_no_end(width):
        return _build_settings_table(states)
    table = Columns("setting", "value", "from", wide="value")
    for words, group in groupby(states, _describe_use):
        for state in group:
            table.add_row(state.key, _format_value(state), Text(state.source))
        for line in _wrap_words(words, width - len(_INDENT)):
            table.add_line(Text(f"{_INDENT}{line}", style=styling.QUIET))
    return table


def _build_settings_table(states: Sequence[SettingState]) -> Columns:
    table = Columns("setting", "value", "from", "what it is and may be")
    for state in states:
        table.add_row(
            state.key, _format_value(state), state.source, _describe_use(state)
        )
    return table


def _describe_use(state: SettingState) -> str:
    return f"{state.help} {state.choices}."


def _wrap_words(words: str, width: int) -> Iterator[str]:
    from textwrap import wrap

    yield from wrap(words, max(width, 1), break_on_hyphens=False)


def _format_value(state: SettingState) -> Text:
    value = state.value
    if isinstance(value, bool):
        value = "on" if value else "off"
    style = "" if state.value == state.default else "bold"
    return styling.format_typed_words(value, style)
