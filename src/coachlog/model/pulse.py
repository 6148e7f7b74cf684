"""The pulse: two statements for the team, and the replies taken together.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date
from enum import StrEnum

from coachlog.model.replies import BandCounts
from coachlog.named_tuples import NamedTuple


class PulseChange(StrEnum):
    """How the replies to a statement differ from those in an earlier pulse."""

    HIGHER = "higher"
    LOWER = "lower"
    APART = "apart"
    TOGETHER = "together"
    UNCLEAR = "unclear"


class StatementResult(NamedTuple):
    """The results of one statement: always in bands, and number by number only where that is safe.

    `counts` and `mean` are None where only the bands are known to anyone. `before` and
    `before_bands` are those of the earlier pulse it is compared with, if there is one.
    """

    statement: str
    mean: float | None
    counts: tuple[int, ...] | None
    before: float | None
    bands: BandCounts
    before_bands: BandCounts | None
    change: PulseChange | None


class Pulse(NamedTuple):
    """Two statements and how they were answered: never a single reply, nor when one arrived.

    `replies` is how many have arrived, `shown` how many of them the results cover; `results` is
    None until there are enough. `compared` is the number of the pulse that `before` comes from, and
    `compared_shown` how many replies its results cover. `team_size` is how many people were asked,
    None where that was not given; `response_rate` is the share of them who replied, from 0 to 1.
    """

    id: int
    uid: str
    made_on: date
    statements: tuple[str, ...]
    replies: int = 0
    shown: int = 0
    results: tuple[StatementResult, ...] | None = None
    compared: int | None = None
    tag: str = ""
    team_size: int | None = None
    response_rate: float | None = None
    compared_shown: int | None = None
