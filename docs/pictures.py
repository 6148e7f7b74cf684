"""Draws the pictures of the README: real commands, run on the demo's journal on a fixed day.

python docs/pictures.py
"""

import re
import shlex
import tempfile
from datetime import UTC, datetime
from html import escape
from io import StringIO
from pathlib import Path

from rich.console import Console as RichConsole
from typer.testing import CliRunner

from coachlog.cli import run_line
from coachlog.terminal.console import Console

FOLDER = Path(__file__).parent / "pictures"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WIDTH = 80
PICTURES = {
    "today": "coachlog",
    "brief": "coachlog brief priya",
    "history": "coachlog history grace",
    "progress": "coachlog progress",
    "plan": "coachlog plan show priya",
    "own-plan": "coachlog plan show me --for ruth",
    "set": "coachlog progress --set ward",
    "shadow": "coachlog progress --shadow",
    "support": "coachlog set support ward",
    "tank": "coachlog tank show",
    "workshop": "coachlog workshop show",
    "search": "coachlog search corridor --person helen",
}
QUARTER = Path(__file__).parent.parent / "examples/programme"
"""What the two holders of a programme of 250 made-up managers report a quarter from."""
PAGES = {
    "history": "coachlog history export grace --since 2026-09-15 --format html",
    "programme": shlex.join(
        [
            *("coachlog", "programme", "report"),
            *(f"{QUARTER}/{name}-sums.json" for name in ("coordinator", "governance")),
            *("--programme", f"{QUARTER}/join.toml"),
            *("--manifest", f"{QUARTER}/manifest.jsonl", "--format", "html"),
        ]
    ),
}
"""Pages for a browser, short enough to be seen whole."""
PAGE_PICTURES = {
    "history-page-wide-light": ("history", 1200, 1300, "light"),
    "history-page-wide-dark": ("history", 1200, 1300, "dark"),
    "history-page-narrow-light": ("history", 360, 2000, "light"),
    "history-page-narrow-dark": ("history", 360, 2000, "dark"),
    "programme-page-wide-light": ("programme", 1200, 3600, "light"),
    "programme-page-wide-dark": ("programme", 1200, 3600, "dark"),
    "programme-page-narrow-light": ("programme", 360, 7400, "light"),
    "programme-page-narrow-dark": ("programme", 360, 7400, "dark"),
    "workshop-page-wide-light": ("workshop-1.html", 1200, 1810, "light"),
    "workshop-page-wide-dark": ("workshop-1.html", 1200, 1810, "dark"),
    "workshop-page-narrow-light": ("workshop-1.html", 360, 2280, "light"),
    "workshop-page-narrow-dark": ("workshop-1.html", 360, 2280, "dark"),
    "workshop-cards": ("workshop-1-cards.html", 794, 1123, "print"),
}
"""Of which page each is, how wide and high the window is, and its colours (or `print`)."""
TAG = "K7"
"""The tag of the demo's workshop in pictures; that of a journal is random."""
CODE = "K7QF-3MZC-HJSR"
"""What the page of the workshop shows as a code in pictures; it is none of any journal."""
# Rich's own has a font from the network in it: opening a picture would tell someone.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


PAGE_FORMAT = """\
<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg">
<style>
{style}
:root {{ color-scheme: {scheme}; }}
</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
<foreignObject width="{width}" height="{height}">
<body xmlns="http://www.w3.org/1999/xhtml"{classes}>
{main}
</body>
</foreignObject>
</svg>
"""
"""A page as a picture is the page itself within one, so that no browser is needed to draw it."""


def drawn(home: Path) -> dict[str, str]:
    """Return the pictures of the demo's journal, by name, each as the text of an SVG file."""
    pictures = {name: _picture(home, name, line) for name, line in PICTURES.items()}
    pages = {name: _page(home, line) for name, line in PAGES.items()}
    pages |= _workshop_pages(home)
    for name, (page, width, height, scheme) in PAGE_PICTURES.items():
        pictures[name] = _page_picture(pages[page], width, height, scheme)
    return pictures


def _page(home: Path, line: str) -> str:
    """Return a page as its command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        _ran(home, [*shlex.split(line)[1:], "--output", str(path)])
        return path.read_text(encoding="utf-8")


def _workshop_pages(home: Path) -> dict[str, str]:
    """Return the cards of the demo's workshop, and its page once answers were chosen, by file."""
    with tempfile.TemporaryDirectory() as folder:
        _ran(home, ["workshop", "sheet", "--output", folder])
        pages = {
            path.name: path.read_text(encoding="utf-8")
            for path in Path(folder).glob("*.html")
        }
    page = pages["workshop-1.html"]
    # A picture runs no scripts: what they do is done here.
    page = re.sub(r"<(script|noscript)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r' data-(tag|secret)="[^"]*"', "", page)
    page = re.sub(r'(translate="no">)\w\w<', rf"\1{TAG}<", page)
    for question, value in (("useful", 4), ("theme", 2), ("try", 1)):
        chosen = f'name="{question}" value="{value}"'
        page = page.replace(chosen, f"{chosen} checked")
    page = page.replace(" novalidate", "").replace(" hidden>", ">")
    pages["workshop-1.html"] = page.replace("</output>", f"{CODE}</output>")
    return pages


def _page_picture(page: str, width: int, height: int, scheme: str) -> str:
    """Return a page in a window of this width, as XML, in colours that stay as they are."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    media = "all" if scheme == "dark" else "not all"
    style = style.replace("(prefers-color-scheme: dark)", media)
    if scheme == "print":
        style, scheme = style.replace("@media print", "@media all"), "light"
    classes, _, main = page.partition("<body")[2].partition(">\n")
    main = main.partition("\n</body>")[0]
    main = re.sub(r"<(br|wbr|input\b[^>]*)>", r"<\1/>", main)
    main = re.sub(r" checked\b", ' checked="checked"', main)
    main = main.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return PAGE_FORMAT.format(
        width=width,
        height=height,
        scheme=scheme,
        style=escape(style, quote=False),
        classes=classes,
        main=main.replace("&nbsp;", "&#160;"),
    )


def _picture(home: Path, name: str, line: str) -> str:
    console = _ran(home, shlex.split(line)[1:])
    picture = console.export_svg(
        title=line, code_format=FORMAT, unique_id=f"coachlog-{name}"
    )
    return re.sub(r"(tag&#160;)\w\w\b", rf"\g<1>{TAG}", picture)


def _ran(home: Path, words: list[str]) -> RichConsole:
    """Return the console on which a command has printed."""
    console = Console(home_override=home, clock=lambda: NOW, draws=True)
    console.out = RichConsole(
        record=True,
        file=StringIO(),
        width=WIDTH,
        height=100,
        color_system="standard",
        force_terminal=True,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    runner = CliRunner(env={"COLUMNS": str(WIDTH), "TZ": "Europe/London"})
    with runner.isolation() as (_, _, everything):
        code = run_line(words, console)
        assert code == 0, everything.getvalue().decode()
    return console.out


def words(picture: str) -> list[str]:
    """Return the words of a picture, in the order in which they stand there."""
    _, is_page, page = picture.partition("<body ")
    if is_page:
        return [text for text in re.findall(r">([^<]+)<", page) if text.strip()]
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        _ran(home, ["demo", str(home)])
        for name, picture in drawn(home).items():
            (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
