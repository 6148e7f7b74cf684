"""Keeps a log of which something is lost: SQLite removes it at the end of the next run.

It reads a log up to the first page that is not as it was written, and takes the rest for what an
earlier log left. With it would go what could still be read from it.
"""

from contextlib import suppress
from datetime import UTC, datetime

from coachlog.store.connections import DriverError, open_file
from coachlog.store.head_guard import read_state_head
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import HeadVerdict, judge_head, read_head

_CURRENT_VERDICTS = (HeadVerdict.UNKNOWN, HeadVerdict.SAME, HeadVerdict.BEHIND)


def keep_lost_log(files: JournalFiles, wait_seconds: float) -> None:
    """Copy the log beside a journal if changes that its head knows of are neither in it nor there.

    To be called before the journal is opened to write: a copy that has been made already is not
    made again. Raises `OSError` if it cannot be made.
    """
    if not files.has_log() or _is_current(files, wait_seconds):
        return
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
            part.publish_new("-", or_same=True)


def _is_current(files: JournalFiles, wait_seconds: float) -> bool:
    """Return whether a journal with its log is as far as its head, or no head says how far."""
    head = read_head(files.head)
    if head is None:
        return True
    state_head = None
    # A connection that cannot write leaves the log as it is.
    with (
        suppress(DriverError, UnicodeDecodeError),
        open_file(files.journal, "ro", wait_seconds) as connection,
    ):
        state_head = read_state_head(connection)
    if state_head is None:
        return False
    # Another process may have restored a backup in between.
    return (
        judge_head(head, state_head) in _CURRENT_VERDICTS
        or read_head(files.head) != head
    )
