"""A page as a mail: read back by the email package, it says what the page says, to nobody yet."""

import email
import mailbox
from contextlib import closing
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog.exports.blocks import (
    Block,
    Document,
    Paragraph,
    PlainText,
    TypedText,
    build_typed_lines,
)
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.formats import mail, text
from coachlog.text import clean_line
from command_support import READABLE, golden
from conftest import Run
from test_exports_html import Reader, everything
from test_exports_plan_markdown import RICH, TYPED, plain

HEADERS = ["Subject", "X-Unsent", "MIME-Version", "Content-Type"]


def opened(page: bytes) -> EmailMessage:
    """Return a mail as the email package reads it."""
    message = email.message_from_bytes(page, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def bodies(message: EmailMessage) -> tuple[str, str]:
    """Return the bodies of a mail, as plain text and as HTML."""
    found = []
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        content = part.get_content()
        assert isinstance(content, str)
        found.append(content.replace("\r\n", "\n"))
    return found[0], found[1]


def titled(title: str, *blocks: Block) -> bytes:
    return mail.write(Document((TypedText(title),), blocks))


# What is in it


def test_it_is_a_draft_of_both_bodies_with_nobody_s_address() -> None:
    page = mail.write(build_plan_page(RICH))
    message = opened(page)
    assert message.keys() == HEADERS
    assert message["Subject"] == "Action plan: Priya Shah and Tom Reed"
    assert message["X-Unsent"] == "1"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert message.defects == []
    assert b"@" not in page.replace(b"@media", b"")


def test_both_bodies_say_what_the_page_says() -> None:
    document = build_plan_page(RICH)
    plain_body, html_body = bodies(opened(mail.write(document)))
    assert plain_body == text.write(document).decode()
    said = plain(" ".join(Reader(html_body.encode()).words))
    for words in ("Run the huddle | alone", "everyone's inbox", "Agreed by"):
        assert words in said


def test_the_same_page_is_the_same_mail() -> None:
    page = mail.write(build_plan_page(RICH))
    assert page == mail.write(build_plan_page(RICH))
    assert page.decode("ascii") == golden("plan-rich.eml", page.decode("ascii"))


# The rules of a mail


def assert_sound(page: bytes) -> None:
    """Check what every server and every mailbox file asks of a mail."""
    lines = page.decode("ascii").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(map(len, lines)) <= 78
    assert not [line for line in lines if line.startswith("From ")]
    assert "." not in lines


HARD_LINES = [
    "From me to you",
    ".",
    "..",
    "--=_coachlog_page_",
    "--=_coachlog_page_--",
    "x" * 998,
    "é" * 5000,
    "=",
    "Subject: x",
    " ",
]


@settings(max_examples=60, deadline=None)
@given(typed=st.one_of(TYPED, st.lists(st.sampled_from(HARD_LINES)).map("\n".join)))
@example(typed="\n".join(HARD_LINES))
@example(typed="\udc80 \u202eevil\u2069")
def test_any_words_come_back_from_both_bodies(typed: str) -> None:
    document = Document(
        (PlainText("T"),),
        (Paragraph(build_typed_lines(typed)), *everything(clean_line(typed)).blocks),
    )
    page = mail.write(document)
    assert_sound(page)
    message = opened(page)
    assert message.keys() == HEADERS
    plain_body, html_body = bodies(message)
    assert plain_body == text.write(document).decode()
    harmless = Reader(bodies(opened(mail.write(everything("x"))))[1].encode())
    found = Reader(html_body.encode())
    assert {tag for tag, _ in found.elements} - {"br"} == {
        tag for tag, _ in harmless.elements
    }
    for line in typed.split("\n"):
        assert plain(clean_line(line)) in plain(" ".join(found.words))


@settings(max_examples=100, deadline=None)
@given(title=TYPED)
@example(title="a\r\nBcc: all@example.org")
@example(title="Subject: x\n\nbody")
@example(title="=?utf-8?q?hello=0D=0ABcc:_all=40example.org?= there")
@example(title="=?utf-8?b?DQpCY2M6IGE=?=")
@example(title="a =? b ?= c")
@example(title="שלום \u202eevil \udc80")
@example(title="x" * 1500)
@example(title="é" * 1500)
@example(title='a, b; <c@d.org> "e" \\ f  g')
def test_any_title_stays_one_subject(title: str) -> None:
    page = titled(title)
    assert_sound(page)
    message = opened(page)
    assert message.keys() == HEADERS
    subject = clean_line(title)
    if len(subject) <= 200:
        assert message["Subject"] == subject
    else:
        shown = message["Subject"]
        assert shown.endswith("…")
        assert subject.startswith(shown[:-1])
    # In full above the page.
    assert bodies(message)[0].startswith(subject)


def test_a_long_plan_is_one_mail() -> None:
    line = "Hand over the rota, é, and say who rings whom. " * 20
    page = titled("Plan", *[Paragraph((TypedText(line),))] * 250)
    assert len(page) > 400_000
    assert_sound(page)
    assert bodies(opened(page))[0].count(clean_line(line)) == 250


def test_a_mailbox_file_holds_it_as_one_mail(tmp_path: Path) -> None:
    page = titled("Plan", Paragraph(build_typed_lines("a\nFrom me\n.\nb")))
    with closing(mailbox.mbox(tmp_path / "box")) as box:
        for _ in range(2):
            box.add(page)
    with closing(mailbox.mbox(tmp_path / "box")) as box:
        texts = [bodies(opened(found.as_bytes()))[0] for found in box]
    assert texts == ["Plan\n\na\nFrom me\n.\nb\n"] * 2


# On the command line


@pytest.mark.parametrize("page", ["plan", "history"])
def test_a_suffix_is_enough(example: Run, page: str, tmp_path: Path) -> None:
    ran = example(page, "export", "priya", "-o", str(tmp_path / "page.eml"))
    assert ran.code == 0
    assert ran.out.endswith(
        f", as mail. To send it, open it in your mail program and add an address.\n{READABLE}"
    )
    message = opened((tmp_path / "page.eml").read_bytes())
    assert "Priya Shah" in message["Subject"]
