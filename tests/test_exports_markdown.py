"""Each block as markdown: exactly which text, and that a reader sees exactly what was typed."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given, settings

from coachlog.exports.blocks import (
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
    build_typed_lines,
    format_plain_text,
    join_words,
)
from coachlog.exports.formats import markdown
from test_exports_plan_markdown import TYPED, blocks, plain


def words(text: str) -> Words:
    return (PlainText(text),)


def text(*printed: Block) -> str:
    """Return blocks as markdown, without the title of their page."""
    page = markdown.write(Document(words("T"), printed)).decode()
    return page.removeprefix("# T\n").removeprefix("\n").removesuffix("\n")


# Each block


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(Heading(2, words("Actions")), "## Actions", id="heading"),
        pytest.param(
            Heading(3, (TypedText("C #"),)),
            "### C \\#",
            id="heading-that-ends-in-a-mark",
        ),
        pytest.param(Paragraph(words("As of today")), "As of today", id="paragraph"),
        pytest.param(Paragraph(()), "", id="paragraph-of-nothing"),
        pytest.param(
            Table(("group", "sum"), ((words("North"), words("12")),), right=("sum",)),
            "| group | sum |\n| --- | ---: |\n| North | 12 |",
            id="table-with-figures",
        ),
        pytest.param(
            Table(("#", "Action"), ((words("1"), (TypedText("a|b"),)), ((), ()))),
            "| # | Action |\n| --- | --- |\n| 1 | a\\|b |\n| | |",
            id="table-with-a-row-to-fill-in",
        ),
        pytest.param(
            BulletList((words("a"), (TypedText("- b"),))), "- a\n- \\- b", id="list"
        ),
        pytest.param(
            Checklist((Task(False, words("tea")), Task(True, words("milk")))),
            "- [ ] tea\n- [x] milk",
            id="checklist",
        ),
        pytest.param(
            Checklist(
                (
                    Task(
                        is_done=True,
                        words=words("Ask Ed"),
                        due=date(2026, 11, 27),
                        details=(words("done when: it is in"), words("support: Ann")),
                        anchor="A5",
                        id="cl8cc144ea",
                        made_on=date(2026, 11, 20),
                        closed_on=date(2026, 11, 26),
                    ),
                )
            ),
            "- [x] Ask Ed · done when: it is in · support: Ann "
            "🆔 cl8cc144ea ➕ 2026-11-20 📅 2026-11-27 ✅ 2026-11-26",
            id="task-with-everything",
        ),
        pytest.param(
            Checklist((Task(True, words("Ask Ed"), is_dropped=True),)),
            "- [-] Ask Ed",
            id="task-that-was-dropped",
        ),
        pytest.param(WritingLines(1), "___", id="a-line-to-write-on"),
        pytest.param(WritingLines(2), "___\n\n___", id="two-lines-to-write-on"),
    ],
)
def test_a_block(block: Block, expected: str) -> None:
    assert text(block) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param((PlainText("a"), TypedText("b*")), "ab\\*", id="typed"),
        pytest.param((TypedText("1. a\nb"),), "1\\. a b", id="typed-is-one-line"),
        pytest.param(
            (PlainText("<b> & | *"),),
            "\\<b\\> \\& \\| \\*",
            id="own-words-are-no-markup",
        ),
        pytest.param((StrongText((TypedText("*"),)),), "**\\***", id="strong"),
        pytest.param((Emphasis(words("a")),), "*a*", id="emphasis"),
        pytest.param(
            (Strikethrough((TypedText("a"), LineBreak(), TypedText("b"))),),
            "~~a<br>b~~",
            id="struck",
        ),
        pytest.param(
            (StrongText((TypedText("\u200b"),)), PlainText("a")),
            "a",
            id="no-marks-around-nothing",
        ),
        pytest.param(
            (PlainText("Review: "), BlankSpace(4)), "Review: ____", id="blank"
        ),
        pytest.param(
            (PlainText("a"), LineBreak(), PlainText("b")), "a<br>b", id="line-break"
        ),
        pytest.param(
            (LineBreak(), PlainText("a")), "a", id="no-line-break-before-everything"
        ),
    ],
)
def test_words(inside: Words, expected: str) -> None:
    assert text(Paragraph(inside)) == expected


def test_a_page_has_its_title_and_a_blank_line_between_blocks() -> None:
    document = Document(
        (PlainText("Plan of "), TypedText("Al #")),
        (Paragraph(words("a")), WritingLines(1)),
    )
    assert markdown.write(document) == b"# Plan of Al \\#\n\na\n\n___\n"


def test_a_page_is_utf_8_whatever_was_typed() -> None:
    document = Document((TypedText("é 李 \udc80"),), ())
    assert markdown.write(document).decode("utf-8") == "# é 李 \ufffd\n"


# Words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("a", (TypedText("a"),), id="one-line"),
        pytest.param(
            "a\r\n\n  \nb",
            (TypedText("a"), LineBreak(), TypedText("b")),
            id="no-empty-line",
        ),
        pytest.param("\n", (), id="nothing"),
    ],
)
def test_typed_lines(typed: str, expected: Words) -> None:
    assert repr(build_typed_lines(typed)) == repr(
        expected
    )  # as tuples, Plain and Typed are the same


def test_empty_parts_are_not_joined() -> None:
    assert format_plain_text(join_words([(), words("a"), (), words("b")])) == "a · b"
    assert format_plain_text(join_words([words("a"), words("b")], ", ")) == "a, b"
    assert join_words([(), ()]) == ()


def test_words_as_bare_text() -> None:
    inside = (
        PlainText("a "),
        StrongText((TypedText("*b*\n c"),)),
        LineBreak(),
        Emphasis(words("d")),
        BlankSpace(2),
    )
    assert format_plain_text(inside) == "a *b* c d__"


# Whatever was typed, read back by a parser

IN_A_BLOCK: dict[str, Callable[[Words], Block]] = {
    "heading": lambda inside: Heading(2, inside),
    "paragraph": Paragraph,
    "th": lambda inside: Table(("A",), ((inside,),)),
    "td": lambda inside: Table(
        ("A", "B"), ((words("x"), inside), (inside, words("x")))
    ),
    "list_item": lambda inside: BulletList((inside, inside)),
    "task": lambda inside: Checklist(
        (Task(False, inside), Task(True, inside, None, (inside,)))
    ),
}
READ_BACK = {
    "heading": ["{0}"],
    "paragraph": ["{0}"],
    "th": ["A"],
    "td": ["x", "{0}", "{0}", "x"],
    "list_item": ["{0}", "{0}"],
    "task": ["[ ] {0}", "[x] {0} · {0}"],
}


@pytest.mark.parametrize("block", IN_A_BLOCK)
@pytest.mark.parametrize("around", [None, StrongText, Emphasis])
@settings(max_examples=25, deadline=None)
@given(typed=TYPED)
@example(typed="# x #")
@example(typed="1) x")
@example(typed="+ x | y\\")
@example(typed="<br><!-- A1 -->")
@example(typed="[x]: y")
@example(typed="***")
def test_typed_words_read_back_from_every_block(
    block: str, around: Callable[[Words], StrongText | Emphasis] | None, typed: str
) -> None:
    inside: Words = (TypedText(typed),)
    page = text(IN_A_BLOCK[block]((around(inside),) if around else inside))
    kind = "paragraph" if block in ("list_item", "task") else block
    assert blocks(page, kind) == [one.format(plain(typed)) for one in READ_BACK[block]]
