"""The house keeps its floors: who may import whom, and what a command may load."""

import ast
import json
import os
import select
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import coachlog
from commands import CHANGES, READS, commands, fill_all, json_lines, reading_lines
from conftest import Run
from support import built

SOURCE = Path(coachlog.__file__).parent
FLOORS = (
    {"__init__", "errors", "text"},
    {"asciify", "dates", "files", "model", "toml", "wording"},
    {"rules", "templates"},
    {"phrasing"},
    {"interview"},
    {"answers"},
    {"exports", "screens", "store"},
    {"services"},
    {"terminal"},
    {"cli"},
    {"__main__"},
)
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "questionary", "prompt_toolkit"}


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms that a module imports from, wherever in the module it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    parts = [name.split(".") for name in found]
    rooms = {part[1] if len(part) > 1 else "__init__" for part in parts if part[0] == "coachlog"}
    return {name if any(name in rooms for rooms in FLOORS) else "__init__" for name in rooms}


MODULES = sorted(SOURCE.rglob("*.py"))


def test_every_module_has_a_floor() -> None:
    assert {room(path) for path in MODULES} == set().union(*FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_only(path: Path) -> None:
    here = room(path)
    above = {
        name for name in imported_rooms(path) - {here, "__init__"} if floor(name) >= floor(here)
    }
    assert above == set()


def module(path: Path) -> str:
    parts = ("coachlog", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def needs(path: Path, modules: set[str]) -> set[str]:
    """Return the modules that one needs when it runs: all it imports, but for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or id(node) in types or not node.module:
            continue
        parts = {f"{node.module}.{name.name}" for name in node.names} & modules
        found |= parts or {node.module} & modules
    own = module(path)
    return {name for name in found if name != own and not own.startswith(f"{name}.")}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of a circle of imports; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_needs_one_that_needs_it() -> None:
    modules = {module(path) for path in MODULES}
    assert circle({module(path): needs(path, modules) for path in MODULES}) == []


def test_a_circle_would_be_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


SHARED = {"groups", "exits", "options", "completion"}
"""The modules of `cli` that every noun may use."""


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room(path) == "cli" and path != SOURCE / "cli" / "__init__.py"],
    ids=lambda path: str(path.relative_to(SOURCE / "cli")),
)
def test_no_noun_of_the_commands_needs_another(path: Path) -> None:
    """What two of them need lies in a service."""
    own = path.relative_to(SOURCE / "cli").parts[0].removesuffix(".py")
    needed = needs(path, {module(path) for path in MODULES})
    parts = {name.split(".")[2] for name in needed if name.startswith("coachlog.cli.")}
    assert parts - SHARED - {own} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_below_the_commands_nobody_prints_asks_or_looks_at_the_clock(path: Path) -> None:
    if floor(room(path)) > floor("services"):
        return
    text = path.read_text(encoding="utf-8")
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
    }
    forbidden = {"print", "input", "date.today", "datetime.now", "datetime.today", "os.getenv"}
    assert calls & forbidden == set()
    assert "os.environ" not in text


def test_only_one_module_imports_questionary() -> None:
    def users(package: str) -> list[str]:
        return [
            path.relative_to(SOURCE).as_posix()
            for path in MODULES
            if package in {name.split(".")[0] for name in _imports(path)}
        ]

    assert users("questionary") == ["terminal/prompts.py"]
    assert users("prompt_toolkit") == ["terminal/picker.py", "terminal/prompts.py"]


def test_only_one_module_opens_the_database() -> None:
    users = [p.relative_to(SOURCE).as_posix() for p in MODULES if "dbapi2" in p.read_text("utf-8")]
    assert users == ["store/database.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_imports_click_or_the_click_inside_typer(path: Path) -> None:
    assert [n for n in _imports(path) if n.startswith(("click", "typer._click"))] == []


@cache
def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def loaded(*args: str, home: Path, completing: str = "") -> set[str]:
    """Return the top-level packages in memory after a command has run in a process of its own."""
    code = (
        "import atexit, os, sys\n"
        "atexit.register(lambda: os.write(9, ' '.join(sys.modules).encode()))\n"
        "from coachlog.__main__ import main\n"
        f"sys.argv = ['coachlog', *{list(args)!r}]\n"
        "main()\n"
    )
    script = f'exec {sys.executable} -c "$CODE" 9>"$LIST"'
    names = home.parent / "modules"
    environment = {"CODE": code, "LIST": str(names), "COACHLOG_HOME": str(home), "PATH": "/bin"}
    if completing:
        environment |= {
            "_COACHLOG_COMPLETE": "complete_bash",
            "COMP_WORDS": completing,
            "COMP_CWORD": str(len(completing.split()) - 1),
        }
    done = subprocess.run(
        ["sh", "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in names.read_text().split()}


def test_every_command_is_classed_as_one_that_reads_or_one_that_can_change() -> None:
    """A new command goes into READS or CHANGES of tests/commands.py, which brings its guards."""
    assert {command.name for command in commands()} == set(READS) | set(CHANGES)
    assert set(READS) & set(CHANGES) == set()


EACH_LINE = """
import json, os, sys
from coachlog.cli import run

ended = []
for line in json.loads(os.environ["LINES"]):
    sys.argv = ["coachlog", *line.split()]
    code = run()
    ended.append([line, code, sorted({name.split(".")[0] for name in sys.modules})])
with open(os.environ["ENDED"], "w") as report:
    json.dump(ended, report)
"""


class Ended(NamedTuple):
    """How a command line ended, with the top-level packages in memory after it."""

    line: str
    code: int
    loaded: set[str]


def each(lines: list[str], home: Path, *, at_terminal: bool) -> list[Ended]:
    """Return how lines end that run one after the other in a process of their own."""
    ended = home.parent / "ended.json"
    environment = {
        "LINES": json.dumps(lines),
        "ENDED": str(ended),
        "COACHLOG_HOME": str(home),
        "PATH": "/bin",
        "TERM": "xterm",
    }
    command = [sys.executable, "-c", EACH_LINE]
    if at_terminal:
        out = in_terminal(command, environment, home.parent)
    else:
        done = subprocess.run(
            command, env=environment, cwd=home.parent, capture_output=True, text=True, check=False
        )
        out = done.stdout + done.stderr
    assert ended.exists(), out
    return [
        Ended(line, code, set(names)) for line, code, names in json.loads(ended.read_text("utf-8"))
    ]


def in_terminal(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """Return what a command shows on a terminal on which nobody presses a key."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    try:
        while select.select([ours], [], [], WAITING)[0]:
            some = _read(ours)
            if not some:
                process.wait(WAITING)
                break
            shown += some
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return shown.decode("utf-8", "replace")


WAITING = 60
"""Seconds without a sign after which a command waits for a key that nobody presses."""


def _read(terminal: int) -> bytes:
    """Return what was shown since; b'' when the terminal was closed, an error on Linux."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.mark.parametrize("at_terminal", [False, True], ids=["pipe", "terminal"])
def test_every_command_that_only_reads_loads_nothing_heavy(
    run: Run, home: Path, at_terminal: bool
) -> None:
    """The lines come from the command table; on a terminal, too, nothing of it is asked."""
    built(run, home, fill_all)
    ended = each([*reading_lines(), *json_lines()], home, at_terminal=at_terminal)
    assert [(line, code) for line, code, _ in ended if code] == []
    assert [(line, loaded & HEAVY) for line, _, loaded in ended if loaded & HEAVY][:1] == []


WITHOUT_RICH = [
    *json_lines(),
    "plan export priya",
    "plan export --set ward --output . --force",
    "plan export --set ward --whole-set --yes",
    "history export priya",
    "template form grow",
    "template show grow --markdown",
    "pulse sheet --force",
]


def test_json_and_pages_do_without_rich(run: Run, home: Path) -> None:
    built(run, home, fill_all)
    ended = each(WITHOUT_RICH, home, at_terminal=False)
    assert [(line, code) for line, code, _ in ended if code] == []
    assert [line for line, _, loaded in ended if "rich" in loaded][:1] == []


def test_the_same_look_finds_what_a_change_loads(run: Run, home: Path) -> None:
    """The guard above can fail."""
    built(run, home, fill_all)
    ended = each(["action list", "action done 1"], home, at_terminal=False)
    assert [(one.line, "sqlmodel" in one.loaded) for one in ended] == [
        ("action list", False),
        ("action done 1", True),
    ]


HELP = ["--help", "--version", *(f"{command.name} --help".strip() for command in commands())]


def test_help_loads_nothing_heavy_and_does_without_rich(tmp_path: Path) -> None:
    ended = each(HELP, tmp_path / "home", at_terminal=False)
    assert [(line, code) for line, code, _ in ended if code] == []
    heavy = HEAVY | {"rich"}
    assert [(line, loaded & heavy) for line, _, loaded in ended if loaded & heavy][:1] == []


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "line",
    [
        "coachlog session new pri",
        "coachlog history pri",
        "coachlog action done ",
        "coachlog goal rate ",
        "coachlog pulse show ",
        "coachlog s",
    ],
)
def test_completion_loads_nothing_heavy(line: str, home: Path) -> None:
    assert loaded(home=home, completing=line) & (HEAVY | {"rich"}) == set()


@pytest.mark.usefixtures("example")
def test_a_change_does_load_sqlmodel(home: Path) -> None:
    """The test above can fail: the same look finds SQLModel where it is used."""
    assert "sqlmodel" in loaded("action", "done", "1", home=home)


FIRST_PROMPTS = """
import sys
from pathlib import Path
from typer.testing import CliRunner
from coachlog.cli import app
from coachlog.terminal.console import Console

class Person:
    def __getattr__(self, name):
        def asked(*_args, **_kwargs):
            loaded = {"sqlmodel", "sqlalchemy", "pydantic"} & set(sys.modules)
            sys.stdout.write(f"{name} {sorted(loaded)}\\\\n")
            if name == "sit":
                raise KeyboardInterrupt
            return {"who": "Ada", "choose": "report", "words": "", "which": None}[name]
        return asked

console = Console(home_given=Path(sys.argv[1]), person_at_terminal=Person())
result = CliRunner().invoke(app, ["session", "new", "-t", "quick"], obj=console)
sys.stdout.write(result.stdout)
"""


def test_the_first_prompts_do_not_wait_for_sqlmodel(home: Path) -> None:
    """It loads while the first question of the conversation is read; nothing before needs it."""
    code = FIRST_PROMPTS.replace("\\\\n", "\\n")
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False
    )
    asked = [line for line in done.stdout.splitlines() if not line.startswith("sit")]
    assert asked == ["who []", "choose []", "words []"], done.stderr
