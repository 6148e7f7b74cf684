"""The pulse: two statements for the team, and the replies taken together.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date
from typing import NamedTuple

ReplyValues = tuple[int, int]
"""The answers of one reply to the two statements, each from 1 (not at all) to 5 (fully)."""

ValueCounts = tuple[tuple[int, ...], ...]
"""For each statement, how often the answer was 1, 2, 3, 4 and 5."""


class PulseKey(NamedTuple):
    """The key with which the codes of one pulse are made and checked."""

    pulse: int
    tag: str
    secret: str


class Reply(NamedTuple):
    """One reply, read from its code; `nonce` tells it from every other reply to that pulse."""

    pulse: int
    nonce: str
    answers: ReplyValues


class PulseCounts(NamedTuple):
    """How often each answer was given: in the results, and in the replies still held back."""

    result_counts: ValueCounts
    waiting_counts: ValueCounts


class StatementResult(NamedTuple):
    """The results of one statement; `before` is its mean in the previous pulse."""

    statement: str
    mean: float
    counts: tuple[int, ...]
    before: float | None = None


class Pulse(NamedTuple):
    """Two statements and how they were answered: never a single reply, nor when one arrived.

    `replies` is how many have arrived, `shown` how many of them the results cover; `results` is
    None until there are enough. `compared` is the number of the pulse that `before` comes from.
    """

    id: int
    uid: str
    made_on: date
    statements: tuple[str, ...]
    replies: int = 0
    shown: int = 0
    results: tuple[StatementResult, ...] | None = None
    compared: int | None = None
