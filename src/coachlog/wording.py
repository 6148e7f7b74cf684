"""How a question is worded: the names filled into it, and what makes it a poor one.

The rules are those taught for coaching and action learning: ask one thing, openly, without the
answer in the question. They only ever advise.
"""

import re

QUESTION_WORD_PATTERN = r"(?:what|who|whom|whose|when|where|why|how|which)"
_VERB_PATTERN = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|"
    r"must|isn|aren|wasn|weren|don|doesn|didn|hasn|haven|hadn|can|couldn|won|wouldn|shouldn)"
)
PREPOSITION_PATTERN = r"(?:(?:by|with|for|from|to|in|at|on|of|then|also) )*"
_SUBJECT_PATTERN = r"(?:you|they|it|there|this|that|these|those|the|we|he|she|\$them)"
DOUBLE_PATTERN = rf"\?.*\?|[,;]? (?:and|or) {PREPOSITION_PATTERN}(?:{QUESTION_WORD_PATTERN}|{_VERB_PATTERN} {_SUBJECT_PATTERN})\b"
CLOSED_PATTERN = rf"\W*(?:(?:so|and|but|now|then|well|ok),? )?{_VERB_PATTERN}(?:['’]t)?\b"
LEADING_PATTERN = (
    r"\b(?:because|surely|obviously)\b|\A\W*\w+n['’]t (?:you|they|it|we|that|this|there)\b|"
    r"n['’]t you (?:think|agree|feel)\b|\bwhy \w+n['’]t\b"
)

UNNAMED_PERSON = "[name]"
"""What stands for the other person as long as nobody knows who it is."""
PLACEHOLDER_NAMES = ("them", "me", "set")
"""What a template's wording may name, as `$them`."""


def fill_names(text: str, *, them: str, me: str, set: str = "the set") -> str:
    """Return a template's text with `PLACEHOLDER_NAMES` filled in; any other name stays as it is."""
    if "$" not in text:
        return text
    from string import Template

    return Template(text).safe_substitute(them=them, me=me, set=set)


def is_double_question(question: str) -> bool:
    """Return whether two things are asked at once: two question marks, or `and what ...`."""
    return re.search(DOUBLE_PATTERN, question, re.IGNORECASE | re.DOTALL) is not None


def is_closed_question(question: str) -> bool:
    """Return whether a question begins with a verb, so that yes or no would answer it."""
    return re.match(CLOSED_PATTERN, question, re.IGNORECASE) is not None


def is_leading_question(question: str) -> bool:
    """Return whether a question holds its own answer: `don't you think`, `because`."""
    return re.search(LEADING_PATTERN, question, re.IGNORECASE) is not None
