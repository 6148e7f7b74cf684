"""Questions that were asked in a meeting: which kind each may be, and how it is written."""

import re

from coachlog.model.answers import AskedQuestion
from coachlog.wording import (
    CLOSED_PATTERN,
    LEADING_PATTERN,
    PREPOSITION_PATTERN,
    QUESTION_WORD_PATTERN,
)

QUESTION_TAGS = ("open", "closed", "leading")
"""The kinds of question; coachlog may propose one, but only a person decides."""

OPEN_PATTERN = (
    r"\W*(?:(?:so|and|but|now|then|well|ok),? )?"
    rf"{PREPOSITION_PATTERN}{QUESTION_WORD_PATTERN}\b"
)


def propose_question_tag(question: str) -> tuple[str, str] | None:
    """Return the tag that simple rules propose for a question, and the reason; None if none fits.

    The rules, in this order: a question that contains its own answer (`because`,
    `don't you think`) is leading; one that begins with a verb is closed; one that begins with what,
    how, who, when, where, which or why is open.
    """
    # Leading comes first, as "Don't you think ...?" begins with a verb too.
    match = re.search(LEADING_PATTERN, question, re.IGNORECASE)
    if match:
        return "leading", f"it says “{match[0].strip().lower()}”"
    if re.match(CLOSED_PATTERN, question, re.IGNORECASE):
        return "closed", "it begins with a verb"
    match = re.match(OPEN_PATTERN, question, re.IGNORECASE)
    if match:
        return "open", f"it asks “{match[0].split()[-1].lower()}”"
    return None


def format_asked_question(question: AskedQuestion) -> str:
    """Return a question with who asked it and its tag: `Ben: What did you see? (open)`."""
    line = str(question["question"])
    if question.get("by"):
        line = f"{question['by']}: {line}"
    if question.get("tag"):
        line = f"{line} ({question['tag']})"
    return line


def format_answer_entries(entries: list[str] | list[AskedQuestion]) -> list[str]:
    """Return one line for each entry of an answer that is a list."""
    lines = []
    for entry in entries:
        lines.append(format_asked_question(entry) if isinstance(entry, dict) else entry)
    return lines
