"""Once a change is committed, nothing says that nothing was changed, whatever fails after that.

Each changing command of the command table is run with a journal that can no longer be read after
the first commit: it has to print what it prints otherwise, or words that are still true.
"""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coachlog.cli import endings, exits
from coachlog.cli.denials import withdraw_denials
from coachlog.errors import (
    CoachlogError,
    DamagedJournal,
    Interruption,
    JournalLocked,
    StorageFailure,
    UnreadAnswer,
)
from coachlog.sealed.join_files import write_join_file
from coachlog.services.sessions import form_backups
from coachlog.store.database import Connection, Journal
from command_support import ScriptedPerson, built, hold
from command_table import CHANGES, SHADOW, fill_all
from conftest import Ran, Run
from programme_support import build_programme, join_programme_file
from source_imports import SOURCE

SAVED = "What was changed before that is saved."
MEETING = {
    "set": "ward-leads",
    "template": "als",
    "present": ["Ann Obi", "Ben Lee"],
    "slots": [{"presenter": "Ben Lee", "issue": "Leave"}],
}
TANK = {"answers": {"level.full": 4}}
TALK = {"person": "Nia Cole", "relationship": "peer", "template": "quick"}
FORM = """\
# Quick note {#quick}

### What mattered most in that conversation? {#capture.mattered}
Trust

### Who did you talk with? {#_person}
Priya
"""


class Line(NamedTuple):
    """A command as it is typed, with standard input, and with what a person replies, if anybody."""

    words: str
    input: Any = None
    replies: dict[str, Any] | None = None


LINES: dict[str, tuple[Line, ...]] = {
    "session new": (
        Line("session new --answers -", TALK),
        Line("session new --answers -", MEETING),
        Line("session new --answers - --on today", SHADOW),
        Line("session new --form -", FORM),
        Line("session new priya -t quick", replies={"capture.mattered": "Trust"}),
    ),
    "session cancel": (Line("session cancel priya --by me"),),
    "session resume": (Line("session resume", replies={}),),
    "session decline": (Line("session decline first-plan"),),
    "session discard": (Line("session discard bo --yes"),),
    "session edit": (
        Line("session edit 1 --minutes 30"),
        Line(
            "session edit 1",
            replies={
                "What would you like to change?": ("the minutes", "finish"),
                "minutes": "25",
            },
        ),
    ),
    "session delete": (Line("session delete 1 --yes"),),
    "session restore": (Line("session restore 4"),),
    "template new": (Line("template new mine"),),
    "config set": (Line("config set home.keys off"),),
    "config unset": (Line("config unset home.keys"),),
    "log": (
        Line("log priya", "The rota is settled."),
        Line(
            "log priya",
            replies={"notes": "Well.", "agree": "", "review.1.outcome": "done"},
        ),
    ),
    "person add": (Line("person add Nia_Cole -r peer"),),
    "person edit": (
        Line("person edit priya --every 3w"),
        Line("person edit me --name Tom_Reed"),
    ),
    "person note": (
        Line("person note priya --text Leave"),
        Line("person note priya --drop 1"),
    ),
    "note": (
        Line("note priya Leave"),
        Line("note --said 1"),
        Line("note --drop 1"),
        Line("note --edit 1 Leave"),
    ),
    "met": (Line("met priya ann"), Line("met --drop 1")),
    "person archive": (Line("person archive bo"), Line("person archive al --back")),
    "person merge": (Line("person merge bo al --yes"),),
    "action add": (Line("action add priya --what Ask --owner me --due fri"),),
    "action done": (Line("action done 1"),),
    "action drop": (Line("action drop 1"),),
    "action reopen": (Line("action reopen 2"),),
    "action move": (Line("action move 1 --to +2w"),),
    "action edit": (Line("action edit 1 --what Write"),),
    "action note": (Line("action note 1 --text Half"),),
    "goal add": (Line("goal add --title Rest --baseline 2 --target 6"),),
    "goal rate": (Line("goal rate 1 5"),),
    "goal close": (Line("goal close 1"),),
    "goal edit": (Line("goal edit 1 --why x"),),
    "goal reopen": (Line("goal reopen 2"),),
    "set add": (Line("set add Managers -m Bo -m Cy -r peer"),),
    "set edit": (Line("set edit ward --join bo"),),
    "set archive": (Line("set archive ward"),),
    "set cancel": (Line("set cancel ward --on fri"),),
    "set support": (
        Line("set support ward --ask Rota --by ann"),
        Line("set support ward --check-in fri --by ann"),
    ),
    "tank new": (Line("tank new --answers -", TANK),),
    "pulse new": (Line("pulse new -o ."),),
    "pulse add": (Line("pulse add --paper 4_5"),),
    "workshop new": (Line("workshop new Winter --themes -", "Ask: First.\n"),),
    "workshop add": (Line("workshop add 4 1 yes"),),
    "workshop drop": (Line("workshop drop 1 -y"),),
    "worth add": (Line("worth add --what Calm"),),
    "worth drop": (Line("worth drop 1"),),
    "story add": (Line("story add -", "a\nb\nc\nd\ne\n"),),
    "story drop": (Line("story drop 1"),),
    "programme join": (
        Line("programme join ../other.toml --region North --cohort 2025 --yes"),
    ),
    "programme leave": (Line("programme leave"),),
    "programme contribute": (Line("programme contribute -o sent --yes"),),
    "backup create": (Line("backup create"),),
    "backup check": (Line("backup check"),),
    "backup restore": (Line("backup restore --yes"),),
    "undo": (Line("undo"),),
    "redo": (Line("redo"),),
    "demo": (Line("demo year"),),
}
"""Lines that change the journal of `fill_all`; `_` is a blank inside a word."""
ASKS_AGAIN = "session edit 1"
"""Reads again after each change, to show a list: it cannot go on, and says what is saved."""
DRAWN = ", tag [0-9A-Z]{2}:|-[0-9a-f]{12}-|contribution [0-9a-f]{12}"
WRITES_A_FILE = {
    "template new mine",
    "config set home.keys off",
    "config unset home.keys",
    "backup create",
    "backup check",
    "backup restore --yes",
}
ALL_OR_NOTHING = "demo year"
"""Writes many changes to a journal of its own, and leaves nothing of it if one of them fails."""


