"""`home.lock`, held by real processes: changes share it, a swap has it alone."""

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

import coachlog
from coachlog.errors import JournalLocked
from coachlog.store import home_lock
from coachlog.store.home_lock import hold_alone, hold_shared
from waiting import LIMIT, wait_until

HERE = Path(__file__).parent
SOURCE = str(Path(coachlog.__file__).parents[1])
Holder = subprocess.Popen[str]


@contextmanager
def holder(folder: Path, way: str, seconds: float = LIMIT) -> Iterator[Holder]:
    """Yield another process that takes the lock, or waits for it; it is ended at the end."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "lock_holder.py"), str(folder), way, str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    try:
        yield process
    finally:
        process.kill()
        let_go(process)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def answer(process: Holder) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def let_go(process: Holder) -> None:
    assert process.stdin is not None
    process.stdin.close()


def is_shared_refused(folder: Path) -> bool:
    """Return whether a change that may not wait is kept out now."""
    try:
        with hold_shared(folder, 0):
            return False
    except JournalLocked:
        return True


def test_changes_hold_the_lock_together(tmp_path: Path) -> None:
    with holder(tmp_path, "shared") as first, holder(tmp_path, "shared") as second:
        assert (answer(first), answer(second)) == ("held", "held")
        with hold_shared(tmp_path, 0) as is_locked:
            assert is_locked


@pytest.mark.parametrize(
    ("way", "own_hold"),
    [("alone", hold_shared), ("shared", hold_alone), ("alone", hold_alone)],
)
def test_a_swap_and_anything_else_keep_each_other_out(
    tmp_path: Path, way: str, own_hold: Any
) -> None:
    with holder(tmp_path, way) as other:
        assert answer(other) == "held"
        with pytest.raises(JournalLocked), own_hold(tmp_path, 0.01):
            pass
        let_go(other)
        with own_hold(tmp_path, LIMIT) as is_locked:
            assert is_locked
        with own_hold(tmp_path, 0) as is_locked:
            assert is_locked


def test_whoever_is_kept_out_is_told_what_goes_on_and_what_to_do(
    tmp_path: Path,
) -> None:
    with holder(tmp_path, "alone") as other:
        assert answer(other) == "held"
        with pytest.raises(JournalLocked) as change, hold_shared(tmp_path, 0):
            pass
        with pytest.raises(JournalLocked) as swap, hold_alone(tmp_path, 0):
            pass
    assert (change.value.message, change.value.hint) == (
        "Another coachlog is putting another file in the journal's place and did not finish in "
        "time. Everything saved before this is safe; this was not saved.",
        "Try again in a moment.",
    )
    assert (swap.value.message, swap.value.hint) == (
        "Another coachlog is writing to the journal and did not finish in time. Nothing was "
        "changed.",
        "Try again in a moment.",
    )


def test_a_swap_that_waits_goes_before_changes_that_come_later(tmp_path: Path) -> None:
    """Changes that follow each other closely would never leave the lock alone."""
    with holder(tmp_path, "shared") as change, ExitStack() as stack:
        assert answer(change) == "held"
        assert not is_shared_refused(tmp_path)
        swap = stack.enter_context(holder(tmp_path, "alone"))
        wait_until(
            lambda: is_shared_refused(tmp_path), lambda: "the gate was never shut"
        )
        let_go(change)
        assert answer(swap) == "held"
        let_go(swap)
        with hold_shared(tmp_path, LIMIT):
            pass


def test_a_swap_that_gives_up_lets_changes_in_again(tmp_path: Path) -> None:
    with holder(tmp_path, "shared") as change:
        assert answer(change) == "held"
        with pytest.raises(JournalLocked), hold_alone(tmp_path, 0.01):
            pass
        assert not is_shared_refused(tmp_path)


@pytest.mark.parametrize("way", ["shared", "alone"])
def test_whoever_is_killed_leaves_nothing_locked(tmp_path: Path, way: str) -> None:
    with holder(tmp_path, way) as other:
        assert answer(other) == "held"
        other.kill()
        other.wait()
        with hold_alone(tmp_path, LIMIT) as is_locked:
            assert is_locked


def test_the_file_is_private_and_stays(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    mask = os.umask(0)
    request.addfinalizer(lambda: os.umask(mask))
    lock = tmp_path / "home.lock"
    with hold_shared(tmp_path, 0):
        status = lock.stat()
    assert (status.st_mode & 0o777, status.st_size) == (0o600, 0)
    with hold_alone(tmp_path, 0):
        assert lock.stat().st_ino == status.st_ino
    assert [path.name for path in tmp_path.iterdir()] == ["home.lock"]


# Disks that keep no locks, or no files


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
@pytest.mark.parametrize("hold", [hold_shared, hold_alone])
def test_a_disk_that_keeps_no_locks_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hold: Any
) -> None:
    """SQLite tries its own locks next, and says what it finds."""

    def refuse(_handle: int, _operation: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with hold(tmp_path, 0) as is_locked:
        assert not is_locked


def test_a_disk_that_locks_no_folders_still_locks_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As NFS does for a folder, which cannot be open for writing."""
    flock = fcntl.flock

    def refuse_folders(handle: int, operation: int) -> None:
        if not os.fstat(handle).st_mode & 0o100000:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", refuse_folders)
    with hold_shared(tmp_path, 0) as is_locked:
        assert is_locked
        with pytest.raises(JournalLocked), hold_alone(tmp_path, 0):
            pass
    with hold_alone(tmp_path, 0) as is_locked:
        assert is_locked
        assert is_shared_refused(tmp_path)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_where_nobody_may_create_the_file_a_change_goes_on_and_a_swap_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    refuse_to_open(tmp_path / "home.lock", monkeypatch, number)
    with hold_shared(tmp_path, 0) as is_locked:
        assert not is_locked
    with pytest.raises(OSError, match=os.strerror(number)), hold_alone(tmp_path, 0):
        pass


