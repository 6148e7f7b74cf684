"""Each block as plain text: exactly which text, and that nothing typed makes a line of its own."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings

from coachlog.exports.blocks import (
    EMPTY_CELL,
    BlankSpace,
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    LineBreak,
    Paragraph,
    PlainText,
    Strikethrough,
    StrongText,
    Table,
    Task,
    TypedText,
    Words,
    WritingLines,
)
from coachlog.exports.documents.action_list import ACTION_STYLES
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.formats import text
from coachlog.text import clean_line
from command_support import golden
from conftest import Run
from test_exports_html import everything
from test_exports_plan_markdown import RICH, TYPED


def words(typed: str) -> Words:
    return (PlainText(typed),)


def body(*printed: Block) -> str:
    """Return blocks as text, without the title of their page."""
    page = text.write(Document(words("T"), printed)).decode()
    return page.removeprefix("T\n").removeprefix("\n").removesuffix("\n")


# Each block

PROMISE_ROW: tuple[Words, ...] = (
    words("3"),
    (TypedText("Draft the agenda"),),
    (StrongText(words("Tom")),),
    words(EMPTY_CELL),
    (TypedText("it is in"), LineBreak(), TypedText("everyone has it")),
)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(Heading(2, words("Promises")), "Promises", id="heading"),
        pytest.param(Paragraph(()), "", id="paragraph-of-nothing"),
        pytest.param(
            Table(("#", "Promise", "Who", "By", "Done when"), (PROMISE_ROW,)),
            "• Promise 3: Draft the agenda\n"
            "  Who: Tom · Done when: it is in\n  everyone has it",
            id="row-with-a-number",
        ),
        pytest.param(
            Table(("Promise", "Who"), ((words("Ask Ed"), words("me")),)),
            "• Ask Ed\n  Who: me",
            id="row-without-a-number",
        ),
        pytest.param(
            Table(("Promise", "Who"), ((words("Ask Ed"), ()),)),
            "• Ask Ed",
            id="row-with-nothing-else",
        ),
        pytest.param(
            Table(("Promise", "Who"), (((), ()),)),
            "• Promise: __________ · Who: __________",
            id="row-to-fill-in",
        ),
        pytest.param(
            BulletList((words("a"), (TypedText("b"), LineBreak(), TypedText("c")))),
            "• a\n• b\n  c",
            id="list",
        ),
        pytest.param(
            Checklist(
                (
                    Task(False, words("tea")),
                    Task(
                        True,
                        (Strikethrough(words("Ask Ed")),),
                        date(2026, 11, 27),
                        (words("support: Ann"),),
                        "A5",
                    ),
                )
            ),
            "☐ tea\n☑ Ask Ed · 27 November 2026 · support: Ann",
            id="tasks",
        ),
        pytest.param(
            Paragraph((PlainText("Review: "), BlankSpace(4))),
            "Review: ____",
            id="blank",
        ),
        pytest.param(
            WritingLines(2), "_" * 40 + "\n" + "_" * 40, id="lines-to-write-on"
        ),
    ],
)
def test_a_block(block: Block, expected: str) -> None:
    assert body(block) == expected


@pytest.mark.parametrize(
    ("first", "lines_between"),
    [
        pytest.param(Heading(2, words("a")), 0, id="heading"),
        pytest.param(Paragraph((StrongText(words("a")),)), 0, id="question"),
        pytest.param(Paragraph(words("Promises:")), 0, id="lead"),
        pytest.param(Paragraph(words("a")), 1, id="paragraph"),
        pytest.param(Paragraph((Emphasis(words("a")),)), 1, id="remark"),
        pytest.param(BulletList((words("a:"),)), 1, id="list"),
    ],
)
def test_a_label_stands_right_above_what_it_is_for(
    first: Block, lines_between: int
) -> None:
    page = body(first, BulletList((words("b"),)))
    assert page.count("\n\n") == lines_between


@pytest.mark.parametrize("style", ACTION_STYLES)
def test_a_rich_plan(style: str) -> None:
    page = text.write(build_plan_page(RICH, style)).decode()
    assert page == golden(f"plan-rich-{style}.txt", page)


# What a chat would take for markup

MARKUP = re.compile(r"^\s*(?:#|[-+*>] |\d+[.)] |---|```)|\*\*|\||~~|<br>", re.MULTILINE)


@pytest.mark.parametrize(
    "line",
    [
        "plan export priya --all",
        "plan export priya --style tasks",
        "history export priya",
    ],
)
def test_no_page_has_markup_of_its_own(example: Run, line: str) -> None:
    ran = example(*line.split(), "--format", "text")
    assert (ran.code, MARKUP.findall(ran.out)) == (0, [])


# Whatever was typed


@settings(max_examples=100, deadline=None)
@given(typed=TYPED)
@example(typed="From me\n.\n\n# x | **y**")
@example(typed="\u202eevil\u2066 \udc80\r\nSubject: x")
def test_any_words_stay_on_the_lines_that_they_belong_to(typed: str) -> None:
    typed_words = clean_line(typed) or "x"
    page = text.write(everything(typed_words)).decode()
    assert page == text.write(everything("x")).decode().replace("x", typed_words)


@pytest.mark.parametrize(
    "typed", ["a\nb", "a\r\nb", "a\u2028b", "a\u202eb\u2069", "a\udc80b", "a\x1bb"]
)
def test_nothing_typed_makes_a_line_or_turns_one_around(typed: str) -> None:
    page = text.write(Document((TypedText(typed),), ())).decode("utf-8")
    assert page in ("a b\n", "ab\n", "a\ufffdb\n")
