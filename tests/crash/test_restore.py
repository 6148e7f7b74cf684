"""A restore killed at any moment leaves the journal as it was, or the backup; never some of each.

What is in the log of the journal, and not yet in its file, is part of it. And while a file is being
put in the journal's place, no change that was acknowledged is lost.
"""

import random
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from json_process import JsonProcess
from restorer import swap_by_itself
from sqlcipher3 import dbapi2

from coachlog.errors import CoachlogError, JournalLocked
from coachlog.store import home_lock, lost_log, restoring
from coachlog.store.database import Journal
from coachlog.store.lost_log import LogVerdict
from coachlog.store.reading import action_queries
from coachlog.store.writing import action_changes
from store_builders import NOW, TODAY, files, with_promise

NOT_WHOLE = "the journal is neither the one that was there nor the backup"
LOST = "a change that was acknowledged is lost"
RESTORED = ["in the backup"]
PRESENT = ["in the backup", "in the file", "in the log"]

Notes = list[str | None]


class Restorer(JsonProcess):
    """A process that restores backups in forked ones."""

    def __init__(self, *flags: str) -> None:
        super().__init__("restorer.py", *flags)

    def count_calls(self, home: Path) -> int:
        """Return how many system calls a restore makes that is not killed."""
        count = self.ask("call", str(home), None)
        if count == "no tracing":
            pytest.skip("a process cannot trace its child here")
        assert isinstance(count, int)
        return count


class Old(NamedTuple):
    """A home with a backup, and with changes since, the last of which are in the log alone."""

    home: Path

    def copy(self, home: Path) -> Path:
        shutil.copytree(self.home, home)
        return home


@pytest.fixture(scope="module")
def restorer() -> Iterator[Restorer]:
    restorer = Restorer()
    yield restorer
    restorer.close()


@pytest.fixture
def old(tmp_path: Path) -> Old:
    home = tmp_path / "made"
    journal = with_promise(home)
    note(home, RESTORED[0])
    journal.back_up(TODAY)
    note(home, "in the file")
    with journal.read():
        note(home, "in the log")
        # While somebody reads, the log stays as it is, as after a kill.
        shutil.copytree(home, tmp_path / "old", ignore=shutil.ignore_patterns("*-shm"))
    assert (tmp_path / "old" / "coachlog.db-wal").stat().st_size > 0
    return Old(tmp_path / "old")


def note(home: Path, words: str) -> None:
    with Journal(home).change(NOW) as change:
        action_changes.insert_action_note(change, 1, words, on=TODAY)


def list_notes(home: Path) -> Notes:
    with Journal(home).read() as db:
        events = action_queries.read_action(db, 1).events
    return [event.note for event in events if event.kind == "noted"]


def check_what_is_left(home: Path) -> Notes:
    """Return the notes of a journal after a restore that was killed; it has to be a whole one."""
    try:
        notes = list_notes(home)
        assert notes in (RESTORED, PRESENT), NOT_WHOLE
        assert not Journal(home).has_damage(), NOT_WHOLE
        note(home, "later")
    except Exception as error:
        raise AssertionError(f"{NOT_WHOLE}: {error}") from error
    assert list_notes(home) == [*notes, "later"]
    left = [name for name in files(home) if ".part" in name or name.endswith("-wal")]
    assert left == []
    return notes


def kill_at_calls(
    restorer: Restorer, old: Old, folder: Path, count: int | None
) -> list[Notes]:
    """Kill a restore before some of its system calls, or all; return what each left."""
    calls = restorer.count_calls(old.copy(folder / "whole"))
    chance = random.Random(20)
    numbers = [*range(1, calls + 1)]
    if count is not None:
        width = calls / count
        numbers = [1 + int(width * (n + chance.random())) for n in range(count)]
    return [kill_at(restorer, old, folder, number) for number in numbers]


def kill_at(restorer: Restorer, old: Old, folder: Path, number: int) -> Notes:
    home = old.copy(folder / str(number))
    restorer.ask("call", str(home), number)
    notes = check_what_is_left(home)
    shutil.rmtree(home)
    return notes


def kill_at_last_calls(restorer: Restorer, old: Old, folder: Path) -> list[Notes]:
    """Kill a restore before each of its last system calls, among which is the swap."""
    calls = restorer.count_calls(old.copy(folder / "whole"))
    return [
        kill_at(restorer, old, folder, number) for number in range(calls - 60, calls)
    ]


def test_a_restore_killed_before_20_system_calls_leaves_the_one_or_the_other(
    restorer: Restorer, old: Old, tmp_path: Path
) -> None:
    assert PRESENT in kill_at_calls(restorer, old, tmp_path, 20)


