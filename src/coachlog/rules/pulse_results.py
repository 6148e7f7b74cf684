"""The results of a pulse: its statements, the size of its team, and how replies changed."""

import re
from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.pulse import PulseChange, StatementResult
from coachlog.model.replies import BandCounts, ReplyCounts, ReplyValues
from coachlog.rules.chance import Z_97_5, compare_shares
from coachlog.rules.reply_counts import (
    REPLIES_NEEDED,
    REPLY_VALUES,
    build_empty_counts,
    compute_reply_mean,
    count_bands,
    needs_bands,
)
from coachlog.text import clean_text, fold_text, shorten_text

LOW_WORDS, HIGH_WORDS = "not at all", "fully"
"""The meaning of 1 and 5."""

LARGEST_TEAM = 10_000

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


def validate_team_size(team_size: int | None) -> int | None:
    """Return how many people will be asked, None where that is not known.

    Raises InvalidInput for a team too small for any results, or larger than anyone's.
    """
    if team_size is None:
        return None
    if team_size < REPLIES_NEEDED:
        raise InvalidInput(
            f"A team of {team_size} is too small for a pulse: there are results only once "
            f"{REPLIES_NEEDED} people have replied. Nothing was changed.",
            "Ask people from outside the team as well, and count them in --team.",
        )
    if team_size > LARGEST_TEAM:
        raise InvalidInput(
            f"A team of {team_size} is too large: the limit is {LARGEST_TEAM}. "
            "Nothing was changed.",
            "--team is how many people you will ask.",
        )
    return team_size


def parse_team_size(text: str) -> int | None:
    """Return how many people a typed number says will be asked, None for no text.

    Raises InvalidInput if it is not a number, or as `validate_team_size`.
    """
    words = clean_text(text).strip()
    if not words:
        return None
    if not (words.isascii() and words.isdigit()):
        raise InvalidInput(f"“{shorten_text(words, 40)}” is not a whole number.")
    # So many digits are too many people in any case, and Python refuses to read thousands.
    return validate_team_size(int(words[:10]))


def has_reply_surplus(replies: int, team_size: int | None) -> bool:
    """Return whether there are more replies than people asked: some were counted twice."""
    return team_size is not None and replies > team_size


def compute_response_rate(replies: int, team_size: int | None) -> float | None:
    """Return the share of a team that has replied, from 0 to 1.

    None where the size is not known, or cannot be right because there are more replies than people.
    """
    if team_size is None or has_reply_surplus(replies, team_size):
        return None
    return replies / team_size


def build_pulse_counts() -> ReplyCounts:
    """Return the counts of a pulse that nobody has replied to."""
    return build_empty_counts((len(REPLY_VALUES),) * len(USUAL_STATEMENTS))


def build_statement_result(
    statement: str, counts: Sequence[int], earlier: StatementResult | None = None
) -> StatementResult:
    """Return the results of a statement, compared with those of an earlier pulse if there are any.

    `counts` holds how often the answer was 1, 2, 3, 4 and 5. Raises ZeroDivisionError if nobody has
    answered.
    """
    bands = count_bands(counts)
    mean, exact_counts = None, None
    if not needs_bands(counts):
        mean, exact_counts = compute_reply_mean(counts), tuple(counts)
    before, before_bands, change = None, None, None
    if earlier is not None:
        before, before_bands = earlier.mean, earlier.bands
        change = judge_pulse_change(bands, before_bands)
    return StatementResult(
        statement, mean, exact_counts, before, bands, before_bands, change
    )


def judge_pulse_change(bands: BandCounts, before: BandCounts) -> PulseChange:
    """Return how replies differ from earlier ones: unclear unless an end of the scale changed.

    An end (1-2, 4-5) changed if Newcombe's interval of the difference leaves out 0. As there are
    two ends, each is judged at 97.5 %: with 95 % each, teams that had not changed at all would be
    clearly different in up to 14 of 100 comparisons, so in up to 6.
    """
    low, high = (
        compare_shares(bands[end], sum(bands), before[end], sum(before), Z_97_5)
        for end in (0, -1)
    )
    if low == high == 0:
        return PulseChange.UNCLEAR
    if high > low:
        return PulseChange.HIGHER
    if high < low:
        return PulseChange.LOWER
    if high > 0:
        return PulseChange.APART
    return PulseChange.TOGETHER