def test_every_command_that_changes_something_is_tried() -> None:
    assert set(LINES) == set(CHANGES)


@pytest.fixture
def full(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    built(run, home, fill_all)
    join_programme_file(run, here)
    other = build_programme(code="k7m2p9qe")
    (tmp_path / "other.toml").write_text(write_join_file(other), encoding="utf-8")
    assert run("backup", "create").code == 0
    assert run("goal", "close", "2").code == 0
    hold(run, person=None, relationship=None, template="first-plan")
    assert run("note", "priya", "Taken back").code == 0
    assert run("undo").code == 0
    return run


def type_line(run: Run, home: Path, line: Line) -> Ran:
    person = None
    if line.replies is not None:
        person = ScriptedPerson(line.replies, skip=True)
    words = [word.replace("_", " ") for word in line.words.split()]
    input = line.input
    if isinstance(input, dict):
        input = json.dumps(input)
    return run("--home", str(home), *words, input=input, person=person)


class UnreadableLater:
    """Lets every read of any journal fail once a change of it is committed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: CoachlogError) -> None:
        self.committed = False
        read, change = Journal.read, Journal.change

        @contextmanager
        def change_then_break(journal: Journal, *args: Any, **extra: Any) -> Any:
            with change(journal, *args, **extra) as under_way:
                yield under_way
            self.committed = True

        @contextmanager
        def read_or_fail(journal: Journal) -> Iterator[Connection]:
            if self.committed:
                raise error
            with read(journal) as db:
                yield db

        monkeypatch.setattr(Journal, "change", change_then_break)
        monkeypatch.setattr(Journal, "read", read_or_fail)


FAILURE = StorageFailure(
    "The journal cannot be read (disk I/O error). Everything saved before this is safe, and "
    "nothing was changed.",
    "Check the disk, then try again.",
)


@pytest.mark.parametrize(
    "line",
    [pytest.param(line, id=line.words) for lines in LINES.values() for line in lines],
)
def test_a_read_that_fails_after_the_commit_takes_nothing_back(
    full: Run, home: Path, tmp_path: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_home = tmp_path / "other"
    shutil.copytree(home, other_home)
    expected = type_line(full, other_home, line)
    assert expected.code == 0, expected.err
    for path in Path.cwd().iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    journal = UnreadableLater(monkeypatch, FAILURE)
    ran = type_line(full, home, line)
    if line.words == ASKS_AGAIN:
        assert journal.committed
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == (
            "The journal cannot be read (disk I/O error). Everything saved before this is safe. "
            f"{SAVED}\nCheck the disk.\n"
        )
        return
    if line.words == ALL_OR_NOTHING:
        assert (ran.code, list(Path.cwd().iterdir())) == (1, [])
        return
    assert journal.committed or line.words in WRITES_A_FILE
    expected_out = expected.out.replace(str(other_home), str(home))
    # A pulse's tag is drawn at random, as is the number of a contribution.
    assert re.sub(DRAWN, "", ran.out) == re.sub(DRAWN, "", expected_out)
    assert (ran.code, ran.err) == (0, expected.err)


def test_a_read_after_the_commit_would_be_noticed(
    full: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: a command that reads once more falls over."""
    from coachlog.services import promises

    complete_actions = promises.complete_actions

    def complete_and_look(desk: Any, ids: Any, *, on: Any) -> Any:
        result = complete_actions(desk, ids, on=on)
        promises.load_action(desk, 1)
        return result

    monkeypatch.setattr(promises, "complete_actions", complete_and_look)
    UnreadableLater(monkeypatch, FAILURE)
    ran = type_line(full, home, Line("action done 1"))
    assert (ran.code, ran.out) == (1, "")
    assert SAVED in ran.err
    assert "nothing" not in ran.err.casefold()
    assert "again" not in ran.err


# What is said once something was saved


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(
            JournalLocked(
                "Another coachlog is writing to the journal. Nothing was changed.",
                "Try again in a moment.",
            ),
            f"Another coachlog is writing to the journal. {SAVED}\n",
            id="locked",
        ),
        pytest.param(
            StorageFailure(
                "The disk is full. Everything saved before this is safe; this was not saved.",
                "Free a few megabytes, then try again.",
            ),
            f"The disk is full. Everything saved before this is safe. {SAVED}\n"
            "Free a few megabytes.\n",
            id="full",
        ),
        pytest.param(
            DamagedJournal(
                "It is damaged. What was changed just now is saved.", "Look."
            ),
            "It is damaged. What was changed just now is saved.\nLook.\n",
            id="said-already",
        ),
        pytest.param(
            CoachlogError("Nothing was changed."), f"{SAVED}\n", id="only-that"
        ),
        pytest.param(
            Interruption("Stopped. Nothing was typed, so nothing has been saved."),
            "Stopped. Nothing was typed, so nothing has been saved.\n",
            id="a-pause-knows-what-is-saved",
        ),
        pytest.param(
            CoachlogError("It is full. Nothing was saved.\nCopy: nothing was saved"),
            f"It is full. {SAVED}\nCopy: nothing was saved\n",
            id="what-was-typed-stays",
        ),
        pytest.param(
            OSError(5, "Input/output error"),
            f"Something could not be read or printed (Input/output error). {SAVED}\n",
            id="system",
        ),
        pytest.param(
            UnreadAnswer(),
            f"Nobody read the answer. {SAVED}\n",
            id="pipe",
        ),
        pytest.param(
            KeyError("words"),
            f"Something went wrong inside coachlog (KeyError). {SAVED}\n"
            "Look at what is saved before you type the same command again.\n",
            id="fault",
        ),
    ],
)
def test_after_a_commit_an_error_denies_nothing(
    error: Exception, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    saved = endings.Aftermath(has_committed=True)
    code = exits.run_with_exit_code(
        fail, [], command_names=(), get_aftermath=lambda: saved
    )
    assert code == getattr(error, "exit_code", 1)
    assert capsys.readouterr().err == expected


def test_a_later_change_that_fails_is_still_said_not_to_be_saved() -> None:
    words = "The disk is full; this was not saved, and nothing was changed."
    hint = "Free a few megabytes, then try again."
    assert (
        withdraw_denials(words, change_failed=True)
        == "The disk is full; this was not saved."
    )
    assert withdraw_denials(hint, change_failed=True) == hint


DENIAL = re.compile(r"nothing (?:was|has been|is) (\w+)", re.IGNORECASE)
NO_DENIALS = {
    "cut",
    "decided",
    "drawn",
    "due",
    "kept",
    "parked",
    "promised",
    "raised",
    "sent",
    "typed",
}
"""What nothing of was done without saying anything of the journal: `Nothing was typed`."""


def list_texts() -> Iterator[str]:
    """Yield every text in the source, but for docstrings."""
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in docstrings:
                yield str(getattr(node, "value", ""))


def test_every_denial_in_the_source_is_withdrawn() -> None:
    denials = [text for text in list_texts() if DENIAL.search(text)]
    assert len(denials) > 40
    left = [
        text
        for text in denials
        for verb in DENIAL.findall(withdraw_denials(text, change_failed=False))
        if verb not in NO_DENIALS
    ]
    assert left == []


# Forms


def test_a_recorded_form_that_cannot_be_removed_is_told_of(
    full: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = home / "form-1.md"
    form.write_text(FORM, encoding="utf-8")

    def fail(_desk: Any, _path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(form_backups, "remove_form", fail)
    ran = full("session", "new", "--form", "form-1.md")
    assert ran.code == 0
    assert ran.out.startswith("Saved conversation 9 (Quick note, Priya Shah")
    assert ran.err == (
        "form-1.md could not be removed; it is recorded, so you can delete it.\n"
    )


# Where what is printed is lost


needs_full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no /dev/full"
)


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def coachlog(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The start of a command line; what it prints is lost at its end, or as it is printed."""
    monkeypatch.setenv("PYTHONUNBUFFERED", request.param)
    return [sys.executable, "-m", "coachlog", "--home", str(home)]


def run_into(place: str, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command whose stdout or stderr is a disk without room."""
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with Path("/dev/full").open("w") as full_disk:
        streams[place] = full_disk
        return subprocess.run(words, text=True, check=False, **streams)


@needs_full_disk
def test_an_answer_that_cannot_be_printed_is_said_to_be_saved(
    example: Run, coachlog: list[str]
) -> None:
    ran = run_into("stdout", [*coachlog, "action", "done", "1"])
    assert (ran.returncode, ran.stderr) == (
        1,
        f"Something could not be read or printed (No space left on device). {SAVED}\n",
    )
    assert example("action", "show", "1", "--json").json["action"]["status"] == "done"


@needs_full_disk
@pytest.mark.usefixtures("example")
def test_a_list_that_cannot_be_printed_changed_nothing(coachlog: list[str]) -> None:
    ran = run_into("stdout", [*coachlog, "action", "list"])
    assert (ran.returncode, ran.stderr) == (
        1,
        "Something could not be read or printed (No space left on device). "
        "Your journal was not changed.\n",
    )


@needs_full_disk
@pytest.mark.usefixtures("example")
def test_the_answer_comes_where_a_remark_cannot_be_printed(coachlog: list[str]) -> None:
    ran = run_into("stderr", [*coachlog, "action", "move", "1", "--to", "2031-01-01"])
    assert ran.returncode == 0
    assert ran.stdout.startswith("Moved to Wednesday 1 January 2031: 1 ")


def test_an_answer_that_nobody_reads_is_said_to_be_saved(
    example: Run, coachlog: list[str]
) -> None:
    with subprocess.Popen(
        [*coachlog, "action", "done", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        words = process.stderr.read()
    assert (process.returncode, words) == (1, f"Nobody read the answer. {SAVED}\n")
    assert example("action", "show", "1", "--json").json["action"]["status"] == "done"
