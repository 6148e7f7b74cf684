"""An answer in words, as its kind says it; without Rich."""

from coachlog.model import Answer
from coachlog.rules.question_tags import listed
from coachlog.templates.kinds import row_of


def answer_words(answer: Answer) -> str:
    """Return an answer in words: a scale with its end, a date in full, a list with commas."""
    if answer.value is None:
        return ""
    row = row_of(answer.kind)
    if isinstance(answer.value, list):
        return row.joined.join(listed(answer.value))
    return row.said(answer.value, answer.high)
