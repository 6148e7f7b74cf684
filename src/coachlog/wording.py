"""The wording of questions: filling in names, and spotting what makes a question a poor one.

The rules are those taught for coaching and action learning: ask one thing at a time, openly, and
without giving the answer. They only ever advise.
"""

import re

QUESTION_WORD_PATTERN = r"(?:what|who|whom|whose|when|where|why|how|which)"
_VERB_PATTERN = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|"
    r"must|isn|aren|wasn|weren|don|doesn|didn|hasn|haven|hadn|can|couldn|won|wouldn|shouldn)"
)
PREPOSITION_PATTERN = r"(?:(?:by|with|for|from|to|in|at|on|of|then|also) )*"
_SUBJECT_PATTERN = (
    r"(?:you|they|it|there|this|that|these|those|the|we|he|she|\$them|\$third)"
)
DOUBLE_PATTERN = (
    rf"\?.*\?|[,;]? (?:and|or) {PREPOSITION_PATTERN}"
    rf"(?:{QUESTION_WORD_PATTERN}|{_VERB_PATTERN} {_SUBJECT_PATTERN})\b"
)
CLOSED_PATTERN = (
    rf"\W*(?:(?:so|and|but|now|then|well|ok),? )?{_VERB_PATTERN}(?:['’]t)?\b"
)
LEADING_PATTERN = (
    r"\b(?:because|surely|obviously)\b|\A\W*\w+n['’]t (?:you|they|it|we|that|this|there)\b|"
    r"n['’]t you (?:think|agree|feel)\b|\bwhy \w+n['’]t\b"
)

UNNAMED_PERSON = "[name]"
"""Shown in place of the other person's name where it is not known yet."""
UNNAMED_THIRD = "[other name]"
"""Shown in place of the name of the second of two other people."""
HELP_NAME = "help"
HELP_CONTACT = "whoever is on call"
"""Whom a text names for help where the owner's settings name nobody."""
PLACEHOLDER_NAMES = ("them", "me", "set", "third", HELP_NAME)
"""The names that a template may use in its wording, such as `$them`.

`$third` is the second of the two others in a conversation of three.
`$help` is for guidance and helps alone: questions are kept in the journal as they were asked.
"""


def fill_names(
    text: str,
    *,
    them: str,
    me: str,
    third: str = UNNAMED_THIRD,
    set: str = "the set",
    help: str = HELP_CONTACT,
) -> str:
    """Return a template's text with `PLACEHOLDER_NAMES` filled in; other `$` names stay."""
    if "$" not in text:
        return text
    # Most texts name nobody, so most commands never need to import this.
    from string import Template

    names = {"them": them, "third": third, "me": me, "set": set, HELP_NAME: help}
    return Template(text).safe_substitute(names)


def is_double_question(question: str) -> bool:
    """Return whether two things are asked at once: two question marks, or `and what ...`."""
    return re.search(DOUBLE_PATTERN, question, re.IGNORECASE | re.DOTALL) is not None


def is_choosing_question(question: str) -> bool:
    """Return whether a question asks for one of several: it begins with `which`."""
    return re.match(r"\W*which\b", question, re.IGNORECASE) is not None


def is_closed_question(question: str) -> bool:
    """Return whether a question begins with a verb, so that it can be answered by yes or no."""
    return re.match(CLOSED_PATTERN, question, re.IGNORECASE) is not None


def is_leading_question(question: str) -> bool:
    """Return whether a question contains its own answer: `don't you think`, `because`."""
    return re.search(LEADING_PATTERN, question, re.IGNORECASE) is not None
