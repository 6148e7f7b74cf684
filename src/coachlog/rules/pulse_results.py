"""What replies to a pulse add up to, and the rule that keeps a single one from being seen."""

import re
from collections.abc import Iterable, Sequence

from coachlog.errors import Invalid
from coachlog.model.pulse import Answers, Counts, Given
from coachlog.text import clean, fold, short

VALUES = range(1, 6)
LOW, HIGH = "not at all", "fully"
"""What 1 and 5 mean."""

NEEDED = 5
"""How many replies have to wait together before they are taken into the results."""

STATEMENTS = (
    "When my manager says something will be done, I can rely on it.",
    "My manager keeps the rules that are set for all of us.",
)
LONGEST = 200
"""Characters of a statement, at most."""


def slip(typed: str) -> Answers:
    """Return what a paper slip says, typed as two numbers; `Invalid` if it is not two of 1 to 5."""
    said = re.fullmatch(r"\s*([1-5])[\s,;/-]*([1-5])\s*", clean(typed))
    if said is None:
        raise Invalid(
            f"“{short(typed, 40)}” is no paper slip. Nothing was added.",
            'A slip has two numbers from 1 to 5, the first statement\'s first: --paper "4 5"',
        )
    return int(said[1]), int(said[2])


def statements(given: Sequence[str]) -> tuple[str, ...]:
    """Return the two statements of a new pulse, the usual ones if none are given.

    `Invalid` if they are not two different ones of 1 to 200 characters.
    """
    if not given:
        return STATEMENTS
    if len(given) != len(STATEMENTS):
        were = "was" if len(given) == 1 else "were"
        raise Invalid(
            f"A pulse has two statements; {len(given)} {were} given.",
            "Give --statement twice, or not at all for the usual two.",
        )
    for number, words in enumerate(given, start=1):
        if not words:
            raise Invalid(f"Statement {number} is empty.")
        if len(words) > LONGEST:
            raise Invalid(f"Statement {number} has {len(words)} characters; {LONGEST} fit.")
    if fold(given[0]) == fold(given[1]):
        raise Invalid("Both statements are the same.")
    return tuple(given)


def nothing() -> Counts:
    """Return the counts of a pulse that nobody has replied to."""
    none: Given = ((0,) * len(VALUES),) * len(STATEMENTS)
    return Counts(none, none)


def take(counts: Counts, replies: Iterable[Answers]) -> Counts:
    """Return the counts with more replies, which wait until five or more wait together.

    Then all of them are taken into the results at once. So every result is of five replies or
    more, and differs from the one before it by five or more: nobody's reply is the difference.
    """
    waiting = [list(values) for values in counts.waiting]
    for answers in replies:
        for values, answer in zip(waiting, answers, strict=True):
            values[answer - 1] += 1
    grown = tuple(map(tuple, waiting))
    if sum(grown[0]) < NEEDED:
        return Counts(counts.shown, grown)
    return Counts(tuple(map(_sums, counts.shown, grown)), nothing().waiting)


def _sums(some: Sequence[int], others: Sequence[int]) -> tuple[int, ...]:
    return tuple(map(sum, zip(some, others, strict=True)))


def mean(counts: Sequence[int]) -> float:
    """Return the mean of the values 1 to 5 given so often, to one decimal, halves upwards."""
    total = sum(value * count for value, count in zip(VALUES, counts, strict=True))
    many = sum(counts)
    return (20 * total + many) // (2 * many) / 10


def standing(replies: int, shown: int) -> str:
    """Return in words how many replies came and how many the results are of."""
    if not shown:
        return f"{replies} of {NEEDED} replies needed."
    waiting = replies - shown
    if not waiting:
        return f"The results are of {shown} replies."
    others = "The other waits" if waiting == 1 else f"The other {waiting} wait"
    return (
        f"{replies} replies came; the results are of {shown}. {others} until "
        f"{NEEDED - waiting} more {'is' if NEEDED - waiting == 1 else 'are'} in, "
        "so that nobody's can be worked out."
    )
