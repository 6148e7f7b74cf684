"""Questions that someone asked in a meeting: what kind each may be, and how it is shown."""

import re

from coachlog.model import AskedQuestion
from coachlog.wording import (
    CLOSED_PATTERN,
    LEADING_PATTERN,
    PREPOSITION_PATTERN,
    QUESTION_WORD_PATTERN,
)

QUESTION_TAGS = ("open", "closed", "leading")
"""What a question that someone asked can be; nobody but a person ever decides which."""

OPEN_PATTERN = (
    rf"\W*(?:(?:so|and|but|now|then|well|ok),? )?{PREPOSITION_PATTERN}{QUESTION_WORD_PATTERN}\b"
)


def propose_question_tag(question: str) -> tuple[str, str] | None:
    """Return the tag that simple rules propose for a question, and why; None if none fits.

    The rules, in this order: it holds its own answer (`because`, `don't you think`): leading; it
    begins with a verb: closed; it begins with what, how, who, when, where, which or why: open.
    """
    if found := re.search(LEADING_PATTERN, question, re.IGNORECASE):
        return "leading", f"it says “{found[0].strip().lower()}”"
    if found := re.match(CLOSED_PATTERN, question, re.IGNORECASE):
        return "closed", "it begins with a verb"
    if found := re.match(OPEN_PATTERN, question, re.IGNORECASE):
        return "open", f"it asks “{found[0].split()[-1].lower()}”"
    return None


def format_asked_question(question: AskedQuestion) -> str:
    """Return a question that someone asked, as one line: `Ben: What did you see? (open)`."""
    by = f"{question['by']}: " if question.get("by") else ""
    tag = f" ({question['tag']})" if question.get("tag") else ""
    return f"{by}{question['question']}{tag}"


def format_answer_entries(entries: list[str] | list[AskedQuestion]) -> list[str]:
    """Return each entry of an answer that is a list, as one line."""
    return [format_asked_question(one) if isinstance(one, dict) else one for one in entries]