def test_a_restore_killed_around_the_swap_leaves_the_one_or_the_other(
    restorer: Restorer, old: Old, tmp_path: Path
) -> None:
    outcomes = kill_at_last_calls(restorer, old, tmp_path)
    assert PRESENT in outcomes
    assert RESTORED in outcomes


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_restore_killed_before_200_system_calls_leaves_the_one_or_the_other(
    restorer: Restorer, old: Old, tmp_path: Path
) -> None:
    assert PRESENT in kill_at_calls(restorer, old, tmp_path, 200)


def test_a_journal_that_loses_its_name_first_would_be_noticed(
    old: Old, tmp_path: Path
) -> None:
    """The tests above can fail: killed in between, there is no journal."""
    restorer = Restorer("--name-first")
    with pytest.raises(AssertionError, match=NOT_WHOLE):
        kill_at_last_calls(restorer, old, tmp_path)
    restorer.close()


# The log


def restore_while_open(home: Path) -> None:
    """Restore the backup while another program has the journal open, and so keeps its log."""
    with closing(dbapi2.connect(home / "coachlog.db", isolation_level=None)) as db:
        assert db.execute("SELECT count(*) FROM action").fetchone() == (1,)
        journal = Journal(home)
        backup = next(journal.files.backups.glob("*.db"))
        with journal.stage_restore(backup, NOW) as staged:
            journal.restore(staged, NOW)


def test_a_log_left_beside_the_journal_is_not_replayed_into_the_backup(
    old: Old, tmp_path: Path
) -> None:
    home = old.copy(tmp_path / "home")
    restore_while_open(home)
    assert check_what_is_left(home) == RESTORED


def test_a_log_left_behind_would_be_noticed(
    old: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: replayed, the log makes another journal of the backup."""
    staged: Any = restoring.StagedJournal
    monkeypatch.setattr(staged, "_empty_log", lambda _staged: None)
    monkeypatch.setattr(staged, "_remove_logs", lambda _staged: None)
    # Nor is it known for what it is when the journal is opened next.
    monkeypatch.setattr(lost_log, "settle_log", lambda *_args: LogVerdict.FITTING)
    home = old.copy(tmp_path / "home")
    restore_while_open(home)
    with pytest.raises(AssertionError, match=NOT_WHOLE):
        assert check_what_is_left(home) == RESTORED


# Writers


def write_during_swaps(restorer: Restorer, home: Path, count: int) -> None:
    with_promise(home)
    saved, swaps = restorer.ask("swaps", str(home), 8, count)
    assert swaps == count
    assert saved > 0
    counted = -1
    with suppress(CoachlogError), Journal(home).read() as db:
        counted = int(action_queries.read_action(db, 1).support or 0)
    assert counted == saved, f"{LOST}: {counted} of {saved} are there"
    assert not Journal(home).has_damage()


def test_8_writers_lose_nothing_during_20_swaps(
    restorer: Restorer, tmp_path: Path
) -> None:
    write_during_swaps(restorer, tmp_path / "home", 20)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_8_writers_lose_nothing_during_200_swaps(
    restorer: Restorer, tmp_path: Path
) -> None:
    write_during_swaps(restorer, tmp_path / "home", 200)


def swap_in_a_change(home: Path) -> Notes:
    """Swap the file while a change is under way, and return what the journal holds afterwards."""
    with Journal(home).change(NOW) as change:
        action_changes.insert_action_note(change, 1, "acknowledged", on=TODAY)
        with suppress(JournalLocked):
            swap_by_itself(home, wait_seconds=0.1)
    return list_notes(home)


def test_a_file_is_not_swapped_while_a_change_is_under_way(home: Path) -> None:
    with_promise(home)
    assert swap_in_a_change(home) == ["acknowledged"]


def test_a_change_that_holds_no_lock_would_be_noticed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail: a change is committed into a file that has lost its name."""
    with_promise(home)

    @contextmanager
    def hold_nothing(*_given: object) -> Iterator[bool]:
        yield False

    monkeypatch.setattr(home_lock, "hold_shared", hold_nothing)
    # It waits for whoever is writing: with it, there would be no swap either.
    staged: Any = restoring.StagedJournal
    monkeypatch.setattr(staged, "_empty_log", lambda _staged: None)
    with pytest.raises(JournalLocked):
        swap_in_a_change(home)
    monkeypatch.setattr(Journal, "_require_same_file", lambda _journal: None)
    assert swap_in_a_change(home) == []
