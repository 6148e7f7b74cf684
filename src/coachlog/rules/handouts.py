"""What of a slot in a set's meeting is the presenter's to take away, as pure functions."""

import re
from collections.abc import Iterable, Iterator

from coachlog.model import Action, Answer, AskedQuestion, MemberRef, PromptKind
from coachlog.model.sets import Slot
from coachlog.rules.question_tags import format_asked_question


def remove_asker_names(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return what was said in a slot without the names of those who asked.

    A choice among the questions, such as the one that helped most, loses its name as well.
    """
    given = tuple(answers)
    named = dict(_pair_question_lines(given))
    return tuple(_remove_asker_name(answer, named) for answer in given)


def _pair_question_lines(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Yield each question as it is told with who asked, with and without its tag, and alone."""
    for one in _list_slot_questions(answers):
        words = str(one["question"])
        yield format_asked_question(one), words
        yield format_asked_question(one | {"tag": None}), words


def _list_slot_questions(answers: Iterable[Answer]) -> Iterator[AskedQuestion]:
    for answer in answers:
        if answer.kind is PromptKind.QUESTIONS and isinstance(answer.value, list):
            yield from (one for one in answer.value if isinstance(one, dict))


def _remove_asker_name(answer: Answer, questions_by_line: dict[str, str]) -> Answer:
    if answer.kind is PromptKind.QUESTIONS:
        told = _list_slot_questions([answer])
        bare = [
            one | {"question": _strip_name_prefix(str(one["question"])), "by": None} for one in told
        ]
        return answer._replace(value=bare)
    if answer.kind is PromptKind.CHOICE and isinstance(answer.value, str):
        return answer._replace(
            value=_strip_name_prefix(questions_by_line.get(answer.value, answer.value))
        )
    return answer


def _strip_name_prefix(words: str) -> str:
    """Return a question without a name before it that no member has: a guest's, or a slip."""
    return _NAME_PREFIX.sub("", words, count=1) or words


_NAME_PREFIX = re.compile(r"^[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,2}: +")


def list_presenter_actions(slot: Slot) -> tuple[Action, ...]:
    """Return what the presenter of a slot promised in it, not what others did."""
    return tuple(action for action in slot.actions if _is_presenters_action(action, slot.presenter))


def _is_presenters_action(action: Action, presenter: MemberRef) -> bool:
    """Return whether an action is the presenter's: the owner's own stands in nobody's plan."""
    if presenter.person is None:
        return action.owner == "me" and action.person is None
    in_their_plan = action.person is not None and action.person.id == presenter.person
    return action.owner == "them" and in_their_plan
