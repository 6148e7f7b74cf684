"""What `doctor` found: one thing after the other, what is wrong first, each with its mend."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.screens import styling
from coachlog.screens.columns import COLUMN_GAP, Columns
from coachlog.screens.texts import Text
from coachlog.screens.widths import count_screen_cells, has_no_end

_HEADINGS = {
    CheckState.WRONG: "Wrong",
    CheckState.CAUTION: "Worth a look",
    CheckState.UNKNOWN: "Not known",
    CheckState.MENDED: "Mended",
    CheckState.FINE: "In order",
}
_INDENT = "  "
_COMMAND_START = re.compile(r"(?<=:) (?=(?:coachlog|pipx|chmod|sudo) )")
_STYLES = {CheckState.WRONG: styling.BAD, CheckState.CAUTION: styling.SOON}


def render_diagnoses(diagnoses: Sequence[Diagnosis], home: str, width: int) -> Columns:
    """Return a row for each thing, below a heading for its state; in a pipe that is a column.

    `home` is the folder that was looked at.
    """
    if has_no_end(width):
        return _build_diagnosis_table(diagnoses)
    widest_about = max((len(diagnosis.about) for diagnosis in diagnoses), default=0)
    room = width - len(_INDENT) - widest_about - COLUMN_GAP
    is_stacked = _measure_longest_piece(diagnoses) > room
    if is_stacked:
        room = width - len(_INDENT) - COLUMN_GAP
    table = Columns("", "", wide="")
    table.add_line(styling.format_typed_words(home, styling.QUIET))
    for state, group in groupby(diagnoses, attrgetter("state")):
        table.add_line(Text(""))
        table.add_line(styling.format_heading(_HEADINGS[state]))
        for diagnosis in group:
            about = Text(f"{_INDENT}{diagnosis.about}", style=_STYLES.get(state, ""))
            if is_stacked:
                table.add_line(about)
                about = Text(_INDENT)
            table.add_row(about, _format_words(diagnosis, room))
    return table


def _measure_longest_piece(diagnoses: Sequence[Diagnosis]) -> int:
    """Return the cells of the longest path or command, which are to be copied whole."""
    pieces = [
        piece
        for diagnosis in diagnoses
        for piece in (*diagnosis.words.split(), *_split_mend(diagnosis)[1:])
    ]
    return max(map(count_screen_cells, pieces), default=0)


def _split_mend(diagnosis: Diagnosis) -> list[str]:
    """Return what to do, and the command that it ends with, if it does."""
    return _COMMAND_START.split(diagnosis.mend or "", maxsplit=1)


def _format_words(diagnosis: Diagnosis, room: int) -> Text:
    """Return what was found and what to do; a command that would be broken has its own line."""
    words = styling.format_typed_words(diagnosis.words)
    mend = diagnosis.mend or ""
    if count_screen_cells(mend) > room:
        mend = "\n".join(_split_mend(diagnosis))
    for line in filter(None, mend.split("\n")):
        words.append("\n").append_text(styling.format_typed_words(line, styling.QUIET))
    return words


def _build_diagnosis_table(diagnoses: Sequence[Diagnosis]) -> Columns:
    table = Columns("state", "about", "what was found", "what to do")
    for diagnosis in diagnoses:
        table.add_row(
            diagnosis.state.value,
            diagnosis.about,
            styling.format_typed_words(diagnosis.words),
            styling.format_typed_words(diagnosis.mend),
        )
    return table
