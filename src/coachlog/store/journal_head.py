"""`journal.head`: how far the journal had come at its last change, kept beside it.

SQLite cannot know that its log was lost, or that an older copy lies in the journal's place: each
is a sound database. This file knows, as it is another one. It is written in place after each commit
and never synced, so it costs no more than a few system calls; what a power cut leaves of it is
older than the journal, or torn, and neither is taken for damage. It shows faults of disks and
programs, not of people: whoever can write the journal can write this too.
"""

import os
from contextlib import suppress
from enum import Enum
from pathlib import Path

from coachlog.named_tuples import NamedTuple

HEAD_BYTES = 256
"""The whole file; within one page of any disk, and never shorter or longer."""

_LABEL = "coachlog head 1"
# A prime, so that no flipped bit, and no run of up to 63 of them, leaves the remainder as it was.
# The sums of hashlib take 2.7 ms to load, which every read would pay.
_SUM_PRIME = 2**64 - 59
_LONGEST_WORD = 64
_HIGHEST_COUNT = 2**63 - 1
# Whatever lies there by that name is not waited for: a pipe would never answer.
_OPEN_FLAGS = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    # It is always a file of its own: what a link leads to is not ours to write.
    | getattr(os, "O_NOFOLLOW", 0)
)


class JournalHead(NamedTuple):
    """How far a journal has come: its own id, its epoch, and the number of its changes in that.

    Both texts are letters and digits of ASCII, with `-` and `_`, 64 of them at most.
    """

    journal: str
    epoch: str
    change_count: int


class HeadVerdict(Enum):
    """What the head says about the journal beside it."""

    UNKNOWN = "unknown"
    """There is no head that can be read; the next change writes one."""
    SAME = "same"
    BEHIND = "behind"
    """The journal has changes that the head does not know: a run was killed between the two."""
    AHEAD = "ahead"
    """The head knows of changes that are not in the journal: its log was lost, or it is older."""
    REPLACED = "replaced"
    """It is the same journal before or after a restore that the head does not know of."""
    MOVED = "moved"
    """The journal is another one."""


def judge_head(head: JournalHead | None, journal: JournalHead) -> HeadVerdict:
    """Return what a head says about a journal; None is one that could not be read.

    The head is to be read before the journal: a change between the two then looks like a kill, and
    never like a loss.
    """
    if head is None:
        return HeadVerdict.UNKNOWN
    if head.journal != journal.journal:
        return HeadVerdict.MOVED
    if head.epoch != journal.epoch:
        return HeadVerdict.REPLACED
    if head.change_count < journal.change_count:
        return HeadVerdict.BEHIND
    if head.change_count > journal.change_count:
        return HeadVerdict.AHEAD
    return HeadVerdict.SAME


def read_head(path: Path) -> JournalHead | None:
    """Return what a head file says; None if it is missing, torn, foreign or cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | _OPEN_FLAGS)
    except (OSError, ValueError):
        return None
    try:
        # One byte more shows that it is longer.
        return parse_head(os.read(handle, HEAD_BYTES + 1))
    except OSError:
        return None
    finally:
        os.close(handle)


def write_head(path: Path, head: JournalHead) -> None:
    """Write how far a journal has come, in place; the file is created private.

    One that has another name too, or is a link, is replaced: a copy of the home made of hard links
    would otherwise get the head of this one.
    To be called after the commit, while the lock of the home is still held: after a swap it would
    be the head of the file that is gone. Whatever fails is left to the next change; also an id that
    none can have, which a damaged journal may hold: what was committed is saved all the same.
    """
    with suppress(OSError, ValueError):
        data = format_head(head)
        handle = _open_own_file(path)
        try:
            _write_in_place(handle, data)
        finally:
            os.close(handle)


def format_head(head: JournalHead) -> bytes:
    """Return the bytes of a head file: one line that can be read, with its sum.

    Raises `ValueError` for an id or a count that none can have.
    """
    if not (_is_plain_word(head.journal) and _is_plain_word(head.epoch)):
        raise ValueError(f"not an id of a journal and an epoch: {head}")
    if not 0 <= head.change_count <= _HIGHEST_COUNT:
        raise ValueError(f"not a number of changes: {head}")
    line = f"{_LABEL} {head.journal} {head.epoch} {head.change_count}"
    return f"{line} {_sum_line(line)}".ljust(HEAD_BYTES - 1).encode("ascii") + b"\n"


def parse_head(data: bytes) -> JournalHead | None:
    """Return what the bytes of a head file say; None if they are no whole head."""
    try:
        journal, epoch, digits = data.decode("ascii").split()[-4:-1]
        head = JournalHead(journal, epoch, int(digits))
        # Each head has one spelling only, so no changed byte is overlooked.
        return head if format_head(head) == data else None
    except ValueError:
        return None


def _is_plain_word(word: str) -> bool:
    letters = word.replace("-", "").replace("_", "")
    return len(word) <= _LONGEST_WORD and letters.isascii() and letters.isalnum()


def _sum_line(line: str) -> str:
    return f"{int.from_bytes(line.encode('ascii'), 'big') % _SUM_PRIME:016x}"


def _open_own_file(path: Path) -> int:
    """Return a handle to write to a file that has this name only; raises `OSError`."""
    flags = os.O_RDWR | os.O_CREAT | _OPEN_FLAGS
    try:
        handle = os.open(path, flags, 0o600)
    except OSError:
        if not path.is_symlink():
            raise
    else:
        if os.fstat(handle).st_nlink <= 1:
            return handle
        os.close(handle)
    path.unlink()
    return os.open(path, flags | os.O_EXCL, 0o600)


def _write_in_place(handle: int, data: bytes) -> None:
    """Write the whole file, without a moment in which it is empty; raises `OSError`."""
    if hasattr(os, "pwrite"):
        os.pwrite(handle, data, 0)
    else:  # Windows has no such call
        os.write(handle, data)
    if os.fstat(handle).st_size > len(data):
        os.ftruncate(handle, len(data))
