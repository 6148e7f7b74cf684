"""The figures of a period as a page: what is counted is named, and adds up."""

import re
import shutil
from pathlib import Path

import pytest

from conftest import Run

PERIOD = ("--since", "2026-02-01", "--until", "2026-11-23")


@pytest.fixture
def demo(run: Run, home: Path, year: Path) -> Run:
    """The journal of the demo: it has conversations alone, of three, in a set, with a leaver."""
    shutil.copytree(year, home)
    return run


def export_figures(run: Run, *line: str) -> str:
    ran = run("export", "progress", *PERIOD, *line)
    assert ran.code == 0, ran.err
    return ran.out


def list_cells(page: str, name: str) -> list[str]:
    """Return the cells of the row of this name in a table of markdown."""
    (row,) = re.findall(rf"^\| {re.escape(name)} \|.*$", page, re.M)
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_rows_months_and_screen_come_to_the_same(demo: Run) -> None:
    page = export_figures(demo)
    screen = demo("progress", *PERIOD).out
    sums = re.search(r"In all: (\d+) conversations, (\d+) sessions alone\.", page)
    assert sums
    conversations, alone = map(int, sums.groups())
    assert f"{conversations} conversations in that period" in screen
    assert f"; {alone} sessions alone." in screen
    assert list_cells(page, "alone")[1] == str(alone)
    for name in ("in 1 set", "1 archived person"):
        assert re.search(rf"^{name} +{list_cells(page, name)[1]} ", screen, re.M)
    months = re.findall(r"^\| [A-Z][a-z]+ 2026 \| (\d+) \|$", page, re.M)
    assert len(months) == 10
    assert sum(map(int, months)) == conversations + alone
    people = page.partition("| With |")[2].partition("In all")[0]
    rows = re.findall(r"^\| [^|]+ \| (\d+) \| [\d(]", people, re.M)
    # The one of three has a row for both.
    assert sum(map(int, rows)) == conversations + alone + 1
    assert "of three is in the rows of both others, and once in the sum" in page


def test_the_result_says_what_the_page_says(demo: Run, tmp_path: Path) -> None:
    sums = re.search(r"In all: ([^.]+)\.", export_figures(demo))
    assert sums
    ran = demo("export", "progress", *PERIOD, "-o", str(tmp_path / "year.html"))
    assert f": {sums[1]}, as html." in ran.out


def test_themes_are_those_of_the_period(demo: Run) -> None:
    page = export_figures(demo)
    sums = re.search(r"In all: (\d+) conversations, (\d+) sessions alone\.", page)
    assert sums
    entries = re.findall(r"^- \w+: (\d+) of (\d+) conversations and sess", page, re.M)
    assert entries
    assert {int(of) for _, of in entries} == {sum(map(int, sums.groups()))}
    # What came up once is no theme.
    assert min(int(count) for count, _ in entries) > 1


def test_the_title_says_whose_figures_and_of_which_days(demo: Run) -> None:
    days = "1 February 2026 to 23 November 2026"
    page = export_figures(demo)
    assert page.startswith(f"# Progress of Sam Reed, {days}\n")
    assert "| **Sam Reed** |" in page
    assert "yours" not in page.casefold()
    page = export_figures(demo, "priya")
    assert page.startswith(f"# Progress of Sam Reed with Priya Shah, {days}\n")
    assert "- Priya Shah: " in page
    assert "theirs" not in page.casefold()
    page = export_figures(demo, "priya", "--initials")
    assert page.startswith(f"# Progress of S.R. with P.S., {days}\n")


def test_every_month_is_in_a_browser_and_in_the_text(demo: Run) -> None:
    page = export_figures(demo, "--format", "html")
    table = page.partition("<details><summary>As a table</summary>")[2]
    table = table.partition("</details>")[0]
    assert table.count("<tr") == 11
    assert "March 2026" in table
    assert "• March 2026" in export_figures(demo, "--format", "text")


# What is overdue, on the pages of one person


@pytest.mark.parametrize("format", ["markdown", "html", "text", "mail"])
def test_a_promise_past_its_date_is_overdue_on_every_page(
    demo: Run, format: str
) -> None:
    for line in (("plan", "export", "daniel"), ("plan", "export", "me")):
        ran = demo(*line, "--format", format)
        words = ran.out.replace("=\n", "")
        assert "overdue since " in words, (line, ran.err)
    history = demo("history", "export", "daniel").out
    assert "| Missed or overdue |" in history


def test_a_plan_without_promises_says_nothing_of_those_in_a_set(demo: Run) -> None:
    page = demo("plan", "export", "maya").out
    assert "No promises in this plan." in page
    assert "yet" not in page


def test_a_history_begins_with_what_is_open(demo: Run) -> None:
    page = demo("history", "export", "tom").out
    begin = page.partition("\n| Who |")[0]
    assert "\nOpen:\n" in begin
    entries = re.findall(
        r"^- .+ — (?:overdue since|due|open, no date|missed)", begin, re.M
    )
    assert len(entries) == 3


def test_a_spreadsheet_says_that_it_has_no_answers(demo: Run) -> None:
    ran = demo("session", "export", "1", "--format", "csv", "--yes")
    assert re.search(r"Rows are promises: \d+ answers? of the page are not", ran.err)
    assert "Rows are" not in demo("session", "export", "1", "--yes").err
