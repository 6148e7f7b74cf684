"""A paper prints what Rich's console would print, byte for byte: every screen, and any text."""

import io
import json
import os
import re
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorType
from rich.console import Console as RichConsole

from coachlog import asciify
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.screens.widths import NO_WIDTH
from coachlog.terminal.console import Console
from coachlog.terminal.paper import Paper
from coachlog.terminal.record_console import RecordConsole
from command_support import built
from command_table import fill_all, reading_lines
from conftest import Run
from test_screens import SCREENS, fill

WIDTHS = (60, 80, 140)
SILENT: Mapping[str, Any] = {"markup": False, "emoji": False, "highlight": False}
"""What Rich would make of words by itself, and no screen wants."""
Print = tuple[Renderable, dict[str, Any]]
"""A page that was printed, and how."""


class Terminal(io.StringIO):
    """A terminal that keeps what it was sent."""

    def isatty(self) -> bool:
        return True


class Reader(NamedTuple):
    """Who an answer is for: what its stream is, what the environment says, what was typed."""

    stream: type[io.StringIO]
    variables: Mapping[str, str] = {}
    typed: Mapping[str, bool] = {}
    reference: Mapping[str, Any] = {}
    """What Rich's console has to be told, which finds out the rest by itself."""


PIPE_WIDTH = {"width": NO_WIDTH, "height": 100_000}
READERS = {
    "pipe": Reader(
        io.StringIO, reference={"color_system": None, "force_terminal": False}
    ),
    "coloured-pipe": Reader(
        io.StringIO,
        {"FORCE_COLOR": "1"},
        reference={"color_system": "standard", "force_terminal": True},
    ),
    "drawn": Reader(io.StringIO, typed={"draws": True}, reference={}),
    "no-term": Reader(Terminal),
    "16": Reader(Terminal, {"TERM": "xterm-16color"}),
    "256": Reader(Terminal, {"TERM": " XTerm-256color"}),
    "kitty": Reader(Terminal, {"TERM": "xterm-kitty"}),
    "true": Reader(Terminal, {"TERM": "xterm", "COLORTERM": " TrueColor "}),
    "24bit": Reader(Terminal, {"TERM": "xterm", "COLORTERM": "24bit"}),
    "unknown-colours": Reader(Terminal, {"TERM": "vt100", "COLORTERM": "yes"}),
    "NO_COLOR": Reader(
        Terminal, {"TERM": "xterm", "NO_COLOR": "1"}, reference={"no_color": True}
    ),
    "NO_COLOR-pipe": Reader(
        io.StringIO,
        {"NO_COLOR": "1", "FORCE_COLOR": "1"},
        reference={"color_system": None, "force_terminal": False, "no_color": True},
    ),
    "CLICOLOR=0": Reader(
        Terminal, {"TERM": "xterm", "CLICOLOR": "0"}, reference={"no_color": True}
    ),
    "FORCE_COLOR": Reader(Terminal, {"TERM": "xterm", "FORCE_COLOR": "1"}),
    "--no-color": Reader(
        Terminal,
        {"TERM": "xterm"},
        typed={"color": False},
        reference={"no_color": True},
    ),
    "--ascii": Reader(Terminal, {"TERM": "xterm"}, typed={"ascii": True}),
    "--plain": Reader(
        Terminal,
        {"TERM": "xterm"},
        typed={"plain": True},
        reference={"color_system": None, "force_terminal": False},
    ),
}
DECIDING = {name for reader in READERS.values() for name in reader.variables}


def build_console(reader: Reader) -> Console:
    """Return coachlog's console for a reader."""
    console = Console()
    for name, value in reader.typed.items():
        assert hasattr(console, name)
        setattr(console, name, value)
    return console


def build_reference(reader: Reader, stream: io.StringIO) -> RichConsole:
    """Return Rich's console for a reader: it reads the environment for itself."""
    file: Any = stream
    if reader.typed.get("ascii"):
        file = asciify.AsciiStream(stream)
    told = {"force_terminal": stream.isatty(), **SILENT, **reader.reference}
    return RichConsole(file=file, **told)


def print_all(target: "Paper | RichConsole", prints: list[Print]) -> None:
    for page, options in prints:
        target.print(page, **options)


