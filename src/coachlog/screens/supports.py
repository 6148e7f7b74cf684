"""Who supports which promise, and how."""

from collections.abc import Sequence

from coachlog.model.supports import Support
from coachlog.screens import styling
from coachlog.screens.columns import COLUMN_GAP, Columns
from coachlog.screens.texts import Text
from coachlog.text import clean_line, shorten_text

_LEAST_PROMISE = 50
"""So many characters of a promise are shown, even if the row then takes two lines."""


def render_supports(supports: Sequence[Support], width: int) -> Columns:
    """Return the support for promises one per row: the number, who gives what, and for what.

    A long promise is cut, but not where there is room for more of it in the row.
    """
    table = Columns("", "")
    number_width = max(len(str(support.action)) for support in supports)
    row_width = width - number_width - COLUMN_GAP
    for support in supports:
        words = Text()
        if support.giver:
            name = "you" if support.giver == "me" else clean_line(support.giver)
            words.append(name, style="bold")
        if support.giver and support.words:
            words.append(": ")
        words.append(clean_line(support.words))
        room = row_width - words.cell_len - len(" ()")
        promise = shorten_text(support.what, max(room, _LEAST_PROMISE))
        words.append(f" ({promise})", style=styling.QUIET)
        table.add_row(f"{support.action:>{number_width}}", words)
    return table
