"""The house keeps its floors: who may import whom, and what a command may load."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from command_support import built
from command_table import (
    CHANGES,
    EXAMINES,
    READS,
    SMALL_CHANGES,
    commands,
    fill_all,
    json_lines,
    reading_lines,
)
from conftest import Run
from source_imports import MODULES, SOURCE, Seen, look, name_of, seen, under
from waiting import LIMIT

FLOORS = (
    {
        *("__init__", "bullets", "decoding", "errors", "named_tuples", "patterns"),
        *("private_starts", "text"),
    },
    {"asciify", "dates", "escaping", "files", "model", "names", "toml", "wording"},
    {"capture", "rules", "templates"},
    {"phrasing"},
    {"interview"},
    {"answers"},
    {"exports", "sealed", "store"},
    {"services", "screens"},
    {"terminal"},
    {"cli"},
    {"__main__"},
)
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "questionary", "prompt_toolkit"}
NAMES = {name_of(path) for path in MODULES}


def place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


ROOMS = set().union(*FLOORS)
BELOW = [path for path in MODULES if floor(room(path)) <= floor("services")]
"""The modules below the terminal and the commands."""
PURE = [
    path
    for path in MODULES
    if room(path) in {"capture", "rules", "model", "interview", "answers"}
]


def breaches(paths: Iterable[Path], breach: Callable[[Path], Any]) -> dict[str, Any]:
    """Return what each module does against a rule; none of those that keep it."""
    found = {place(path): breach(path) for path in paths}
    return {where: what for where, what in found.items() if what}


def rooms(names: Iterable[str]) -> set[str]:
    """Return the rooms that names are of; what lies in no room of its own is of `__init__`."""
    parts = [name.split(".") for name in names if under(name, "coachlog")]
    found = {part[1] if len(part) > 1 else "__init__" for part in parts}
    return {name if name in ROOMS else "__init__" for name in found}


def test_every_module_has_a_floor() -> None:
    assert {room(path) for path in MODULES} == ROOMS


def above(here: str, one: Seen) -> set[str]:
    """Return the rooms on the same floor or above that a module of a room imports from."""
    named = rooms(one.imports | one.reaches) - {here, "__init__"}
    return {name for name in named if floor(name) >= floor(here)}


def test_imports_go_down_only() -> None:
    assert breaches(MODULES, lambda path: above(room(path), seen(path))) == {}


def test_imports_say_in_full_what_they_import() -> None:
    assert breaches(MODULES, lambda path: seen(path).relative) == {}


def test_three_modules_alone_reckon_what_they_import() -> None:
    """Each takes what lies in its own room."""
    reckoning = [place(path) for path in MODULES if seen(path).reckons]
    assert reckoning == [
        "cli/nouns.py",
        "exports/formats/__init__.py",
        "store/examination.py",
    ]


def needs(own: str, one: Seen, modules: set[str]) -> set[str]:
    """Return the modules that one needs when it runs: all it imports, but for types alone."""
    found = set()
    for name in one.needs:
        while name and name not in modules:
            name = name.rpartition(".")[0]
        found.add(name)
    return {name for name in found - {"", own} if not own.startswith(f"{name}.")}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of a circle of imports; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_needs_one_that_needs_it() -> None:
    graph = {name_of(path): needs(name_of(path), seen(path), NAMES) for path in MODULES}
    assert circle(graph) == []


def test_a_circle_would_be_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


SHARED = {
    *(
        "declare",
        "nouns",
        "root",
        "typed_words",
        "reader",
        "unfinished_lines",
        "tree",
        "groups",
        "parameters",
        "arguments",
        "date_words",
        "name_lines",
        "exits",
        "endings",
        "denials",
        "strictness",
        "options",
        "shared_options",
        "shell_replies",
        "suggestions",
        "help_layout",
        "help_pages",
        "synonyms",
    ),
    *("today", "veiled_remark", "note_requests", "relationship_option"),
}
"""The modules of `cli` that every noun may use."""
NOUNS = [
    path for path in MODULES if room(path) == "cli" and place(path) != "cli/__init__.py"
]


def other_nouns(name: str, one: Seen) -> set[str]:
    """Return the nouns that a module of the commands needs besides its own."""
    needed = needs(name, one, NAMES)
    parts = {name.split(".")[2] for name in needed if name.startswith("coachlog.cli.")}
    return parts - SHARED - {name.split(".")[2]}


def test_no_noun_of_the_commands_needs_another() -> None:
    """What two of them need lies in a service."""
    assert breaches(NOUNS, lambda path: other_nouns(name_of(path), seen(path))) == {}


PRINTS = {
    *(
        "print",
        "sys.stdout",
        "sys.stderr",
        "sys.__stdout__",
        "sys.__stderr__",
        "os.write",
    ),
    *("typer", "rich", "logging", "subprocess"),
}
ASKS = {
    *(
        "input",
        "sys.stdin",
        "sys.__stdin__",
        "getpass",
        "breakpoint",
        "os.environ",
        "os.environb",
    ),
    *("os.getenv", "os.getenvb", "os.putenv", "platformdirs"),
}
CLOCKS = {
    *(
        "time",
        "datetime.date.today",
        "datetime.datetime.today",
        "datetime.datetime.now",
    ),
    *("datetime.datetime.utcnow", "os.times", "uuid.uuid1"),
}
CLOCK_CALLS = {"now", "today", "utcnow"}
FILES = {"open", "os", "io", "pathlib", "shutil", "tempfile", "glob", "coachlog.files"}
FILE_CALLS = {
    "open",
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
    "mkdir",
    "unlink",
}

ALLOWED = {
    ("screens/snapshot.py", "Console()"): "draws a picture into a string",
    ("services/inputs.py", "sys.stdin"): "reads what `-` stands for",
    ("store/home_lock.py", "time"): "waits for a lock, which the system does not time",
    ("store/journal_head.py", "os.write"): "writes a file where there is no os.pwrite",
}
"""Where a module below the commands may do so all the same, and why."""


def forbidden(where: str, one: Seen) -> set[str]:
    """Return what a module below the commands prints or asks with, and its clocks.

    Screens are made of Rich; they leave the printing to the terminal.
    """
    kinds, calls = PRINTS | ASKS | CLOCKS, CLOCK_CALLS
    if where.startswith("screens/"):
        kinds = kinds - {"rich"} | {"rich.print", "rich.print_json", "rich.get_console"}
        calls = calls | {"Console"}
    found = {kind for kind in kinds if any(under(name, kind) for name in one.reaches)}
    return found | {f"{name}()" for name in one.calls & calls}


def not_allowed(path: Path) -> set[str]:
    allowed = {name for where, name in ALLOWED if where == place(path)}
    return forbidden(place(path), seen(path)) - allowed


def test_below_the_commands_nobody_prints_asks_or_looks_at_the_clock() -> None:
    assert breaches(BELOW, not_allowed) == {}


def test_nothing_is_allowed_that_nobody_needs() -> None:
    found = {
        (place(path), name)
        for path in BELOW
        for name in forbidden(place(path), seen(path))
    }
    assert set(ALLOWED) - found == set()


def files(one: Seen) -> set[str]:
    """Return what a module could read or write a file with."""
    found = {kind for kind in FILES if any(under(name, kind) for name in one.reaches)}
    return found | {f"{name}()" for name in one.calls & FILE_CALLS}


def test_rules_and_the_interview_touch_no_file() -> None:
    """They are given what they work with, and no clock either: the test above sees to that."""
    assert breaches(PURE, lambda path: files(seen(path))) == {}


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("goal", "import coachlog.cli.person", {"person"}),
        ("goal", "import coachlog.cli.person as other", {"person"}),
        ("goal", "from coachlog import cli\ncli.person.app()", {"person"}),
        (
            "goal",
            "from importlib import import_module as i\ni('coachlog.cli.set')",
            {"set"},
        ),
        ("goal", "from coachlog.cli import exits, goal", set()),
    ],
)
def test_a_noun_that_needs_another_would_be_seen(
    module: str, source: str, found: set[str]
) -> None:
    name = f"coachlog.cli.{module}"
    assert other_nouns(name, look(source, name)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import coachlog.rules.figures", {"coachlog.rules.figures"}),
        ("from coachlog.rules.figures import due", {"coachlog.rules.figures"}),
        ("from coachlog.rules import figures", {"coachlog.rules.figures"}),
        ("from coachlog import rules\nrules.figures.due()", {"coachlog.rules.figures"}),
        ("if TYPE_CHECKING:\n    import coachlog.rules.figures", set()),
    ],
)
def test_what_a_module_needs_is_seen_however_it_is_imported(
    source: str, found: set[str]
) -> None:
    name = "coachlog.rules.promises"
    assert needs(name, look(source, name), NAMES) == found


@pytest.mark.parametrize(
    "source",
    [
        "from coachlog.cli import exits",
        "import coachlog.cli",
        "__import__('coachlog.cli.exits')",
        "import importlib\nimportlib.import_module('coachlog.cli.exits')",
        "from importlib import import_module\nimport_module(f'coachlog.cli.{noun}')",
    ],
)
def test_an_import_of_a_floor_above_would_be_seen(source: str) -> None:
    assert above("services", look(source, "coachlog.services.goals")) == {"cli"}


def test_an_import_that_hides_what_it_imports_would_be_seen() -> None:
    imported = "from importlib import import_module\nimport_module({})".format
    assert look("from ..cli import exits", "coachlog.services.goals").relative
    assert look(imported("'..cli', __name__"), "coachlog.services.goals").relative
    assert look(imported("noun"), "coachlog.services.goals").reckons
    own = look(imported("f'{__name__}.{name}'"), "coachlog.exports.formats")
    assert (own.reckons, "coachlog.exports.formats" in own.imports) == (True, True)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("print(1)", {"print"}),
        ("say = print", {"print"}),
        ("import sys\nsys.stdout.write('')", {"sys.stdout"}),
        ("from sys import stderr as err", {"sys.stderr"}),
        ("import typer\ntyper.echo('')", {"typer"}),
        ("from rich.console import Console\nConsole().print('')", {"rich"}),
        ("input()", {"input"}),
        ("import sys as s\ns.stdin.isatty()", {"sys.stdin"}),
        ("import os\nos.environ['HOME']", {"os.environ"}),
        ("from os import environ", {"os.environ"}),
        ("import os\nos.getenv('HOME')", {"os.getenv"}),
        ("import time\ntime.time()", {"time"}),
        ("from time import monotonic", {"time"}),
        (
            "from datetime import datetime\ndatetime.now()",
            {"datetime.datetime.now", "now()"},
        ),
        ("from datetime import date as d\nclock = d.today", {"datetime.date.today"}),
        ("import datetime\nclock = datetime.date.today", {"datetime.date.today"}),
        ("from datetime import date, time\ndate(2026, 1, 1)", set()),
        ("desk.today, desk.now", set()),
    ],
)
def test_printing_asking_and_a_clock_would_be_seen(
    source: str, found: set[str]
) -> None:
    assert (
        forbidden("services/goals.py", look(source, "coachlog.services.goals")) == found
    )


@pytest.mark.parametrize(
    "source",
    [
        "open('a')",
        "from pathlib import Path",
        "from os import scandir",
        "from coachlog import files",
        "path.read_text()",
        "(folder / name).write_bytes(b'')",
    ],
)
def test_a_file_would_be_seen(source: str) -> None:
    assert files(look(source, "coachlog.rules.goals")) != set()


def users(*packages: str) -> list[str]:
    return [
        place(p) for p in MODULES if any(under(n, *packages) for n in seen(p).reaches)
    ]


def test_only_one_module_imports_questionary() -> None:
    assert users("questionary") == ["terminal/widgets.py"]
    assert users("prompt_toolkit") == [
        "terminal/bursts.py",
        "terminal/keys.py",
        "terminal/layouts.py",
        "terminal/list_typing.py",
        "terminal/looks.py",
        "terminal/picker.py",
        "terminal/redrawing.py",
        "terminal/review_table.py",
        "terminal/widgets.py",
        "terminal/word_wrap.py",
    ]


def test_only_one_module_takes_named_tuples_of_python() -> None:
    """All others take `coachlog.named_tuples`: for a class of Python's, a function is compiled."""
    assert users("typing.NamedTuple", "collections.namedtuple") == ["named_tuples.py"]


