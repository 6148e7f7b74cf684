"""What can be taken back, as a list."""

from collections.abc import Sequence
from datetime import datetime

from coachlog import dates
from coachlog.model.undo import UndoEntry
from coachlog.phrasing.undo_entries import describe_undo_entry
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text


def render_undo_entries(entries: Sequence[UndoEntry], now: datetime) -> Columns:
    """Return entries one per row, with the local time of each; what was taken back says so."""
    table = Columns("when", "change", "", wide="change")
    for entry in entries:
        at = entry.at.astimezone(now.tzinfo)
        when = f"{dates.format_short_day(at.date(), now.date())} {at:%H:%M}"
        words = styling.format_typed_words(describe_undo_entry(entry))
        state = "taken back" if entry.taken_back else ""
        table.add_row(
            Text(when, style=styling.QUIET), words, Text(state, style=styling.SOON)
        )
    return table
