"""Keeps a log of which something is lost, and takes away one that would spoil the journal.

SQLite reads a log up to the first page that is not as it was written, takes the rest for what an
earlier log left, and removes it at the end of the next run: with it would go what could still be
read from it. It also lays any log that is whole over the journal beside it, be it of before a
restore, older than the journal, or another journal's: the pages of both are mixed then, for good.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from coachlog.errors import JournalLocked
from coachlog.store.connections import Connection, DriverError, open_file
from coachlog.store.file_checks import count_log_commits, is_in_file
from coachlog.store.head_guard import read_state_head
from coachlog.store.home_lock import hold_alone
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import (
    HeadVerdict,
    JournalHead,
    judge_head,
    read_head,
)

_CURRENT_VERDICTS = (HeadVerdict.UNKNOWN, HeadVerdict.SAME, HeadVerdict.BEHIND)
_UNTOUCHED = "ro&immutable=1"


class LogVerdict(Enum):
    """What a log is to the journal that it lies beside."""

    FITTING = "fitting"
    LOST = "lost"
    """Changes that the head knows of are neither in the log nor in the journal."""
    TORN = "torn"
    """Neither the journal alone nor the two together are sound."""
    STRAY = "stray"
    """The journal alone is sound, and the log is no continuation of it."""


def settle_log(
    files: JournalFiles, wait_seconds: float, tell: Callable[[str], None]
) -> LogVerdict:
    """Keep a log of which something is lost, and put aside a stray one; return what it was.

    To be called before the journal is opened to write: a copy that has been made already is not
    made again. `tell` gets a sentence about a log that was put aside. Raises `OSError` if the copy
    cannot be made, and `JournalLocked` if the log cannot be put aside now.
    """
    if not files.has_log():
        return LogVerdict.FITTING
    verdict = find_log_verdict(files, wait_seconds)
    if verdict is LogVerdict.FITTING:
        return verdict
    kept_log = _copy_log(files)
    if verdict is LogVerdict.STRAY and kept_log is not None:
        _put_log_aside(files, wait_seconds, kept_log, tell)
    return verdict


def find_log_verdict(files: JournalFiles, wait_seconds: float) -> LogVerdict:
    """Return what the log is to the journal, both of which are left as they are."""
    head = read_head(files.head)
    try:
        with (
            open_file(files.journal, _UNTOUCHED) as alone,
            # A connection that cannot write leaves the log as it is.
            open_file(files.journal, "ro", wait_seconds) as joined,
        ):
            verdict = judge_log(files.log, head, alone, joined)
    except (DriverError, FileNotFoundError):
        # It cannot be judged, or another process has just put it in its place.
        return LogVerdict.LOST if head and files.has_log() else LogVerdict.FITTING
    # Another process may have restored a backup in between.
    return verdict if read_head(files.head) == head else LogVerdict.FITTING


def judge_log(
    log: Path, head: JournalHead | None, alone: Connection, joined: Connection
) -> LogVerdict:
    """Return what a log is to its journal, given that alone and with the log.

    Raises a driver error if nothing can be read at all, and `OSError` as reading the log does.
    """
    alone_head = _find_state_head(alone)
    with suppress(DriverError):
        joined.execute("BEGIN")
    joined_head = _find_state_head(joined)
    if _seems_fitting(log, head, alone_head, joined_head):
        return LogVerdict.FITTING
    is_joined_sound = _is_sound(joined)
    if is_joined_sound and _continues(alone_head, joined_head):
        is_current = _is_current(head, joined_head)
        return LogVerdict.FITTING if is_current else LogVerdict.LOST
    if _is_sound(alone):
        return LogVerdict.STRAY
    return LogVerdict.LOST if is_joined_sound else LogVerdict.TORN


def describe_stray_log(files: JournalFiles) -> str:
    """Return in words what a stray log is, and whether the journal without it lacks anything."""
    with open_file(files.journal, _UNTOUCHED) as alone:
        state_head = _find_state_head(alone)
    is_current = state_head is not None and _is_current(
        read_head(files.head), state_head
    )
    kind = "is another journal's"
    if state_head is not None and is_in_file(files.log, state_head.epoch.encode()):
        kind = "does not fit it, as one of the two is older"
        if is_current:
            kind = "is older than the journal"
    elif state_head is not None and is_in_file(files.log, state_head.journal.encode()):
        kind = "is of before a restore"
    words = f"The log beside the journal ({files.log.name}) {kind}."
    if is_current:
        words += " Without it, the journal is as it was after its last change."
    return words


def _seems_fitting(
    log: Path,
    head: JournalHead | None,
    alone_head: JournalHead | None,
    joined_head: JournalHead | None,
) -> bool:
    """Return whether a log continues its journal, as far as is seen at a glance.

    Each change writes the epoch, and is one commit. Of a journal that is not read in one piece,
    because a kill left it half-way of taking over the log, only the log counts.
    """
    if joined_head is None or not _is_current(head, joined_head):
        return False
    if alone_head is not None:
        if not _continues(alone_head, joined_head):
            return False
        change_count = joined_head.change_count - alone_head.change_count
        if change_count > count_log_commits(log):
            return False
    return is_in_file(log, joined_head.epoch.encode())


def _is_current(head: JournalHead | None, state_head: JournalHead | None) -> bool:
    """Return whether a journal is as far as its head, or no head says how far."""
    if head is None:
        return True
    return state_head is not None and judge_head(head, state_head) in _CURRENT_VERDICTS


def _continues(alone: JournalHead | None, joined: JournalHead | None) -> bool:
    """Return whether a journal with its log can be what came of the journal alone."""
    if alone is None:  # an earlier schema has none
        return True
    return (
        joined is not None
        and judge_head(alone, joined) in _CURRENT_VERDICTS
        and alone.change_count <= joined.change_count
    )


def _find_state_head(connection: Connection) -> JournalHead | None:
    with suppress(DriverError, UnicodeDecodeError):
        return read_state_head(connection)
    return None


def _is_sound(connection: Connection) -> bool:
    from coachlog.store.backups import find_good_version

    with suppress(DriverError, UnicodeDecodeError, ValueError):
        return find_good_version(connection) is not None
    return False


def _copy_log(files: JournalFiles) -> Path | None:
    """Return where the log is kept, which may have been before; None if it is gone."""
    from shutil import copyfile

    from coachlog.files import make_private_folder, open_part_file

    make_private_folder(files.backups)
    # Another process may just have put the log in its place.
    with suppress(FileNotFoundError):
        written_at = datetime.fromtimestamp(files.log.stat().st_mtime, UTC)
        target = files.build_kept_log(written_at.astimezone().date())
        with open_part_file(target) as part:
            copyfile(files.log, part.path)
            part.flush()
            return part.publish_new("-", or_same=True)
    return None


def _put_log_aside(
    files: JournalFiles,
    wait_seconds: float,
    kept_log: Path,
    tell: Callable[[str], None],
) -> None:
    """Take a stray log away, of which there is a copy; raises `JournalLocked`.

    The home is held alone: a change that another process makes now has a log of its own.
    """
    from coachlog.files import sync_folder

    folder = files.real_journal.parent
    try:
        with hold_alone(folder, wait_seconds):
            if (
                not files.has_log()
                or find_log_verdict(files, wait_seconds) is not LogVerdict.STRAY
            ):
                return
            words = describe_stray_log(files)
            for path in (files.log, files.index):
                path.unlink(missing_ok=True)
            sync_folder(folder)
    except (OSError, JournalLocked, DriverError) as error:
        raise JournalLocked(
            f"The log beside the journal ({files.log.name}) is not the journal's, and could not be "
            "put aside. Nothing was changed.",
            "Try again in a moment.",
        ) from error
    tell(f"{words} It was put aside, and is kept: {kept_log}.")
