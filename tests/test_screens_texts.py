"""Texts do what Rich's do, as far as screens use them, and know how wide their words are."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console as RichConsole
from rich.text import Text as RichText

from coachlog.screens.texts import Text
from coachlog.screens.widths import count_screen_cells, fits_surely, is_narrow

LETTERS = "abc   –é\u0301日🙂\u200d\n\t\r\u00a0"
WORDS = st.one_of(st.text("abc  –", max_size=30), st.text(LETTERS, max_size=12))
STYLES = st.sampled_from(["", "bold", "dim", "bold red"])
PLACES = st.integers(0, 12)

Step = Callable[[Any, Any], Any]
"""What is done to a text of ours or of Rich's: it returns the text that comes of it."""


def append(words: str, style: str) -> Step:
    return lambda text, _: text.append(words, style or None)


def append_text(words: str, style: str, more: str) -> Step:
    return lambda text, kind: text.append_text(kind(words, style=style).append(more))


def stylize(style: str, start: int, end: int) -> Step:
    def change(text: Any, _kind: Any) -> Any:
        text.stylize(style or "dim", start, end)
        return text

    return change


def cut(start: int, end: int) -> Step:
    return lambda text, _: text[start:end]


def set_words(words: str) -> Step:
    def change(text: Any, _kind: Any) -> Any:
        text.plain = words
        return text

    return change


def strip(text: Any, _kind: Any) -> Any:
    text.rstrip()
    return text


def widen(text: Any, _kind: Any) -> Any:
    return text.expand_tabs(4) or text


def join(words: str, style: str) -> Step:
    def change(text: Any, kind: Any) -> Any:
        return kind(words, style=style).join([text, kind("", style="bold"), text])

    return change


def assemble(words: str, style: str) -> Step:
    return lambda text, kind: kind.assemble(words, text, (words, style), style=style)


STEPS = st.one_of(
    st.builds(append, WORDS, STYLES),
    st.builds(append_text, WORDS, STYLES, WORDS),
    st.builds(stylize, STYLES, PLACES, PLACES),
    st.builds(cut, PLACES, PLACES),
    st.builds(set_words, WORDS),
    st.builds(join, WORDS, STYLES),
    st.builds(assemble, WORDS, STYLES),
    st.just(strip),
    st.just(widen),
    st.just(lambda text, _: text.copy()),
    st.just(lambda text, _: text + text),
)


def show(text: Any) -> Any:
    spans = [tuple(span) for span in text.spans]
    return text.plain, text.style, spans, text.cell_len, len(text), bool(text)


@given(words=WORDS, style=STYLES, steps=st.lists(STEPS, max_size=4), width=PLACES)
def test_a_text_is_what_a_text_of_rich_would_be(
    words: str, style: str, steps: list[Step], width: int
) -> None:
    ours: Any = Text(words, style)
    theirs: Any = RichText(words, style)
    for step in steps:
        ours = step(ours, Text)
        theirs = step(theirs, RichText)
        assert show(ours) == show(theirs)
    assert show(ours.__rich__()) == show(ours)
    parted = theirs.split(allow_blank=True)
    assert [show(line) for line in ours.split()] == [show(line) for line in parted]
    console = RichConsole()
    wrapped = theirs.wrap(console, width + 1, overflow="fold")
    lines = ours.wrap(console, width + 1)
    assert [line.plain for line in lines] == [line.plain for line in wrapped]
    for line, wrapped_line in zip(lines, wrapped, strict=True):
        chunks = [chunk.text for chunk in line.split_styles()]
        whole = RichText().append_text(wrapped_line)
        assert chunks == [segment.text for segment in whole.render(console)] or not line


def test_no_letter_is_taken_for_narrower_than_rich_takes_it() -> None:
    narrow = [letter for letter in map(chr, range(sys.maxunicode)) if is_narrow(letter)]
    assert len(narrow) > 900
    assert {letter for letter in narrow if cell_len(letter) != 1} == set()
    words = "".join(narrow)
    assert cell_len(words) == count_screen_cells(words) == len(words)


@pytest.mark.parametrize(
    ("words", "width", "is_sure"),
    [
        ("a line of 12", 12, True),
        ("a line of 12", 11, False),
        ("short\na line of 12", 12, True),
        ("naïve – “plain” …", 17, True),
        ("日本", 4, True),
        ("日本", 3, False),
        ("a line of cafe\u0301s", 16, False),
        ("", 0, True),
    ],
)
def test_lines_surely_fit(words: str, width: int, is_sure: bool) -> None:
    """Where letters may take two cells or none, each is counted as two."""
    assert fits_surely(words, width) == is_sure
