"""Days on which people were spoken to, as a list."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.encounters import Encounter
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text
from coachlog.text import clean_line


def render_encounters(encounters: Sequence[Encounter], today: date) -> Columns:
    """Return encounters one per row, with the numbers that remove them."""
    table = Columns("#", "spoken to", "on", right=("#",), wide="spoken to")
    for encounter in encounters:
        name = encounter.person.name if encounter.person else ""
        day = Text(dates.format_short_day(encounter.on, today), style=styling.QUIET)
        table.add_row(
            str(encounter.id), styling.format_typed_words(clean_line(name)), day
        )
    return table
