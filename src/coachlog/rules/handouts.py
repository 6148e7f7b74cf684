"""What people may take away from a conversation or from a set's meeting, as pure functions."""

import re
from collections.abc import Collection, Iterable

from coachlog.model.actions import Action
from coachlog.model.answers import AskedQuestion, PromptKind
from coachlog.model.handouts import SessionPage
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer, Session
from coachlog.model.sets import Slot
from coachlog.rules.disclosure import SHOWN, Audience, judge_access, split_entries
from coachlog.rules.question_tags import format_asked_question
from coachlog.rules.quotes import has_value

_NAME_PREFIX = re.compile(r"^[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,2}: +")
"""A name before a question that is no member's: a guest, or a slip of the pen."""


def select_session_page(
    session: Session,
    owner: str,
    *,
    private: bool = False,
    picks: Collection[str] = (),
) -> SessionPage:
    """Return what the other people in a conversation may take away: promises, and what mattered.

    That is the key answers, and the days that were agreed. With `private`, what is private or about
    health is there as well, and of the `picks` (see `name_outcome_pick`) whatever it is; what
    belongs to a set never. All else that was answered is in `left_out`.
    """

    def is_seen(entry: Answer | Action) -> bool:
        is_picked = name_outcome_pick(entry) in picks
        if not is_picked and not is_outcome(entry):
            return False
        is_open = private or is_picked
        return judge_access(entry, Audience.OTHER_PERSON, private=is_open) == SHOWN

    answers = [answer for answer in session.answers if has_value(answer)]
    entries: list[Answer | Action] = [*session.actions, *answers]
    return SessionPage(
        held_on=session.held_on,
        minutes=session.minutes,
        people=tuple(
            person for person in session.people if isinstance(person, PersonRef)
        ),
        owner=owner,
        answers=tuple(filter(is_seen, answers)),
        actions=tuple(filter(is_seen, session.actions)),
        left_out=tuple(entry for entry in entries if not is_seen(entry)),
    )


def is_outcome(entry: Answer | Action) -> bool:
    """Return whether an entry is part of the outcome of a conversation unless it is secret."""
    return isinstance(entry, Action) or entry.key or entry.kind is PromptKind.DATE


def name_outcome_pick(entry: Answer | Action) -> str:
    """Return how an answer or a promise of one conversation is picked: `next.check`, `12`."""
    if isinstance(entry, Action):
        return str(entry.id)
    return f"{entry.stage}.{entry.prompt}"


def list_outcome_picks(page: SessionPage) -> list[Answer | Action]:
    """Return what is left out of a page and can be picked for it: all but what is a set's."""
    audience = Audience.OTHER_PERSON
    return list(split_entries(page.left_out, audience, private=True).visible_entries)


def remove_asker_names(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers of a slot without the names of those who asked questions in it.

    A choice among the questions, such as the one that helped most, loses the name as well.
    """
    answers = tuple(answers)
    questions_by_line = _index_questions(answers)
    return tuple(_remove_asker_name(answer, questions_by_line) for answer in answers)


def _index_questions(answers: Iterable[Answer]) -> dict[str, str]:
    """Return the words of each question by the line that shows who asked it, tagged or not."""
    words_by_line = {}
    for answer in answers:
        for question in _list_asked_questions(answer):
            words = str(question["question"])
            words_by_line[format_asked_question(question)] = words
            words_by_line[format_asked_question(question | {"tag": None})] = words
    return words_by_line


def _list_asked_questions(answer: Answer) -> list[AskedQuestion]:
    if answer.kind is not PromptKind.QUESTIONS or not isinstance(answer.value, list):
        return []
    return [question for question in answer.value if isinstance(question, dict)]


def _remove_asker_name(answer: Answer, questions_by_line: dict[str, str]) -> Answer:
    if answer.kind is PromptKind.QUESTIONS:
        questions = []
        for question in _list_asked_questions(answer):
            words = _strip_name_prefix(str(question["question"]))
            questions.append(question | {"question": words, "by": None})
        return answer._replace(value=questions)
    if answer.kind is PromptKind.CHOICE and isinstance(answer.value, str):
        words = questions_by_line.get(answer.value, answer.value)
        return answer._replace(value=_strip_name_prefix(words))
    return answer


def _strip_name_prefix(words: str) -> str:
    return _NAME_PREFIX.sub("", words, count=1) or words


def list_presenter_actions(slot: Slot) -> tuple[Action, ...]:
    """Return the promises that the presenter of a slot made in it, not those of others."""
    return tuple(
        action
        for action in slot.actions
        if _is_presenters_action(action, slot.presenter)
    )


def _is_presenters_action(action: Action, presenter: MemberRef) -> bool:
    # An action of the owner of the journal is in nobody's plan, so it has no person.
    if presenter.person is None:
        return action.owner == "me" and action.person is None
    if action.person is None:
        return False
    return action.owner == "them" and action.person.id == presenter.person
