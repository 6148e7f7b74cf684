"""The house keeps its floors: who may import whom, and what a command may load."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import coachlog
from coachlog.model import Promise
from coachlog.model.sets import Turn
from coachlog.store.database import Journal
from conftest import Run
from gathering import gather, meet
from making import NOW, TODAY

SOURCE = Path(coachlog.__file__).parent
FLOORS = (
    {"__init__", "errors", "model", "plain", "text", "wording", "safetoml"},
    {"dates", "markup", "pulses", "rules", "templates"},
    {"interview"},
    {"answers"},
    {"render", "exporters", "store"},
    {"cli", "__main__"},
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
        name
        for name in imported_rooms(path) - {here, "__init__"}
        if floor(name) >= floor(here) and here not in {"cli", "__main__"}
    }
    assert above == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_below_the_commands_nobody_prints_asks_or_looks_at_the_clock(path: Path) -> None:
    if room(path) in {"cli", "__main__"}:
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

    assert users("questionary") == ["cli/asking.py"]
    assert users("prompt_toolkit") == ["cli/asking.py", "cli/picking.py"]


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


QUICK = [
    "",
    "--help",
    "--version",
    "--json",
    "session --help",
    "session new --help",
    "action done --help",
    "session list",
    "session list --json",
    "session list --drafts",
    "session show 1",
    "person list",
    "person show priya",
    "person note priya --list",
    "brief priya",
    "brief priya --json",
    "action list",
    "action list --json",
    "action show 1",
    "goal list",
    "history priya",
    "history priya --json",
    "history export priya",
    "plan show priya",
    "plan export priya",
    "template list",
    "template show grow",
    "progress",
    "progress priya --json",
    "progress --ledger",
    "progress --shadow",
]


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("line", QUICK)
def test_reading_and_help_load_nothing_heavy(line: str, home: Path) -> None:
    assert loaded(*line.split(), home=home) & HEAVY == set()


@pytest.mark.parametrize("line", ["pulse list", "pulse list --json", "pulse show", "pulse sheet"])
def test_looking_at_a_pulse_loads_nothing_heavy(
    run: Run, line: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("pulse", "new", "-o", str(tmp_path)).code == 0
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert loaded(*line.split(), home=home) & HEAVY == set()


OF_A_SET = [
    "progress --set ward",
    "progress --set ward --ledger --json",
    "plan export --set ward --output .",
    "plan export --set ward --whole-set --yes",
]


@pytest.mark.parametrize("line", OF_A_SET)
def test_looking_at_a_set_loads_nothing_heavy(
    line: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home.parent)
    with Journal(home).change(NOW, create=True) as change:
        set_id, people = gather(change, None, "Ann Obi")
        hers = ((people[1], Promise("Ask", "them", TODAY)),)
        meet(change, set_id, Turn(2, "Rota", promises=hers), present=(1, 2))
    found = loaded(*line.split(), home=home)
    assert found & HEAVY == set()
    assert ("rich" in found) is line.startswith("progress")


@pytest.mark.usefixtures("example")
def test_help_and_json_do_without_rich(home: Path) -> None:
    for line in (
        "--help",
        "action --help",
        "action list --json",
        "plan export priya",
        "history export priya",
    ):
        assert "rich" not in loaded(*line.split(), home=home)


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
from coachlog.cli.environment import Environment

class Person:
    def __getattr__(self, name):
        def asked(*_args, **_kwargs):
            loaded = {"sqlmodel", "sqlalchemy", "pydantic"} & set(sys.modules)
            sys.stdout.write(f"{name} {sorted(loaded)}\\\\n")
            if name == "title":
                raise KeyboardInterrupt
            return {"who": "Ada", "choose": "report", "words": "", "which": None}[name]
        return asked

env = Environment(home_given=Path(sys.argv[1]), person_at_terminal=Person())
result = CliRunner().invoke(app, ["session", "new", "-t", "quick"], obj=env)
sys.stdout.write(result.stdout)
"""


def test_the_first_prompts_do_not_wait_for_sqlmodel(home: Path) -> None:
    """It loads while the first question of the conversation is read; nothing before needs it."""
    code = FIRST_PROMPTS.replace("\\\\n", "\\n")
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False
    )
    asked = [line for line in done.stdout.splitlines() if not line.startswith("title")]
    assert asked == ["who []", "choose []", "words []"], done.stderr
