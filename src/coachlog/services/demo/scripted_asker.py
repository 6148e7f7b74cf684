"""Answers a conversation of the demo, up to the word at which its owner is called away."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from coachlog.interview.conversation import Question
from coachlog.interview.scripted import FileAnswerer
from coachlog.interview.walk import Walk
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.templates import Stage, Template
from coachlog.services.ports import Choice

if TYPE_CHECKING:
    from coachlog.answers.captured_notes import Understanding


class InterruptedAsker(FileAnswerer):
    """An asker that answers up to the question `stop_key`, leaves half an answer, and stops."""

    def __init__(
        self,
        answers: Mapping[str, object],
        them: str,
        me: str,
        stop_key: str,
        half_answer: str,
    ) -> None:
        super().__init__(answers, them, me)
        self._stop_key = stop_key
        self._half_answer = half_answer
        self._on_half: Callable[[str, str], None] = lambda _key, _text: None

    @property
    def stage_seconds(self) -> list[str]:
        """Return no times: no clock runs."""
        return []

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> "InterruptedAsker":
        """Return the asker itself, which now knows who takes its half-typed words."""
        self._on_half = on_half
        return self

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        """Return the answer; at the last question type half of it, then raise KeyboardInterrupt."""
        if question.key == self._stop_key:
            self._on_half(question.key, self._half_answer)
            raise KeyboardInterrupt
        return super().ask(question, walk)

    def agree_record(self, walk: Walk) -> str:
        """Return that all is to be saved."""
        return ""

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Say nothing: nobody is listening."""

    def work_meanwhile(self, work: Callable[[], None]) -> None:
        """Do nothing: nobody thinks."""

    # What the demo is never asked: each of these fails, so that a changed story is noticed.

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> NoReturn:
        """Fail."""
        self._fail_unexpected(question.ask)

    def write_notes(
        self,
        title: str,
        help: str,
        on_half: Callable[[str, str], None],
        initial: str = "",
    ) -> NoReturn:
        """Fail."""
        self._fail_unexpected(title)

    def agree_notes(self, understanding: "Understanding") -> NoReturn:
        """Fail."""
        self._fail_unexpected("whether notes are understood")

    def choose(
        self,
        question: str,
        rows: Sequence[tuple[str, Choice]],
        *,
        is_statement: bool = False,
        keeps_words: bool = False,
        by_number: bool = False,
    ) -> NoReturn:
        """Fail."""
        self._fail_unexpected(question)

    def keep_words(self, words: str) -> NoReturn:
        """Fail."""
        self._fail_unexpected(words)

    def take_kept_words(self) -> str:
        """Return '': nobody types ahead."""
        return ""

    def ask_words(
        self,
        question: str,
        help: str | None = None,
        initial: str = "",
        *,
        is_required: bool = False,
    ) -> NoReturn:
        """Fail."""
        self._fail_unexpected(question)

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
        help: str | None = None,
    ) -> NoReturn:
        """Fail."""
        self._fail_unexpected(question or "who it is with")

    def choose_template(
        self, groups: Sequence[tuple[str, Sequence[Template]]], *, back: bool
    ) -> NoReturn:
        """Fail."""
        self._fail_unexpected("which conversation")

    def agrees(self, question: str) -> NoReturn:
        """Fail."""
        self._fail_unexpected(question)

    def edit(self, path: Path, line: int = 1) -> NoReturn:
        """Fail."""
        self._fail_unexpected(path.name)

    @staticmethod
    def _fail_unexpected(question: str) -> NoReturn:
        raise AssertionError(f"the demo is not prepared for the question {question!r}")
