"""Reads what happened to the promises from last time: all of them at once, in one table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coachlog.interview.back import BACK, Back
from coachlog.interview.keys import KeyFamily, build_review_key, parse_key
from coachlog.model.answers import AnswerValue
from coachlog.model.reviews import ReviewOutcome
from coachlog.screens.texts import Text
from coachlog.terminal.drawing import POINTER, ReplyRows, Surface
from coachlog.terminal.looks import Look
from coachlog.terminal.prompt_runner import PromptRunner
from coachlog.terminal.review_marks import (
    OUTCOME_WORDS,
    collect_marks,
    format_marks,
    is_outcome_question,
)
from coachlog.terminal.review_table import ReviewRow, ReviewTable, ReviewView
from coachlog.terminal.widgets import build_review_prompt
from coachlog.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coachlog.interview.conversation import Question
    from coachlog.interview.walk import Walk

PRIVATE_REMARK = "Private: stays out of plans and exports."


class ReviewReader:
    """Shows the table at the first of its promises, and answers for all of them."""

    def __init__(self, console: Surface, look: Look, runner: PromptRunner) -> None:
        self._console = console
        self._look = look
        self._runner = runner
        self._is_rewinding = False

    def leads_further_back(
        self, question: "Question", walk: "Walk", *, after_back: bool
    ) -> bool:
        """Return whether going back does not stop here, but at the first promise of the table.

        Else the table would come back with one promise more at each step back.
        """
        is_review = parse_key(question.key).family is KeyFamily.REVIEW
        is_at_table = after_back and is_outcome_question(question)
        is_going_back = self._is_rewinding or is_at_table
        self._is_rewinding = (
            is_review and is_going_back and not _is_first_review(question, walk)
        )
        return self._is_rewinding

    def read_outcomes(self, question: "Question", walk: "Walk") -> AnswerValue | Back:
        """Return what happened to the promise of this question, or BACK.

        The others go into `walk.answers_ahead`. After BACK, the marks are offered again.
        """
        from coachlog.interview.reviews import list_outcome_questions

        outcome_questions = list_outcome_questions(walk.talk, walk.answers)
        rows = [_build_review_row(other) for other in outcome_questions]
        table = ReviewTable(rows, collect_marks(walk.shelved_answers))
        view = ReviewView(
            table,
            POINTER,
            self._get_size,
            self._wrap_text,
            lambda: self._runner.trouble,
        )
        self._console.print()
        prompt = build_review_prompt(self._look, table, view)
        reply: dict[int, ReviewOutcome] | Back = self._runner.run(
            prompt, question.key, format_marks(table.marks)
        )
        if isinstance(reply, Back):
            walk.shelved_answers |= _build_outcome_answers(table.marks)
            return BACK
        self._print_outcomes(rows, reply)
        answers = _build_outcome_answers(reply)
        answer = answers.pop(question.key)
        walk.answers_ahead |= answers
        return answer

    def _get_size(self) -> tuple[int, int]:
        return self._console.width, self._console.height

    def _wrap_text(self, text: str, columns: int) -> list[str]:
        console: Any = self._console
        lines = Text(text).wrap(console, columns)
        return [line.plain.rstrip() for line in lines]

    def _print_outcomes(
        self, rows: "Sequence[ReviewRow]", outcomes: Mapping[int, ReviewOutcome]
    ) -> None:
        """Print one line for each promise that is not simply open, then how many are."""
        closed = [
            (OUTCOME_WORDS[outcome], Text(row.words))
            for row in rows
            if (outcome := outcomes[row.number]) is not ReviewOutcome.OPEN
        ]
        if closed:
            self._console.print(ReplyRows(closed))
        open_count = len(rows) - len(closed)
        if open_count:
            words = f"{open_count} {OUTCOME_WORDS[ReviewOutcome.OPEN]}"
            self._console.print(Text.assemble((f"{POINTER}  ", "bold"), (words, "dim")))


def _is_first_review(question: "Question", walk: "Walk") -> bool:
    from coachlog.interview.reviews import list_reviewable_actions

    actions = list_reviewable_actions(walk.talk, walk.answers)
    return question.key == build_review_key(actions[0].id, "outcome")


def _build_review_row(question: "Question") -> ReviewRow:
    details = question.help or ""
    if question.private:
        details = f"{details} {PRIVATE_REMARK}"
    number = parse_key(question.key).number
    return ReviewRow(number, clean_line(question.ask), clean_line(details))


def _build_outcome_answers(
    outcomes: Mapping[int, ReviewOutcome],
) -> dict[str, AnswerValue]:
    return {
        build_review_key(number, "outcome"): outcome.value
        for number, outcome in outcomes.items()
    }
