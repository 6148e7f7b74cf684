"""Copies of the journal: made whole and checked, and found again when they are needed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.store.backup_files import (
    BackupFile,
    build_daily_path,
    build_damaged_path,
    build_kept_path,
    list_backup_files,
)
from coachlog.store.connections import (
    Connection,
    DriverError,
    connect_file,
    open_file,
    open_memory,
)
from coachlog.store.integrity import is_of_readable_file, list_integrity_findings
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import read_head
from coachlog.store.journal_state import read_state, seal_journal
from coachlog.store.page_checks import has_sound_pages
from coachlog.store.row_checks import has_sound_sums
from coachlog.store.rows import UnreadableValue
from coachlog.store.schema import (
    APPLICATION_ID,
    find_newest_version,
    read_version,
    run_steps,
)
from coachlog.store.table_classes import UNDO_TABLES

if TYPE_CHECKING:
    from coachlog.files import PartFile

_COUNTED = (
    "person",
    "session WHERE status = 'held' AND deleted_at IS NULL",
    "action WHERE deleted_at IS NULL",
)

UNCHANGING = "ro&immutable=1"
"""How a copy is opened: nobody else writes to it, and nothing is to be left beside it."""


def write_upgrade_backup(
    journal_files: JournalFiles, version: int, wait_seconds: float
) -> Path | None:
    """Return a checked copy of the journal in the backup folder; None if the copy is damaged.

    An older copy is never overwritten; if it has the same content, it is the one returned. The copy
    is made by a connection of its own, so that the caller's can hold the write lock meanwhile.
    Raises `OSError` or a driver error if it cannot be written.
    """
    # Imported here, as reading and most changes write no file.
    from coachlog import files

    target = journal_files.backups / f"coachlog-schema-{version}.db"
    files.make_private_folder(target.parent)
    with files.open_part_file(target) as part:
        _copy_journal(journal_files, part, wait_seconds)
        if read_good_version(part.path) != version:
            return None
        part.flush()
        return part.publish_new("-", or_same=True)


def write_daily_backup(
    journal_files: JournalFiles, day: date, wait_seconds: float
) -> Path | None:
    """Return a checked copy of the journal, named after a day.

    Of a journal that is damaged in its rows, the name says so. Returns None if the copy cannot be
    read as a journal at all. Otherwise as `write_upgrade_backup`.
    """
    target = build_daily_path(journal_files.backups, day)
    damaged_target = build_damaged_path(journal_files.backups, day)
    return _write_checked_backup(journal_files, target, wait_seconds, damaged_target)


def write_kept_backup(
    journal_files: JournalFiles, day: date, wait_seconds: float
) -> Path | None:
    """Return a checked copy of the journal that a restore on a day replaces; None if damaged."""
    target = build_kept_path(journal_files.backups, day)
    return _write_checked_backup(journal_files, target, wait_seconds)


def _write_checked_backup(
    journal_files: JournalFiles,
    target: Path,
    wait_seconds: float,
    damaged_target: Path | None = None,
) -> Path | None:
    """Return a copy of the journal, under the name `damaged_target` if its rows are damaged.

    Returns None for a damaged copy without such a name, and for one that SQLite cannot read.
    """
    from coachlog import files

    files.make_private_folder(target.parent)
    with files.open_part_file(target) as part:
        _copy_journal(journal_files, part, wait_seconds)
        if not _is_whole_copy(part.path):
            if damaged_target is None or not _is_readable_copy(part.path):
                return None
            part.target = damaged_target
        part.flush()
        return part.publish_new("-", or_same=True)


def _is_readable_copy(path: Path) -> bool:
    """Return whether a copy is one of a journal of which SQLite can read every row."""
    with open_file(path, UNCHANGING) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        return application == APPLICATION_ID and all(
            map(is_of_readable_file, list_integrity_findings(connection))
        )


def _copy_journal(
    journal_files: JournalFiles, part: "PartFile", wait_seconds: float
) -> None:
    # Not read-only: if it is the last to close, it would leave the log and its index behind.
    with open_file(journal_files.journal, "rw", wait_seconds) as connection:
        connection.execute("VACUUM INTO ?", (str(part.path),))


def _is_whole_copy(path: Path) -> bool:
    """Return whether a copy is a journal of which each row is as it was written, and none missing.

    What `undo` keeps does not count, as a restore empties it. What the values mean is left to
    `find_backup_fault`, which loads what a short run does without.
    """
    if read_good_version(path) is None:
        return False
    with open_file(path, UNCHANGING) as connection:
        pointers = connection.execute("PRAGMA foreign_key_check").fetchall()
        return all(table in UNDO_TABLES for table, *_ in pointers)


def find_newest_good_backup(
    journal_files: JournalFiles,
    excluded: Path | None,
    migrations: Path,
    today: date | None = None,
    uid: str | None = None,
) -> Path | None:
    """Return the newest backup of the journal in which nothing is damaged; None if there is none.

    Left out are those that restores made of what they replaced, those of a damaged journal, and
    those of days after today. `uid` is that of the journal where it is known for certain.
    """
    uid = uid or find_journal_uid(journal_files)
    for backup in list_backup_files(journal_files.backups):
        path = backup.path
        if path == excluded or backup.is_before_restore or backup.is_damaged:
            continue
        if is_of_later_day(backup, today) or not is_of_journal(path, uid):
            continue
        if find_backup_fault(path, migrations) is None:
            return path
    return None


def find_other_good_backup(
    journal_files: JournalFiles, migrations: Path
) -> Path | None:
    """Return the newest good backup of the journal that `find_newest_good_backup` leaves out."""
    uid = find_journal_uid(journal_files)
    for backup in list_backup_files(journal_files.backups):
        if is_of_journal(backup.path, uid) and not find_backup_fault(
            backup.path, migrations
        ):
            return backup.path
    return None


def find_earlier_good_backup(
    journal_files: JournalFiles, migrations: Path, day: date, written_at: float = 0.0
) -> BackupFile | None:
    """Return the newest good backup from before a day, or from before one of that day was written.

    What `find_newest_good_backup` leaves out is left out here, too.
    """
    uid = find_journal_uid(journal_files)
    for backup in list_backup_files(journal_files.backups):
        is_earlier = (backup.made_on, backup.written_at) < (day, written_at)
        if not is_earlier or backup.is_before_restore or backup.is_damaged:
            continue
        if is_of_journal(backup.path, uid) and not find_backup_fault(
            backup.path, migrations
        ):
            return backup
    return None


def is_of_later_day(backup: BackupFile, today: date | None) -> bool:
    """Return whether the name of a backup has a day to come: a clock was wrong then."""
    return today is not None and backup.day is not None and backup.day > today


def is_of_journal(backup: Path, uid: str | None) -> bool:
    """Return whether a backup may be of the journal with that uid; None is not known."""
    backup_uid = read_backup_uid(backup) if uid else None
    return backup_uid is None or backup_uid == uid


def find_journal_uid(journal_files: JournalFiles) -> str | None:
    """Return which journal is in a home, even a damaged or missing one; None if nothing says so.

    Nothing is left beside the journal, as when it is opened.
    """
    journal = journal_files.real_journal
    # A pipe in its place would never answer.
    uid = read_backup_uid(journal) if journal.is_file() else None
    head = read_head(journal_files.head)
    head_uid = head.journal if head else uid
    # Where the two differ, either may be damaged.
    return head_uid if uid in (None, head_uid) else None


def find_backup_fault(path: Path, migrations: Path) -> str | None:
    """Return what is wrong with a backup, such as `is damaged`; None for a sound one.

    Every value in it is read, once it is upgraded in memory: a copy made before an upgrade can hold
    the very damage that shows only later.
    """
    from coachlog.store.examination import has_damage

    with suppress(DriverError, OSError, UnicodeDecodeError, ValueError):
        version = read_good_version(path)
        if version is None:
            return "is damaged"
        newest = find_newest_version(migrations)
        if version > newest:
            return (
                f"is of a newer coachlog: its schema is version {version}, and this coachlog "
                f"reads only up to version {newest}"
            )
        with open_file(path, UNCHANGING) as copy, open_memory() as connection:
            copy.backup(connection)
            upgrade_copy(connection, migrations, version)
            return "is damaged" if has_damage(connection, migrations) else None
    if not path.is_file():
        return "is not there, or is not a file"
    return "is damaged, or cannot be read"


def is_whole_backup(path: Path) -> bool:
    """Return whether SQLite can read a backup, and each of its rows is as it was written.

    That takes a tenth of the time of `find_backup_fault`, which looks at what values mean, too.
    """
    with suppress(DriverError, OSError, UnicodeDecodeError, ValueError):
        return read_good_version(path) is not None
    return False


def upgrade_copy(connection: Connection, migrations: Path, version: int) -> None:
    """Bring a copy in memory to the newest schema, to be examined. Raises a driver error."""
    if version < find_newest_version(migrations):
        run_steps(connection, migrations, version)
        seal_journal(connection)


@contextmanager
def open_upgraded_backup(path: Path, migrations: Path) -> Iterator[Connection]:
    """Yield a good backup to read in, of the newest schema. Raises a driver error."""
    with open_file(path, UNCHANGING) as copy:
        version = read_good_version(path)
        if version == find_newest_version(migrations):
            yield copy
            return
        with open_memory() as connection:
            copy.backup(connection)
            upgrade_copy(connection, migrations, version or 0)
            yield connection


def read_good_version(path: Path) -> int | None:
    """Return the schema version of a copy; None if it is not a whole journal.

    Each row is as it was written, and none is missing, where the schema has sums. Raises a
    driver error if it cannot be read at all.
    """
    with open_file(path, UNCHANGING) as connection:
        return find_good_version(connection)


def find_good_version(connection: Connection) -> int | None:
    """Return the schema version of an open journal, as `read_good_version` does of a copy."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID or not version:
        return None
    if not has_sound_pages(connection) or not has_sound_sums(connection):
        return None
    return int(version)


def open_backup(path: Path) -> Connection:
    """Return a connection to a backup, which leaves nothing beside it. Raises a driver error."""
    return connect_file(path, UNCHANGING)


def read_backup_uid(path: Path) -> str | None:
    """Return which journal a backup is of; None if it cannot say, as one of an earlier schema."""
    with (
        suppress(DriverError, OSError, UnreadableValue),
        open_file(path, UNCHANGING) as connection,
    ):
        return read_state(connection).uid
    return None


def is_readable_backup(path: Path) -> bool:
    """Return whether a backup can be opened and says which journal it is of.

    It was checked in full when it was made; this takes a moment only, and finds one that lost its
    beginning or cannot be read.
    """
    return read_backup_uid(path) is not None


def count_contents(path: Path) -> tuple[int | None, int | None, int | None, int | None]:
    """Return the schema of a backup, and how many people, conversations and promises it holds.

    All are None for a file that cannot be read as a journal.
    """
    with suppress(DriverError, OSError), open_file(path, UNCHANGING) as connection:
        version = read_version(connection)
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application == APPLICATION_ID:
            counts = [
                connection.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
                for source in _COUNTED
            ]
            return version, *counts
    return None, None, None, None
