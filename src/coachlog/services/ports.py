"""How a service asks questions, whoever answers: a person at a terminal, a script or a test."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.interview.walk import Answerer, Walk
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.templates import Stage, Template

if TYPE_CHECKING:
    from coachlog.answers.captured_notes import Understanding

Choice = TypeVar("Choice")


class Sitting(Answerer, Protocol):
    """One conversation in progress: it asks question by question, and counts the time."""

    def agree_record(self, walk: Walk) -> str | Back:
        """Show what is about to be saved; return '' to save it, or BACK.

        Anything else is the key of an answer that the person wants to change first.
        """
        ...

    @property
    def stage_seconds(self) -> list[str]:
        """Return the seconds of each stage, as `ann-obi present 123`; empty without a clock."""
        ...


class Asker(Answerer, Protocol):
    """Someone who can be asked. Ctrl-C raises KeyboardInterrupt out of any of these methods."""

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> Sitting:
        """Return a new conversation to ask questions in.

        `on_half` is called with the key and the half-typed text of a question soon after each
        change, in a thread of its own but never while a question is answered.
        With `stages`, a quiet clock counts their minutes, starting from `stage_seconds`.
        """
        ...

    def write_notes(
        self,
        title: str,
        help: str,
        on_half: Callable[[str, str], None],
        initial: str = "",
    ) -> str:
        """Return the notes typed into one box of many lines; `on_half` as for `sit`."""
        ...

    def agree_notes(self, understanding: "Understanding") -> str | Back:
        """Show what was understood; return '' to save it, a line's number, `e`, or BACK.

        `e` and BACK open the text again.
        """
        ...

    def work_meanwhile(self, work: Callable[[], None]) -> None:
        """Run `work` in a thread of its own once the person has a question to think about."""
        ...

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return a checked answer, or BACK; the `previous` answer is offered."""
        ...

    def choose(
        self,
        question: str,
        rows: Sequence[tuple[str, Choice]],
        *,
        is_statement: bool = False,
        keeps_words: bool = False,
        by_number: bool = False,
    ) -> Choice | Back:
        """Return the value of the row picked, or BACK.

        Where a row `is_statement`, Enter alone picks none: it says who somebody is, or changes the
        journal. With `keeps_words`, a line that fits no row is kept: it was typed ahead for the
        notes. The values of rows `by_number` are the numbers that these things have everywhere: a
        number typed means no other.
        """
        ...

    def keep_words(self, words: str) -> None:
        """Keep a line that was typed ahead: it is in the box of the notes once that opens."""
        ...

    def take_kept_words(self) -> str:
        """Return the lines that were kept and are in no box, which forgets them; '' for none."""
        ...

    def ask_words(
        self,
        question: str,
        help: str | None = None,
        initial: str = "",
        *,
        is_required: bool = False,
    ) -> str:
        """Return one line of words; '' when skipped, which those that are required cannot be."""
        ...

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
        help: str | None = None,
    ) -> str:
        """Return the name as it was typed, which fits one person at most; '' for nobody.

        With a `question` of its own, the name fits exactly one person. `help` says what to type.
        """
        ...

    def choose_template(
        self, groups: Sequence[tuple[str, Sequence[Template]]], *, back: bool
    ) -> Template | Back:
        """Return the template that was chosen from the groups; or BACK, if `back` allows that."""
        ...

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        ...

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Show a line between the questions."""
        ...

    def edit(self, path: Path, line: int = 1) -> float:
        """Return how many seconds the person had the file open in their editor, from `line` on.

        Raises EditorFailure if it cannot be started or ends with an error.
        """
        ...