def test_only_one_module_seals_and_opens() -> None:
    assert users("pyrage") == ["sealed/age_files.py"]


def test_only_one_module_opens_the_database() -> None:
    assert users("sqlite3", "sqlcipher3", "_sqlite3", "dbapi2") == [
        "store/connections.py"
    ]
    assert {where.split("/")[0] for where in users("sqlmodel", "sqlalchemy")} == {
        "store"
    }


def clicks(path: Path) -> list[str]:
    return [n for n in seen(path).imports if n.startswith(("click", "typer._click"))]


def test_no_module_imports_click_or_the_click_inside_typer() -> None:
    assert breaches(MODULES, clicks) == {}


def loaded(*args: str, home: Path, completing: str = "") -> set[str]:
    """Return the top-level packages in memory after a command has run in a process of its own."""
    if completing:
        args = tuple(completing.split(" ")[1:])
    code = (
        "import atexit, os, sys\n"
        "atexit.register(lambda: os.write(9, ' '.join(sys.modules).encode()))\n"
        "from coachlog.__main__ import main\n"
        f"sys.argv = ['coachlog', *{list(args)!r}]\n"
        "main()\n"
    )
    script = f'exec {sys.executable} -c "$CODE" 9>"$LIST"'
    names = home.parent / "modules"
    environment = {
        "CODE": code,
        "LIST": str(names),
        "COACHLOG_HOME": str(home),
        "PYTHONPATH": str(SOURCE.parent),
        "PATH": "/bin",
    }
    if completing:
        environment["_COACHLOG_COMPLETE"] = "fish"
    done = subprocess.run(
        ["sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in names.read_text().split()}


def test_every_command_is_classed_as_one_that_reads_or_one_that_can_change() -> None:
    """A new command goes into READS or CHANGES of tests/command_table.py, and under guard."""
    assert {command.name for command in commands()} == set(READS) | set(CHANGES)
    assert set(READS) & set(CHANGES) == set()


EACH_LINE = """
import json, os, sys
from coachlog.cli import run

ended = []
for line in json.loads(os.environ["LINES"]):
    sys.argv = ["coachlog", *line.split()]
    code = run()
    ended.append([line, code, sorted(sys.modules)])
with open(os.environ["ENDED"], "w") as report:
    json.dump(ended, report)
"""


class Ended(NamedTuple):
    """How a command line ended, with the packages and modules in memory after it."""

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
        "PYTHONPATH": str(SOURCE.parent),
        "PATH": "/bin",
        "TERM": "xterm",
    }
    command = [sys.executable, "-c", EACH_LINE]
    if at_terminal:
        out = in_terminal(command, environment, home.parent)
    else:
        done = subprocess.run(
            command,
            env=environment,
            cwd=home.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        out = done.stdout + done.stderr
    assert ended.exists(), out
    return [
        Ended(line, code, set(names))
        for line, code, names in json.loads(ended.read_text("utf-8"))
    ]


KEY_LINE_END = " leaves"
"""How the line of keys ends at which bare `coachlog` waits, without the colours after it."""


def in_terminal(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """Return what a command shows on a terminal, on which Enter is pressed under a line of keys."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    try:
        while select.select([ours], [], [], LIMIT)[0]:
            some = _read(ours)
            if not some:
                process.wait(LIMIT)
                break
            shown += some
            if KEY_LINE_END.encode() in some[-20:]:
                os.write(ours, b"\r")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return shown.decode("utf-8", "replace")


def _read(terminal: int) -> bytes:
    """Return what was shown since; b'' when the terminal was closed, an error on Linux."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def draws_picture(line: str) -> bool:
    return "--picture" in line


@pytest.mark.parametrize("at_terminal", [False, True], ids=["pipe", "terminal"])
def test_every_command_that_only_reads_loads_nothing_heavy(
    run: Run, home: Path, at_terminal: bool
) -> None:
    """The lines come from the command table; on a terminal, too, nothing of it is asked.

    What is printed needs no console of Rich, and in a pipe nothing of Rich at all. Only a picture
    does: it is drawn last.
    """
    built(run, home, fill_all)
    lines = [*reading_lines(), *json_lines()]
    lines = [line for line in lines if not line.startswith(EXAMINES)]
    lines.sort(key=draws_picture)
    ended = each(lines, home, at_terminal=at_terminal)
    assert [(line, code) for line, code, _ in ended if code] == []
    assert [(line, loaded & HEAVY) for line, _, loaded in ended if loaded & HEAVY][
        :1
    ] == []
    # In a pipe there are no colours, and nothing is wrapped.
    spared = "rich.console" if at_terminal else "rich"
    with_rich = [line for line, _, loaded in ended if spared in loaded]
    assert with_rich == list(filter(draws_picture, lines))


WITHOUT_RICH = [
    *json_lines(),
    "plan export priya",
    "plan export --set ward --output . --force",
    "plan export --set ward --whole-set --yes",
    "history export priya",
    "template form grow",
    "template show grow --markdown",
    "pulse sheet --force",
    "workshop sheet --force",
]


def test_json_and_pages_do_without_rich(run: Run, home: Path) -> None:
    built(run, home, fill_all)
    ended = each(WITHOUT_RICH, home, at_terminal=False)
    assert [(line, code) for line, code, _ in ended if code] == []
    assert [line for line, _, loaded in ended if "rich" in loaded][:1] == []


def test_a_small_change_loads_no_sqlmodel(run: Run, home: Path) -> None:
    built(run, home, fill_all)
    ended = each(list(SMALL_CHANGES), home, at_terminal=False)
    assert [(line, code) for line, code, _ in ended if code] == []
    heavy = {"sqlmodel", "sqlalchemy", "pydantic"}
    assert [(line, loaded & heavy) for line, _, loaded in ended if loaded & heavy][
        :1
    ] == []


def test_every_change_of_single_rows_is_tried_for_what_it_loads() -> None:
    """A new command of promises, goals, notes or encounters is under the guard above, too."""
    changing = [name for name in CHANGES if name.startswith(("action ", "goal "))]
    changing += ["note", "met", "person note"]
    tried = {
        name
        for name in changing
        for line in SMALL_CHANGES
        if line.startswith(f"{name} ")
    }
    assert sorted(changing) == sorted(tried)


def test_the_same_look_finds_what_a_change_loads(run: Run, home: Path) -> None:
    """The guard above can fail."""
    built(run, home, fill_all)
    lines = ["action list", "person edit priya --team ward"]
    ended = each(lines, home, at_terminal=False)
    assert ["sqlmodel" in one.loaded for one in ended] == [False, True]


HELP = [
    "--help",
    "--version",
    *(f"{command.name} --help".strip() for command in commands()),
]


def test_help_loads_nothing_heavy_and_does_without_rich(tmp_path: Path) -> None:
    ended = each(HELP, tmp_path / "home", at_terminal=False)
    assert [(line, code) for line, code, _ in ended if code] == []
    heavy = HEAVY | {"rich"}
    assert [(line, loaded & heavy) for line, _, loaded in ended if loaded & heavy][
        :1
    ] == []


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "line",
    [
        "coachlog session new pri",
        "coachlog history pri",
        "coachlog action done ",
        "coachlog action reopen ",
        "coachlog action add --owner ",
        "coachlog session show ",
        "coachlog session restore ",
        "coachlog session new --tag ",
        "coachlog plan export priya --style ",
        "coachlog plan export priya --output ",
        "coachlog goal rate ",
        "coachlog pulse show ",
        "coachlog workshop show ",
        "coachlog s",
    ],
)
def test_completion_loads_nothing_heavy(line: str, home: Path) -> None:
    assert loaded(home=home, completing=line) & (HEAVY | {"rich"}) == set()


@pytest.mark.usefixtures("example")
def test_a_change_does_load_sqlmodel(home: Path) -> None:
    """The test above can fail: the same look finds SQLModel where it is used."""
    assert "sqlmodel" in loaded("person", "edit", "priya", "--team", "x", home=home)


ANSWERS = """
person = "Priya Shah"
template = "quick"

[[actions]]
what = "Send the rota"
owner = "me"
due = 2026-11-27
"""


@pytest.mark.usefixtures("example")
def test_a_conversation_from_a_file_loads_no_sqlmodel(
    home: Path, tmp_path: Path
) -> None:
    """Unless there are tags, somebody new, a third person or a set: those rows are SQLModel's."""
    notes, answers = tmp_path / "notes.txt", tmp_path / "talk.toml"
    notes.write_text("We talked about the rota.\n- I send it by fri\n")
    answers.write_text(ANSWERS)
    for line in (
        ["log", "priya", "--from", str(notes)],
        ["session", "new", "--answers", str(answers)],
        ["session", "delete", "1", "--yes"],
        ["session", "restore", "1"],
        ["session", "cancel", "priya", "--by", "me"],
    ):
        assert "sqlmodel" not in loaded(*line, home=home), line
    tagged = tmp_path / "tagged.txt"
    tagged.write_text("We talked about leave.\n#leave\n")
    assert "sqlmodel" in loaded("log", "priya", "--from", str(tagged), home=home)


FIRST_PROMPTS = """
import sys
from pathlib import Path
from coachlog.cli import run_line
from coachlog.terminal.console import Console

class Person:
    def __getattr__(self, name):
        def asked(*_args, **_kwargs):
            loaded = {"sqlmodel", "sqlalchemy", "pydantic"} & set(sys.modules)
            sys.stdout.write(f"{name} {sorted(loaded)}\\\\n")
            if name == "sit":
                raise KeyboardInterrupt
            answers = {"ask_name": "Ada", "choose": "report", "ask_words": ""}
            return answers.get(name)
        return asked

console = Console(home_override=Path(sys.argv[1]), asker=Person())
run_line(["session", "new", "-t", "quick"], console)
"""


def test_the_first_prompts_do_not_wait_for_sqlmodel(home: Path) -> None:
    """It loads in a thread once a question has been drawn; nothing before that needs it."""
    code = FIRST_PROMPTS.replace("\\\\n", "\\n")
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        capture_output=True,
        text=True,
        check=False,
    )
    asked = [line for line in done.stdout.splitlines() if not line.startswith("sit")]
    assert asked == [
        "work_meanwhile []",
        "work_meanwhile []",
        "ask_name []",
        "ask_words []",
        "choose []",
        "ask_words []",
        "work_meanwhile []",
        "work_meanwhile []",
    ], done.stderr


FIRST_DRAWN = """
import os, sys
import prompt_toolkit.output.vt100 as vt100

show = vt100.flush_stdout

def show_until_a_prompt(stdout, data):
    show(stdout, data)
    if "\x1b[?2004h" in data:  # it takes keys now
        with open(os.environ["ENDED"], "w") as report:
            report.write(" ".join(sys.modules))
        os._exit(0)

vt100.flush_stdout = show_until_a_prompt
from coachlog.__main__ import main

sys.argv = ["coachlog", *os.environ["LINE"].split()]
main()
"""
NEVER_FIRST = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "typer",
    "rich.console",
    "rich.table",
}
WITH_A_QUESTION = {
    "coachlog.interview.conversation",
    "coachlog.interview.walk",
    "coachlog.services.sessions.hold",
    "coachlog.store.writing",
}
WITH_A_BOX = {
    "coachlog.answers",
    "coachlog.capture",
    "coachlog.interview.walk",
    "coachlog.services.sessions.record",
    "coachlog.store.writing",
}
FIRST_DRAWN_LINES = {
    "session new": {*WITH_A_QUESTION, "coachlog.templates.library"},
    "session new priya": WITH_A_QUESTION,
    "session new priya -t grow": {"coachlog.store.writing"},
    "log": WITH_A_BOX,
    "log priya": WITH_A_BOX,
    "action done": WITH_A_QUESTION,
}


@pytest.mark.parametrize("line", FIRST_DRAWN_LINES)
def test_nothing_is_loaded_before_the_first_prompt_that_it_does_not_need(
    run: Run, home: Path, line: str
) -> None:
    """What an answer needs loads while the question is read."""
    built(run, home, fill_all)
    ended = home.parent / "modules"
    environment = {
        "LINE": line,
        "ENDED": str(ended),
        "COACHLOG_HOME": str(home),
        "PYTHONPATH": str(SOURCE.parent),
        "PATH": "/bin",
        "TERM": "xterm",
    }
    command = [sys.executable, "-c", FIRST_DRAWN]
    shown = in_terminal(command, environment, home.parent)
    assert ended.exists(), shown
    loaded = set(ended.read_text("utf-8").split())
    assert loaded & (NEVER_FIRST | FIRST_DRAWN_LINES[line]) == set()
