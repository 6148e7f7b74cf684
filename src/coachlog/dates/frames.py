"""From which day, and in which direction, words without a full date are counted."""

from datetime import date

from coachlog.named_tuples import NamedTuple


class Frame(NamedTuple):
    """How words without a full date are read.

    A weekday or a day of the month is the next one to come if `ahead`, else the last one past. A
    week or a month stands for its first day if `at_start`, else for its last one.
    """

    today: date
    ahead: bool
    at_start: bool

    def has_on_its_side(self, day: date) -> bool:
        """Return whether a day is on the side of today that the frame looks to, or today."""
        if self.ahead:
            return day >= self.today
        return day <= self.today

    @property
    def direction(self) -> int:
        """Return 1 for a frame that looks ahead, and -1 for one that looks back."""
        return 1 if self.ahead else -1
