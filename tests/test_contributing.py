"""CONTRIBUTING says how many files a change takes: each is made in a copy, used and counted."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from source_copies import PROMPTS, coachlog_in, copy_into, put, python

ROOT = PROMPTS.parent
TABLE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COUNTS = {
    name: int(count)
    for name, count in re.findall(r"^\| (an? [^|]+) \| (\d+) \|", TABLE, re.MULTILINE)
}
TALK = """
person = "Priya Shah"
relationship = "report"
me = "Tom Reed"
template = "quick"
held_on = 2026-11-20

[[actions]]
what = "Send the agenda"
owner = "them"
due = 2026-11-27
"""


def files(root: Path) -> dict[str, bytes]:
    """Return the files of a tree that a person writes, by their path in it."""
    found = [*(root / "prompts").rglob("*"), *(root / "src/coachlog").rglob("*")]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    }


def write(file: Path, text: str) -> None:
    assert not file.exists()
    file.write_text(text.lstrip("\n"), encoding="utf-8")


def replace(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, (
        f"{before!r} stands {text.count(before)} times in {file.name}"
    )
    file.write_text(text.replace(before, after), encoding="utf-8")


def record(package: Path, talk: str = TALK) -> None:
    file = package.parents[1] / "talk.toml"
    file.write_text(talk, encoding="utf-8")
    coachlog_in(package, "session", "new", "--answers", str(file))


def add_column(package: Path, table: str, name: str) -> None:
    """Write the migration of a new column."""
    steps = package / "store/migrations"
    last = max(int(step.name[:4]) for step in steps.glob("*.sql"))
    write(
        steps / f"{last + 1:04}_{name}.sql",
        f"ALTER TABLE {table} ADD COLUMN {name} TEXT;\n",
    )


# Each change, and what it has to do


def template(package: Path) -> None:
    write(
        package.parents[1] / "prompts/corridor.toml",
        """
title = "By the lift"
summary = "Two sentences on the way down."
audience = "one-to-one"
minutes = 2

[[stage]]
id = "lift"
title = "On the way down"

