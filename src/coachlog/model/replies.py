"""Replies without a name to a survey, which is a pulse or the sheet of a workshop.

In a module of its own because every command would pay for creating these classes.
"""

from coachlog.named_tuples import NamedTuple

ReplyValues = tuple[int, ...]
"""The answers of one reply, each from 1 to the number of choices of its question."""

ValueCounts = tuple[tuple[int, ...], ...]
"""For each question, how often each of its choices was taken, from 1 on."""

BandCounts = tuple[int, int, int]
"""How many replies gave one question 1 or 2, how many 3, and how many 4 or 5."""


class ReplyKey(NamedTuple):
    """The key with which the codes of one survey are made and checked.

    `choices` has the number of choices of each question.
    """

    survey: int
    tag: str
    secret: str
    choices: tuple[int, ...] = (5, 5)


class Reply(NamedTuple):
    """One reply, read from its code; `nonce` tells it from every other reply to that survey."""

    survey: int
    nonce: str
    answers: ReplyValues


class ReplyCounts(NamedTuple):
    """How often each answer was given: in the results, and in the replies still held back."""

    result_counts: ValueCounts
    waiting_counts: ValueCounts
