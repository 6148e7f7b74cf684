"""What replies to a pulse add up to, and the rule that keeps a single one from being seen."""

import re
from collections.abc import Iterable, Sequence

from coachlog.errors import InvalidInput
from coachlog.model.pulse import PulseCounts, ReplyValues, ValueCounts
from coachlog.text import clean_text, fold_text, shorten_text

REPLY_VALUES = range(1, 6)
LOW_WORDS, HIGH_WORDS = "not at all", "fully"
"""What 1 and 5 mean."""

REPLIES_NEEDED = 5
"""How many replies have to wait together before they are taken into the results."""

USUAL_STATEMENTS = (
    "When my manager says something will be done, I can rely on it.",
    "My manager keeps the rules that are set for all of us.",
)
MAX_STATEMENT_LENGTH = 200
"""Characters of a statement, at most."""


def parse_paper_slip(text: str) -> ReplyValues:
    """Return what a paper slip says, typed as two numbers; `Invalid` if it is not two of 1 to 5."""
    said = re.fullmatch(r"\s*([1-5])[\s,;/-]*([1-5])\s*", clean_text(text))
    if said is None:
        raise InvalidInput(
            f"“{shorten_text(text, 40)}” is no paper slip. Nothing was added.",
            'A slip has two numbers from 1 to 5, the first statement\'s first: --paper "4 5"',
        )
    return int(said[1]), int(said[2])


def validate_statements(statements: Sequence[str]) -> tuple[str, ...]:
    """Return the two statements of a new pulse, the usual ones if none are given.

    `Invalid` if they are not two different ones of 1 to 200 characters.
    """
    if not statements:
        return USUAL_STATEMENTS
    if len(statements) != len(USUAL_STATEMENTS):
        were = "was" if len(statements) == 1 else "were"
        raise InvalidInput(
            f"A pulse has two statements; {len(statements)} {were} given.",
            "Give --statement twice, or not at all for the usual two.",
        )
    for number, words in enumerate(statements, start=1):
        if not words:
            raise InvalidInput(f"Statement {number} is empty.")
        if len(words) > MAX_STATEMENT_LENGTH:
            raise InvalidInput(
                f"Statement {number} has {len(words)} characters; {MAX_STATEMENT_LENGTH} fit."
            )
    if fold_text(statements[0]) == fold_text(statements[1]):
        raise InvalidInput("Both statements are the same.")
    return tuple(statements)


def build_empty_counts() -> PulseCounts:
    """Return the counts of a pulse that nobody has replied to."""
    none: ValueCounts = ((0,) * len(REPLY_VALUES),) * len(USUAL_STATEMENTS)
    return PulseCounts(none, none)


def take_pulse_replies(counts: PulseCounts, replies: Iterable[ReplyValues]) -> PulseCounts:
    """Return the counts with more replies, which wait until five or more wait together.

    Then all of them are taken into the results at once. So every result is of five replies or
    more, and differs from the one before it by five or more: nobody's reply is the difference.
    """
    waiting = [list(values) for values in counts.waiting_counts]
    for answers in replies:
        for values, answer in zip(waiting, answers, strict=True):
            values[answer - 1] += 1
    grown = tuple(map(tuple, waiting))
    if sum(grown[0]) < REPLIES_NEEDED:
        return PulseCounts(counts.result_counts, grown)
    return PulseCounts(
        tuple(map(_add_value_counts, counts.result_counts, grown)),
        build_empty_counts().waiting_counts,
    )


def _add_value_counts(counts: Sequence[int], other_counts: Sequence[int]) -> tuple[int, ...]:
    return tuple(map(sum, zip(counts, other_counts, strict=True)))


def compute_pulse_mean(counts: Sequence[int]) -> float:
    """Return the mean of the values 1 to 5 given so often, to one decimal, halves upwards."""
    total = sum(value * count for value, count in zip(REPLY_VALUES, counts, strict=True))
    many = sum(counts)
    return (20 * total + many) // (2 * many) / 10


def describe_pulse_standing(replies: int, result_replies: int) -> str:
    """Return in words how many replies came and how many the results are of."""
    if not result_replies:
        return f"{replies} of {REPLIES_NEEDED} replies needed."
    waiting = replies - result_replies
    if not waiting:
        return f"The results are of {result_replies} replies."
    others = "The other waits" if waiting == 1 else f"The other {waiting} wait"
    return (
        f"{replies} replies came; the results are of {result_replies}. {others} until "
        f"{REPLIES_NEEDED - waiting} more {'is' if REPLIES_NEEDED - waiting == 1 else 'are'} in, "
        "so that nobody's can be worked out."
    )
