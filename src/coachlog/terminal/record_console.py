"""The console for those who hear what is printed."""

from shutil import get_terminal_size

from rich.console import Console, ConsoleDimensions

from coachlog.screens.columns import ReadAloud
from coachlog.screens.widths import LEAST_TABLE_WIDTH


class RecordConsole(ReadAloud, Console):
    """A console on which every table comes as records.

    It is as wide as a narrow window, where one thing stands below the other.
    """

    @property  # type: ignore[misc]  # nobody sets it
    def size(self) -> ConsoleDimensions:
        """Return the size of the window, of which some columns may not be used."""
        # Rich takes a terminal that cannot move its cursor for one of 80 columns.
        columns, lines = get_terminal_size()
        return ConsoleDimensions(min(columns, LEAST_TABLE_WIDTH - 1), lines)
