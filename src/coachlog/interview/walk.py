"""Where a conversation stands: forward, back, and what it all adds up to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from coachlog.errors import Invalid
from coachlog.interview.checks import check
from coachlog.interview.conversation import (
    Conversation,
    Question,
)
from coachlog.interview.record import recorded
from coachlog.interview.sequence import questions
from coachlog.model import Value
from coachlog.model.records import Record


class Back:
    """The reply that asks for the question before."""


BACK: Final = Back()


class Answerer(Protocol):
    """Whoever answers: a person at a terminal, or a file."""

    def ask(self, question: Question, walk: "Walk") -> Value | Back:
        """Return an answer that `check` let through, or BACK."""
        ...


@dataclass
class Walk:
    """Where a conversation stands: the answers given, and those put aside by going back."""

    talk: Conversation
    answers: dict[str, Value] = field(default_factory=dict)
    kept: dict[str, Value] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()

    def take_up(self, key: str, typed: str) -> None:
        """Return to the question that was being answered, with what was half-typed offered."""
        if key in self.answers:
            self._return_to(key)
        self.kept[key] = typed

    def recheck(self) -> None:
        """Put aside stored answers that do not fit any more, such as an option taken back since."""
        for question in questions(self.talk, self.answers):
            if question.key not in self.answers:
                break
            try:
                self.answers[question.key] = check(question, self.answers[question.key])
            except Invalid:
                self.kept[question.key] = self.answers.pop(question.key)
                break

    def next(self) -> Question | None:
        """Return the first question that is not answered yet; None at the end."""
        for question in questions(self.talk, self.answers):
            if question.key not in self.answers:
                return question
        return None

    def put(self, question: Question, value: Value) -> None:
        """Keep an answer that was checked."""
        self.answers[question.key] = value

    def back(self) -> Question | None:
        """Return to the question before, its answer offered again; None at the very start.

        Answers that were given beforehand, the `fixed` ones, are not returned to.
        """
        asked = []
        for question in questions(self.talk, self.answers):
            if question.key not in self.answers:
                break
            if question.key not in self.fixed:
                asked.append(question)
        if not asked:
            return None
        self._return_to(asked[-1].key)
        return asked[-1]

    def offered(self, question: Question) -> Value:
        """Return what stands in the field at first: an earlier answer, or nothing."""
        return self.kept.get(question.key)

    def record(self) -> Record:
        """Return all that was said so far, as it is to be kept."""
        asked = [
            q.key for q in questions(self.talk, _Partial(self.answers)) if q.key in self.answers
        ]
        given = {key: self.answers[key] for key in asked}
        return recorded(self.talk, given)

    def _return_to(self, key: str) -> None:
        """Put aside the answer to `key` and all that are asked after it, in the order of asking."""
        asked = [q.key for q in questions(self.talk, _Partial(self.answers))]
        for later in asked[asked.index(key) :] if key in asked else [key]:
            if later in self.answers and later not in self.fixed:
                self.kept[later] = self.answers.pop(later)


class _Partial(dict[str, Value]):
    """Answers in which what was not asked yet counts as skipped, to list what was asked."""

    def __missing__(self, key: str) -> Value:
        return None


def hold(
    walk: Walk,
    answerer: Answerer,
    save: Callable[[str, Value], None] = lambda _key, _value: None,
) -> Record:
    """Walk to the end and return the record; each answer is saved before the next question."""
    while (question := walk.next()) is not None:
        reply = answerer.ask(question, walk)
        if isinstance(reply, Back):
            walk.back()
        else:
            save(question.key, reply)
            walk.put(question, reply)
    return walk.record()