@pytest.mark.parametrize("hold", [hold_shared, hold_alone])
def test_a_full_disk_is_passed_on_to_whoever_words_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hold: Any
) -> None:
    refuse_to_open(tmp_path / "home.lock", monkeypatch, errno.ENOSPC)
    with pytest.raises(OSError, match="No space left"), hold(tmp_path, 0):
        pass


def test_a_folder_that_nobody_may_list_has_no_gate_and_still_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_open(tmp_path, monkeypatch, errno.EACCES)
    with hold_alone(tmp_path, 0) as is_locked:
        assert is_locked
        assert is_shared_refused(tmp_path)


def refuse_to_open(refused: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    open_handle = os.open

    def refuse(path: Any, flags: int, mode: int = 0o777) -> int:
        if Path(path) == refused:
            raise OSError(number, os.strerror(number), str(path))
        return open_handle(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)


def test_where_the_system_has_no_such_lock_nothing_is_needed(tmp_path: Path) -> None:
    """Nor imported: as on Windows, where an open file cannot be replaced."""
    code = (
        "import sys; sys.modules['fcntl'] = None\n"
        "from coachlog.store import home_lock\n"
        "home_lock.os.name = 'nt'\n"
        "import pathlib\n"
        f"with home_lock.hold_alone({str(tmp_path)!r}, 0) as alone: print(alone)\n"
        f"with home_lock.hold_shared({str(tmp_path)!r}, 0) as shared: print(shared)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    assert done.stdout == "False\nFalse\n"
    assert not list(tmp_path.iterdir())


def test_without_the_gate_changes_would_go_past_a_swap_that_waits(
    tmp_path: Path,
) -> None:
    """The test of the gate can fail."""
    with holder(tmp_path, "shared") as change:
        assert answer(change) == "held"
        file = os.open(tmp_path / "home.lock", os.O_RDWR)
        handles = home_lock._LockHandles(file, gate=None)
        assert home_lock._try_alone(handles) is False
        assert not is_shared_refused(tmp_path)
        os.close(file)
