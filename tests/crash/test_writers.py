"""Several processes write at once: each change that was saved is there, and counts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import coachlog
from coachlog.store.reading import action_queries
from store_builders import with_promise
from waiting import LIMIT

HERE = Path(__file__).parent
SOURCE = str(Path(coachlog.__file__).parents[1])
PATHS = os.pathsep.join([str(HERE), str(HERE.parent), SOURCE])


def write_at_once(
    home: Path, writers: int, count: int, *flags: str, seconds: float = LIMIT
) -> int:
    """Let processes begin together; return how many changes they say were saved."""
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "writer.py"),
            str(home),
            str(writers),
            str(count),
            str(seconds),
            *flags,
        ],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": PATHS},
    )
    saved = [int(line) for line in done.stdout.split()]
    assert len(saved) == writers
    return sum(saved)


@pytest.mark.parametrize(("writers", "count"), [(2, 50), (8, 12)])
def test_no_update_is_lost_between_processes(
    home: Path, writers: int, count: int
) -> None:
    journal = with_promise(home)
    saved = write_at_once(home, writers, count)
    assert saved == writers * count
    with journal.read() as db:
        promise, *made = action_queries.read_actions(db)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    notes = [event.note for event in promise.events if event.kind == "noted"]
    assert promise.support == str(saved)
    assert len(notes) == saved
    assert sorted(action.what for action in made) == sorted(str(note) for note in notes)


def test_whoever_may_not_wait_is_told_that_another_writes(home: Path) -> None:
    """And by no error of the driver, which would end the process that writes."""
    journal = with_promise(home)
    saved = write_at_once(home, 8, 12, seconds=0)
    assert 0 < saved < 96
    with journal.read() as db:
        assert action_queries.read_action(db, 1).support == str(saved)


def test_with_the_drivers_own_way_to_begin_updates_would_be_lost(home: Path) -> None:
    """The test above can fail: without taking the lock first, two read the same number."""
    journal = with_promise(home)
    saved = write_at_once(home, 4, 25, "--default-begin")
    with journal.read() as db:
        counted = int(action_queries.read_action(db, 1).support or 0)
    assert counted < saved
