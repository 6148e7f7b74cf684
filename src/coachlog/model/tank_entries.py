"""How full the owner's own tank was, week by week, in a minute alone."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.model.progress import Trend


class TankLevel(NamedTuple):
    """How full the tank was on a day, from 1 to 10."""

    on: date
    value: int


class TankEntry(NamedTuple):
    """One week's minute: how full the tank was, what drained and what filled it, one small thing.

    What was skipped is None. `session` is the number of the conversation that it is on record as.
    """

    session: int
    on: date
    value: int | None = None
    drained: str | None = None
    filled: str | None = None
    small_thing: str | None = None


class TankView(NamedTuple):
    """The owner's entries, the oldest first, and the trend of their values, None without any.

    `has_low_weeks` says that the last three weeks were low, and `help` whom the settings name then.
    """

    entries: tuple[TankEntry, ...] = ()
    trend: "Trend | None" = None
    has_low_weeks: bool = False
    help: str | None = None
    since: date | None = None


class TankReminder(NamedTuple):
    """When the last entry was made, and how many days ago that is."""

    last_on: date
    days: int
