"""What `doctor` found: one thing after the other, what is wrong first, each with its mend."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from rich.text import Text

from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.widths import has_no_end

_HEADINGS = {
    CheckState.WRONG: "Wrong",
    CheckState.CAUTION: "Worth a look",
    CheckState.UNKNOWN: "Not known",
    CheckState.MENDED: "Mended",
    CheckState.FINE: "In order",
}
_STYLES = {CheckState.WRONG: styling.BAD, CheckState.CAUTION: styling.SOON}


def render_diagnoses(diagnoses: Sequence[Diagnosis], home: str, width: int) -> Columns:
    """Return a row for each thing, below a heading for its state; in a pipe that is a column.

    `home` is the folder that was looked at.
    """
    if has_no_end(width):
        return _build_diagnosis_table(diagnoses)
    table = Columns("", "", wide="")
    table.add_line(styling.format_typed_words(home, styling.QUIET))
    for state, group in groupby(diagnoses, attrgetter("state")):
        table.add_line(Text(""))
        table.add_line(styling.format_heading(_HEADINGS[state]))
        for diagnosis in group:
            about = Text(f"  {diagnosis.about}", style=_STYLES.get(state, ""))
            table.add_row(about, _format_words(diagnosis))
    return table


def _format_words(diagnosis: Diagnosis) -> Text:
    words = styling.format_typed_words(diagnosis.words)
    if diagnosis.mend:
        words.append("\n").append_text(
            styling.format_typed_words(diagnosis.mend, styling.QUIET)
        )
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
