"""What can be typed into a field, and what Enter alone does there."""

from datetime import date

from coachlog.dates import format_short_day
from coachlog.interview import MINUTES, Question
from coachlog.interview.keys import parse_key
from coachlog.model import AnswerValue
from coachlog.rules.question_tags import format_answer_entries
from coachlog.templates.kinds import Widget, get_kind_row


def is_typed(question: Question) -> bool:
    """Return whether the answer is typed into a field, not picked."""
    return get_kind_row(question.kind).widget in (Widget.LINE, Widget.TEXT)


def has_toolbar(question: Question) -> bool:
    """Return whether there is a line with the keys below the question; a list has none."""
    return is_typed(question) or question.by_letter


def takes_several_lines(question: Question) -> bool:
    """Return whether Enter starts a new line in the field of this question."""
    return get_kind_row(question.kind).widget is Widget.TEXT


def means_back(text: str, initial: str) -> bool:
    """Return whether a field holds `<`: alone, or right after an unchanged offered text."""
    if text.strip() == "<":
        return True
    return bool(initial) and text.rstrip("\n ") == f"{initial}<"


def format_initial_text(value: AnswerValue) -> str:
    """Return an earlier answer as the text in the field; '' for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(format_answer_entries(value))
    return str(value)


def describe_enter_key(question: Question, initial: str) -> str:
    """Return what Enter does in the field of a question: `Enter: skip`, `Enter: keep`."""
    effect = _describe_empty_answer(question)
    if initial:
        effect = "keep"
    if takes_several_lines(question):
        return f"Enter twice: next · Enter alone: {effect}"
    return f"Enter: {effect}"


def _describe_empty_answer(question: Question) -> str:
    if question.default is None:
        return "needs an answer" if question.required else "skip"
    if parse_key(question.key).field == MINUTES:
        return f"{question.default}, by the clock"
    if question.default == question.base.isoformat():
        return "today"
    return format_short_day(date.fromisoformat(str(question.default)))
