"""Who answers in the demo: someone who is called away in the middle of a word."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from coachlog.interview import Question, Scripted, Walk
from coachlog.model import Person, Value
from coachlog.model.templates import Stage, Template
from coachlog.services.ports import Choice


class Visitor(Scripted):
    """An asker that holds a conversation up to the question `at`, leaves `half` there, and goes."""

    def __init__(
        self, answers: Mapping[str, object], them: str, me: str, at: str, half: str
    ) -> None:
        super().__init__(answers, them, me)
        self._at, self._half = at, half
        self._on_half: Callable[[str, str], None] = lambda _key, _typed: None

    @property
    def taken(self) -> list[str]:
        """Return nothing: no clock runs."""
        return []

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        taken: Value = None,
    ) -> "Visitor":
        """Begin the conversation."""
        self._on_half = on_half
        return self

    def ask(self, question: Question, walk: Walk) -> Value:
        """Return the answer; at the last question leave half of it, and go."""
        if question.key == self._at:
            self._on_half(question.key, self._half)
            raise KeyboardInterrupt
        return super().ask(question, walk)

    def sum_up(self, walk: Walk) -> None:
        """Show nothing: nobody looks."""

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Hear what is said."""

    # What the demo never asks

    def again(self, question: Question, before: Value, *, back: bool = True) -> NoReturn:
        """Answer nothing: see `_unexpected`."""
        self._unexpected(question.ask)

    def choose(self, ask: str, rows: Sequence[tuple[str, Choice]]) -> NoReturn:
        """Choose nothing."""
        self._unexpected(ask)

    def words(self, ask: str, help: str | None = None, initial: str = "") -> NoReturn:
        """Say nothing."""
        self._unexpected(ask)

    def who(
        self,
        people: Sequence[Person],
        matches: Callable[[str], list[Person]],
        known: str | None = None,
    ) -> NoReturn:
        """Name nobody."""
        self._unexpected(known or "who")

    def which(self, groups: Sequence[tuple[str, Sequence[Template]]]) -> NoReturn:
        """Choose no conversation."""
        self._unexpected("which")

    def agrees(self, question: str) -> NoReturn:
        """Agree to nothing."""
        self._unexpected(question)

    def edit(self, path: Path) -> NoReturn:
        """Edit nothing."""
        self._unexpected(path.name)

    @staticmethod
    def _unexpected(question: str) -> NoReturn:
        raise AssertionError(f"the demo is asked {question!r}")
