"""What a service asks of whoever answers: a person at a terminal, a script, a test."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from coachlog.interview import Answerer, Back, Question, Walk
from coachlog.model import AnswerValue, Person
from coachlog.model.templates import Stage, Template

Choice = TypeVar("Choice")


class Sitting(Answerer, Protocol):
    """One conversation under way: it asks question by question, and counts the time taken."""

    def sum_up(self, walk: Walk) -> None:
        """Show what is about to be saved, once."""
        ...

    @property
    def stage_seconds(self) -> list[str]:
        """Return the seconds counted so far, `ann-obi present 123` each; none without a clock."""
        ...


class Asker(Protocol):
    """Whoever can be asked. Ctrl-C is a KeyboardInterrupt out of any of these."""

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> Sitting:
        """Begin a conversation; `on_half` is told what is half-typed, a few times a second.

        With `stages` a quiet clock counts their minutes, from what was `taken` before.
        """
        ...

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return an answer that was checked, or BACK; what was said `before` is offered."""
        ...

    def choose(self, question: str, rows: Sequence[tuple[str, Choice]]) -> Choice | Back:
        """Return the value of the row picked, or BACK."""
        ...

    def ask_words(self, question: str, help: str | None = None, initial: str = "") -> str:
        """Return one line of words; '' when skipped."""
        ...

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
    ) -> str:
        """Return the name typed, which fits one person at most; '' for nobody.

        With `known`, the question to ask instead, it fits exactly one.
        """
        ...

    def choose_template(self, groups: Sequence[tuple[str, Sequence[Template]]]) -> Template:
        """Return the template chosen from the groups."""
        ...

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        ...

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Say something between the questions."""
        ...

    def edit(self, path: Path) -> float:
        """Let the person edit a file; return how many seconds the editor was open.

        `EditorFailed` if it cannot be started or ends with an error.
        """
        ...
