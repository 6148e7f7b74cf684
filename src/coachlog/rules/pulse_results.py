"""The results of a pulse, and the rule that keeps any single reply from being seen."""

import re
from collections.abc import Iterable, Sequence

from coachlog.errors import InvalidInput
from coachlog.model.pulse import PulseCounts, ReplyValues, ValueCounts
from coachlog.text import clean_text, fold_text, shorten_text

REPLY_VALUES = range(1, 6)
LOW_WORDS, HIGH_WORDS = "not at all", "fully"
"""The meaning of 1 and 5."""

REPLIES_NEEDED = 5
"""How many replies must be waiting before they are added to the results."""

USUAL_STATEMENTS = (
    "When my manager says something will be done, I can rely on it.",
    "My manager sticks to the rules that apply to all of us.",
)
MAX_STATEMENT_LENGTH = 200
"""The limit for a statement, in characters."""


def parse_paper_slip(text: str) -> ReplyValues:
    """Return the answers on a paper slip, typed as two numbers.

    Raises InvalidInput unless there are two numbers from 1 to 5.
    """
    match = re.fullmatch(r"\s*([1-5])[\s,;/-]*([1-5])\s*", clean_text(text))
    if match is None:
        raise InvalidInput(
            f"“{shorten_text(text, 40)}” does not look like a paper slip. Nothing was added.",
            'Type two numbers from 1 to 5, in the order of the statements: --paper "4 5"',
        )
    return int(match[1]), int(match[2])


def validate_statements(statements: Sequence[str]) -> tuple[str, ...]:
    """Return the two statements of a new pulse, or the usual ones if none are given.

    Raises InvalidInput unless they are two different ones of 1 to 200 characters.
    """
    if not statements:
        return USUAL_STATEMENTS
    if len(statements) != len(USUAL_STATEMENTS):
        raise InvalidInput(
            f"A pulse has two statements; you gave {len(statements)}.",
            "Use --statement twice, or leave it out for the usual two.",
        )
    for number, words in enumerate(statements, start=1):
        if not words:
            raise InvalidInput(f"Statement {number} is empty.")
        if len(words) > MAX_STATEMENT_LENGTH:
            raise InvalidInput(
                f"Statement {number} is too long: {len(words)} characters "
                f"(the limit is {MAX_STATEMENT_LENGTH})."
            )
    if fold_text(statements[0]) == fold_text(statements[1]):
        raise InvalidInput("The two statements are the same.")
    return tuple(statements)


def build_empty_counts() -> PulseCounts:
    """Return the counts of a pulse that nobody has replied to."""
    no_answers: ValueCounts = ((0,) * len(REPLY_VALUES),) * len(USUAL_STATEMENTS)
    return PulseCounts(result_counts=no_answers, waiting_counts=no_answers)


def take_pulse_replies(
    counts: PulseCounts, replies: Iterable[ReplyValues]
) -> PulseCounts:
    """Return the counts with more replies, which wait until at least five are waiting.

    Then all of them are added to the results at once. So the results never cover fewer than five
    replies, and never change by fewer than five: no reply can be worked out from the difference.
    """
    waiting = [list(value_counts) for value_counts in counts.waiting_counts]
    for answers in replies:
        for value_counts, answer in zip(waiting, answers, strict=True):
            value_counts[answer - 1] += 1
    waiting_counts = tuple(tuple(value_counts) for value_counts in waiting)
    if sum(waiting_counts[0]) < REPLIES_NEEDED:
        return counts._replace(waiting_counts=waiting_counts)
    result_counts = []
    for results, additions in zip(counts.result_counts, waiting_counts, strict=True):
        result_counts.append(tuple(map(sum, zip(results, additions, strict=True))))
    return build_empty_counts()._replace(result_counts=tuple(result_counts))


def compute_pulse_mean(counts: Sequence[int]) -> float:
    """Return the mean answer to one decimal, rounded half up, from the counts of 1, 2, 3, 4 and 5.

    Raises ZeroDivisionError if nobody has answered.
    """
    total = sum(
        value * count for value, count in zip(REPLY_VALUES, counts, strict=True)
    )
    answer_count = sum(counts)
    # Whole numbers, as a float such as 2.65 may lie just below the half that it stands for.
    return (20 * total + answer_count) // (2 * answer_count) / 10
