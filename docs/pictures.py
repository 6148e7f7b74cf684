"""Draws the pictures of the README: real commands, run on the demo's journal on a fixed day.

python docs/pictures.py
"""

import re
import shlex
import tempfile
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from rich.console import Console as RichConsole
from typer.testing import CliRunner

from coachlog.cli import app
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
}
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


def drawn(home: Path) -> dict[str, str]:
    """Return the pictures of the demo's journal, by name, each as the text of an SVG file."""
    return {name: _picture(home, name, line) for name, line in PICTURES.items()}


def _picture(home: Path, name: str, line: str) -> str:
    console = _ran(home, shlex.split(line)[1:])
    return console.export_svg(
        title=line, code_format=FORMAT, unique_id=f"coachlog-{name}"
    )


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
    result = runner.invoke(app, words, obj=console, prog_name="coachlog")
    assert result.exit_code == 0, result.output
    return console.out


def words(picture: str) -> list[str]:
    """Return the words of a picture, in the order in which they stand there."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        _ran(home, ["demo", str(home)])
        for name, picture in drawn(home).items():
            (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
