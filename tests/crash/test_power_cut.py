"""A power cut loses no answer that was acknowledged, and leaves the old journal or the new.

A process is recorded with all that it writes; then the power is cut at random points of the log.
`power_cut` says what a disk may hold afterwards. A killed process alone would show nothing of this:
what it wrote is still in the memory of the system.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nursery
import power_cut_recorder
import pytest
from json_process import HERE, PATHS
from power_cut import (
    Entry,
    Flush,
    LogReader,
    Remark,
    cut_power,
    record_writes,
)
from upgrade_checks import (
    PARTS,
    Old,
    check_next_change,
    check_what_is_left,
    read_contents,
    write_old_journal,
)

from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from shared_builds import once
from store_builders import NOW, files, hold

QUICK, FULL = 60, 1_500
SHARE_AT_THE_END = 0.1
"""Of the cuts, those that come only when everything is acknowledged."""
GONE = "the journal is gone, although it was acknowledged"


class Scene(NamedTuple):
    """All that was written in one home, after what its disk held before."""

    home: Path
    reader: LogReader
    entries: list[Entry]

    def cut(self, chance: random.Random, folder: Path) -> tuple[Path, int]:
        """Cut the power at a random point; return what is left of the home, and the last ack."""
        end = len(self.entries)
        if chance.random() > SHARE_AT_THE_END:
            end = chance.randrange(end)
        entries = self.entries[:end]
        for name, data in cut_power(self.reader, entries, chance).items():
            if self.home not in Path(name).parents:
                continue
            path = folder / Path(name).relative_to(self.home.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        said = [entry.words for entry in entries if isinstance(entry, Remark)]
        acknowledged = int(said[-1].removeprefix("ack ")) if said else 0
        return folder / self.home.name, acknowledged


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log, and its homes as they were before; made once for all processes."""
    if shutil.which("strace") is None:
        pytest.skip("there is no strace here")
    return once(tmp_path_factory, "recording", make_recording)


def make_recording(folder: Path) -> None:
    homes = folder / "homes"
    power_cut_recorder.make_journals_to_change(homes)
    write_old_journal(homes / "upgraded")
    shutil.copytree(homes, folder / "before")
    script = HERE / "power_cut_recorder.py"
    record_writes([sys.executable, str(script), str(homes)], folder / "log", PATHS)
    # The folder gets its own name only when it is complete: the log knows it by this one.
    (folder / "root").write_text(str(homes))


def read_scene(recording: Path, name: str) -> Scene:
    root = Path((recording / "root").read_text())
    reader = LogReader(root)
    reader.add_existing_files(recording / "before")
    entries = reader.read(recording / "log")
    remarks = [
        number for number, entry in enumerate(entries) if isinstance(entry, Remark)
    ]
    begins = next(n for n in remarks if entries[n] == Remark(f"{name} begins"))
    ends = [n for n in remarks if n > begins and str(entries[n][0]).endswith("begins")]
    scene = entries[begins + 1 : ends[0] if ends else None]
    return Scene(root / name, reader, scene)


def count_kept(home: Path, acknowledged: int) -> int:
    """Return how many steps a journal holds, wholly and nothing else; -1 for anything else."""
    found = nursery.found(home)
    likely = range(acknowledged + 1, -1, -1)
    return next((n for n in likely if nursery.expected(n) == found), -1)


def cut_answers(
    recording: Path, name: str, folder: Path, count: int, seed: int
) -> Iterator[tuple[int, int]]:
    """Yield for each cut how many steps were acknowledged, and how many are there."""
    scene, chance = read_scene(recording, name), random.Random(seed)
    for number in range(count):
        home, acknowledged = scene.cut(chance, folder / str(number))
        yield acknowledged, count_kept(home, acknowledged)
        shutil.rmtree(folder / str(number))


def survive_with_every_answer(
    recording: Path, name: str, folder: Path, count: int, seed: int = 13
) -> None:
    outcomes = [*cut_answers(recording, name, folder, count, seed)]
    wrong = [
        (acknowledged, kept)
        for acknowledged, kept in outcomes
        if kept not in (acknowledged, acknowledged + 1)
    ]
    assert wrong == []


