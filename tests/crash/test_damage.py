"""A damaged journal is read, or said to be damaged: in true words, which quote nothing private.

Each trial damages a copy of a filled journal in one way and runs commands on it, in a process of
its own: those that read, a draft carried on with, and one change.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from command_server import FELL_OVER
from damage import (
    Damage,
    build_aimed_flips,
    build_coarse_damages,
    build_random_flips,
    find_places,
    replace_in_all,
)
from json_process import JsonProcess
from marked_journal import MARK, write_marked_journal

from coachlog.store.journal_files import JOURNAL_FILE
from conftest import TODAY
from shared_builds import once
from store_builders import files

READING_LINES = (
    "",
    "session list --all",
    "session show 100 --private",
    "history show priya --full --private",
    "progress",
    "plan show priya --all",
    "brief priya --private",
    "person list",
    "action list --all --private",
    "goal list",
    "set show ward",
    "pulse show",
    "workshop show",
    "session resume",
)
CHANGING_LINE = f"action done 100 --on {TODAY}"
LINES = (*READING_LINES, CHANGING_LINE)

UNTRUE_WORDS = (
    "inside coachlog",
    "is safe",
    "disk is full",
    "free space",
    "megabytes",
    "another coachlog is writing",
    "there is no journal",
    "could not be read or printed",
    "number is too large",
    "welcome",
)
"""What may not be said of a damaged journal, in lower case."""

CHUNKS = 8
"""Tests that the trials of one kind are dealt out to, so that several processes share them."""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class CommandServer(JsonProcess):
    """Runs commands on a journal in a process of its own."""

    def __init__(self, *flags: str) -> None:
        super().__init__("command_server.py", *flags)

    def run(self, home: Path, lines: Sequence[str]) -> list[Ran]:
        """Return how each command ended, run one after the other."""
        asked = [["--home", str(home), *line.split()] for line in lines]
        return [Ran(*ran) for ran in self.ask(*asked)]


@pytest.fixture(scope="module")
def server() -> Iterator[CommandServer]:
    server = CommandServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def marked(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a marked journal, made once; not to be changed."""
    return once(
        tmp_path_factory, "marked", lambda home: write_marked_journal(year, home)
    )


def find_faults(ran: Ran) -> list[str]:
    """Return what is wrong with what a command said of a damaged journal."""
    said = (ran.out + ran.err).casefold()
    faults = [
        f"says “{words}”" for words in UNTRUE_WORDS if words in ran.err.casefold()
    ]
    if ran.code < 0 or ran.code == FELL_OVER or "traceback" in said:
        faults.append(f"falls over ({ran.code})")
    if MARK.casefold() in ran.err.casefold():
        faults.append("quotes a private text")
    if ran.code and not ran.err:
        faults.append("says nothing")
    return faults


def try_damage(
    server: CommandServer, marked: Path, home: Path, damage: Damage
) -> list[str]:
    """Return the faults of all commands on a copy of the journal that is damaged in one way."""
    home.mkdir()
    journal = home / JOURNAL_FILE
    damaged = damage.damage((marked / JOURNAL_FILE).read_bytes())
    journal.touch(mode=0o600)
    journal.write_bytes(damaged)
    answers = [*zip(LINES, server.run(home, LINES), strict=True)]
    faults = [
        f"{damage.name}: `coachlog {line}` {fault}: {ran.err}"
        for line, ran in answers
        for fault in find_faults(ran)
    ]
    if answers[-1][1].code and journal.read_bytes() != damaged:
        faults.append(f"{damage.name}: the change failed, but it was written to")
    left = [name for name in files(home) if not name.endswith((".db", ".txt"))]
    if left:
        faults.append(f"{damage.name}: {left} is left behind")
    return faults


def try_all(
    server: CommandServer, marked: Path, folder: Path, damages: Sequence[Damage]
) -> list[str]:
    return [
        fault
        for number, damage in enumerate(damages)
        for fault in try_damage(server, marked, folder / str(number), damage)
    ]


def build_damages(marked: Path, kind: str, count: int) -> list[Damage]:
    """Return so many ways to damage the marked journal, the same in every run."""
    journal = marked / JOURNAL_FILE
    data = journal.read_bytes()
    if kind == "random flips":
        return build_random_flips(data, count, seed=13)
    places = find_places(journal)
    if kind == "aimed flips":
        return build_aimed_flips(places, count, seed=13)
    return build_coarse_damages(data, places, count, seed=13)


ONCE_MISJUDGED = {
    "user version": ("file header", 3, b"\x04"),
    "format versions": ("file header", 0, b"\x03"),
    "sqlite_master.sql": ("schema", 20, b"\xff"),
    "answer.value": ("json date", 6, b"x"),
    "action.due": ("date", 4, b"="),
    "action.status": ("enum word", 1, b"\xef"),
    "action_event.kind": ("enum word", 1, b"0"),
}
"""Damage that was once called a full disk, a fault in coachlog or the like: where, and by what."""


@pytest.mark.parametrize("name", ONCE_MISJUDGED)
def test_what_was_once_misjudged_is_called_damaged(
    server: CommandServer, marked: Path, tmp_path: Path, name: str
) -> None:
    places = find_places(marked / JOURNAL_FILE)
    damage = replace_in_all(places, name, *ONCE_MISJUDGED[name])
    assert try_damage(server, marked, tmp_path / "home", damage) == []
    codes = [ran.code for ran in server.run(tmp_path / "home", LINES)]
    assert 1 in codes


QUICK = {"random flips": 40, "aimed flips": 39, "coarse damages": 12}
FULL = {"random flips": 200, "aimed flips": 400, "coarse damages": 120}


def test_an_undamaged_journal_is_read_and_changed(
    server: CommandServer, marked: Path, home: Path
) -> None:
    """Otherwise, the tests below would test nothing."""
    shutil.copytree(marked, home)
    answers = server.run(home, LINES)
    codes = dict(zip(LINES, [ran.code for ran in answers], strict=True))
    assert codes == dict.fromkeys(LINES, 0) | {"session resume": 2}
    assert [fault for ran in answers for fault in find_faults(ran)] == []
    assert "".join(ran.out for ran in answers).count(MARK) > 100


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", QUICK)
def test_a_damaged_journal_is_met_with_true_words(
    server: CommandServer, marked: Path, tmp_path: Path, kind: str, chunk: int
) -> None:
    damages = build_damages(marked, kind, QUICK[kind])[chunk::CHUNKS]
    assert try_all(server, marked, tmp_path, damages) == []


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", FULL)
def test_a_journal_damaged_in_many_ways_is_met_with_true_words(
    server: CommandServer, marked: Path, tmp_path: Path, kind: str, chunk: int
) -> None:
    damages = build_damages(marked, kind, FULL[kind])[chunk::CHUNKS]
    assert try_all(server, marked, tmp_path, damages) == []


def test_untrue_words_would_be_noticed(marked: Path, tmp_path: Path) -> None:
    """The tests above can fail: they do where the driver's errors are not looked into."""
    server = CommandServer("--untranslated")
    damages = build_damages(marked, "aimed flips", 9)
    faults = try_all(server, marked, tmp_path, damages)
    server.close()
    assert any("inside coachlog" in fault for fault in faults)
