"""An upgrade killed at any moment, or begun by several at once, leaves the old journal or the new.

The copy made before it is verified and holds the journal as it was; nothing else is left.
"""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from json_process import JsonProcess
from upgrade_checks import (
    HALF,
    NEWEST,
    PARTS,
    SCHEMA,
    Old,
    check_next_change,
    check_what_is_left,
    read_backups,
    read_contents,
    strip_new,
    write_old_journal,
)

from coachlog.store.journal_files import JOURNAL_FILE
from store_builders import files

NOT_ALL = "not all five succeeded"


class Upgrader(JsonProcess):
    """A process that upgrades journals in forked ones."""

    def __init__(self, *flags: str) -> None:
        super().__init__("upgrader.py", *flags)

    def count_calls(self, home: Path) -> int:
        """Return how many system calls an upgrade makes that is not killed."""
        count = self.ask("call", str(home), None)
        if count == "no tracing":
            pytest.skip("a process cannot trace its child here")
        assert isinstance(count, int)
        return count


@pytest.fixture(scope="module")
def upgrader() -> Iterator[Upgrader]:
    upgrader = Upgrader()
    yield upgrader
    upgrader.close()


@pytest.fixture
def old(tmp_path: Path) -> Old:
    return write_old_journal(tmp_path / "old")


def kill_at_calls(
    upgrader: Upgrader, old: Old, folder: Path, count: int | None
) -> list[bool]:
    """Kill an upgrade before some of its system calls, or all; return whether each was upgraded."""
    calls = upgrader.count_calls(old.copy(folder / "whole"))
    chance = random.Random(13)
    numbers = [*range(1, calls + 1)]
    if count is not None:
        width = calls / count
        numbers = [1 + int(width * (n + chance.random())) for n in range(count)]
    outcomes = []
    for number in numbers:
        home = old.copy(folder / str(number))
        upgrader.ask("call", str(home), number)
        outcomes.append(check_what_is_left(home, old))
        check_next_change(home, old)
        shutil.rmtree(home)
    return outcomes


def kill_at_moments(
    upgrader: Upgrader, old: Old, folder: Path, count: int
) -> list[bool]:
    """Kill an upgrade at random moments; return whether each had upgraded the journal."""
    whole, start = old.copy(folder / "whole"), time.monotonic()
    upgrader.ask("race", str(whole), 1)
    longest, chance = time.monotonic() - start, random.Random(13)
    outcomes = []
    for number in range(count):
        home = old.copy(folder / str(number))
        upgrader.ask("kill", str(home), chance.uniform(0, longest))
        outcomes.append(check_what_is_left(home, old))
        check_next_change(home, old)
        shutil.rmtree(home)
    return outcomes


def test_an_upgrade_killed_at_6_moments_is_done_by_the_next_change(
    upgrader: Upgrader, old: Old, tmp_path: Path
) -> None:
    kill_at_moments(upgrader, old, tmp_path, 6)


def test_an_upgrade_killed_before_20_system_calls_is_done_by_the_next_change(
    upgrader: Upgrader, old: Old, tmp_path: Path
) -> None:
    assert set(kill_at_calls(upgrader, old, tmp_path, 20)) == {False, True}


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_an_upgrade_killed_at_100_moments_is_done_by_the_next_change(
    upgrader: Upgrader, old: Old, tmp_path: Path
) -> None:
    assert set(kill_at_moments(upgrader, old, tmp_path, 100)) == {False, True}


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_an_upgrade_killed_before_any_system_call_is_done_by_the_next_change(
    upgrader: Upgrader, old: Old, tmp_path: Path
) -> None:
    assert set(kill_at_calls(upgrader, old, tmp_path, None)) == {False, True}


def test_steps_that_are_not_in_one_transaction_would_be_noticed(
    old: Old, tmp_path: Path
) -> None:
    """The tests above can fail: the same kills find an upgrade that commits step by step."""
    upgrader = Upgrader("--piecemeal")
    with pytest.raises(AssertionError, match=HALF):
        kill_at_calls(upgrader, old, tmp_path, 20)
    upgrader.close()


def upgrade_at_once(upgrader: Upgrader, old: Old, home: Path) -> None:
    """Let five processes upgrade a journal, and check that one did, after one backup."""
    endings = upgrader.ask("race", str(old.copy(home)), 5)
    assert endings == ["done"] * 5, f"{NOT_ALL}: {endings}"
    assert [name for name in files(home) if name.endswith(PARTS)] == []
    assert read_backups(home) == [(SCHEMA, old.contents)]
    version, contents = read_contents(home / JOURNAL_FILE)
    assert version == NEWEST
    assert strip_new(contents, old.contents) == old.contents
    new_names = {row["name"] for row in contents["person"]}
    assert new_names > {"Person 0", "Person 2", "Person 4"}
    shutil.rmtree(home)


def test_five_processes_upgrade_at_once_after_one_backup(
    upgrader: Upgrader, old: Old, tmp_path: Path
) -> None:
    for round in range(4):
        upgrade_at_once(upgrader, old, tmp_path / str(round))


@pytest.mark.long
@pytest.mark.timeout(600)
def test_five_processes_upgrade_at_once_20_times(
    upgrader: Upgrader, old: Old, tmp_path: Path
) -> None:
    for round in range(20):
        upgrade_at_once(upgrader, old, tmp_path / str(round))


def test_a_version_that_is_not_read_again_behind_the_lock_would_be_noticed(
    old: Old, tmp_path: Path
) -> None:
    """The tests above can fail: here, each of the five goes on from the version it read first."""
    upgrader = Upgrader("--stale")
    with pytest.raises(AssertionError, match=NOT_ALL):
        upgrade_at_once(upgrader, old, tmp_path / "home")
    upgrader.close()