[[stage.prompt]]
id = "said"
ask = "What was said?"
kind = "text"
key = true
""",
    )


def use_template(package: Path) -> None:
    assert "Two sentences on the way down." in coachlog_in(package, "template", "list")
    record(
        package,
        TALK.split("[[actions]]")[0].replace("quick", "corridor")
        + '[answers]\n"lift.said" = "See you on Friday."\n',
    )
    assert "See you on Friday." in coachlog_in(package, "brief", "priya")


def page_format(package: Path) -> None:
    write(
        package / "exports/formats/outline.py",
        '''
"""The title of a page alone."""

from coachlog.exports.blocks import Document, format_plain_text

SUFFIXES = (".outline",)
MEDIA_TYPE = "text/plain"


def write(document: Document) -> bytes:
    """Return the title as UTF-8."""
    return f"{format_plain_text(document.title)}\\n".encode()
''',
    )


def use_page_format(package: Path) -> None:
    record(package)
    plan = coachlog_in(package, "plan", "export", "priya", "--format", "outline")
    assert plan == "Action plan: Priya Shah and Tom Reed\n"
    assert coachlog_in(package, "history", "export", "priya", "--format", "outline")


def stored_field(package: Path) -> None:
    replace(
        package / "model/people.py",
        "    paused_until: date | None = None\n",
        "    paused_until: date | None = None\n    pronouns: str | None = None\n",
    )
    replace(
        package / "store/tables/person_rows.py",
        "    paused_until: date | None = None\n",
        "    paused_until: date | None = None\n    pronouns: str | None = None\n",
    )
    add_column(package, "person", "pronouns")


def use_stored_field(package: Path) -> None:
    record(package)
    shown = json.loads(coachlog_in(package, "person", "show", "priya", "--json"))
    assert shown["person"]["pronouns"] is None


def figure(package: Path) -> None:
    put(
        package / "rules/figures.py",
        "def count_weeks_without_talk(",
        '''def find_busiest_month(months: Iterable[MonthFigures]) -> str | None:
    """Return the month with the most talks, the first of several; None without any."""
    held = [month for month in months if month.sessions]
    return max(held, key=lambda month: month.sessions).month if held else None


''',
    )
    replace(
        package / "model/progress.py",
        "    corrected_on: date | None = None\n",
        "    corrected_on: date | None = None\n    busiest: str | None = None\n",
    )
    replace(
        package / "store/reading/progress_queries.py",
        "        corrected_on=promises.corrected_on,\n",
        "        corrected_on=promises.corrected_on,\n"
        "        busiest=figures.find_busiest_month(months),\n",
    )
    replace(
        package / "screens/progress.py",
        "    parts += _render_themes(progress.themes)\n",
        "    parts += _render_themes(progress.themes)\n"
        '    parts.append(Text(f"Most talks: {progress.busiest}"))\n',
    )


def use_figure(package: Path) -> None:
    record(package)
    assert "Most talks: 2026-11" in coachlog_in(
        package, "progress", "--until", "2026-11-30"
    )
    as_json = coachlog_in(package, "progress", "--until", "2026-11-30", "--json")
    assert json.loads(as_json)["progress"]["busiest"] == "2026-11"


def command(package: Path) -> None:
    replace(
        package / "cli/nouns.py",
        '        "pulse": "Whether your team',
        '        "tag": "The themes of your talks.",\n        "pulse": "Whether your team',
    )
    write(
        package / "cli/tag.py",
        '''
"""`coachlog tag`: the themes of conversations."""

from coachlog.cli.declare import Noun
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun("tag")


@app.command()
def tag(console: Console, as_json: JsonOption = False) -> None:
    """List the themes, by name."""
    from coachlog.services.tags import tags

    names = tags(console.desk)
    if as_json:
        return console.print_json("tags", names)
    return console.print_message(", ".join(names))
''',
    )
    write(
        package / "services/tags.py",
        '''
"""The themes of conversations."""

from coachlog.services.desk import Desk


def tags(desk: Desk) -> list[str]:
    """Return the names of all themes."""
    from coachlog.store.reading.tags import names

    with desk.read() as db:
        return names(db)
''',
    )
    write(
        package / "store/reading/tags.py",
        '''
"""Questions about themes."""

from coachlog.store.database import Connection


def names(db: Connection) -> list[str]:
    """Return the names of all tags, by name."""
    return [name for (name,) in db.execute("SELECT name FROM tag ORDER BY name")]
''',
    )


def use_command(package: Path) -> None:
    record(package, TALK.replace("held_on", 'tags = ["rota", "leave"]\nheld_on'))
    assert coachlog_in(package, "tag") == "leave, rota\n"
    assert "The themes of your talks." in coachlog_in(package, "--help")


def promise_field(package: Path) -> None:
    put(
        package / "model/promise_fields.py",
        '    PromiseField(\n        "confidence"',
        '    PromiseField("proof", PromptKind.LINE, "What proves it?",\n'
        '                 label="proof", page_label="proof"),\n',
    )
    for name in (
        "model/actions.py",
        "store/tables/action_rows.py",
        "services/promise_options.py",
    ):
        file = package / name
        text = file.read_text(encoding="utf-8")
        line = r"\g<0>    proof: str | None = None\n"
        changed, count = re.subn(r"^    if_then: .*\n", line, text, flags=re.MULTILINE)
        assert count
        file.write_text(changed, encoding="utf-8")
    add_column(package, "action", "proof")
    python(package, str(ROOT / "docs/compiled_rows.py"))
    file = package / "cli/action.py"
    text = file.read_text(encoding="utf-8")
    text = text.replace(
        "    if_then: IfThenOption = None,\n",
        "    if_then: IfThenOption = None,\n    proof: ProofOption = None,\n",
    )
    text = text.replace(
        "        if_then=if_then,\n", "        if_then=if_then,\n        proof=proof,\n"
    )
    text = text.replace(
        '\n\n@app.command("add")\ndef action_add(',
        '\nProofOption = Annotated[str | None, Option("--proof", help="What will prove it.")]'
        '\n\n\n@app.command("add")\ndef action_add(',
        1,
    )
    file.write_text(text, encoding="utf-8")


def use_promise_field(package: Path) -> None:
    record(package, TALK + 'proof = "It is in the inbox"\n')
    assert "It is in the inbox" in coachlog_in(package, "action", "show", "1")
    coachlog_in(package, "action", "edit", "1", "--proof", "Priya has it")
    line = (
        "action",
        "add",
        "priya",
        "--what",
        "Ask",
        "--owner",
        "me",
        "--proof",
        "An answer",
    )
    coachlog_in(package, *line)
    listed = json.loads(coachlog_in(package, "action", "list", "--json"))["actions"]
    assert {action["proof"] for action in listed} == {"Priya has it", "An answer"}


CHANGES: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "a template": (template, use_template),
    "a format of pages": (page_format, use_page_format),
    "a stored field": (stored_field, use_stored_field),
    "a figure": (figure, use_figure),
    "a command that reads": (command, use_command),
    "a settable field of a promise": (promise_field, use_promise_field),
}
ELSEWHERE = {"a kind of prompt"}
"""What `test_templates_kinds` makes, in a copy of its own."""


def test_every_row_is_tried() -> None:
    assert set(COUNTS) == CHANGES.keys() | ELSEWHERE


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_touches_as_many_files_as_are_promised(
    name: str, tmp_path: Path
) -> None:
    package = copy_into(tmp_path)
    before = files(tmp_path)
    make, use = CHANGES[name]
    make(package)
    after = files(tmp_path)
    touched = [path for path, data in after.items() if before.get(path) != data]
    assert (len(touched), before.keys() - after.keys()) == (COUNTS[name], set()), (
        touched
    )
    use(package)
