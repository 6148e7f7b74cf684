"""Writes the generated parts of the documentation; run through cog, checked by a test.

cog -r -I docs README.md docs/cli.md docs/templates.md
"""

import atexit
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from coachlog import templates
from coachlog.cli import COMMANDS, app
from coachlog.cli.environment import Environment

ROOT = Path(__file__).parent.parent
WIDTH = "80"


def reference() -> str:
    """Return the help of every command as one markdown page."""
    return "\n".join(_sections())


def _sections() -> Iterator[str]:
    yield f"## coachlog\n\n{_block(help_of())}\n"
    for noun in (name for group in COMMANDS.values() for name in group):
        yield f"## coachlog {noun}\n\n{_block(help_of(noun))}\n"
        for verb in verbs(noun):
            yield f"### coachlog {noun} {verb}\n\n{_block(help_of(noun, verb))}\n"


def verbs(noun: str) -> list[str]:
    """Return the verbs of a noun, in the order of its help; none for a plain command."""
    from importlib import import_module

    infos = import_module(f"coachlog.cli.{noun}").app.registered_commands
    if len(infos) == 1:
        return []
    return [info.name or info.callback.__name__ for info in infos]


def help_of(*words: str) -> str:
    """Return what `coachlog WORDS --help` prints."""
    result = CliRunner().invoke(app, [*words, "--help"], prog_name="coachlog")
    assert result.exit_code == 0, result.output
    return result.stdout


def _block(text: str, language: str = "text") -> str:
    body = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return f"```{language}\n{body}\n```"


class Tour:
    """A journal that runs commands on days of its own, and shows what they print."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, folder)
        self._home = Path(folder) / "home"

    def run(self, day: str, *lines: str) -> str:
        """Return a block with each command and its output, as on that day."""
        return _block("\n\n".join(self._ran(day, line) for line in lines), "console")

    def _ran(self, day: str, line: str) -> str:
        env = Environment(
            home_given=self._home,
            clock=lambda: datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC),
        )
        words = [
            str(ROOT / word) if word.startswith("examples/") else word
            for word in shlex.split(line.removeprefix("coachlog"))
        ]
        runner = CliRunner(env={"COLUMNS": WIDTH, "TZ": "Europe/London"})
        result: Any = runner.invoke(app, words, obj=env, prog_name="coachlog")
        assert result.exit_code == 0, result.output
        return f"$ {line}\n{result.stdout.rstrip()}"


def measures() -> str:
    """Return the table of measures that the shipped templates ask, checked to agree."""
    found: dict[str, tuple[str, list[str]]] = {}
    for template in templates.available(Path("/nowhere")):
        for stage in template.stages:
            for prompt in stage.prompts:
                if prompt.measure:
                    span = f"{prompt.low}-{prompt.high}"
                    known, asked = found.setdefault(prompt.measure, (span, []))
                    assert known == span, f"{prompt.measure} is {known} and {span}"
                    asked.append(f"{template.id}: {prompt.ask}")
    rows = [
        f"| `{name}` | {span} | {'<br>'.join(asked)} |"
        for name, (span, asked) in sorted(found.items())
    ]
    return "\n".join(["| measure | range | asked in |", "| --- | --- | --- |", *rows])
