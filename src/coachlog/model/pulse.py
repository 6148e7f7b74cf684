"""The pulse: two statements for the team, and what the replies say together.

Apart from the rest, because every command pays for making a class.
"""

from datetime import date
from typing import NamedTuple

ReplyValues = tuple[int, int]
"""What one reply says to the two statements, 1 (not at all) to 5 (fully) each."""

ValueCounts = tuple[tuple[int, ...], ...]
"""For each statement, how often 1, 2, 3, 4 and 5 were given."""


class PulseKey(NamedTuple):
    """What the codes of one pulse are made and checked with."""

    pulse: int
    tag: str
    secret: str


class Reply(NamedTuple):
    """One reply as its code gives it; `nonce` tells it from every other reply to that pulse."""

    pulse: int
    nonce: str
    answers: ReplyValues


class PulseCounts(NamedTuple):
    """How often each value was given: in the results, and in replies that still wait."""

    result_counts: ValueCounts
    waiting_counts: ValueCounts


class StatementResult(NamedTuple):
    """What the replies say of one statement; `before` is the mean of the pulse before."""

    statement: str
    mean: float
    counts: tuple[int, ...]
    before: float | None = None


class Pulse(NamedTuple):
    """Two statements and how they were answered; never one reply, never when one came.

    `replies` is how many came, `shown` how many of them the results are of; `results` is None
    until there are enough. `compared` is the number of the pulse that `before` is of.
    """

    id: int
    uid: str
    made_on: date
    statements: tuple[str, ...]
    replies: int = 0
    shown: int = 0
    results: tuple[StatementResult, ...] | None = None
    compared: int | None = None
