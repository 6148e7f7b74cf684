"""Each promise in SECURITY.md is held by tests, which are named here."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from command_support import built
from command_table import fill_all, reading_lines
from conftest import Run

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"

PROMISES = {
    "An answer you saw saved survives": (
        "crash/test_kill9.py::test_50_processes_killed_at_any_moment_lose_no_answer",
        "crash/test_power_cut.py::test_power_cuts_lose_no_acknowledged_answer",
        "terminal/test_terminal_interrupted.py::test_a_window_closed_at_once_keeps_the_half_typed_text",
    ),
    "Half-typed text is saved": (
        "terminal/test_terminal_saving.py::test_what_is_typed_at_the_very_first_question_is_saved",
        "terminal/test_terminal_saving.py::test_a_window_closed_while_another_process_writes_keeps_its_text",
        "terminal/test_terminal_saving.py::test_a_second_signal_does_not_end_the_saving_that_the_first_began",
        "terminal/test_terminal_interrupted.py::test_a_window_closed_at_once_keeps_the_half_typed_text",
    ),
    "Nothing readable is written outside": (
        "test_security.py::test_nothing_is_written_outside_the_home_and_the_target",
    ),
    "A damaged, newer or missing journal": (
        "test_store_damage.py::test_a_file_without_its_end_is_refused_before_anything_is_written",
        "test_store_database.py::test_a_damaged_journal_is_refused_and_left_as_it_is",
        "test_store_database.py::test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is",
        "test_store_home.py::test_a_missing_journal_is_neither_replaced_nor_greeted_as_a_first_use",
    ),
    "An upgrade first makes a verified copy": (
        "crash/test_upgrade_kills.py::test_an_upgrade_killed_at_6_moments_is_done_by_the_next_change",
        "test_store_database.py::test_a_step_that_fails_changes_nothing",
    ),
    "Whatever a disk or a program does to the entries": (
        "crash/test_soundness.py::test_a_flipped_bit_of_a_row_is_found",
        "crash/test_soundness.py::test_a_damaged_log_is_noticed",
        "crash/test_soundness.py::test_a_replayed_log_is_noticed",
    ),
    "No network access": ("test_security.py::test_no_command_opens_a_connection",),
}
"""How each numbered promise begins, and the tests that fail where it is not kept."""


def read_promises() -> list[str]:
    text = (HERE.parent / "SECURITY.md").read_text()
    return re.findall(r"^\d+\. (.+)$", text, re.M)


def list_tests(module: str) -> set[str]:
    tree = ast.parse((HERE / module).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_tests_that_exist() -> None:
    promises = read_promises()
    beginnings = list(PROMISES)
    assert len(promises) == len(beginnings)
    for promise, beginning in zip(promises, beginnings, strict=True):
        assert promise.startswith(beginning)
        for test in PROMISES[beginning]:
            module, _, name = test.partition("::")
            assert name in list_tests(module), test


# What a run writes and whom it calls, as Python and the system see it

CHANGE_LINES = (
    "person add Ann -r peer",
    "action done 1",
    "action reopen 1",
    "plan export priya --output {target}/plan.md",
    "history export priya --output {target}/story.html",
)
LINES = [*reading_lines(), *CHANGE_LINES]

RUN_LINES = """
import json, os, sys

calls = []

def listen(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        calls.append(f"{event} {arguments[1:]}")

sys.addaudithook(listen)
from coachlog.cli import run

codes = {}
for line in json.loads(os.environ["LINES"]):
    sys.argv = ["coachlog", *line.split()]
    codes[line] = run()
with open(os.environ["REPORT"], "w") as report:
    json.dump([codes, calls], report)
"""


class Places(NamedTuple):
    """Where a run may write (its home and a target), and where it must not."""

    home: Path
    target: Path
    elsewhere: Path


@pytest.fixture
def places(run: Run, home: Path, tmp_path: Path) -> Places:
    built(run, home, fill_all)
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    target.mkdir()
    elsewhere.mkdir()
    return Places(home, target, elsewhere)


def run_lines(
    places: Places,
    lines: list[str],
    script: str = RUN_LINES,
    before: tuple[str, ...] = (),
) -> tuple[dict[str, int], list[str]]:
    """Return the exit codes by line, and the calls to a network, of one process."""
    report = places.home.parent / "report.json"
    folder = str(places.elsewhere)
    environment = {
        "LINES": json.dumps([line.format(target=places.target) for line in lines]),
        "REPORT": str(report),
        "COACHLOG_HOME": str(places.home),
        "PYTHONPATH": str(SOURCE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "TMPDIR": folder,
        "XDG_CACHE_HOME": folder,
    }
    subprocess.run(
        [*before, sys.executable, "-c", script],
        env=environment,
        cwd=places.target,
        capture_output=True,
        check=True,
    )
    codes, calls = json.loads(report.read_text())
    return codes, calls


def test_no_command_opens_a_connection(places: Places) -> None:
    codes, calls = run_lines(places, LINES)
    assert {line for line, code in codes.items() if code} == set()
    assert calls == []


def test_a_connection_would_be_noticed(places: Places) -> None:
    spoilt = RUN_LINES.replace(
        "codes = {}",
        "codes = {}\nimport socket\nsocket.socket().connect_ex(('127.0.0.1', 9))",
    )
    assert run_lines(places, [], spoilt)[1] != []


WRITING_CALLS = re.compile(
    r"(?P<call>openat|open|creat|mkdir|mkdirat|rename|renameat2?|link|linkat|symlink)\("
    r"(?P<arguments>.*)(?:\) = \d|<unfinished)"
)


def list_written_paths(log: Path) -> set[str]:
    """Return every path that was opened to be written, or made, in a log of system calls."""
    paths = set()
    for line in log.read_text(errors="replace").splitlines():
        match = WRITING_CALLS.search(line)
        if match is None:
            continue
        arguments = match["arguments"]
        is_opening = match["call"].startswith("open")
        if is_opening and not re.search("O_WRONLY|O_RDWR|O_CREAT", arguments):
            continue
        paths |= set(re.findall(r'"([^"]+)"', arguments))
    return paths


@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no `strace` here")
def test_nothing_is_written_outside_the_home_and_the_target(places: Places) -> None:
    log = places.home.parent / "calls"
    traced = (
        "trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat"
    )
    before = ("strace", "-f", "-s", "500", "-o", str(log), "-e", traced)
    codes, _ = run_lines(places, LINES, before=before)
    assert {line for line, code in codes.items() if code} == set()
    paths = list_written_paths(log)
    allowed = (str(places.home), str(places.target), "/dev/")
    own_report = str(places.home.parent / "report.json")
    relative = {path for path in paths if not path.startswith("/")}
    # Relative to the target, in which it was started.
    assert all("/" not in path.removeprefix("./") for path in relative), relative
    strange = {
        path for path in paths - relative if not path.startswith((*allowed, own_report))
    }
    assert strange == set()
    assert any(path.endswith("plan.md") for path in paths)
    assert list(places.elsewhere.iterdir()) == []
