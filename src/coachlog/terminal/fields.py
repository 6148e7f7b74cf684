"""What can be typed into a field, and what Enter alone does there."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.dates import format_short_day
from coachlog.interview.keys import MINUTES, parse_key
from coachlog.model.answers import AnswerValue
from coachlog.templates.kinds import Widget, get_kind_row

if TYPE_CHECKING:
    from coachlog.interview.conversation import Question

LIST_KEYS = ("Arrows, the number of a row or words it has mark it; Enter takes it.",)
CHECKBOX_KEYS = (
    "Arrows move, Space ticks a row or takes the tick away, a ticks all of them.",
    "Enter carries on with the rows that are ticked.",
)
LETTER_KEYS = (
    "The first letter of an answer is enough; Enter keeps what was offered.",
)
BOX_KEYS = ("Enter starts a new line; on an empty line, or with Ctrl-D, it ends.",)
PICKER_KEYS = (
    "Arrows and Page Up or Down move the pointer; Enter takes that row.",
    "Letters leave only the rows that have them; Esc shows all of them again.",
)
NAME_KEYS = (
    "Any part of a name finds people; Tab or the arrows choose one, Enter goes on.",
)


def list_field_keys(question: "Question") -> list[str]:
    """Return sentences on what the keys do in the field of a question."""
    keys = ["Enter goes on; an empty field is skipped."]
    if question.required or question.default is not None:
        keys = ["Enter goes on."]
    if takes_several_lines(question):
        keys.append("Ctrl-J, or \\ and Enter, starts a new line; so does Esc Enter.")
        keys.append("In a text that is there already, Enter twice goes on.")
    return keys


def is_typed(question: "Question") -> bool:
    """Return whether the answer is typed into a field, not picked."""
    return get_kind_row(question.kind).widget in (Widget.LINE, Widget.TEXT)


def has_toolbar(question: "Question") -> bool:
    """Return whether there is a line with the keys below the question; a list has none."""
    return is_typed(question) or question.by_letter


def takes_several_lines(question: "Question") -> bool:
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
        from coachlog.rules.question_tags import format_answer_entries

        return ", ".join(format_answer_entries(value))
    return str(value)


def describe_enter_key(
    question: "Question", initial: str, text: str | None = None
) -> str:
    """Return what Enter does in the field of a question: `Enter: skip`, `Enter: keep`.

    It is '' where Enter alone would do nothing, as the question needs an answer. `text` is what has
    become of the initial one, if anything has.
    """
    if initial and text in (None, initial):
        return "Enter: keep"
    if initial and text and text.strip():
        return "Enter: next"
    effect = _describe_empty_answer(question)
    return effect and f"Enter: {effect}"


def describe_text_keys(question: "Question", text: str, *, breaks_line: bool) -> str:
    """Return what Enter does now in a text of several lines, and how to start a new one."""
    if breaks_line:
        return "Enter: new line · Enter twice: next"
    if not text.strip():
        return describe_enter_key(question, "")
    return "Enter: next · Ctrl-J: new line"


def _describe_empty_answer(question: "Question") -> str:
    if question.default is None:
        return "" if question.required else "skip"
    if parse_key(question.key).field == MINUTES:
        return f"{question.default}, by the clock"
    if question.default == question.base.isoformat():
        return "today"
    return format_short_day(date.fromisoformat(str(question.default)))
