"""A page as HTML: read back by a parser it says what was typed, and holds nothing but the page."""

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

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
)
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.formats import html
from conftest import Run
from test_exports_plan_markdown import RICH, TYPED, plain


def words(text: str) -> Words:
    return (PlainText(text),)


def body(*printed: Block) -> str:
    """Return blocks as HTML, without the page around them and its title."""
    page = html.write(Document(words("T"), printed)).decode()
    return page.partition("<h1>T</h1>\n")[2].partition("\n</main>")[0]


class Reader(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words: list[str] = []
        self.odd: list[str] = []
        self.is_within_word = False
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_within_word = tag == "wbr"  # a place where a long word may be broken
        if not self.is_within_word:
            self.elements.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        if self.is_within_word:
            data = self.words.pop() + data
        self.words.append(data)
        self.is_within_word = False

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)


# Each block


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(Heading(2, words("Actions")), "<h2>Actions</h2>", id="heading"),
        pytest.param(Paragraph(words("a & b")), "<p>a &amp; b</p>", id="paragraph"),
        pytest.param(
            Table(("#",), (((TypedText("<b>"),),), ((),))),
            '<div class="scroll">\n<table role="table">\n'
            '<thead role="rowgroup"><tr role="row">'
            '<th scope="col" role="columnheader">#</th></tr></thead>\n'
            '<tbody role="rowgroup">\n'
            '<tr role="row"><td role="cell" data-label="#"><bdi>&lt;b&gt;</bdi></td></tr>\n'
            '<tr role="row"><td role="cell" data-label="#"></td></tr>\n'
            "</tbody>\n</table>\n</div>",
            id="table-with-a-row-to-fill-in",
        ),
        pytest.param(
            Table(("sum",), ((words("12"),),), right=("sum",)),
            '<div class="scroll">\n<table role="table">\n'
            '<thead role="rowgroup"><tr role="row">'
            '<th scope="col" role="columnheader" class="right">sum</th></tr></thead>\n'
            '<tbody role="rowgroup">\n'
            '<tr role="row"><td role="cell" class="right" data-label="sum">12</td></tr>\n'
            "</tbody>\n</table>\n</div>",
            id="table-with-figures",
        ),
        pytest.param(BulletList((words("a"),)), "<ul>\n<li>a</li>\n</ul>", id="list"),
        pytest.param(
            Checklist(
                (
                    Task(False, words("tea")),
                    Task(
                        True,
                        words("Ask"),
                        date(2026, 11, 27),
                        (words("support: Al"),),
                        "A5",
                    ),
                )
            ),
            '<ul class="tasks">\n<li><span class="box">☐</span>tea</li>\n'
            '<li id="A5"><span class="box">☑</span>Ask · '
            '<time datetime="2026-11-27">27 November 2026</time> · support: Al</li>\n</ul>',
            id="checklist",
        ),
        pytest.param(
            WritingLines(1), '<div class="write"></div>', id="a-line-to-write-on"
        ),
    ],
)
def test_a_block(block: Block, expected: str) -> None:
    assert body(block) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param(
            (StrongText((TypedText("a"),)),),
            "<strong><bdi>a</bdi></strong>",
            id="strong",
        ),
        pytest.param((Emphasis(words("a")),), "<em>a</em>", id="emphasis"),
        pytest.param((Strikethrough(words("a")),), "<s>a</s>", id="strikethrough"),
        pytest.param(
            (PlainText("a"), LineBreak(), PlainText("b")), "a<br>b", id="line-break"
        ),
        pytest.param(
            build_typed_lines("a\nb"), "<bdi>a</bdi><br><bdi>b</bdi>", id="typed-lines"
        ),
        pytest.param(
            (BlankSpace(1),), '<span class="blank">&nbsp;&nbsp;</span>', id="blank"
        ),
    ],
)
def test_words(inside: Words, expected: str) -> None:
    assert body(Paragraph(inside)) == f"<p>{expected}</p>"


# Whatever was typed


def everything(typed: str) -> Document:
    """Return a page with the same words in every place that words can be in."""
    inside: Words = (TypedText(typed),)
    marked: Words = (
        StrongText(inside),
        Emphasis(inside),
        Strikethrough(inside),
        PlainText(typed),
    )
    return Document(
        inside,
        (
            Heading(2, inside),
            Paragraph(marked),
            Table((typed,), ((inside,),)),
            BulletList((inside,)),
            Checklist((Task(False, inside, None, (inside,), anchor=typed),)),
        ),
    )


@settings(max_examples=100, deadline=None)
@given(typed=TYPED)
@example(typed="</title><script>alert(1)</script>")
@example(typed="</style><img src=x onerror=alert(1)>")
@example(typed="\"><b onclick='x'>")
@example(typed="<!-- x --><?php ?>&lt;&amp;&#60;$title${blocks}")
def test_any_words_stay_words(typed: str) -> None:
    found = Reader(html.write(everything(typed)))
    harmless = Reader(html.write(everything("x")))
    assert [tag for tag, _ in found.elements] == [tag for tag, _ in harmless.elements]
    names = [[name for name, _ in attributes] for _, attributes in found.elements]
    assert names == [
        [name for name, _ in attributes] for _, attributes in harmless.elements
    ]
    assert found.odd == []
    expected = [plain(typed) if said == "x" else plain(said) for said in harmless.words]
    assert [plain(said) for said in found.words] == expected


# The page


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = html.write(build_plan_page(RICH))
    found = Reader(page)
    assert {tag for tag, _ in found.elements} & {
        "script",
        "link",
        "img",
        "a",
        "form",
    } == set()
    policy = next(
        dict(a)["content"] or "" for tag, a in found.elements if ("content" in dict(a))
    )
    style = re.findall(r"<style>(.*?)</style>", page.decode(), re.DOTALL)
    digest = b64encode(sha256(style[0].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style[0]


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_a_plan_says_the_same_in_both_formats(example: Run, style: str) -> None:
    line = ("plan", "export", "priya", "--style", style)
    ran = example(*line, "--format", "html")
    assert (ran.code, ran.err) == (0, "")
    found = Reader(ran.out.encode())
    text = plain(" ".join(found.words))
    for said in ("Action plan: Priya Shah and Tom Reed", "Agreed by", "Draft"):
        assert said in text
    tags = [tag for tag, _ in found.elements]
    assert (tags.count("table"), tags.count("time")) == (
        (1, 3) if style == "table" else (0, 3)
    )
