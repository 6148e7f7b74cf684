"""What every export has in common: on record, asked about, without names, and into any target."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coachlog.store.database import Journal
from command_support import READABLE, ScriptedPerson, built
from command_table import fill_all
from conftest import Run

EXPORTS = {
    "plan": "plan export priya",
    "history": "history export priya",
    "session": "session export 1 --yes",
    "set": "plan export --set ward --whole-set --yes",
    "progress": "export progress",
}


TYPED_WITH_A_NAME = "Send Priya last year's agenda"
TYPED_IN_MARKUP = "Send Priya last year&#x27;s agenda"


@pytest.fixture
def full(run: Run, home: Path) -> Run:
    built(run, home, fill_all)
    return run


def list_exports(home: Path) -> list[tuple[str, int | None]]:
    """Return what the audit log has of exports: their kinds, and the numbers they are about."""
    with Journal(home).read() as db:
        return [
            (kind, row_id)
            for kind, row_id in db.execute(
                "SELECT kind, row_id FROM event WHERE kind LIKE '%.exported' ORDER BY id"
            )
        ]


def test_a_name_alone_leads_to_the_pages_that_there_are(run: Run) -> None:
    ran = run("export", "priya")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "There is no command “coachlog export priya”. Did you mean:\n"
        "  coachlog plan export priya\n"
        "  coachlog history export priya\n"
        "  coachlog session export priya\n"
        "See: coachlog export --help\n"
    )
    assert "Did you mean formats?" in run("export", "formts").err


# On record


@pytest.mark.parametrize("page", EXPORTS)
def test_every_export_is_an_event(
    full: Run, home: Path, tmp_path: Path, page: str
) -> None:
    line = EXPORTS[page].split()
    for target in ((), ("-o", "-"), ("-o", str(tmp_path / "page.html"))):
        ran = full(*line, *target)
        assert ran.code == 0, ran.err
    kinds = [kind for kind, _ in list_exports(home)]
    assert kinds == [f"{page}.exported"] * 3
    numbers = {row_id for _, row_id in list_exports(home)}
    assert numbers == {None if page in ("set", "progress") else 1}


def test_an_export_is_nothing_to_take_back(full: Run) -> None:
    before = full("undo", "--list").out
    ran = full("plan", "export", "priya")
    assert "undo" not in ran.out + ran.err
    assert full("undo", "--list").out == before


def test_what_is_refused_is_no_event(full: Run, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    target.write_text("mine")
    assert full("plan", "export", "priya", "-o", str(target)).code == 4
    assert full("plan", "export", "priya", "-o", str(tmp_path / "no/p.md")).code == 1
    assert full("plan", "export", "priya", "--format", "pdf").code == 2
    assert list_exports(home) == []
    assert target.read_text() == "mine"


def test_a_page_is_exported_while_the_journal_is_being_written(
    full: Run, home: Path
) -> None:
    """It cannot be noted then, which is said: the page comes all the same."""
    page = full("plan", "export", "priya").out
    holder = (
        "import sys, sqlcipher3.dbapi2 as db; c = db.connect(sys.argv[1]); "
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(home / "coachlog.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "held\n"
        ran = full("plan", "export", "priya")
        process.communicate("\n")
    assert (ran.code, ran.out) == (0, page)
    assert ran.err.splitlines()[0] == (
        "That this was exported could not be noted in the journal: Another coachlog is writing to "
        "the journal and did not finish in time. The export goes on without that."
    )


# Private words


@pytest.mark.parametrize(
    "line", ["plan export priya --private", "history export priya --private"]
)
def test_private_words_are_asked_about_once_more(
    full: Run, tmp_path: Path, line: str
) -> None:
    target = tmp_path / "page.md"
    person = ScriptedPerson({"This includes 1 private": False})
    ran = full(*line.split(), "-o", str(target), person=person)
    assert (ran.code, ran.out, target.exists()) == (4, "", False)
    assert ran.err == "Nothing was written.\n"
    person = ScriptedPerson({"This includes 1 private": True})
    ran = full(*line.split(), "-o", str(target), person=person)
    assert (ran.code, target.exists()) == (0, True)
    nobody = ScriptedPerson()
    for words in (
        [*line.split(), "-o", str(target), "--force", "--yes"],
        line.split(),
        [*line.removesuffix(" --private").split(), "-o", str(tmp_path / "open.md")],
    ):
        assert full(*words, person=nobody).code == 0
    assert nobody.asked == []


def test_what_is_left_out_is_not_counted_on_a_page_of_values(full: Run) -> None:
    for line in ("plan export priya", "history export priya"):
        ran = full(*line.split(), "--format", "json")
        assert "withheld" not in ran.out
        assert "private entr" in ran.err


# Initials


@pytest.mark.parametrize("format", ["markdown", "json", "csv", "html"])
@pytest.mark.parametrize("page", EXPORTS)
def test_initials_take_the_place_of_names(full: Run, page: str, format: str) -> None:
    line = (*EXPORTS[page].split(), "--format", format)
    named = full(*line)
    short = full(*line, "--initials")
    assert short.code == 0, short.err
    names = ("Priya", "priya-shah", "Shah", "Tom Reed", "Ann Obi", "Ben Lee")
    if page in ("plan", "history", "session", "progress"):
        assert "Priya Shah" in named.out
        assert "P.S." in short.out
    # As the remark says, what was typed stays as it is.
    others = short.out.replace(TYPED_WITH_A_NAME, "").replace(TYPED_IN_MARKUP, "")
    assert not [name for name in names if name in others]
    assert "Names are initials. Names within what was typed stay" in short.err


def test_files_of_presenters_are_named_by_initials(full: Run, tmp_path: Path) -> None:
    line = ("plan", "export", "--set", "ward", "--initials", "-o", str(tmp_path / "p"))
    assert full(*line).code == 0
    names = [path.name for path in (tmp_path / "p").iterdir()]
    assert names == ["ward-leads-2026-11-20-ao.md"]


# Formats for programs


def test_a_plan_is_the_same_in_json_as_on_the_screen(full: Run) -> None:
    exported = json.loads(full("plan", "export", "priya", "--format", "json").out)
    shown = json.loads(full("plan", "show", "priya", "--json").out)
    counts = {"withheld", "goals_withheld"}
    assert exported["schema"] == shown["schema"]
    assert exported["plan"] == {
        name: value for name, value in shown["plan"].items() if name not in counts
    }


def test_corrections_are_in_nothing_that_is_handed_over(full: Run) -> None:
    for line in ("plan export priya --all", "history export priya"):
        assert '"corrected"' not in full(*line.split(), "--format", "json").out


def test_a_plan_is_rows_for_a_spreadsheet(full: Run) -> None:
    ran = full("plan", "export", "priya", "--all", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["what"], row["owner"], row["status"]) for row in rows] == [
        ("Draft the huddle agenda and send it round", "Priya Shah", "open"),
        ("Ask Dana what she needs in order to keep time", "Priya Shah", "open"),
        ("Send Priya last year's agenda", "Tom Reed", "done"),
    ]
    assert {row["private"] for row in rows} == {""}


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_template_is_no_rows_and_no_values(run: Run, format: str) -> None:
    ran = run("template", "show", "grow", "--format", format)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"There is no {format} of this page. Nothing was written.\n"
        "`coachlog export formats` lists which format can write what.\n"
    )


# Targets


@pytest.mark.parametrize("format", ["markdown", "html", "docx", "json", "csv", "mail"])
def test_a_pipe_gets_what_a_file_would_hold(
    full: Run, home: Path, tmp_path: Path, format: str
) -> None:
    assert full("plan", "export", "priya").code == 0
    target = tmp_path / "page"
    command = [sys.executable, "-m", "coachlog", "--home", str(home)]
    line = ["plan", "export", "priya", "--format", format]

    def export(*words: str) -> bytes:
        done = subprocess.run(
            [*command, *line, *words], capture_output=True, check=True
        )
        return done.stdout

    piped, dashed = export(), export("-o", "-")
    export("-o", str(target))
    if format == "docx":
        # A zip archive has the time at which it was made.
        assert piped[:4] == dashed[:4] == target.read_bytes()[:4] == b"PK\3\4"
    else:
        assert piped == dashed == target.read_bytes()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("CON", 2, id="reserved-on-windows"),
        pytest.param("lpt1.md", 2, id="reserved-on-windows-with-a-suffix"),
        pytest.param("console.md", 0, id="begins-like-a-reserved-name"),
        pytest.param("n" * 300 + ".md", 1, id="300-characters"),
        pytest.param("no/plan.md", 1, id="no-such-folder"),
        pytest.param("/dev/full/plan.md", 1, id="not-a-folder"),
        pytest.param("\x1b[31m.md", 0, id="a-name-with-an-escape"),
        pytest.param("a folder", 4, id="a-folder"),
    ],
)
def test_poor_targets(
    full: Run, tmp_path: Path, name: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a folder").mkdir()
    before = set(tmp_path.iterdir())
    ran = full("plan", "export", "priya", "-o", name)
    assert ran.code == code
    if code:
        assert (ran.out, set(tmp_path.iterdir())) == ("", before)
        assert "Traceback" not in ran.err
        assert "\x1b" not in ran.err
    else:
        assert ran.out.endswith(READABLE)
        assert "\x1b" not in ran.out


def test_a_disk_that_is_full(full: Run, home: Path, tmp_path: Path) -> None:
    """No file may be longer than the page: it is not written, nor noted, and nothing is left."""
    page = full("plan", "export", "priya").out
    limits = "import resource, signal, sys, runpy; "
    limits += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limits += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(page) - 1},) * 2); "
    limits += "runpy.run_module('coachlog', run_name='__main__')"
    line = ["--home", str(home), "plan", "export", "priya", "-o", "plan.md"]
    folder = tmp_path / "pages"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", limits, *line],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "plan.md cannot be written (File too large)" in done.stderr
    assert list(folder.iterdir()) == []
    assert len(list_exports(home)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any folder")
def test_a_folder_that_may_not_be_written_to(full: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    ran = full("plan", "export", "priya", "-o", str(folder / "plan.md"))
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be written (Permission denied)" in ran.err


def test_the_formats_that_there_are(run: Run) -> None:
    ran = run("export", "formats", "--json")
    names = [one["name"] for one in json.loads(ran.out)["formats"]]
    assert names == ["csv", "docx", "html", "json", "mail", "markdown", "text"]


# What is meant by `export` and the name of a page


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("plan priya -o x.docx", "coachlog plan export priya -o x.docx"),
        ("history priya", "coachlog history export priya"),
        ("conversation 3", "coachlog session export 3"),
        ("calendar", "coachlog ics"),
        ("ics", "coachlog ics"),
        ("promises", "coachlog export table actions"),
    ],
)
def test_export_leads_to_the_command_that_is_meant(
    full: Run, line: str, meant: str
) -> None:
    ran = full("export", *line.split())
    assert (ran.code, ran.err.splitlines()[:2]) == (
        2,
        [
            f"There is no command “coachlog export {line.split()[0]}”. Did you mean this?",
            f"  {meant}",
        ],
    )


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("set export ward -o pages", "coachlog plan export --set ward -o pages"),
        ("goal export priya", "coachlog plan export priya"),
    ],
)
def test_a_noun_without_pages_leads_to_those_that_it_is_on(
    full: Run, line: str, meant: str
) -> None:
    ran = full(*line.split())
    assert (ran.code, f"Did you mean this?\n  {meant}\n" in ran.err) == (2, True)
