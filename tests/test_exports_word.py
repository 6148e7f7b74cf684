"""Pages as Word files: read back by python-docx, and opened by LibreOffice."""

import cProfile
import io
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachlog.exports.blocks import (
    BlankSpace,
    BulletList,
    Checklist,
    DayText,
    Document,
    Emphasis,
    Heading,
    LineBreak,
    Paragraph,
    PlainText,
    StatusText,
    Strikethrough,
    StrongText,
    Table,
    Task,
    Tone,
    TypedText,
    Words,
    WritingLines,
)
from coachlog.exports.formats import docx as word_format
from command_support import built
from command_table import fill_all
from conftest import Run
from typed_pages import HARMLESS, NASTY, build_pages, expect_words, normalise

docx = pytest.importorskip("docx", reason="the development extra brings python-docx")
OFFICE = shutil.which("soffice")
NEEDS_OFFICE = pytest.mark.skipif(
    OFFICE is None,
    reason="there is no LibreOffice: apt-get install libreoffice-writer-nogui",
)
OPENED_PAGES = ("plan", "tasks", "history", "progress")


def opened(*blocks: Any, title: str = "T") -> Any:
    """Return the document that python-docx reads of these blocks."""
    page = word_format.write(Document((TypedText(title),), blocks))
    return docx.Document(io.BytesIO(page))


def words(text: str) -> Words:
    return (PlainText(text),)


# Each block


def test_headings_are_words_own() -> None:
    page = opened(Heading(2, words("Promises")), Heading(3, (TypedText("Rota"),)))
    assert [(p.style.name, p.text) for p in page.paragraphs] == [
        ("Heading 1", "T"),
        ("Heading 2", "Promises"),
        ("Heading 3", "Rota"),
    ]
    assert (page.core_properties.title, page.core_properties.author) == ("T", "")


def test_a_table_has_a_heading_row_that_is_repeated() -> None:
    row = ((TypedText("Ask"),), (StrongText(words("Tom")),))
    page = opened(Table(("Promise", "Who"), (row, ((), ()))))
    (table,) = page.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Promise", "Who"],
        ["Ask", "Tom"],
        ["", ""],
    ]
    first, second, _ = table.rows
    assert (b"tblHeader" in xml(first), b"cantSplit" in xml(second)) == (True, True)


def test_figures_of_a_table_end_below_each_other() -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    row = (words("North"), words("12"))
    (table,) = opened(Table(("group", "sum"), (row,), right=("sum",))).tables
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert sides == [[None, WD_ALIGN_PARAGRAPH.RIGHT]] * 2


def xml(row: Any) -> bytes:
    from docx.oxml.xmlchemy import serialize_for_reading

    text: str = serialize_for_reading(row._tr)
    return text.encode()


def test_lists_are_lists() -> None:
    """Not paragraphs with a sign before them: Word goes on with them, and a reader counts them."""
    due = date(2026, 11, 27)
    page = opened(
        BulletList((words("a"), words("b"))),
        Checklist(
            (
                Task(False, words("tea"), due, (words("support: Al"),)),
                Task(True, words("cake")),
            )
        ),
    )
    assert [(p.style.name, p.text) for p in page.paragraphs[1:]] == [
        ("List Bullet", "a"),
        ("List Bullet", "b"),
        ("Open Task", "tea · 27 November 2026 · support: Al"),
        ("Done Task", "cake"),
    ]
    numbering = page.part.numbering_part.element.xml
    assert ('w:lvlText w:val="☐"' in numbering, 'w:lvlText w:val="☑"' in numbering) == (
        True,
        True,
    )


def test_what_leads_to_a_list_and_whoever_signs_stay_on_one_page() -> None:
    signed = (PlainText("Ann: "), BlankSpace(20))
    page = opened(
        Paragraph(words("Facts")),
        Paragraph(words("Promises:")),
        BulletList((words("Ask"), words("Tell"))),
        BulletList((signed, signed)),
    )
    kept = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        for paragraph in page.paragraphs[1:-1]
    }
    assert [text for text, is_kept in kept.items() if is_kept] == [
        "Promises:",
        f"Ann: {'_' * 20}",
    ]
    assert page.paragraphs[-1].paragraph_format.keep_with_next is None


def test_a_day_is_not_broken_for_the_words_beside_it() -> None:
    row = ((DayText(date(2026, 11, 24)),), *[words("wording " * 60)] * 4)
    (table,) = opened(Table(("By", *"abcd"), (row,))).tables
    assert table.columns[0].width.mm > 37


def test_runs_stand_out_as_their_words_do() -> None:
    page = opened(
        Paragraph(
            (
                StrongText(words("a")),
                Emphasis((StrongText(words("b")),)),
                Strikethrough(words("c")),
                LineBreak(),
                StatusText("kept", Tone.GOOD),
                BlankSpace(3),
            )
        ),
        WritingLines(2),
    )
    paragraph = page.paragraphs[1]
    assert paragraph.text == "abc\nkept___"
    runs = {run.text: run for run in paragraph.runs}
    assert (runs["a"].bold, runs["b"].bold, runs["c"].font.strike) == (True, True, True)
    assert runs["kept"].font.color.rgb is not None
    assert len(page.paragraphs) == 4


