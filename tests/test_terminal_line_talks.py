"""Every shipped conversation line by line: what is typed is what is kept, whatever is typed."""

import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.answers import AnswerValue
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal.line_terminal import LineTerminal
from coachlog.terminal.review_marks import OUTCOME_WORDS, is_outcome_question
from test_prompts import SHIPPED, Thorough, conversation


class Typist(LineTerminal):
    """Types what another person would answer; without one, the lines that there are."""

    def __init__(self, person: Thorough | None, lines: list[str]) -> None:
        self.page = io.StringIO()
        super().__init__(Console(file=self.page, width=80))
        self.person = person
        self.lines = lines
        self._reader.read_line = self._read_line  # type: ignore[method-assign]

    def _read_line(self, label: str, key: str = "", text: str = "") -> str | None:
        if not self.lines:
            raise KeyboardInterrupt
        self.page.write(f"{label}\n")
        return self.lines.pop(0)

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        if self.person is None:
            return super().ask(question, walk)
        assert self.lines == [], self.page.getvalue()
        meant = self.person.ask(question, walk)
        self.lines = list_lines(question, meant, walk.get_offered_answer(question))
        reply = super().ask(question, walk)
        assert reply == meant, self.page.getvalue()
        return reply


def list_lines(
    question: Question, meant: AnswerValue, offered: AnswerValue
) -> list[str]:
    """Return the lines that give an answer."""
    values = list(question.values or question.options)
    widget = get_kind_row(question.kind).widget
    if is_outcome_question(question):
        return [OUTCOME_WORDS[meant]]  # type: ignore[index]
    if meant is None:
        return ["" if offered is None else "-"]
    if isinstance(meant, bool):
        return ["y" if meant else "n"]
    if isinstance(meant, list):
        return [", ".join(str(values.index(str(value)) + 1) for value in meant)]
    if widget is Widget.PICK_ONE:
        return [str(meant) if question.by_letter else str(values.index(str(meant)) + 1)]
    lines = str(meant).split("\n")
    return [*lines, "."] if widget is Widget.TEXT else lines


@pytest.mark.parametrize(
    "build", [Thorough, lambda: Thorough("9", yes=True)], ids=["2", "9"]
)
@pytest.mark.parametrize("id", SHIPPED)
def test_typed_line_by_line_the_record_is_the_same(
    id: str, build: Callable[[], Thorough]
) -> None:
    expected = run_interview(Walk(conversation(id)), build())
    walk = Walk(conversation(id))
    assert run_interview(walk, Typist(build(), [])) == expected


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "1",
            "2",
            "0",
            "-",
            "<",
            "?",
            ".",
            "y",
            "no",
            "fri",
            "me",
            "none",
            "d",
            "m",
        ]
    )
    | st.text(max_size=20).map(lambda text: text.replace("\n", " ")),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SHIPPED)), LINES)
def test_no_lines_end_in_a_fault(id: str, lines: list[str]) -> None:
    walk = Walk(conversation(id))
    with suppress(KeyboardInterrupt):
        run_interview(walk, Typist(None, lines))
    walk.build_record()


@pytest.mark.parametrize("id", SHIPPED)
def test_enter_alone_states_nothing(id: str) -> None:
    """It skips, keeps what is marked, or is refused: never the first row of a list."""
    walk = Walk(conversation(id))
    person = Typist(None, [""] * 80)
    with suppress(KeyboardInterrupt):
        run_interview(walk, person)
    said = {
        key: value
        for key, value in walk.answers.items()
        if value is not None and not key.startswith((":present", "review."))
    }
    assert set(said) <= {"held-on"}, person.page.getvalue()
