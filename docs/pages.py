"""Writes the generated parts of the documentation; run through cog, checked by a test.

cog -r -I docs README.md docs/cli.md docs/templates.md docs/privacy.md docs/own-plan.md
python docs/pages.py
"""

import atexit
import json
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from coachlog.cli import COMMANDS, app, synonyms
from coachlog.model.templates import Template
from coachlog.phrasing.templates import group_by_occasion
from coachlog.templates import json_schema
from coachlog.templates.fields import (
    PROMPT_FIELDS,
    STAGE_FIELDS,
    TEMPLATE_FIELDS,
    FieldSpec,
)
from coachlog.templates.kinds import KIND_ROWS
from coachlog.templates.library import list_available_templates
from coachlog.terminal.console import Console

ROOT = Path(__file__).parent.parent
WIDTH = "80"
sys.path.insert(0, str(ROOT / "tests"))
import disclosure_lines  # noqa: E402


def reference() -> str:
    """Return the help of every command as one markdown page."""
    return "\n".join(_sections())


def short_forms() -> str:
    """Return the table of the short forms of commands, each with what it stands for."""
    words_by_line: dict[str, list[str]] = {}
    for word, line in synonyms.SHORT_FORMS.items():
        words_by_line.setdefault(line, []).append(f"`coachlog {word}`")
    rows = [
        f"| {', '.join(words)} | `coachlog {line}` |"
        for line, words in words_by_line.items()
    ]
    return "\n".join(["| short form | the same as |", "| --- | --- |", *rows])


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

    def refuse(self, day: str, code: int, *lines: str) -> str:
        """Return a block with each command, what it says, and the exit code with which it ends."""
        blocks = [f"{self._ran(day, line, code)}\n$ echo $?\n{code}" for line in lines]
        return _block("\n\n".join(blocks), "console")

    def _ran(self, day: str, line: str, code: int = 0) -> str:
        console = Console(
            home_override=self._home,
            clock=lambda: datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC),
            draws=True,
        )
        words = [
            str(ROOT / word) if word.startswith("examples/") else word
            for word in shlex.split(line.removeprefix("coachlog"))
        ]
        runner = CliRunner(env={"COLUMNS": WIDTH, "TZ": "Europe/London"})
        # What a command writes stays in the folder of the tour.
        with chdir(self._home.parent):
            result: Any = runner.invoke(app, words, obj=console, prog_name="coachlog")
        assert result.exit_code == code, result.output
        return f"$ {line}\n{result.stderr}{result.stdout}".rstrip()


def library() -> str:
    """Return the table of the shipped templates, by occasion."""
    rows = []
    for heading, members in group_by_occasion(_shipped()):
        for place, t in enumerate(members):
            occasion = "" if place else f"**{heading}**"
            rows.append(
                f"| {occasion} | `{t.id}` | {t.title} | {t.minutes} | {t.summary} |"
            )
    head = [
        "| occasion | id | title | minutes | when to choose it |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join(head + rows)


def keys(level: str) -> str:
    """Return the table of what a template, a stage or a prompt may hold."""
    fields = {
        "template": TEMPLATE_FIELDS,
        "stage": STAGE_FIELDS,
        "prompt": PROMPT_FIELDS,
    }[level]
    rows = [
        f"| `{name}` | {_markdown(known.expected)} | {known.help}{_conditions(known)} |"
        for name, known in fields.items()
    ]
    return "\n".join(["| key | value | what it is for |", "| --- | --- | --- |", *rows])


def kinds() -> str:
    """Return the table of the kinds of prompt."""
    rows = [
        f"| `{k.value}` | {row.explanation or row.meaning} | {row.stored_form} |"
        for k, row in KIND_ROWS.items()
    ]
    return "\n".join(
        ["| kind | what is asked | what is kept |", "| --- | --- | --- |", *rows]
    )


def _markdown(words: str) -> str:
    return words.replace("|", "\\|") if "{" not in words else f"`{words}`"


def _conditions(known: FieldSpec) -> str:
    parts = ["required"] if known.required else []
    parts += [f"only for {' and '.join(known.kinds)}"] if known.kinds else []
    parts += (
        [f"{known.default} unless given".lower()] if known.default is not None else []
    )
    return f" ({'; '.join(parts)})" if parts else ""


def measures() -> str:
    """Return the table of measures that the shipped templates ask, checked to agree.

    The same measure has the same ends, and the same words for what they mean.
    """
    found: dict[str, tuple[tuple[str, str], list[str]]] = {}
    for template in _shipped():
        for stage in template.stages:
            for prompt in stage.prompts:
                if prompt.measure:
                    meant = (f"{prompt.low}-{prompt.high}", prompt.help or "")
                    known, asked = found.setdefault(prompt.measure, (meant, []))
                    assert known == meant, (
                        f"{prompt.measure} is {known} and, in {template.id}, {meant}"
                    )
                    asked.append(f"{template.id}: {prompt.ask}")
    rows = [
        f"| `{name}` | {span} | {meaning} | {'<br>'.join(asked)} |"
        for name, ((span, meaning), asked) in sorted(found.items())
    ]
    head = [
        "| measure | range | what the ends mean | asked in |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join(head + rows)


def _shipped() -> list[Template]:
    return list_available_templates(Path("/nowhere")).templates


def private_words() -> str:
    """Return the table of the commands that show secret words, and which of them unasked.

    It is made from the lines that `tests/test_disclosure.py` runs on a journal full of marked
    words: no command shows more than its lines say, nor less.
    """
    kinds = disclosure_lines.KINDS
    rows = [f"| command | {' | '.join(kinds)} | why without being asked |"]
    rows.append("| --- " * (len(kinds) + 2) + "|")
    silent = []
    for command, lines in disclosure_lines.LINES.items():
        name = f"`coachlog {command}`".replace(" `", "`")
        cells = [_disclosure_cell(lines, marks) for marks in kinds.values()]
        if any(cells):
            rows.append(f"| {name} | {' | '.join(cells)} | {_reasons(lines)} |")
        else:
            silent.append(name)
    return "\n".join([*rows, "", f"None of these show any: {', '.join(silent)}."])


def _disclosure_cell(
    lines: tuple[disclosure_lines.Line, ...], marks: frozenset[str]
) -> str:
    """Return when a command shows words with these marks; '' for never."""
    unasked = frozenset().union(*(line.shows for line in _unasked(lines)))
    if unasked & marks:
        return "shown"
    on_request = frozenset().union(*(line.shows for line in lines))
    return "`--private`" if on_request & marks else ""


def _reasons(lines: tuple[disclosure_lines.Line, ...]) -> str:
    """Return why a command shows secret words that nobody asked for, each reason once."""
    marks = frozenset().union(*disclosure_lines.KINDS.values())
    return "; ".join(
        dict.fromkeys(line.why for line in _unasked(lines) if line.shows & marks)
    )


def _unasked(lines: tuple[disclosure_lines.Line, ...]) -> list[disclosure_lines.Line]:
    """Return the lines that do not ask for secret words, nor repeat what was just typed."""
    asked = (disclosure_lines.ASKED, disclosure_lines.NAMED)
    return [line for line in lines if line.why not in asked]


def schema_text() -> str:
    """Return what docs/template.schema.json holds."""
    return (
        json.dumps(json_schema.build_json_schema(), ensure_ascii=False, indent=2) + "\n"
    )


if __name__ == "__main__":
    (ROOT / "docs/template.schema.json").write_text(schema_text(), encoding="utf-8")
