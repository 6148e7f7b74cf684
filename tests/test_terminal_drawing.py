"""What stands around prompts, on paper: the same bytes as Rich's table and rule."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

from coachlog.screens.texts import Text
from coachlog.terminal.drawing import POINTER, ReplyRows, print_rule
from coachlog.terminal.paper import Paper
from coachlog.terminal.redrawing import PrintedQuestion

WORDS = st.text(
    st.sampled_from("abcdefg   hij\n日本é\u0301—“”-."), min_size=1, max_size=150
)
LABELS = st.sampled_from(["", "done", "dropped", "moved"])


def build_console(width: int) -> Console:
    return Console(
        file=io.StringIO(),
        width=width,
        height=30,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        markup=False,
    )


def build_paper(width: int) -> Paper:
    return Paper(io.StringIO(), has_codes=True, width=width, height=30)


def read_page(target: Paper | Console) -> str:
    assert isinstance(target.file, io.StringIO)
    return target.file.getvalue()


@given(
    rows=st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=4),
    style=st.sampled_from(["", "dim", "default"]),
    width=st.integers(24, 140),
)
def test_rows_of_replies_are_those_of_a_grid(
    rows: list[tuple[str, str]], style: str, width: int
) -> None:
    has_labels = any(label for label, _ in rows)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold")
    if has_labels:
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, words in rows:
        labels = [label] if has_labels else []
        grid.add_row(POINTER, *labels, Text(words, style))
    reference, console, paper = (
        build_console(width),
        build_console(width),
        build_paper(width),
    )
    reference.print(grid)
    for target in (console, paper):
        target.print(ReplyRows([(label, Text(words, style)) for label, words in rows]))
        assert read_page(target) == read_page(reference)


@given(
    title=st.text(st.sampled_from("abc 日é·"), min_size=1, max_size=30),
    width=st.integers(24, 140),
    color=st.sampled_from(["", "cyan"]),
)
def test_a_rule_is_that_of_rich(title: str, width: int, color: str) -> None:
    words = Text(title, style="bold")
    if words.cell_len > width - 4:
        return
    reference, console, paper = (
        build_console(width),
        build_console(width),
        build_paper(width),
    )
    reference.print()
    reference.rule(words.__rich__(), align="left", style=color or "bold")
    for target in (console, paper):
        print_rule(target, title, color)
        assert read_page(target) == read_page(reference)


@pytest.mark.parametrize("build", [build_console, build_paper])
def test_the_question_above_a_prompt_is_counted_and_printed_again(
    build: type[Paper | Console],
) -> None:
    target = build(20)  # type: ignore[arg-type, call-arg]
    question = PrintedQuestion(target)
    question.print(Text("a heading"))
    question.print()
    question.print(Text("a question of more words than fit", style="bold"))
    assert question.count_lines() == 3
    shown = read_page(target)
    question.print_again()
    assert read_page(target) == 2 * shown
    question.forget()
    assert question.count_lines() == 0