def survive_first_creation(
    recording: Path, name: str, folder: Path, count: int, seed: int
) -> None:
    """Cut the power while a first journal is made: there is none, or a whole one."""
    scene, chance = read_scene(recording, name), random.Random(seed)
    for number in range(count):
        home, acknowledged = scene.cut(chance, folder / str(number))
        is_there = (home / JOURNAL_FILE).exists()
        assert is_there or not acknowledged, GONE
        assert count_kept(home, acknowledged) in (acknowledged, 1)
        with Journal(home).change(NOW, create=True) as change:
            hold(change)
        assert [name for name in files(home) if name.endswith(PARTS)] == []
        shutil.rmtree(folder / str(number))


def survive_upgrade(recording: Path, folder: Path, count: int, seed: int) -> None:
    """Cut the power while a journal is upgraded: it is the old one, or the new after a backup."""
    scene, chance = read_scene(recording, "upgraded"), random.Random(seed)
    before = shutil.copytree(recording / "before" / "upgraded", folder / "before")
    old = Old(before, read_contents(before / JOURNAL_FILE)[1])
    for number in range(count):
        home, acknowledged = scene.cut(chance, folder / str(number))
        is_upgraded = check_what_is_left(home, old)
        assert is_upgraded or not acknowledged, (
            "it is old, although it was acknowledged"
        )
        check_next_change(home, old)
        shutil.rmtree(folder / str(number))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["alone", "beside", "small-log"])
def test_power_cuts_lose_no_acknowledged_answer(
    recording: Path, tmp_path: Path, name: str, seed: int
) -> None:
    survive_with_every_answer(recording, name, tmp_path, QUICK // 3, seed)


@pytest.mark.parametrize("seed", range(2))
def test_power_cuts_leave_no_half_made_first_journal(
    recording: Path, tmp_path: Path, seed: int
) -> None:
    survive_first_creation(recording, "first", tmp_path, QUICK // 3, seed)


@pytest.mark.parametrize("seed", range(2))
def test_power_cuts_leave_an_upgraded_journal_or_the_old_one(
    recording: Path, tmp_path: Path, seed: int
) -> None:
    survive_upgrade(recording, tmp_path, QUICK // 4, seed)


def test_a_change_waits_for_the_disk_once(recording: Path) -> None:
    """The sums of rows, what `undo` keeps and the head are not flushed by themselves."""
    flushes = [0]
    for entry in read_scene(recording, "beside").entries:
        if isinstance(entry, Remark):
            flushes.append(0)
        flushes[-1] += isinstance(entry, Flush)
    # The first also puts the home in order.
    assert set(flushes[1:-1]) == {1}


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("name", ["alone", "beside", "small-log"])
def test_1500_power_cuts_lose_no_acknowledged_answer(
    recording: Path, tmp_path: Path, name: str, seed: int
) -> None:
    survive_with_every_answer(recording, name, tmp_path, FULL // 5, seed)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(100, 105))
def test_1500_power_cuts_leave_no_half_made_first_journal(
    recording: Path, tmp_path: Path, seed: int
) -> None:
    survive_first_creation(recording, "first", tmp_path, FULL // 5, seed)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(100, 105))
def test_1500_power_cuts_leave_an_upgraded_journal_or_the_old_one(
    recording: Path, tmp_path: Path, seed: int
) -> None:
    survive_upgrade(recording, tmp_path, FULL // 5, seed)


def test_answers_that_are_not_flushed_would_be_noticed(
    recording: Path, tmp_path: Path
) -> None:
    """The tests above can fail: with synchronous=NORMAL, what was acknowledged is lost."""
    outcomes = cut_answers(recording, "normal", tmp_path, QUICK, seed=13)
    assert any(0 <= kept < acknowledged for acknowledged, kept in outcomes)


def test_folders_that_are_not_flushed_would_be_noticed(
    recording: Path, tmp_path: Path
) -> None:
    """Here only SQLite flushes folders: the home has no name in the folder above it."""
    with pytest.raises(AssertionError, match=GONE):
        survive_first_creation(recording, "unsynced", tmp_path, 4 * QUICK, seed=13)
