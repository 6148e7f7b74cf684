"""`home.lock`: changes hold it together, and whatever swaps the journal file holds it alone.

SQLite's own locks lie in the journal file, so they cannot keep a change out of a file that is about
to lose its name: it would be committed there, and be gone. Reading takes no lock, as a file that
lost its name can be read to the end; so a home that cannot be written to is read as before.

Windows has no such lock, and needs none: it refuses to replace a file that anybody has open, so
there it is the swap that fails, and no change is lost.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coachlog.errors import JournalLocked
from coachlog.named_tuples import NamedTuple

LOCK_FILE = "home.lock"
_LOCKED_HOME_ERRORS = (errno.EACCES, errno.EPERM, errno.EROFS)
_FIRST_PAUSE_SECONDS = 0.0005
_LONGEST_PAUSE_SECONDS = 0.02


class _LockHandles(NamedTuple):
    """The open lock file, and the folder that it lies in: the gate through which all come to it.

    A change passes the gate and leaves it open. A swap shuts it while it waits, or changes that
    follow each other closely would never leave it alone. A lock goes with the process that holds
    it, so whoever is killed leaves nothing shut.
    """

    file: int
    gate: int | None


@contextmanager
def hold_shared(folder: Path, wait_seconds: float) -> Iterator[bool]:
    """Let a change be made in the block, which keeps out swaps; yield whether there is such a lock.

    `folder` is that of the journal file itself, where a link leads to it. The block is to hold all
    from opening the journal to writing its head.

    Where the disk keeps no locks, or where nobody may create a file, and so nobody can swap one,
    the block is run without. Raises `JournalLocked` if a swap goes on for more than `wait_seconds`,
    and `OSError` if the disk refuses the file, such as for want of room.
    """
    with _open_lock_handles(folder, needs_file=False) as handles:
        is_locked = _wait_for_lock(handles, _try_shared, wait_seconds)
        if is_locked is False:
            raise JournalLocked(
                "Another coachlog is putting another file in the journal's place and did not "
                "finish in time. Everything saved before this is safe; this was not saved.",
                "Try again in a moment.",
            )
        yield bool(is_locked)


@contextmanager
def hold_alone(folder: Path, wait_seconds: float) -> Iterator[bool]:
    """Let the journal file be swapped in the block, which keeps out all changes and other swaps.

    `folder` is as for `hold_shared`. Yields whether there is such a lock: where the disk keeps
    none, only SQLite's own write lock and the look at the file before each commit are left. Raises
    `JournalLocked` if a change goes on for more than `wait_seconds`, and `OSError` if the file
    cannot be opened.
    """
    with _open_lock_handles(folder, needs_file=True) as handles:
        is_locked = _wait_for_lock(handles, _try_alone, wait_seconds)
        if is_locked is False:
            raise JournalLocked(
                "Another coachlog is writing to the journal and did not finish in time. "
                "Nothing was changed.",
                "Try again in a moment.",
            )
        yield bool(is_locked)


@contextmanager
def _open_lock_handles(
    folder: Path, *, needs_file: bool
) -> Iterator[_LockHandles | None]:
    """Yield the handles to lock, closed at the end, which lets go; None where there is no lock."""
    file = _open_lock_file(folder, needs_file=needs_file)
    if file is None:
        yield None
        return
    gate = None
    with suppress(OSError):
        gate = os.open(folder, os.O_RDONLY)
    try:
        yield _LockHandles(file, gate)
    finally:
        os.close(file)
        if gate is not None:
            os.close(gate)


def _open_lock_file(folder: Path, *, needs_file: bool) -> int | None:
    """Return a handle of the lock file, which is created private; None where there is no lock."""
    if os.name == "nt":
        return None
    try:
        # NFS locks a file for itself alone only where it is open for writing.
        return os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        if needs_file or error.errno not in _LOCKED_HOME_ERRORS:
            raise
        return None


def _wait_for_lock(
    handles: _LockHandles | None,
    try_lock: Callable[[_LockHandles], bool | None],
    wait_seconds: float,
) -> bool | None:
    """Return whether the lock was taken before the time was over; None where there is none."""
    if handles is None:
        return None
    is_locked = try_lock(handles)
    if is_locked is not False:
        return is_locked
    end = time.monotonic() + wait_seconds
    pause = _FIRST_PAUSE_SECONDS
    while is_locked is False and (left := end - time.monotonic()) > 0:
        time.sleep(min(pause, left))
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        is_locked = try_lock(handles)
    return is_locked


def _try_shared(handles: _LockHandles) -> bool | None:
    """Return whether the file was locked together with others; None if the disk keeps no locks."""
    import fcntl

    if _try_flock(handles.gate, fcntl.LOCK_SH) is False:
        return False
    try:
        return _try_flock(handles.file, fcntl.LOCK_SH)
    finally:
        _try_flock(handles.gate, fcntl.LOCK_UN)


def _try_alone(handles: _LockHandles) -> bool | None:
    """Return whether the file was locked alone, as for `_try_shared`; the gate stays shut if not.

    The gate is taken again at each attempt, which is nothing to whoever has it.
    """
    import fcntl

    if _try_flock(handles.gate, fcntl.LOCK_EX) is False:
        return False
    is_locked = _try_flock(handles.file, fcntl.LOCK_EX)
    if is_locked:
        _try_flock(handles.gate, fcntl.LOCK_UN)
    return is_locked


def _try_flock(handle: int | None, operation: int) -> bool | None:
    """Return whether a lock was taken; False if another is in the way, None if none is kept.

    Whatever else goes wrong counts as a disk that keeps no locks: SQLite tries its own next, and
    says what it finds.
    """
    import fcntl

    if handle is None:
        return None
    try:
        fcntl.flock(handle, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
