"""The newest good backup of a journal, whether it is beside it or in the second place."""

import shlex
from contextlib import suppress
from datetime import date
from pathlib import Path

from coachlog.store.backup_files import (
    BackupFile,
    describe_backup_file,
    list_backup_files,
)
from coachlog.store.backups import (
    UNCHANGING,
    find_backup_fault,
    find_journal_uid,
    find_newest_good_backup,
    is_of_later_day,
    read_backup_uid,
)
from coachlog.store.connections import DriverError, open_file
from coachlog.store.head_guard import read_state_head
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import JournalHead
from coachlog.store.second_place import SecondPlaceFolder


def find_newest_good_copy(
    journal_files: JournalFiles,
    second_folder: Path | None,
    migrations: Path,
    today: date | None = None,
    uid: str | None = None,
    excluded: Path | None = None,
) -> Path | None:
    """Return the newest good backup beside a journal or in its second place; None without any.

    `find_newest_good_backup` says which are left out. In the second place, only a copy that is of
    this journal for certain counts, and only one that has more than the newest beside the journal.
    """
    newest = find_newest_good_backup(journal_files, excluded, migrations, today, uid)
    uid = uid or find_journal_uid(journal_files)
    excluded_name = excluded.name if excluded else None
    for copy in list_own_copies(journal_files, second_folder, uid):
        if copy.path.name == excluded_name or not _is_offered(copy, today):
            continue
        if newest is not None and not _has_more(copy, describe_backup_file(newest)):
            return newest
        if find_backup_fault(copy.path, migrations) is None:
            return copy.path
    return newest


def _is_offered(copy: BackupFile, today: date | None) -> bool:
    """Return whether a copy is one that may be put in the journal's place unasked."""
    is_apart = copy.is_before_restore or copy.is_damaged
    return not (is_apart or is_of_later_day(copy, today))


def list_own_copies(
    journal_files: JournalFiles, folder: Path | None, uid: str | None
) -> list[BackupFile]:
    """Return the backups of a journal in its second place, the newest first; none if it is away.

    A file that cannot say which journal it is of is not among them.
    """
    copies = list_place_files(journal_files, folder, uid)
    return [copy for copy in copies if read_backup_uid(copy.path) == uid]


def list_place_files(
    journal_files: JournalFiles, folder: Path | None, uid: str | None
) -> list[BackupFile]:
    """Return whatever lies in the second place of a journal as a backup, the newest first.

    Nothing does while it is away, or where the place is another journal's.
    """
    if folder is None or uid is None:
        return []
    place = SecondPlaceFolder(folder, uid, journal_files)
    with suppress(OSError):
        if place.is_there() and place.is_own():
            return list_backup_files(folder)
    return []


def read_backup_head(path: Path) -> JournalHead | None:
    """Return how far the journal in a backup had come; None if it cannot say."""
    with (
        suppress(DriverError, OSError, ValueError),
        open_file(path, UNCHANGING) as connection,
    ):
        return read_state_head(connection)
    return None


def build_restore_command(backup: Path, journal_files: JournalFiles) -> str:
    """Return what puts that backup in the journal's place, where it is the newest good one."""
    command = "coachlog backup restore"
    if backup.parent == journal_files.backups:
        return command
    return f"{command} {shlex.quote(str(backup))}"


def _has_more(copy: BackupFile, backup: BackupFile) -> bool:
    """Return whether a copy was made after a backup, by its day, or else by its changes.

    The time of its file is that of copying. After a restore, changes are counted anew.
    """
    if copy.made_on != backup.made_on:
        return copy.made_on > backup.made_on
    copy_head, head = read_backup_head(copy.path), read_backup_head(backup.path)
    if copy_head is None or head is None or copy_head.epoch != head.epoch:
        return False
    return copy_head.change_count > head.change_count
