"""Replies to a survey taken together, and the rules that keep a look from showing a single one.

They protect from a look. Whoever sets out to read a reply can: its code is not encrypted, and two
copies of a home that differ in one reply give it away (docs/privacy.md).
"""

from collections.abc import Iterable, Sequence

from coachlog.model.replies import BandCounts, ReplyCounts, ReplyValues

REPLY_VALUES = range(1, 6)
"""The answers to a question that is answered by a number."""

REPLIES_NEEDED = 5
"""How many replies must be waiting before they are added to the results."""

EXACT_REPLIES = 10
"""How many replies it takes to show more than bands."""

BAND_NAMES = ("1-2", "3", "4-5")


def build_empty_counts(choices: Sequence[int]) -> ReplyCounts:
    """Return the counts of questions with so many choices that nobody has replied to."""
    no_answers = tuple((0,) * choice_count for choice_count in choices)
    return ReplyCounts(result_counts=no_answers, waiting_counts=no_answers)


def take_replies(counts: ReplyCounts, replies: Iterable[ReplyValues]) -> ReplyCounts:
    """Return the counts with more replies, which wait until at least five are waiting.

    Then all of them are added to the results at once. So the results never cover fewer than five
    replies, and never change by fewer than five: two looks do not differ by a single reply.
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
    empty_counts = build_empty_counts([len(group) for group in waiting])
    return empty_counts._replace(result_counts=tuple(result_counts))


def needs_bands(counts: Sequence[int]) -> bool:
    """Return whether answers from 1 to 5 may be shown in bands only.

    With few replies a number can be put to a name, and where all are alike it needs no guessing.
    """
    used_values = [count for count in counts if count]
    return sum(counts) < EXACT_REPLIES or len(used_values) == 1


def count_bands(counts: Sequence[int]) -> BandCounts:
    """Return how many answers were 1 or 2, 3, and 4 or 5, from the counts of each value."""
    ones, twos, threes, fours, fives = counts
    return ones + twos, threes, fours + fives


def compute_reply_mean(counts: Sequence[int]) -> float:
    """Return the mean answer to one decimal, rounded half up, from the counts of 1, 2, 3, 4 and 5.

    Raises ZeroDivisionError if nobody has answered.
    """
    total = sum(
        value * count for value, count in zip(REPLY_VALUES, counts, strict=True)
    )
    answer_count = sum(counts)
    # Whole numbers, as a float such as 2.65 may lie just below the half that it stands for.
    return (20 * total + answer_count) // (2 * answer_count) / 10
