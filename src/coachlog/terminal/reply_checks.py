"""What is wrong with a reply, what is doubtful and how it is repeated, however it was typed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from coachlog.errors import InvalidInput
from coachlog.interview.keys import KeyFamily, parse_key
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Person
from coachlog.named_tuples import NamedTuple
from coachlog.templates.kinds import get_kind_row
from coachlog.text import clean_line, cut_line

if TYPE_CHECKING:
    from coachlog.interview.conversation import Question

HELP_KEY: Final = "?"
_HELP_KEY_FAULT = "“?” answers nothing: on an empty field it shows the keys."
DOUBT_YES, DOUBT_NO = "yes, keep it", "no, change it"
"""What yes and no do where an answer looks like a slip: Enter alone keeps none."""
_OPEN_REMARK = (
    "A line of it is marked private, but this answer is not: `log` and private questions keep such "
    "a line out of plans and exports, this question does not."
)
_OPEN_QUESTION = "Save it openly all the same?"
_MAX_NAMES = 4  # names that a line has room for
_MAX_QUOTE = 16  # characters of a wrong answer that an error quotes


class ReplyDoubt(NamedTuple):
    """What looks like a slip, and the question whether it is meant."""

    remark: str
    question: str


def list_option_values(question: "Question") -> tuple[str, ...]:
    """Return what is stored for each option: by default its words."""
    return question.values or question.options


def list_marked_values(question: "Question", offered_answer: AnswerValue) -> list[str]:
    """Return the options that are marked at first, in the order of the list.

    An offered text is what was being typed, and marks none.
    """
    marked = offered_answer if isinstance(offered_answer, list) else question.default
    if not isinstance(marked, list):
        return []
    return [value for value in list_option_values(question) if value in marked]


def find_text_fault(question: "Question", text: str) -> str | None:
    """Return what is wrong with a typed answer, in one line that fits below it; None if nothing."""
    if text.strip() == HELP_KEY:
        return _HELP_KEY_FAULT
    from coachlog.interview.checks import check_typed_answer

    try:
        check_typed_answer(question, text)
    except InvalidInput as error:
        row = get_kind_row(question.kind)
        if error.hint and row.example:
            quote = cut_line(clean_line(text), _MAX_QUOTE)
            return f"“{quote}” is not {row.page_hint}. Try, for example: {row.example}"
        return error.message
    return None


def find_picks_fault(question: "Question", values: Sequence[str]) -> str | None:
    """Return what is wrong with the values picked from a list; None if nothing."""
    from coachlog.interview.checks import check_answer

    try:
        check_answer(question, list(values))
    except InvalidInput as error:
        return error.message
    return None


def find_choice_fault(
    text: str, find_matches: Callable[[str], list[Person]], *, is_required: bool
) -> str | None:
    """Return why a typed name will not do; None if it fits one person, or may be new."""
    if text.strip() == HELP_KEY:
        return _HELP_KEY_FAULT
    if not text.strip():
        return "Type a name." if is_required else None
    matches = find_matches(text)
    if len(matches) > 1:
        names = ", ".join(person.name for person in matches[:_MAX_NAMES])
        return f"Which one: {names}?"
    if is_required and not matches:
        return "There is nobody by that name in your journal."
    return None


def find_reply_doubt(
    question: "Question",
    reply: AnswerValue,
    text: str,
    has_date_remarks: Callable[[], bool],
) -> ReplyDoubt | None:
    """Return what looks like a slip in a reply, given the text it was typed as; None for nothing.

    `has_date_remarks` tells, once a due date does, whether the owner wants to know.
    """
    if question.is_due and reply is not None:
        return _find_due_doubt(question, reply, text, has_date_remarks)
    if _is_openly_private(question, text):
        return ReplyDoubt(_OPEN_REMARK, _OPEN_QUESTION)
    return None


def _find_due_doubt(
    question: "Question",
    reply: AnswerValue,
    text: str,
    has_date_remarks: Callable[[], bool],
) -> ReplyDoubt | None:
    from coachlog.dates.doubts import DOUBT_QUESTION, list_typed_due_doubts

    day = date.fromisoformat(str(reply))
    due_doubts = list_typed_due_doubts(day, question.base, text)
    if due_doubts and not has_date_remarks():
        due_doubts = list_typed_due_doubts(day, question.base, text, with_remarks=False)
    if not due_doubts:
        return None
    return ReplyDoubt(" ".join(due_doubts), DOUBT_QUESTION)


def _is_openly_private(question: "Question", text: str) -> bool:
    """Return whether a line is marked private in an answer that plans and exports may show."""
    if question.kind not in (PromptKind.TEXT, PromptKind.LINE) or question.private:
        return False
    if parse_key(question.key).family is not KeyFamily.PROMPT:
        return False
    # Only an answer in words loads the grammar.
    from coachlog.capture.private_blocks import has_private_line

    return has_private_line(text)


def format_echo(question: "Question", reply: AnswerValue) -> str:
    """Return how an answer was understood, `→ Friday 4 December 2026`, if its kind can be misread.

    '' for all others.
    """
    row = get_kind_row(question.kind)
    if reply is None or not row.is_echoed:
        return ""
    return f"→ {row.formatter(reply, question.high)}"


def describe_kept_tag(offered_answer: AnswerValue) -> str:
    """Return what Enter alone does where one letter is enough to answer."""
    return f"keep {offered_answer}" if offered_answer else "leave it untagged"


def format_letters(options: Iterable[str]) -> str:
    """Return the letter of each option with its words: `o: open · c: closed`."""
    return " · ".join(f"{option[0]}: {option}" for option in options)
