"""The results of a workshop: how useful it was, which themes people took up, and who will try."""

import re
from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.replies import ReplyValues, ValueCounts
from coachlog.model.workshops import WorkshopResults
from coachlog.rules.reply_counts import (
    REPLIES_NEEDED,
    REPLY_VALUES,
    compute_reply_mean,
    count_bands,
    needs_bands,
)
from coachlog.text import clean_text, shorten_text

LEAST_USEFUL, MOST_USEFUL = "not at all", "very"
"""The meaning of 1 and 5."""

USEFUL_QUESTION = "How useful was today for your work?"
THEME_QUESTION = "Which theme will you take back to work?"
TRY_QUESTION = "Will you try something of it within a week?"
TRY_ANSWERS = ("yes", "no")

SLIP_EXAMPLE = "4\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}yes"
"""What is typed for a paper slip, which no end of a row takes apart."""

_SLIP = re.compile(
    r"[\s,;/]*(\d{1,3})[\s,;/]+(\d{1,3})[\s,;/]+(yes|no|y|n)\b[\s,;/]*", re.IGNORECASE
)
"""What is on a paper slip: no code is as short."""
_SLIP_WORD = re.compile(r"\d{1,2}|yes|no|y|n", re.IGNORECASE)
_LONGEST_SLIP_WORD = 6


def count_workshop_choices(theme_count: int) -> tuple[int, int, int]:
    """Return how many choices the three questions of a workshop with so many themes have."""
    return len(REPLY_VALUES), theme_count, len(TRY_ANSWERS)


def find_workshop_slips(row: str) -> list[str]:
    """Return the paper slips in a row; the row itself if it is no slip, and no code either."""
    slips = []
    end = 0
    while match := _SLIP.match(row, end):
        slips.append(match[0].strip())
        end = match.end()
    if slips and end == len(row):
        return slips
    words = re.split(r"[\s,;/]+", row.strip())
    is_short = all(len(word) <= _LONGEST_SLIP_WORD for word in words)
    has_slip_word = any(map(_SLIP_WORD.fullmatch, words))
    return [row.strip()] if is_short and has_slip_word else []


def parse_workshop_slip(text: str, theme_count: int) -> ReplyValues:
    """Return the answers on a paper slip: `4 2 yes`.

    Raises InvalidInput unless they are a number from 1 to 5, that of a theme, and yes or no.
    """
    match = _SLIP.fullmatch(clean_text(text))
    if match is not None:
        useful, theme = int(match[1]), int(match[2])
        if useful in REPLY_VALUES and 1 <= theme <= theme_count:
            return useful, theme, 1 if match[3].casefold().startswith("y") else 2
    raise InvalidInput(
        f"“{shorten_text(text, 40)}” does not look like a paper slip: how useful (1 to 5), the "
        f"number of the theme (1 to {theme_count}), and yes or no. Nothing was added.",
        f"Type them as: {SLIP_EXAMPLE}",
    )


def build_workshop_results(counts: ValueCounts) -> WorkshopResults:
    """Return what replies say together, from how often each answer to each question was given."""
    usefulness, themes, will_try = counts
    exact_counts, mean = None, None
    if not needs_bands(usefulness):
        exact_counts, mean = tuple(usefulness), compute_reply_mean(usefulness)
    return WorkshopResults(
        usefulness_bands=count_bands(usefulness),
        usefulness_counts=exact_counts,
        usefulness_mean=mean,
        theme_counts=hide_small_counts(themes),
        will_try=will_try[0],
    )


def hide_small_counts(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return counts as they may be shown, None for what is hidden: fewer than five.

    Where that would hide one alone, the next smallest is hidden too, as the one alone could be
    worked out from the number of replies.
    """
    if len(counts) == 1:
        return tuple(counts)
    places = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    hidden_count = sum(count < REPLIES_NEEDED for count in counts)
    if hidden_count == 1:
        hidden_count = 2
    hidden_places = places[:hidden_count]
    return tuple(
        None if place in hidden_places else count for place, count in enumerate(counts)
    )