def test_a_page_is_a4() -> None:
    section = opened().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_file_names_no_program_and_no_person() -> None:
    page = word_format.write(Document(words("T"), ()))
    with zipfile.ZipFile(io.BytesIO(page)) as archive:
        core = archive.read("docProps/core.xml")
    assert b"python-docx" not in core


# In LibreOffice


def convert(folder: Path, filter: str, *files: Path) -> None:
    """Let LibreOffice open files and write them in another format, beside them."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    line = [str(OFFICE), profile, "--headless", "--convert-to", filter]
    done = subprocess.run(
        [*line, "--outdir", str(folder), *map(str, files)],
        capture_output=True,
        timeout=240,
        check=True,
    )
    assert b"Error" not in done.stderr, done.stderr


@NEEDS_OFFICE
def test_libreoffice_shows_what_was_typed(tmp_path: Path) -> None:
    """In one run for all kinds of typed words, as it takes long to start."""
    kinds = {"harmless": HARMLESS, **NASTY}
    for kind, typed in kinds.items():
        pages = build_pages(typed)
        for page in OPENED_PAGES:
            content = word_format.write(pages[page].build_document())
            (tmp_path / f"{page}-{kind}.docx").write_bytes(content)
    convert(tmp_path, "txt:Text (encoded):UTF8", *sorted(tmp_path.glob("*.docx")))
    for kind, typed in NASTY.items():
        words = expect_words(typed, "docx")
        for page in OPENED_PAGES:
            harmless = read_office_words(tmp_path, page, "harmless")
            count = read_office_words(tmp_path, page, kind).count(words)
            assert count == harmless.count(HARMLESS) > 0, (page, kind)


def read_office_words(folder: Path, page: str, kind: str) -> str:
    """Return the words that LibreOffice has read of a page."""
    return normalise((folder / f"{page}-{kind}.txt").read_text("utf-8-sig"))


@NEEDS_OFFICE
def test_libreoffice_makes_a_pdf_of_a_plan(
    run: Run, home: Path, tmp_path: Path
) -> None:
    built(run, home, fill_all)
    target = tmp_path / "plan.docx"
    ran = run("plan", "export", "priya", "-o", str(target))
    assert ran.out == (
        f"Wrote {target}: 3 promises, as docx. It opens in Word or LibreOffice.\n"
        "It is not encrypted: whoever has the file can read it.\n"
    )
    convert(tmp_path, "pdf", target)
    assert target.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")


# Without the library


def test_without_the_library_it_is_said_what_to_install(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(run, home, fill_all)
    monkeypatch.setitem(sys.modules, "docx", None)
    target = tmp_path / "plan.docx"
    ran = run("plan", "export", "priya", "-o", str(target))
    assert (ran.code, ran.out, target.exists()) == (2, "", False)
    assert ran.err == (
        "docx needs python-docx, which is not installed. Nothing was written.\n"
        "To install it: pip install 'coachlog[docx]'. Or choose another format: "
        "--format html\n"
    )
    listed = run("export", "formats")
    assert "docx\t.docx\tall\tneeds python-docx\n" in listed.out


def test_a_library_that_does_not_load_is_said(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(run, home, fill_all)
    for name in [name for name in sys.modules if name.partition(".")[0] == "docx"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "coachlog.exports.word_pages", raising=False)
    (tmp_path / "docx.py").write_text("import a_library_that_is_gone", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    target = tmp_path / "plan.docx"
    ran = run("plan", "export", "priya", "-o", str(target))
    assert (ran.code, ran.out, target.exists()) == (1, "", False)
    assert "python-docx, which writes Word files, does not load" in ran.err
    assert "Nothing was written." in ran.err


def test_a_document_is_no_text_for_a_terminal_and_cannot_be_copied(
    run: Run, home: Path
) -> None:
    built(run, home, fill_all)
    ran = run("plan", "export", "priya", "--format", "docx", "--copy")
    assert (ran.code, ran.out) == (2, "")
    assert "makes a file, not words to paste" in ran.err


# What a long page takes


def test_a_long_page_takes_the_steps_of_its_length() -> None:
    """The library looks each style up among all, and each end from the beginning."""

    def count_steps(entries: int) -> int:
        lines = tuple(Paragraph((TypedText("a"),)) for _ in range(entries))
        rows = tuple(((TypedText("a"),), (TypedText("b"),)) for _ in range(entries))
        page = Document(words("T"), (*lines, Table(("A", "B"), rows)))
        profile = cProfile.Profile()
        profile.runcall(word_format.write, page)
        return sum(entry.callcount for entry in profile.getstats())

    # With the library's own ways of adding them, it takes several times as many.
    assert (count_steps(240) - count_steps(0)) / 240 < 1500


def test_a_file_is_of_today_in_british_english_with_numbered_pages() -> None:
    day = date(2026, 11, 27)
    file = word_format.write(Document(words("T"), (), made_on=day))
    page = docx.Document(io.BytesIO(file))
    properties = page.core_properties
    assert {properties.created.date(), properties.modified.date()} == {day}
    languages = page.styles.element.xpath("//w:lang/@w:val")
    assert set(languages) == {"en-GB"}
    footer = page.sections[0].footer.paragraphs[0]._p
    assert footer.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    assert not [
        part for part in page.part.package.iter_parts() if "jpeg" in part.partname
    ]
