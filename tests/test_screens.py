"""Every screen at every width: it fits, it is plain text, and it reads well."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.text import Text as RichText

from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.texts import Text
from command_support import (
    CtrlC,
    ScriptedPerson,
    built,
    golden,
    hold,
    hold_example,
    unprintable,
)
from conftest import Run

pytestmark = pytest.mark.usefixtures("screen")

WIDTHS = (60, 80, 140)
HIDDEN = r"(The words of \d+ private entr(y|ies) are not shown; to see them, add --private\.\n)?"
"""All that any of these screens says on stderr."""
SCREENS = (
    "",
    "session list",
    "session list --drafts",
    "session show 1",
    "session show 4",
    "person list --archived",
    "person show priya",
    "action list",
    "action list --all",
    "action show 1",
    "plan show priya",
    "plan show priya --include-private",
    "template list",
    "template show check-in",
    "template show grow",
    "progress",
    "progress priya",
)
GOLDEN = (
    *(
        "",
        "session show 1",
        "person list --archived",
        "action list --all",
        "plan show priya",
    ),
    *("progress", "session list"),
)


@pytest.fixture
def full(run: Run, home: Path) -> Run:
    """A journal with closed, moved, private and overdue promises, several people and a draft."""
    built(run, home, fill)
    return run


def fill(example: Run) -> None:
    hold_example(example)
    for line in (
        "person edit priya --role Clerk --team Ward --every 2w",
        "person add Al -r peer --every 1w",
        "person add Bo -r mentee",
        "person archive bo",
        "action done 2",
        "action move 1 --to 2026-12-01",
        "action add priya --what Ask --owner Dana --due 2026-11-20 --private",
        "action note 1 --text Half",
    ):
        assert example(*line.split()).code == 0
    long = "Write down, for each of the nine wards, who is on call, who covers, and since when"
    row = {
        "what": long,
        "owner": "them",
        "due": "2026-10-30",
        "done_when": long,
        "if_then": long,
    }
    hold(
        example,
        person="Dr Bartholomew Featherstonehaugh-Cholmondeley",
        relationship="manager",
        held_on="2026-10-01",
        minutes=25,
        tags=["rota", "winter pressure"],
        answers={"capture.mattered": f"{long}.\n\n{long}!"},
        actions=[row, row | {"owner": "me"}],
    )
    hold(example, person="al", held_on="2026-11-02")
    draft = ScriptedPerson(
        {"capture.mattered": long, "capture.promises.1.what": CtrlC()}, skip=True
    )
    assert example("session", "new", "al", "-t", "quick", person=draft).code == 130


@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_fits_and_is_plain_text(
    full: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for line in SCREENS:
        ran = full(*line.split())
        assert ran.code == 0, line
        assert re.fullmatch(HIDDEN, ran.err), line
        assert unprintable(ran.out) == set(), line
        assert [row for row in ran.out.split("\n") if cell_len(row) > width] == [], line


@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_screens_as_they_look(
    full: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    pages = []
    for line in GOLDEN:
        shown = "\n".join(row.rstrip() for row in full(*line.split()).out.split("\n"))
        pages.append(f"$ coachlog {line}".rstrip() + f"\n{shown}")
    found = "\n".join(pages)
    assert found == golden(f"screens-{width}.txt", found)


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        pytest.param("Send the rota to all nine wards", 1, id="fits"),
        pytest.param("Send the rota to all nine wards " * 5, 4, id="does-not-fit"),
    ],
)
def test_actions_are_one_line_each_where_they_fit_and_else_more(
    run: Run, monkeypatch: pytest.MonkeyPatch, what: str, rows: int
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    hold(
        run,
        person="Bartholomew",
        actions=[{"what": what, "owner": "them", "due": "fri"}] * 2,
    )
    run("action", "move", "1", "--to", "2026-12-04")
    lines = run("action", "list").out.splitlines()
    assert len(lines) == 1 + 2 * rows, lines
    if rows > 1:
        assert [line.strip() for line in lines if "·" in line] == [
            "Bartholomew · Fri 27 Nov",
            "Bartholomew · Fri 4 Dec · date moved once",
        ]


UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 4
WIDE = "会議の議題を書いて全員に送る" * 6


@pytest.mark.parametrize(
    "words", [UNBROKEN, WIDE, "e\u0301" * 90, "👩‍👧 " * 40, "a\tb" * 40]
)
@pytest.mark.parametrize("width", WIDTHS)
def test_words_that_do_not_fit_are_broken_and_none_is_lost(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: int, words: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    name = words[:100] if words[0].isalnum() else "Al"
    row = {
        "what": words,
        "owner": words[:100] if words[0].isalnum() else f"Bo {words[:97]}",
        "due": "fri",
        "done_when": words,
        "support": words,
    }
    hold(
        run,
        person=name,
        tags=[words[:40]],
        answers={"capture.mattered": words},
        actions=[row, row | {"owner": "them"}],
    )
    who = run("person", "list", "--json").json["people"][0]["slug"]
    lines = [
        "",
        "session list",
        "session show 1",
        "person list",
        "action list",
        "action show 1",
    ]
    for line in [*lines, "progress", f"person show {who}", f"plan show {who}"]:
        ran = run(*line.split())
        assert (ran.code, ran.err) == (0, "")
        assert [row for row in ran.out.split("\n") if cell_len(row) > width] == [], line
    shown = "".join(run("action", "show", "1").out.split())
    assert "".join(words.split()) in shown


def test_an_odd_width_is_no_failure(full: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in ("1", "10", "30", "500"):
        monkeypatch.setenv("COLUMNS", width)
        for line in SCREENS:
            assert full(*line.split()).code == 0, (width, line)


@pytest.mark.parametrize(
    ("flags", "variables"),
    [
        pytest.param([], {"NO_COLOR": "1"}, id="NO_COLOR"),
        pytest.param(["--no-color"], {"FORCE_COLOR": "1"}, id="no-color"),
        pytest.param([], {}, id="not-a-terminal"),
    ],
)
def test_there_is_no_colour_where_none_is_wanted(
    example: Run,
    monkeypatch: pytest.MonkeyPatch,
    flags: list[str],
    variables: dict[str, str],
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    out = example(*flags, "action", "list").out
    assert "[31m" not in out
    assert "[1;31m" not in out


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_a_sentence_is_no_wider_than_it_can_be_read(width: int) -> None:
    """On a wide screen it wraps at 100 cells, as the tables beside it are no wider either."""
    console = Console(width=width)
    words = render_sentence("one two three " * 30)
    lines = console.render_lines(words, pad=False)
    longest = max(Segment.get_line_length(line) for line in lines)
    assert min(width, 100) - len("three ") <= longest <= min(width, 100)


@given(
    words=st.text(" \nab漢é", max_size=15),
    details=st.text(" \nab漢é", max_size=15),
    bold=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_a_cell_of_two_lines_is_broken_where_rich_would_break_it(
    words: str, details: str, bold: tuple[int, int]
) -> None:
    """Where both lines fit they are parted, which takes half as long as to wrap them."""
    console = Console(width=20, color_system="standard", force_terminal=True)
    cell = Text(f"{words}\n{details}", style="dim")
    cell.stylize("bold", *sorted(bold))
    wrapped = cell.__rich__().wrap(console, 20, overflow="fold")
    for line in wrapped:
        line.rstrip()
    table = Columns("", widest=20)
    table.add_row(cell)
    with console.capture() as captured:
        console.print(table)
    with console.capture() as expected:
        console.print(RichText("\n", no_wrap=True, overflow="ignore").join(wrapped))
    assert captured.get() == expected.get()