def list_color_kinds(prints: list[Print]) -> set[ColorType]:
    """Return what kinds of colours pages have.

    A paper has sixteen: Rich keeps the codes of a style that it first worked out, for how many
    colours there were, so that printing in one process does not show the difference.
    """
    console = RichConsole(force_terminal=True, **SILENT)
    kinds = set()
    for page, _ in prints:
        for _, style, _ in console.render(page):
            colors = (style.color, style.bgcolor) if style else ()
            kinds |= {color.type for color in colors if color}
    return kinds


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[Print]:
    """Each page that is printed on paper from now on."""
    pages: list[Print] = []
    print_page = Paper.print

    def keep(self: Paper, page: Renderable, **options: Any) -> None:
        pages.append((page, options))
        print_page(self, page, **options)

    monkeypatch.setattr(Paper, "print", keep)
    return pages


JOURNALS: dict[str, tuple[Callable[..., Any], list[str]]] = {
    "screens": (fill, list(SCREENS)),
    "lists": (fill_all, reading_lines()),
}


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("journal", JOURNALS)
def test_every_screen_is_printed_as_by_rich(
    run: Run,
    home: Path,
    prints: list[Print],
    monkeypatch: pytest.MonkeyPatch,
    journal: str,
    width: int,
) -> None:
    monkeypatch.chdir(home.parent)
    fill_journal, lines = JOURNALS[journal]
    built(run, home, fill_journal)
    monkeypatch.setenv("COLUMNS", str(width))
    for name in DECIDING:
        monkeypatch.delenv(name, raising=False)
    prints.clear()
    for line in lines:
        assert run(*line.split()).code == 0, line
    pages = [*prints]
    assert len(pages) >= len(lines) // 2
    assert list_color_kinds(pages) == {ColorType.STANDARD}
    for name, reader in READERS.items():
        ours, theirs = reader.stream(), reader.stream()
        with monkeypatch.context() as patch:
            for variable, value in reader.variables.items():
                patch.setenv(variable, value)
            patch.setattr(sys, "stdout", ours)
            paper = build_console(reader).out
            assert isinstance(paper, Paper), name
            print_all(paper, pages)
            print_all(build_reference(reader, theirs), pages)
        assert ours.getvalue() == theirs.getvalue(), name
        has_codes = reader.stream is Terminal or name == "coloured-pipe"
        assert ("\x1b[" in ours.getvalue()) == (has_codes and name != "--plain"), name


@pytest.mark.parametrize(
    ("variables", "is_accessible"),
    [
        pytest.param({"TERM": "dumb"}, False, id="dumb"),
        pytest.param({"TERM": "Unknown"}, False, id="unknown"),
        pytest.param({"TERM": "xterm"}, True, id="accessible"),
    ],
)
def test_who_listens_has_a_console_of_rich(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], is_accessible: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal())
    console = Console()
    console.accessible = is_accessible
    assert isinstance(console.out, RecordConsole)
    assert isinstance(console.prompt_console, RichConsole)


SIZES = """
import json
from rich.console import Console as RichConsole
from coachlog.screens.texts import Text
from coachlog.terminal.console import Console

text = Text("日本語 cafe\\u0301 and so on, over several lines. " * 4, style="bold red")
for target in (Console().out, RichConsole(force_terminal=True, highlight=False)):
    with target.capture() as copy:
        target.print(text)
    print(json.dumps([type(target).__name__, target.width, target.height, copy.get()]))
"""


