"""Where a conversation stands: forward, back, and what it all adds up to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from coachlog.errors import InvalidInput
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import (
    Conversation,
    Question,
)
from coachlog.interview.record import build_record
from coachlog.interview.sequence import build_conversation_questions
from coachlog.model import AnswerValue
from coachlog.model.records import SessionRecord


class Back:
    """The reply that asks for the question before."""


BACK: Final = Back()


class Answerer(Protocol):
    """Whoever answers: a person at a terminal, or a file."""

    def ask(self, question: Question, walk: "Walk") -> AnswerValue | Back:
        """Return an answer that `check` let through, or BACK."""
        ...


@dataclass
class Walk:
    """Where a conversation stands: the answers given, and those put aside by going back."""

    talk: Conversation
    answers: dict[str, AnswerValue] = field(default_factory=dict)
    shelved_answers: dict[str, AnswerValue] = field(default_factory=dict)
    fixed_keys: frozenset[str] = frozenset()

    def resume_question(self, key: str, typed: str) -> None:
        """Return to the question that was being answered, with what was half-typed offered."""
        if key in self.answers:
            self._return_to(key)
        self.shelved_answers[key] = typed

    def recheck(self) -> None:
        """Put aside stored answers that do not fit any more, such as an option taken back since."""
        for question in build_conversation_questions(self.talk, self.answers):
            if question.key not in self.answers:
                break
            try:
                self.answers[question.key] = check_answer(question, self.answers[question.key])
            except InvalidInput:
                self.shelved_answers[question.key] = self.answers.pop(question.key)
                break

    def next(self) -> Question | None:
        """Return the first question that is not answered yet; None at the end."""
        for question in build_conversation_questions(self.talk, self.answers):
            if question.key not in self.answers:
                return question
        return None

    def put(self, question: Question, value: AnswerValue) -> None:
        """Keep an answer that was checked."""
        self.answers[question.key] = value

    def back(self) -> Question | None:
        """Return to the question before, its answer offered again; None at the very start.

        Answers that were given beforehand, the `fixed` ones, are not returned to.
        """
        asked = []
        for question in build_conversation_questions(self.talk, self.answers):
            if question.key not in self.answers:
                break
            if question.key not in self.fixed_keys:
                asked.append(question)
        if not asked:
            return None
        self._return_to(asked[-1].key)
        return asked[-1]

    def get_offered_answer(self, question: Question) -> AnswerValue:
        """Return what stands in the field at first: an earlier answer, or nothing."""
        return self.shelved_answers.get(question.key)

    def build_record(self) -> SessionRecord:
        """Return all that was said so far, as it is to be kept."""
        asked = [
            q.key
            for q in build_conversation_questions(self.talk, _PartialAnswers(self.answers))
            if q.key in self.answers
        ]
        given = {key: self.answers[key] for key in asked}
        return build_record(self.talk, given)

    def _return_to(self, key: str) -> None:
        """Put aside the answer to `key` and all that are asked after it, in the order of asking."""
        asked = [
            q.key for q in build_conversation_questions(self.talk, _PartialAnswers(self.answers))
        ]
        for later in asked[asked.index(key) :] if key in asked else [key]:
            if later in self.answers and later not in self.fixed_keys:
                self.shelved_answers[later] = self.answers.pop(later)


class _PartialAnswers(dict[str, AnswerValue]):
    """Answers in which what was not asked yet counts as skipped, to list what was asked."""

    def __missing__(self, key: str) -> AnswerValue:
        return None


def run_interview(
    walk: Walk,
    answerer: Answerer,
    save: Callable[[str, AnswerValue], None] = lambda _key, _value: None,
) -> SessionRecord:
    """Walk to the end and return the record; each answer is saved before the next question."""
    while (question := walk.next()) is not None:
        reply = answerer.ask(question, walk)
        if isinstance(reply, Back):
            walk.back()
        else:
            save(question.key, reply)
            walk.put(question, reply)
    return walk.build_record()
