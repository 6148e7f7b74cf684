"""Narrow windows: at 40 columns nothing is cut, and what a wide window says is all there."""

import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from command_support import built
from command_table import fill_all, reading_lines
from conftest import Run

NARROW, WIDE, TALL = "40", "140", "500"
WORDS = re.compile(r"[^\W_]+")
"""What a reader looks for: words and numbers."""

UNFOLDED = (
    *("Nothing recorded yet", "Nothing has changed since backup"),
    "You have not joined a programme.",
)
"""Sentences, which are wrapped where there is a real terminal."""

PAGES = ("export", "ics", "sheet", "form", "completion", "--markdown", "--picture")
"""What is written for a file or for a program, which no window cuts."""

UNNAMED = {"next", "due", "date", "promises", "kept"}
"""Names of columns that are empty or, in a comparison, understood: a record has none of these."""


@pytest.fixture(params=["all", "year"])
def journal(request: pytest.FixtureRequest, run: Run, home: Path, year: Path) -> Run:
    """A journal with something for every command, and one of a year."""
    if request.param == "all":
        built(run, home, fill_all)
    else:
        shutil.copytree(year, home, dirs_exist_ok=True)
    return run


def find_words(wide: str, narrow: str) -> set[str]:
    """Return the words of a page, without those of a path that no narrow line can hold."""
    unbroken = "".join(narrow.split())
    return {
        word
        for piece in wide.split()
        if cell_len(piece) < int(NARROW) or piece not in unbroken
        for word in WORDS.findall(piece)
    }


@pytest.mark.usefixtures("screen")
def test_forty_columns_lose_no_word_and_no_command(
    journal: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LINES", TALL)

    def read(line: str, columns: str) -> str:
        monkeypatch.setenv("COLUMNS", columns)
        ran = journal(*line.split())
        return ran.out

    faults = {}
    for line in reading_lines():
        if any(word in line for word in PAGES):
            continue
        if line == "backup create":
            # The second time it says that nothing has changed since the first.
            read(line, WIDE)
        narrow, wide = read(line, NARROW), read(line, WIDE)
        lost = find_words(wide, narrow) - set(WORDS.findall(narrow)) - UNNAMED
        rows = [row for row in narrow.splitlines() if not row.startswith(UNFOLDED)]
        long = [row for row in rows if cell_len(row) > int(NARROW)]
        if lost or long:
            faults[line] = (sorted(lost), long)
    assert not faults, "\n".join(f"{k}: {v}" for k, v in faults.items())