@pytest.mark.parametrize(
    ("window", "variables", "size"),
    [
        pytest.param((20, 60), {}, [60, 20], id="window"),
        pytest.param((0, 0), {}, [80, 25], id="without-a-size"),
        pytest.param((20, 60), {"COLUMNS": "44"}, [44, 20], id="columns"),
        pytest.param((20, 60), {"LINES": "9"}, [60, 9], id="lines"),
        pytest.param((20, 60), {"COLUMNS": "x", "LINES": ""}, [60, 20], id="words"),
        pytest.param(
            (20, 60), {"COLUMNS": "90", "LINES": "12"}, [90, 12], id="both-of-them"
        ),
    ],
)
def test_a_paper_is_as_large_as_the_window(
    window: tuple[int, int], variables: dict[str, str], size: list[int]
) -> None:
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, window)
    environment = {
        "TERM": "xterm-256color",
        "PATH": "/bin",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        **variables,
    }
    subprocess.run(
        [sys.executable, "-c", SIZES],
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    paper, console = [json.loads(row) for row in shown.splitlines()]
    assert paper[:3] == ["Paper", *size]
    assert paper[1:] == console[1:]


def test_no_width_and_no_height_are_none_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rich takes 0 for a width, and prints nothing."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
    paper = Paper(io.StringIO(), has_codes=False)
    size = paper.width, paper.height
    monkeypatch.setenv("COLUMNS", "0")
    monkeypatch.setenv("LINES", "0")
    assert (paper.width, paper.height) == size


LETTERS = "ab-. ,\u00a0é\u0301日本語🙂👩\u200d🚀שלוםمرحبا\u200b\tﷺ"
WORDS = st.one_of(
    st.text(LETTERS + "\n", max_size=40),
    st.just("Donaudampfschifffahrtsgesellschaft" * 3),
    st.text(max_size=20),
)
STYLES = st.sampled_from(
    [
        *(styling.GOOD, styling.SOON, styling.BAD, styling.QUIET),
        *("", "bold", "cyan", "bold cyan", "not bold dim", "default"),
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Draw texts of a few pieces, as screens make them."""
    text = Text(draw(WORDS), style=draw(STYLES))
    for words, style in draw(st.lists(st.tuples(WORDS, STYLES), max_size=3)):
        text.append(words, style=style)
    return text


@st.composite
def tables(draw: st.DrawFn) -> Columns:
    """Draw tables, some with lines across all columns."""
    table = Columns("#", "what", "who", right=("#",), wide="what")
    for cells in draw(st.lists(st.tuples(texts(), texts(), texts()), max_size=3)):
        table.add_row(*cells)
    if draw(st.booleans()):
        table.add_line(draw(texts()))
    return table


PAGES = st.recursive(
    st.one_of(texts(), tables(), WORDS, texts().map(render_sentence)),
    lambda pages: st.one_of(
        st.lists(pages, max_size=3).map(lambda parts: Group(*parts)),
        pages.map(IndentedBody),
    ),
    max_leaves=4,
)


@given(
    page=PAGES,
    width=st.one_of(st.integers(1, 140), st.just(NO_WIDTH)),
    colors=st.sampled_from([None, "standard", "256", "truecolor"]),
    no_color=st.booleans(),
    crop=st.booleans(),
    end=st.sampled_from(["\n", ""]),
)
def test_any_page_is_printed_as_by_rich(
    page: Renderable,
    width: int,
    colors: Any,
    no_color: bool,
    crop: bool,
    end: str,
) -> None:
    ours, theirs = io.StringIO(), io.StringIO()
    paper = Paper(
        ours, has_codes=colors is not None, no_color=no_color, width=width, height=24
    )
    console = RichConsole(
        file=theirs,
        color_system=colors,
        no_color=no_color,
        force_terminal=True,
        width=width,
        height=24,
        **SILENT,
    )
    for target in (paper, console):
        target.print(page, crop=crop, end=end)
    assert ours.getvalue() == theirs.getvalue()
    with paper.capture() as copy:
        paper.print(page, crop=crop, end=end)
    assert copy.get() == theirs.getvalue()
    paper.print(page, crop=crop, end=end)
    assert ours.getvalue() == theirs.getvalue() * 2


WORDS = st.text("ab \n\t–界é", max_size=6)
CELLS = st.one_of(
    WORDS,
    st.builds(Text, WORDS, style=st.sampled_from(["", "bold", "dim red"])),
    st.lists(st.tuples(WORDS, st.sampled_from(["", "dim"])), max_size=2).map(tuple),
)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3) | st.tuples(CELLS)))
def test_a_table_in_a_pipe_has_the_words_of_one_in_colours(rows: list[Any]) -> None:
    printed = []
    for has_codes in (False, True):
        table = Columns("#", "what", "who", right=("#",), wide="what")
        table.add_rows(rows, lambda row: [row])
        stream = io.StringIO()
        paper = Paper(stream, has_codes=has_codes, width=NO_WIDTH)
        for part in table.split(indent=2):
            paper.print(part)
        printed.append(re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()))
    assert printed[0] == printed[1]
