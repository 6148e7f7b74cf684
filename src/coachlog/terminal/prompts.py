"""The person at the terminal: shows each question, reads the answer, never loses a word."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.interview.back import BACK, Back
from coachlog.interview.keys import NOTES_BOX
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.templates import Template
from coachlog.terminal.drawing import print_choice, print_question, print_rule
from coachlog.terminal.fields import BOX_KEYS, LIST_KEYS, NAME_KEYS, PICKER_KEYS
from coachlog.terminal.interviewer import (
    OPEN_TEXT_KEY,
    TEMPLATE_QUESTION,
    Interviewer,
)
from coachlog.terminal.keys import Place
from coachlog.terminal.looks import build_look
from coachlog.terminal.prompt_runner import PromptRunner
from coachlog.terminal.redrawing import PrintedQuestion
from coachlog.terminal.replies import ReplyReader, build_list_rows
from coachlog.terminal.reply_checks import find_choice_fault
from coachlog.terminal.widgets import (
    build_confirm,
    build_name_field,
    build_notes_box,
    build_number_field,
    build_template_picker,
)
from coachlog.text import clean_line

if TYPE_CHECKING:
    from rich.console import Console

    from coachlog.interview.conversation import Question
    from coachlog.interview.walk import Walk
    from coachlog.terminal.paper import Paper
    from coachlog.terminal.review_reader import ReviewReader


class Terminal(Interviewer):
    """Asks a person at the terminal; the `Asker` of a run, and the `Sitting` of a conversation."""

    def __init__(
        self,
        paper: "Paper | Console",
        *,
        color: bool = True,
        ascii: bool = False,
        has_date_remarks: Callable[[], bool] = lambda: True,
    ) -> None:
        self._look = build_look(color=color, ascii=ascii)
        page = PrintedQuestion(paper)
        self._runner = PromptRunner(page)
        self._replies = ReplyReader(page, self._look, self._runner, has_date_remarks)
        self._page = page
        super().__init__(page, self._replies, self._runner, print_rule)

    # One conversation

    def write_notes(
        self,
        title: str,
        help: str,
        on_half: Callable[[str, str], None],
        initial: str = "",
    ) -> str:
        """Return the notes typed into one box of many lines, below its title and its help.

        `on_half` gets the key and the text that is half-typed, as in a conversation.
        """
        self.begin_notes(title, help, on_half)
        text = self._add_kept_words(initial)
        place = Place(help, BOX_KEYS, stop_word="pause")
        box = build_notes_box(self._look, text, self._format_box_hint, place=place)
        return str(self._runner.run(box, NOTES_BOX, initial))

    def _format_box_hint(self) -> str:
        hint = " Enter on an empty line, or Ctrl-D: done · Ctrl-C: pause"
        return self._runner.trouble or hint

    def _read_line_number(self, hint: str) -> str | Back:
        place = Place(None, [f"{hint}."], back=True, stop_word="pause")
        field = build_number_field(
            self._look, OPEN_TEXT_KEY, lambda: f" {hint}", place=place
        )
        reply: str | Back = self._runner.run(field)
        return reply

    @cached_property
    def _reviews(self) -> "ReviewReader":
        from coachlog.terminal.review_reader import ReviewReader

        return ReviewReader(self._page, self._look, self._runner)

    def _leads_further_back(self, question: "Question", walk: "Walk") -> bool:
        return self._reviews.leads_further_back(
            question, walk, after_back=self._has_gone_back
        )

    def _read_answer(self, question: "Question", walk: "Walk") -> AnswerValue | Back:
        """Return the answer to a question, or BACK; the first promise's answers for all of them."""
        from coachlog.terminal.review_marks import is_outcome_question

        if not is_outcome_question(question):
            return super()._read_answer(question, walk)
        self._clock.turn_to(question)
        return self._reviews.read_outcomes(question, walk)

    # Before and beside a conversation

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
        help: str | None = None,
    ) -> str:
        """Return the name typed, which fits one person at most; '' for nobody.

        With a question of its own, which somebody must answer, it fits exactly one. `help` says
        what to type.
        """

        def validate(text: str) -> bool | str:
            fault = find_choice_fault(text, find_matches, is_required=bool(question))
            return fault or True

        self._print_name_question(question, help)
        place = Place(help, NAME_KEYS, stop_word=self._replies.stop_word)
        field = build_name_field(self._look, people, validate, place=place)
        return clean_line(self._runner.run(field))

    def choose_template(
        self, groups: Sequence[tuple[str, Sequence[Template]]], *, back: bool
    ) -> Template | Back:
        """Return the template picked from the groups, or BACK.

        The pointer is on the first one at first.
        """

        def get_size() -> tuple[int, int]:
            return self._console.width, self._console.height

        print_question(self._console, TEMPLATE_QUESTION)
        stop_word = self._replies.stop_word
        place = Place(keys=PICKER_KEYS, back=back, stop_word=stop_word)
        picker = build_template_picker(self._look, groups, get_size, place=place)
        template: Template | Back = self._runner.run(picker)
        if isinstance(template, Back):
            return BACK
        print_choice(self._console, template.title)
        return template

    def _pick_place(
        self,
        labels: Sequence[str],
        numbers: Sequence[int] | None,
        *,
        is_statement: bool,
        keep_line: Callable[[str], None] | None,
    ) -> AnswerValue | Back:
        places = build_list_rows(labels, range(len(labels)), numbers)
        place = Place(None, LIST_KEYS, back=True, stop_word=self._replies.stop_word)
        return self._replies.pick_row(
            places, None, place, points_first=not is_statement, keep_line=keep_line
        )

    def edit(self, path: Path, line: int = 1) -> float:
        """Let the person edit a file, as `Interviewer` does: an editor may need the echo."""
        self._runner.echo.turn_on()
        return super().edit(path, line)

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        return self._runner.run(build_confirm(self._look, question)) is True
