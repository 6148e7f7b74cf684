"""`coachlog story`: five lines that name nobody, as a page that shares no value with figures."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.phrasing.worth import STORY_REMARK
from command_support import CtrlC, ScriptedPerson, built
from command_table import fill_all
from conftest import Run
from programme_support import join_programme_file

LINES = (
    "Zoe's rota on Ward 7 was a mess until 3 November",
    "Zoey and I talked",
    "I asked 12 questions",
    "Tom was calmer",
    "Ask first",
)
CLEARED = (
    "A colleague's rota on a team was a mess until one day",
    "A colleague and I talked",
    "I asked some questions",
    "A colleague was calmer",
    "Ask first",
)
STORY = "\n".join(LINES)
WHAT_NOW = "What becomes of them?"


@pytest.fixture
def ward(run: Run) -> Run:
    """A journal with Zoë Ó Brien of Ward 7, whose owner is Tom Reed."""
    assert (
        run("person", "add", "Zoë Ó Brien", "-r", "report", "--team", "Ward 7").code
        == 0
    )
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    return run


def list_lines(run: Run, id: int = 1) -> tuple[str, ...]:
    story: dict[str, Any] = run("story", "show", str(id), "--json").json["story"]
    names = ("before", "event", "response", "outcome", "lesson")
    return tuple(story[name] for name in names)


def test_each_line_is_asked_for_and_cleared(ward: Run) -> None:
    person = ScriptedPerson(
        {
            "How was it before?": LINES[0],
            "What happened?": ("Zoey came at 9", LINES[1]),
            "What did you do?": LINES[2],
            "What came of it?": LINES[3],
            "What did you learn?": LINES[4],
            WHAT_NOW: ("Take", "Edit", "Leave", "Take", "Leave"),
        }
    )
    assert ward("story", "add", person=person).code == 0
    assert person.told[:3] == [
        "“Zoe” → a colleague",
        "“Ward 7” → a team",
        "“3 November” → one day",
    ]
    assert person.left == []
    assert list_lines(ward) == (CLEARED[0], LINES[1], CLEARED[2], *LINES[3:])


def test_what_was_typed_is_handed_back(ward: Run) -> None:
    person = ScriptedPerson(
        {
            "How was it before?": "A mess",
            "What happened?": ("Zoe came", "We talked"),
            WHAT_NOW: "<",
            "What did you do?": CtrlC("I asked"),
        }
    )
    ran = ward("story", "add", person=person)
    assert (ran.code, person.left) == (130, [])
    assert "Copy what you typed from here:\nA mess\nWe talked\nI asked\n" in ran.err
    assert ward("story", "list", "--json").json["stories"] == []


def test_without_anyone_to_ask_it_says_what_it_found(ward: Run) -> None:
    ran = ward("story", "add", "-", input=STORY)
    assert (ran.code, ran.err) == (
        2,
        "The story has “Zoe”, “Ward 7”, “3 November”, “Zoey”, “12”, “Tom”. Nothing was saved.\n"
        "Add --clear to take these out, or --keep-names to leave the names.\n",
    )
    assert ward("story", "list", "--json").json["stories"] == []


def test_names_are_taken_out_or_left(ward: Run) -> None:
    ran = ward("story", "add", "--clear", "-", input=STORY)
    assert "Taken out: “Zoe”, “Ward 7”, “3 November”, “Zoey”, “12”, “Tom”." in ran.err
    assert ward("story", "add", "--keep-names", "-", input=STORY).code == 0
    assert (list_lines(ward, 1), list_lines(ward, 2)) == (CLEARED, LINES)
    both = ward("story", "add", "--clear", "--keep-names", "-", input=STORY)
    assert both.code == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has 0 lines"),
        ("one\ntwo\n", "has 2 lines"),
        ("a\nb\nc\nd\ne\nf\n", "has 6 lines"),
        (f"a\nb\nc\nd\n{'e' * 501}\n", "too long: 501 characters"),
    ],
)
def test_a_story_has_five_lines(run: Run, text: str, reason: str) -> None:
    ran = run("story", "add", "-", input=text)
    assert (ran.code, reason in ran.err) == (2, True), ran.err


def test_what_is_not_text_is_refused(run: Run) -> None:
    ran = run("story", "add", "-", input=b"a\nb\nc\nd\n\xff\xfe\xfa\n")
    assert (ran.code, "Nothing was changed." in ran.err) == (2, True)


def test_a_story_is_dropped_and_brought_back(ward: Run) -> None:
    ward("story", "add", "--clear", "-", input=STORY)
    assert (
        ward("story", "drop", "questions").out
        == "Dropped story 1. To undo: coachlog undo\n"
    )
    assert ward("story", "show", "1").code == 3
    assert ward("undo").code == 0
    assert list_lines(ward) == CLEARED


def test_the_screen_says_what_clearing_does_not_do(ward: Run) -> None:
    ward("story", "add", "--clear", "-", input=STORY)
    assert " ".join(STORY_REMARK.split()) in " ".join(
        ward("story", "show", "1").out.split()
    )
    assert STORY_REMARK in ward("story", "export", "1").err


# The page


def test_a_page_never_has_a_value_whatever_was_left(ward: Run) -> None:
    ward("story", "add", "--keep-names", "-", input=STORY)
    ran = ward("story", "export", "1")
    assert (ran.code, "“3 November”" in ran.err) == (2, False)
    page = ward("story", "export", "1", "--keep-names", "--format", "text")
    assert "Zoe's rota on a team was a mess until one day" in page.out
    assert "Left as they are: “Zoe”, “Zoey”, “Tom”." in page.err
    page = ward("story", "export", "1", "--clear", "--format", "text")
    assert [line for line in page.out.splitlines() if line in CLEARED] == [*CLEARED]


def test_the_page_is_shown_before_it_leaves(ward: Run, tmp_path: Path) -> None:
    ward("story", "add", "--clear", "-", input=STORY)
    file = tmp_path / "page.html"
    person = ScriptedPerson({"Write this to": False})
    ran = ward("story", "export", "1", "-o", str(file), person=person)
    assert (ran.code, file.exists()) == (4, False)
    assert {*CLEARED, STORY_REMARK} <= {*person.told}
    person = ScriptedPerson({"Write this to": True})
    assert ward("story", "export", "1", "-o", str(file), person=person).code == 0
    assert file.exists()


HEADINGS = {
    *("a", "story", "of", "change", "how", "it", "was", "before", "what", "happened"),
    *("i", "did", "came", "learnt"),
}


def list_values(journal: Path) -> Iterator[str]:
    """Yield every value that a journal holds, in each table, as it is stored."""
    with closing(dbapi2.connect(journal)) as db:
        tables = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
        ).fetchall()
        for (table,) in tables:
            if table != "worth_story":
                for row in db.execute(f'SELECT * FROM "{table}"'):
                    yield from (str(value) for value in row if value is not None)


def read_page(data: bytes, format: str) -> str:
    """Return all words of a page that anybody can read, once its other parts have no day."""
    if format == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
            assert {part.date_time[0] for part in archive.infolist()} == {1980}
        assert not any(b"2026" in part for part in parts.values())
        document = parts["word/document.xml"].decode()
        return " ".join(re.findall(r"<w:t[^>]*>([^<]*)", document))
    if format == "mail":
        mail = message_from_bytes(data)
        assert not {"Date", "From", "Message-ID"} & {*mail.keys()}
        plain, html = (
            read_body(part) for part in mail.walk() if not part.is_multipart()
        )
        return plain.decode() + read_page(html, "html")
    text = data.decode()
    if format == "html":
        assert "2026" not in text
        return re.sub(r"(?s)<style>.*?</style>|<[^>]+>", " ", text)
    return text


def read_body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body


@pytest.mark.parametrize(
    ("format", "suffix"),
    [
        ("markdown", "md"),
        ("text", "txt"),
        ("html", "html"),
        ("mail", "eml"),
        ("docx", "docx"),
    ],
)
def test_the_page_shares_no_value_with_any_figures(
    run: Run, home: Path, tmp_path: Path, format: str, suffix: str
) -> None:
    """Not one word of the journal is on the page but those of the story: no number, day or id."""
    built(run, home, fill_all)
    pytest.importorskip("docx" if format == "docx" else "coachlog")
    join_programme_file(run, tmp_path)
    story = (
        "In the North, cohort 2025, band 7, Priya Shah kept 3 of 4 promises",
        "On 23 Nov 2026 we met, and on 2026-11-23 too",
        "I had 7 in mind, 45 min",
        "It went from 3 to 8, 75%",
        "Listening pays",
    )
    assert run("story", "add", "--keep-names", "-", input="\n".join(story)).code == 0
    file = tmp_path / f"page.{suffix}"
    ran = run("story", "export", "2", "--clear", "--yes", "-o", str(file))
    assert ran.code == 0, ran.err
    page = read_page(file.read_bytes(), format)
    assert not re.search(r"\d", page)
    words = {word.casefold() for word in re.findall(r"\w+", page)}
    assert "listening" in words
    values = {value.casefold() for value in list_values(home / "coachlog.db")}
    shared = values & words - HEADINGS
    assert shared == set()


def test_such_values_would_be_noticed(run: Run, home: Path) -> None:
    """The test above can fail."""
    built(run, home, fill_all)
    values = {*list_values(home / "coachlog.db")}
    assert {"Priya Shah", "2026-11-20", "7"} <= values


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_story_is_no_row_and_no_record(ward: Run, format: str) -> None:
    ward("story", "add", "--clear", "-", input=STORY)
    assert ward("story", "export", "1", "--format", format).code == 2


def test_what_may_be_a_name_is_named_or_offered(ward: Run) -> None:
    lines = ("It was a mess in Leeds", *LINES[1:])
    ran = ward("story", "add", "--clear", "-", input="\n".join(lines))
    assert "Left, as they may be names or not: “Leeds”. Check these." in ran.err
    person = ScriptedPerson(
        {
            "How was it before?": "Zoe went to Leeds",
            WHAT_NOW: "Choose",
            "Take out “Zoe”?": True,
            "Take out “Leeds”?": False,
            "What happened?": "We talked",
            "What did you do?": "We talked",
            "What came of it?": "We talked",
            "What did you learn?": "We talked",
        }
    )
    assert ward("story", "add", person=person).code == 0
    assert list_lines(ward, 2)[0] == "A colleague went to Leeds"
