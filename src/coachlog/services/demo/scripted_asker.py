"""Who answers in the demo: someone who is called away in the middle of a word."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from coachlog.interview import FileAnswerer, Question, Walk
from coachlog.model import AnswerValue, Person
from coachlog.model.templates import Stage, Template
from coachlog.services.ports import Choice


class InterruptedAsker(FileAnswerer):
    """An asker that holds a conversation up to the question `at`, leaves `half` there, and goes."""

    def __init__(
        self, answers: Mapping[str, object], them: str, me: str, stop_key: str, half_answer: str
    ) -> None:
        super().__init__(answers, them, me)
        self._stop_key, self._half_answer = stop_key, half_answer
        self._on_half: Callable[[str, str], None] = lambda _key, _typed: None

    @property
    def stage_seconds(self) -> list[str]:
        """Return nothing: no clock runs."""
        return []

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> "InterruptedAsker":
        """Begin the conversation."""
        self._on_half = on_half
        return self

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        """Return the answer; at the last question leave half of it, and go."""
        if question.key == self._stop_key:
            self._on_half(question.key, self._half_answer)
            raise KeyboardInterrupt
        return super().ask(question, walk)

    def sum_up(self, walk: Walk) -> None:
        """Show nothing: nobody looks."""

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Hear what is said."""

    # What the demo never asks

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> NoReturn:
        """Answer nothing: see `_unexpected`."""
        self._fail_unexpected(question.ask)

    def choose(self, question: str, rows: Sequence[tuple[str, Choice]]) -> NoReturn:
        """Choose nothing."""
        self._fail_unexpected(question)

    def ask_words(self, question: str, help: str | None = None, initial: str = "") -> NoReturn:
        """Say nothing."""
        self._fail_unexpected(question)

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
    ) -> NoReturn:
        """Name nobody."""
        self._fail_unexpected(question or "who")

    def choose_template(self, groups: Sequence[tuple[str, Sequence[Template]]]) -> NoReturn:
        """Choose no conversation."""
        self._fail_unexpected("which")

    def agrees(self, question: str) -> NoReturn:
        """Agree to nothing."""
        self._fail_unexpected(question)

    def edit(self, path: Path) -> NoReturn:
        """Edit nothing."""
        self._fail_unexpected(path.name)

    @staticmethod
    def _fail_unexpected(question: str) -> NoReturn:
        raise AssertionError(f"the demo is asked {question!r}")
