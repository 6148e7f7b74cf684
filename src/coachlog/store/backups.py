"""Copies of the journal: made whole and checked, and found again when they are needed."""

from contextlib import suppress
from pathlib import Path

from coachlog.store.connections import DriverError, open_file
from coachlog.store.journal_files import JournalFiles
from coachlog.store.schema import APPLICATION_ID


def write_backup(
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
        with open_file(journal_files.journal, "ro", wait_seconds) as connection:
            connection.execute("VACUUM INTO ?", (str(part.path),))
        if read_good_version(part.path) != version:
            return None
        part.flush()
        return part.publish_new("-", or_same=True)


def find_newest_good_backup(
    journal_files: JournalFiles, excluded: Path | None
) -> Path | None:
    """Return the newest backup that is a whole journal; None if there is none."""
    for path in journal_files.list_backups():
        with suppress(DriverError):
            if path != excluded and read_good_version(path) is not None:
                return path
    return None


def read_good_version(path: Path) -> int | None:
    """Return the schema version of a copy; None if it is not a whole journal.

    Raises a driver error if it cannot be read at all.
    """
    # Nobody else writes to a copy, and nothing is to be left beside it.
    with open_file(path, "ro&immutable=1") as connection:
        (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if verdict != "ok" or application != APPLICATION_ID or not version:
        return None
    return int(version)
