"""What of a slot in a set's meeting is the presenter's to take away, as pure functions."""

import re
from collections.abc import Iterable, Iterator

from coachlog.model import Action, Answer, Asked, Kind, MemberRef
from coachlog.model.sets import Slot
from coachlog.rules.question_tags import asked


def nameless(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return what was said in a slot without the names of those who asked.

    A choice among the questions, such as the one that helped most, loses its name as well.
    """
    given = tuple(answers)
    named = dict(_named(given))
    return tuple(_nameless(answer, named) for answer in given)


def _named(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Yield each question as it is told with who asked, with and without its tag, and alone."""
    for one in _questions(answers):
        words = str(one["question"])
        yield asked(one), words
        yield asked(one | {"tag": None}), words


def _questions(answers: Iterable[Answer]) -> Iterator[Asked]:
    for answer in answers:
        if answer.kind is Kind.QUESTIONS and isinstance(answer.value, list):
            yield from (one for one in answer.value if isinstance(one, dict))


def _nameless(answer: Answer, named: dict[str, str]) -> Answer:
    if answer.kind is Kind.QUESTIONS:
        told = _questions([answer])
        bare = [one | {"question": _bare(str(one["question"])), "by": None} for one in told]
        return answer._replace(value=bare)
    if answer.kind is Kind.CHOICE and isinstance(answer.value, str):
        return answer._replace(value=_bare(named.get(answer.value, answer.value)))
    return answer


def _bare(words: str) -> str:
    """Return a question without a name before it that no member has: a guest's, or a slip."""
    return _BEFORE.sub("", words, count=1) or words


_BEFORE = re.compile(r"^[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,2}: +")


def own(slot: Slot) -> tuple[Action, ...]:
    """Return what the presenter of a slot promised in it, not what others did."""
    return tuple(action for action in slot.actions if _is_of(action, slot.presenter))


def _is_of(action: Action, presenter: MemberRef) -> bool:
    """Return whether an action is the presenter's: the owner's own stands in nobody's plan."""
    if presenter.person is None:
        return action.owner == "me" and action.person is None
    in_their_plan = action.person is not None and action.person.id == presenter.person
    return action.owner == "them" and in_their_plan
