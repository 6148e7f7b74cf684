"""Formats of pages: which one is meant, which are refused, and that a new one is one file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import coachlog
from coachlog.errors import InvalidInput
from coachlog.exports import formats
from coachlog.exports.formats import choose_page_format
from coachlog.model.actions import Promise
from coachlog.model.sets import SlotRecord
from coachlog.store.database import Journal
from command_support import READABLE, ScriptedPerson, complete
from conftest import NOW, Run
from set_builders import gather, meet

# Which one is meant


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        pytest.param(None, None, "markdown", id="nothing-said"),
        pytest.param("markdown", None, "markdown", id="by-name"),
        pytest.param(None, "plan.md", "markdown", id="by-suffix"),
        pytest.param(None, "plan.MARKDOWN", "markdown", id="by-suffix-in-capitals"),
        pytest.param(None, "plan", "markdown", id="no-suffix"),
        pytest.param(None, ".html", "html", id="nothing-but-a-suffix"),
        pytest.param(None, "plan.2026", "markdown", id="a-year-is-no-suffix"),
        pytest.param(None, "Dr. Shah", "markdown", id="nor-is-a-title"),
        pytest.param(None, "plan.html", "html", id="another"),
        pytest.param("html", None, "html", id="another-by-name"),
        pytest.param("HTML", "plan.HTM", "html", id="by-name-in-capitals"),
        pytest.param("markdown", "plan.md", "markdown", id="both"),
        pytest.param("markdown", "plan", "markdown", id="by-name-without-a-suffix"),
    ],
)
def test_the_format_that_is_meant(
    name: str | None, target: str | None, expected: str
) -> None:
    assert choose_page_format(name, Path(target) if target else None).name == expected


@pytest.mark.parametrize(
    ("name", "target", "message", "hint"),
    [
        pytest.param(
            *(
                "pdf",
                None,
                "There is no format “pdf”. Nothing was written.",
                "Choose from: csv, docx, html, json, mail, markdown, text.",
            ),
            id="no-such-format",
        ),
        pytest.param(
            *(
                "../x",
                None,
                "There is no format “../x”. Nothing was written.",
                "Choose from: csv, docx, html, json, mail, markdown, text.",
            ),
            id="a-path-is-no-format",
        ),
        pytest.param(
            *(
                "Word",
                None,
                "There is no format “Word”. Nothing was written.",
                "It is called docx here: --format docx",
            ),
            id="called-by-another-name",
        ),
        pytest.param(
            *(
                None,
                "notes/plan.pdf",
                "coachlog cannot write .pdf files. Nothing was written.",
                "Write plan.html, open it in a web browser, and print it from there as a PDF.",
            ),
            id="what-a-browser-can",
        ),
        pytest.param(
            *(
                None,
                "plan.doc",
                "coachlog cannot write .doc files. Nothing was written.",
                "For Word, name the file plan.docx",
            ),
            id="what-word-had-before",
        ),
        pytest.param(
            *(
                None,
                "plan.pages",
                "coachlog cannot write .pages files. Nothing was written.",
            ),
            "It can write: .csv (csv), .docx (docx), .html, .htm (html), .json (json), "
            ".eml (mail), .md, .markdown (markdown), .txt, .text (text).",
            id="no-such-suffix",
        ),
        pytest.param(
            *("markdown", "plan.txt"),
            "--format markdown does not write .txt files. Nothing was written.",
            "It writes .md and .markdown.",
            id="name-and-suffix-disagree",
        ),
        pytest.param(
            *("markdown", "plan.html"),
            "--format markdown does not write .html files. Nothing was written.",
            "It writes .md and .markdown.",
            id="the-suffix-of-another-format",
        ),
    ],
)
def test_a_format_or_suffix_that_does_not_exist_is_refused(
    name: str | None, target: str | None, message: str, hint: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        choose_page_format(name, Path(target) if target else None)
    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_no_suffix_is_written_by_two_formats() -> None:
    found = [formats.find_format(name) for name in formats.list_format_names()]
    suffixes = [suffix for format in found for suffix in format.suffixes]
    assert sorted(suffixes) == sorted(set(suffixes))
    assert suffixes == [suffix.casefold() for suffix in suffixes]


# On the command line


@pytest.fixture
def full(example: Run, home: Path) -> Run:
    """The example, and a meeting of a set in which Ann presented."""
    with Journal(home).change(NOW, create=True) as change:
        set_id, people = gather(change, None, "Ann Obi")
        hers = ((people[1], Promise("Ask", "them")),)
        meet(change, set_id, SlotRecord(2, "Rota", promises=hers), present=(1, 2))
    return example


SINGLE_PAGES = {
    "plan": ("plan", "export", "priya"),
    "history": ("history", "export", "priya"),
    "meeting": ("plan", "export", "--set", "ward", "--whole-set", "--yes"),
}


@pytest.mark.parametrize("page", SINGLE_PAGES)
def test_a_suffix_that_no_format_writes_is_refused(
    full: Run, page: str, tmp_path: Path
) -> None:
    target = tmp_path / "page.pages"
    ran = full(*SINGLE_PAGES[page], "-o", str(target))
    assert (ran.code, ran.out) == (2, "")
    assert "coachlog cannot write .pages files. Nothing was written." in ran.err
    assert ".md, .markdown (markdown)" in ran.err
    assert not target.exists()


@pytest.mark.parametrize("page", SINGLE_PAGES)
def test_a_format_and_a_suffix_that_disagree_are_refused(
    full: Run, page: str, tmp_path: Path
) -> None:
    ran = full(
        *SINGLE_PAGES[page], "--format", "markdown", "-o", str(tmp_path / "page.txt")
    )
    assert (ran.code, ran.out) == (2, "")
    assert "--format markdown does not write .txt files." in ran.err
    assert not (tmp_path / "page.txt").exists()


@pytest.mark.parametrize("page", SINGLE_PAGES)
@pytest.mark.parametrize("name", ["page", "page.md", "page.markdown", "page.MD"])
def test_a_file_holds_what_would_be_printed(
    full: Run, page: str, name: str, tmp_path: Path
) -> None:
    printed = full(*SINGLE_PAGES[page])
    ran = full(*SINGLE_PAGES[page], "-o", str(tmp_path / name))
    assert (ran.code, ran.err) == (0, printed.err)
    assert ran.out.startswith(f"Wrote {tmp_path / name}: ")
    assert ran.out.endswith(f", as markdown.\n{READABLE}")
    assert (tmp_path / name).read_text(encoding="utf-8") == printed.out


def test_the_whole_of_a_meeting_is_refused_before_a_question(
    full: Run, tmp_path: Path
) -> None:
    nobody = ScriptedPerson()
    line = (
        "plan",
        "export",
        "--set",
        "ward",
        "--whole-set",
        "-o",
        str(tmp_path / "all.pages"),
    )
    assert (full(*line, person=nobody).code, nobody.asked) == (2, [])


@pytest.mark.parametrize("name", ["pages.html", "pages.md", "pages.pages"])
def test_several_pages_are_not_written_into_what_looks_like_a_file(
    full: Run, name: str, tmp_path: Path
) -> None:
    ran = full("plan", "export", "--set", "ward", "-o", str(tmp_path / name))
    assert (ran.code, ran.out) == (2, "")
    assert (
        f"{name} is the name of a {Path(name).suffix} file. Nothing was written."
        in ran.err
    )
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["pages", "ward 2026.11", "there.pages"])
def test_a_folder_may_have_any_other_name(full: Run, name: str, tmp_path: Path) -> None:
    (tmp_path / "there.pages").mkdir()
    ran = full("plan", "export", "--set", "ward", "-o", str(tmp_path / name))
    assert ran.code == 0
    assert [path.suffix for path in (tmp_path / name).iterdir()] == [".md"]


def test_nobodys_home_is_a_folder_that_is_not_there(full: Run) -> None:
    ran = full("plan", "export", "priya", "-o", "~nobody-by-this-name/plan.md")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no folder ~nobody-by-this-name." in ran.err


@pytest.mark.parametrize(
    "line", ["plan export priya --format ", "history export x --format m"]
)
def test_formats_are_completed(home: Path, line: str) -> None:
    assert "markdown" in complete(home, line)


# A new format is one file

OUTLINE = '''
"""The title of a page, and how much follows."""

from coachlog.exports.blocks import Document, format_plain_text

SUFFIXES = (".outline", ".out")
MEDIA_TYPE = "text/plain"


def write(document: Document) -> bytes:
    return f"{format_plain_text(document.title)} + {len(document.blocks)}\\n".encode()
'''
BYTES = '''
"""A page that is not text."""

SUFFIXES = (".bin",)
MEDIA_TYPE = "application/octet-stream"


def write(document: object) -> bytes:
    return b"\\xff\\x00"
'''


def copied(folder: Path) -> Path:
    """Return the source of coachlog, copied into a folder with its templates, and two formats."""
    source = Path(coachlog.__file__).parent
    shutil.copytree(
        source, folder / "src/coachlog", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(source.parent.parent / "prompts", folder / "prompts")
    new = folder / "src/coachlog/exports/formats"
    (new / "outline.py").write_text(OUTLINE, encoding="utf-8")
    (new / "bytes.py").write_text(BYTES, encoding="utf-8")
    return folder / "src"


def test_a_new_format_is_one_file(full: Run, home: Path, tmp_path: Path) -> None:
    source = copied(tmp_path / "copy")
    assert (
        full("plan", "export", "priya", "--format", "outline").code == 2
    )  # not in this tree

    def export(*line: str) -> bytes:
        command = [sys.executable, "-m", "coachlog", "--home", str(home), *line]
        environment = os.environ | {"PYTHONPATH": str(source)}
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, check=True
        )
        return done.stdout

    plan = b"Action plan: Priya Shah and Tom Reed + 7\n"
    assert export("plan", "export", "priya", "--format", "outline") == plan
    wrote = export("history", "export", "priya", "-o", "story.out").decode()
    assert wrote == f"Wrote story.out: 1 conversation, as outline.\n{READABLE}"
    assert (tmp_path / "story.out").read_bytes() == b"History: Priya Shah + 3\n"
    export("plan", "export", "--set", "ward", "-o", "pages", "--format", "outline")
    (page,) = (tmp_path / "pages").iterdir()
    assert page.name == "ward-leads-2026-11-23-ann-obi.outline"
    assert page.read_bytes() == b"Ward leads: Ann Obi + 4\n"
    whole = export(
        "plan", "export", "--set", "ward", "--whole-set", "-y", "--format", "outline"
    )
    assert whole == b"Ward leads + 6\n"
    assert export("plan", "export", "priya", "--format", "bytes") == b"\xff\x00"
