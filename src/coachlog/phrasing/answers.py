"""An answer in words, as its kind of prompt puts it; without Rich."""

from coachlog.model.sessions import Answer
from coachlog.rules import disclosure
from coachlog.rules.question_tags import format_answer_entries
from coachlog.templates.kinds import get_kind_row


def describe_answer(answer: Answer) -> str:
    """Return an answer in words: `6 of 10`, a date in full, a list with commas; '' if skipped.

    A veiled answer, of whatever kind, is the veil.
    """
    if answer.value is None:
        return ""
    if disclosure.is_veiled(answer.value, private=answer.private):
        return disclosure.VEILED_WORDS
    row = get_kind_row(answer.kind)
    if isinstance(answer.value, list):
        return row.separator.join(format_answer_entries(answer.value))
    return row.formatter(answer.value, answer.high)
