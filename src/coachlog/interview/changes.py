"""A change of mind before a conversation is saved: any answer is asked again."""

from collections.abc import Callable, Mapping
from typing import Final

from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.interview.keys import AnswerKey, KeyFamily, parse_key
from coachlog.interview.walk import Answerer, Walk, put_answers_ahead, run_interview
from coachlog.model.answers import AnswerValue
from coachlog.named_tuples import NamedTuple
from coachlog.rules.question_tags import format_answer_entries
from coachlog.templates.kinds import get_kind_row
from coachlog.text import clean_line, shorten_text

SaveAnswer = Callable[[str, AnswerValue], None]
_FIRST_FIELDS: Final = ("what", "question")
"""The part of a promise, or of a question that was asked, without which there is none."""
_QUESTION_WIDTH, _ANSWER_WIDTH = 36, 28


class ChangeableAnswer(NamedTuple):
    """An answer that can be asked again: the key of its question, and both in a line."""

    key: str
    label: str


def list_changeable_answers(walk: Walk) -> list[ChangeableAnswer]:
    """Return every answer so far in the order of asking, those that were skipped as well."""
    return [
        ChangeableAnswer(
            question.key, _label_answer(question, walk.answers[question.key])
        )
        for question in walk.list_questions()
        if question.key in walk.answers
    ]


def _label_answer(question: Question, value: AnswerValue) -> str:
    words = shorten_text(clean_line(question.ask), _QUESTION_WIDTH)
    answer = shorten_text(_describe_value(question, value), _ANSWER_WIDTH)
    return f"{words} › {answer}"


def _describe_value(question: Question, value: AnswerValue) -> str:
    """Return an answer in words, as the list of its question has it."""
    if value is None:
        return "skipped"
    if value in question.values:
        return question.options[question.values.index(str(value))]
    row = get_kind_row(question.kind)
    if isinstance(value, list):
        return clean_line(row.separator.join(format_answer_entries(value)))
    return clean_line(row.formatter(value, question.high))


def change_answer(walk: Walk, key: str, answerer: Answerer, save: SaveAnswer) -> None:
    """Ask for one answer again, and then whatever is due only now; going back changes nothing.

    With the words of a promise, its other parts are asked again. A promise that is skipped now is
    dropped, and those after it move up.
    """
    answers_before = dict(walk.answers)
    walk.put_aside(_list_keys_asked_again(walk, parse_key(key)))
    question = walk.next()
    assert question is not None
    reply = answerer.ask(question, walk)
    if isinstance(reply, Back):
        walk.restore_answers(answers_before)
        return
    if reply is not None or not _close_gap(walk, parse_key(key), answers_before, save):
        save(question.key, reply)
        walk.put(question, reply)
    put_answers_ahead(walk, save)
    while True:
        walk.recheck()
        if walk.next() is None:
            return
        run_interview(walk, answerer, save)


def _list_keys_asked_again(walk: Walk, key: AnswerKey) -> list[str]:
    """Return a key and, if it is that of the words of a promise, those of its other parts."""
    if not _begins_part(key):
        return [key]
    lead = key.removesuffix(key.field)
    return [key, *(other for other in walk.answers if other.startswith(lead))]


def _begins_part(key: AnswerKey) -> bool:
    return key.family is KeyFamily.PART and key.field in _FIRST_FIELDS


def _close_gap(
    walk: Walk,
    key: AnswerKey,
    answers_before: Mapping[str, AnswerValue],
    save: SaveAnswer,
) -> bool:
    """Move up what comes after a promise, or a question, that is skipped now.

    Returns whether there was one to skip. A run that ends meanwhile has one twice, and loses none.
    """
    if not _begins_part(key) or answers_before.get(key) is None:
        return False
    list_lead = key.removesuffix(f"{key.number}.{key.field}")
    parts: dict[int, dict[str, AnswerValue]] = {}
    for name, value in answers_before.items():
        if name.startswith(list_lead):
            part = parse_key(name)
            parts.setdefault(part.number, {})[part.field] = value
    last_number = max(parts)
    for number in range(key.number, last_number + 1):
        _replace_part(walk, f"{list_lead}{number}.", parts.get(number + 1, {}), save)
    return last_number > key.number


def _replace_part(
    walk: Walk, lead: str, fields: Mapping[str, AnswerValue], save: SaveAnswer
) -> None:
    """Put these fields in the place of all that was answered below a promise's number."""
    dropped_keys = {key for key in walk.answers if key.startswith(lead)}
    dropped_keys -= {f"{lead}{field}" for field in fields}
    walk.drop_answers(dropped_keys)
    for field, value in fields.items():
        save(f"{lead}{field}", value)
        walk.set_answer(f"{lead}{field}", value)
