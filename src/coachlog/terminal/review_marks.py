"""How promises from last time are marked: the letters, their words, and how a draft keeps them."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from coachlog.interview.keys import KeyFamily, parse_key
from coachlog.model.answers import AnswerValue
from coachlog.model.reviews import ReviewOutcome

if TYPE_CHECKING:
    from coachlog.interview.conversation import Question

OUTCOME_WORDS: Final = {
    ReviewOutcome.DONE: "done",
    ReviewOutcome.MOVED: "moved",
    ReviewOutcome.DROPPED: "dropped",
    ReviewOutcome.OPEN: "still open",
}
OUTCOME_KEYS: Final = {
    "d": ReviewOutcome.DONE,
    "m": ReviewOutcome.MOVED,
    "x": ReviewOutcome.DROPPED,
    "o": ReviewOutcome.OPEN,
}
OUTCOME_HINTS: Final = tuple(
    f"{key}: {OUTCOME_WORDS[outcome]}" for key, outcome in OUTCOME_KEYS.items()
)

_MARK_PATTERN = re.compile(r"(\d+) ([a-z]+)")


def is_outcome_question(question: "Question") -> bool:
    """Return whether a question asks what happened to a promise that came back."""
    key = parse_key(question.key)
    return key.family is KeyFamily.REVIEW and key.field == "outcome"


def format_marks(marks: Mapping[int, ReviewOutcome]) -> str:
    """Return the marks as a draft stores them until Enter: `3 done, 5 moved`; '' for none."""
    return ", ".join(f"{number} {marks[number].value}" for number in sorted(marks))


def parse_marks(text: str) -> dict[int, ReviewOutcome]:
    """Return the marks that a draft stored, by the numbers of their promises."""
    marks = {}
    for number, word in _MARK_PATTERN.findall(text):
        if word in set(ReviewOutcome):
            marks[int(number)] = ReviewOutcome(word)
    return marks


def collect_marks(
    shelved_answers: Mapping[str, AnswerValue],
) -> dict[int, ReviewOutcome]:
    """Return the marks made before: answers put aside by going back, and those of a pause."""
    marks: dict[int, ReviewOutcome] = {}
    paused_marks: dict[int, ReviewOutcome] = {}
    for text, value in shelved_answers.items():
        key = parse_key(text)
        if key.family is KeyFamily.REVIEW and key.field == "outcome":
            if value in set(ReviewOutcome):
                marks[key.number] = ReviewOutcome(str(value))
            else:
                paused_marks |= parse_marks(str(value))
    # Those of a pause are the newest.
    return marks | paused_marks
