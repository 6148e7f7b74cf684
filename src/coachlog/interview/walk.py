"""Where a conversation stands: forward, back, and what it all adds up to."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Protocol

from coachlog.errors import InvalidInput
from coachlog.interview.back import Back
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import parse_key
from coachlog.interview.record import build_record
from coachlog.interview.sequence import build_conversation_questions
from coachlog.model.answers import AnswerValue
from coachlog.model.records import SessionRecord


class Answerer(Protocol):
    """Whoever answers: a person at a terminal, or a file."""

    def ask(self, question: Question, walk: "Walk") -> AnswerValue | Back:
        """Return an answer that passed `check_answer`, or BACK.

        Answers to later questions that came with it go into `walk.answers_ahead`.
        """
        ...


@dataclass
class Walk:
    """Where a conversation stands: its answers so far, and those put aside by going back.

    `fixed_keys` name answers that came from elsewhere: going back does not stop at them.
    `answers_ahead` are those to later questions that were given together with the present one, and
    `past_offers` is what was offered where an answer is now put aside. The answers of the
    `dropped_keys` were of a promise that is no more. Only the walk itself changes its `answers`.
    """

    talk: Conversation
    answers: dict[str, AnswerValue] = field(default_factory=dict)
    shelved_answers: dict[str, AnswerValue] = field(default_factory=dict)
    fixed_keys: frozenset[str] = frozenset()
    answers_ahead: dict[str, AnswerValue] = field(default_factory=dict)
    past_offers: dict[str, AnswerValue] = field(default_factory=dict)
    dropped_keys: set[str] = field(default_factory=set)
    _course: "_Course | None" = field(default=None, repr=False, compare=False)

    def resume_question(self, key: str, text: str) -> None:
        """Return to the question that was being answered, and offer the half-typed text again."""
        if key in self.answers:
            self._return_to(key)
        self.shelved_answers[key] = text
        for question in self.list_questions():
            if question.key == key:
                self.past_offers[key] = question.offered

    def recheck(self) -> None:
        """Put aside the first stored answer that no longer fits, such as a removed option."""
        for question in build_conversation_questions(self.talk, self.answers):
            key = question.key
            if key not in self.answers:
                return
            try:
                self.set_answer(key, check_answer(question, self.answers[key]))
            except InvalidInput:
                self._shelve(key)
                return

    def next(self) -> Question | None:
        """Return the first question without an answer; None at the end."""
        if self._course is None:
            self._course = _Course(self.talk, self.answers)
        return self._course.find_unanswered()

    def put(self, question: Question, value: AnswerValue) -> None:
        """Store an answer that was checked."""
        self.set_answer(question.key, value)

    def set_answer(self, key: str, value: AnswerValue) -> None:
        """Store an answer that was checked, whichever question it belongs to."""
        self.answers[key] = value
        self._note_change(key)

    def restore_answers(self, answers: Mapping[str, AnswerValue]) -> None:
        """Let the answers be what they were."""
        self.answers.clear()
        self.answers.update(answers)
        self._course = None

    def _remove_answer(self, key: str) -> AnswerValue:
        self._note_change(key)
        return self.answers.pop(key, None)

    def _shelve(self, key: str) -> None:
        self.shelved_answers[key] = self._remove_answer(key)

    def _note_change(self, key: str) -> None:
        """Begin again with the first question if any so far depends on this answer."""
        if self._course is not None and self._course.depends_on(key):
            self._course = None

    def back(self) -> Question | None:
        """Return to the previous question, its answer offered again; None at the very start."""
        previous = None
        for question in build_conversation_questions(self.talk, self.answers):
            if question.key not in self.answers:
                break
            if question.key not in self.fixed_keys:
                previous = question
        if previous:
            self._return_to(previous.key)
        return previous

    def put_aside(self, keys: Collection[str]) -> None:
        """Put aside some answers, each of which is offered again where its question comes."""
        for question in self.list_questions():
            if question.key in keys and question.key in self.answers:
                self.past_offers[question.key] = question.offered
        for key in keys:
            if key in self.answers:
                self._shelve(key)

    def drop_answers(self, keys: Collection[str]) -> None:
        """Remove some answers for good; nothing offers them again."""
        for key in keys:
            self._remove_answer(key)
            self.shelved_answers.pop(key, None)
        self.dropped_keys |= set(keys)

    def find_place(self, question: Question) -> tuple[int, int] | None:
        """Return which question of its stages it is, and of how many; None for one beside them.

        Those that have parts count once, and those of a slot by themselves. As answers bring up
        more questions or fewer, the count changes.
        """
        slot = parse_key(question.key).slot
        first_keys: dict[str, str] = {}
        for other in self._list_questions(self.answers):
            key = parse_key(other.key)
            if other.stage and key.slot == slot:
                first_keys.setdefault(key.prompt_key, other.key)
        keys = list(first_keys.values())
        if question.key not in keys:
            return None
        return keys.index(question.key) + 1, len(keys)

    def get_offered_answer(self, question: Question) -> AnswerValue:
        """Return what the field holds at first: an earlier answer, what the words say, or None."""
        if question.key in self.shelved_answers and not self._is_outdated(question):
            return self.shelved_answers[question.key]
        return question.offered

    def list_outdated_keys(self, key: str, value: AnswerValue) -> list[str]:
        """Return the answers that no longer count once `value` is the answer to `key`."""
        answers = {**self.answers, key: value}
        outdated_keys = [
            question.key
            for question in self._list_questions(answers)
            if question.key in self.shelved_answers
            # What was answered again since is of now.
            and question.key not in answers
            and self._is_outdated(question)
        ]
        return [*outdated_keys, *sorted(self.dropped_keys - answers.keys())]

    def _is_outdated(self, question: Question) -> bool:
        """Return whether the words now say something else than when this was answered."""
        past_offer = self.past_offers.get(question.key, question.offered)
        if past_offer == question.offered:
            return False
        # Words of a promise that were typed in place of those offered are nobody else's.
        is_typed = self.shelved_answers.get(question.key) != past_offer
        return not (is_typed and parse_key(question.key).field == "what")

    def build_record(self) -> SessionRecord:
        """Return the record of all answers so far that still belong to a question."""
        answers = {}
        for question in self.list_questions():
            if question.key in self.answers:
                answers[question.key] = self.answers[question.key]
        return build_record(self.talk, answers)

    def _return_to(self, key: str) -> None:
        """Put aside the answer to `key` and to all questions after it."""
        questions = self.list_questions()
        later_questions = list(
            dropwhile(lambda question: question.key != key, questions)
        )
        self.past_offers |= {
            question.key: question.offered
            for question in later_questions
            if question.key in self.answers
        }
        # A key that no question has any more is put aside as well.
        for shelved_key in [key, *(question.key for question in later_questions)]:
            if shelved_key in self.answers and shelved_key not in self.fixed_keys:
                self._shelve(shelved_key)

    def list_questions(self) -> list[Question]:
        """Return all questions in order, as if those still to come were skipped."""
        return self._list_questions(self.answers)

    def _list_questions(self, answers: Mapping[str, AnswerValue]) -> list[Question]:
        return list(build_conversation_questions(self.talk, _PartialAnswers(answers)))


class _Course:
    """The questions up to the first one without an answer, continued when that has one.

    Which questions there are depends on the answers that were looked at. One that nothing has
    looked at yet changes none of the questions so far, so they are not built again for each answer.
    """

    def __init__(self, talk: Conversation, answers: Mapping[str, AnswerValue]) -> None:
        self._answers = _WatchedAnswers(answers)
        self._questions = build_conversation_questions(talk, self._answers)
        self._question = next(self._questions, None)

    def depends_on(self, key: str) -> bool:
        """Return whether a question so far was built, or passed, by the answer to `key`."""
        return key in self._answers.keys_looked_at

    def find_unanswered(self) -> Question | None:
        """Return the first question without an answer; None at the end."""
        while self._question is not None and self._answers.holds(self._question.key):
            self._question = next(self._questions, None)
        return self._question


class _WatchedAnswers(Mapping[str, AnswerValue]):
    """Answers, with the keys that were looked at, whether or not they had an answer."""

    def __init__(self, answers: Mapping[str, AnswerValue]) -> None:
        self._answers = answers
        self.keys_looked_at: set[str] = set()

    def holds(self, key: str) -> bool:
        """Return whether there is an answer, and count as looked at only one that there is."""
        if key not in self._answers:
            return False
        self.keys_looked_at.add(key)
        return True

    def __getitem__(self, key: str) -> AnswerValue:
        self.keys_looked_at.add(key)
        return self._answers[key]

    def __iter__(self) -> Iterator[str]:
        # An answer that is added later would not have been looked at.
        raise NotImplementedError("questions look up the answers that they depend on")

    def __len__(self) -> int:
        raise NotImplementedError("questions look up the answers that they depend on")


class _PartialAnswers(dict[str, AnswerValue]):
    """Answers among which a missing one counts as skipped, so that a sequence runs to its end."""

    def __missing__(self, key: str) -> AnswerValue:
        return None


def run_interview(
    walk: Walk,
    answerer: Answerer,
    save: Callable[[str, AnswerValue], None] = lambda _key, _value: None,
) -> SessionRecord:
    """Walk to the end and return the record; each answer is saved before the next question.

    `save` is called before the walk has the answer.
    """
    while (question := walk.next()) is not None:
        reply = answerer.ask(question, walk)
        if isinstance(reply, Back):
            walk.back()
        else:
            save(question.key, reply)
            walk.put(question, reply)
            put_answers_ahead(walk, save)
    return walk.build_record()


def put_answers_ahead(walk: Walk, save: Callable[[str, AnswerValue], None]) -> None:
    """Save at once what was answered ahead, so that a run that ends now does not lose it."""
    while walk.answers_ahead:
        key = next(iter(walk.answers_ahead))
        save(key, walk.answers_ahead[key])
        walk.set_answer(key, walk.answers_ahead.pop(key))
