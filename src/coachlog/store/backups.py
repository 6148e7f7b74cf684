"""Copies of the journal: made whole and checked, and found again when they are needed."""

from contextlib import suppress
from pathlib import Path

from coachlog.store.connections import (
    Connection,
    DriverError,
    open_file,
    open_memory,
)
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_state import seal_journal
from coachlog.store.row_checks import has_sound_sums
from coachlog.store.schema import APPLICATION_ID, find_newest_version, run_steps


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
    journal_files: JournalFiles, excluded: Path | None, migrations: Path
) -> Path | None:
    """Return the newest backup in which nothing is damaged; None if there is none."""
    for path in journal_files.list_backups():
        with suppress(DriverError, OSError, UnicodeDecodeError):
            if path != excluded and _is_good_copy(path, migrations):
                return path
    return None


def _is_good_copy(path: Path, migrations: Path) -> bool:
    """Return whether every value in a copy can be read, once it is upgraded in memory.

    A copy made before an upgrade can hold the very damage that shows only later.
    """
    from coachlog.store.examination import has_damage

    version = read_good_version(path)
    if version is None:
        return False
    with open_file(path, "ro&immutable=1") as copy, open_memory() as connection:
        copy.backup(connection)
        upgrade_copy(connection, migrations, version)
        return not has_damage(connection, migrations)


def upgrade_copy(connection: Connection, migrations: Path, version: int) -> None:
    """Bring a copy in memory to the newest schema, to be examined. Raises a driver error."""
    if version < find_newest_version(migrations):
        run_steps(connection, migrations, version)
        seal_journal(connection)


def read_good_version(path: Path) -> int | None:
    """Return the schema version of a copy; None if it is not a whole journal.

    Each row is as it was written, and none is missing, where the schema has sums. Raises a
    driver error if it cannot be read at all.
    """
    # Nobody else writes to a copy, and nothing is to be left beside it.
    with open_file(path, "ro&immutable=1") as connection:
        (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if verdict != "ok" or application != APPLICATION_ID or not version:
            return None
        if not has_sound_sums(connection):
            return None
    return int(version)
