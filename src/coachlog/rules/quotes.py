"""Which answers of a conversation are quoted: the key ones, and never nothing at all."""

from collections.abc import Sequence

from coachlog.model.answers import PromptKind
from coachlog.model.sessions import Answer
from coachlog.rules.disclosure import is_private

MOST_STAND_INS = 2
"""How many other answers are quoted where every key question that takes words was skipped."""

_WORDY_KINDS = (PromptKind.TEXT, PromptKind.LINE)


def choose_quoted_answers(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers to quote, in their order: those that the template marks as key.

    Where none of these has words that anyone may see, the first texts stand in for them; without
    any of these either, the first private ones; and at last whatever was answered, but for
    measures, which are shown elsewhere. A conversation in which something was typed is never empty.
    """
    answered = list(filter(has_value, answers))
    quoted = list(filter(_is_key, answered))
    if any(map(_has_open_words, quoted)):
        return quoted
    others = [answer for answer in answered if not answer.key]
    stand_ins = _choose_stand_ins(others, has_quotes=any(map(_is_no_measure, quoted)))
    return [answer for answer in answered if answer.key or answer in stand_ins]


def _choose_stand_ins(others: Sequence[Answer], *, has_quotes: bool) -> list[Answer]:
    """Return what to quote of the answers that are not key, given whether anything else is."""
    open_texts = list(filter(_has_open_words, others))
    if open_texts or has_quotes:
        return open_texts[:MOST_STAND_INS]
    texts = list(filter(_is_wordy, others))
    stand_ins = texts or list(filter(_is_no_measure, others))
    return stand_ins[:MOST_STAND_INS]


def has_value(answer: Answer) -> bool:
    """Return whether a question was answered at all, rather than skipped."""
    return answer.value is not None and answer.value not in ("", [])


def _is_key(answer: Answer) -> bool:
    return answer.key


def _is_wordy(answer: Answer) -> bool:
    return answer.kind in _WORDY_KINDS


def _has_open_words(answer: Answer) -> bool:
    return _is_wordy(answer) and not is_private(answer)


def _is_no_measure(answer: Answer) -> bool:
    return answer.measure is None


def is_own_note(answer: Answer) -> bool:
    """Return whether an answer is a note of the owner's to themselves: a key text that is private.

    What is about health is none: it stays out of a brief whatever the settings say.
    """
    is_text = answer.kind is PromptKind.TEXT
    return answer.key and answer.private and not answer.health and is_text
