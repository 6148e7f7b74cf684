"""The schema: its migrations, and the upgrade of a journal that an earlier version wrote."""

import os
from pathlib import Path

from coachlog.errors import StorageFailure
from coachlog.store.backups import write_upgrade_backup
from coachlog.store.connections import Connection, begin_rebuild
from coachlog.store.failures import FailureReporter
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_state import seal_journal
from coachlog.store.schema import (
    APPLICATION_ID,
    find_newest_version,
    read_version,
    run_steps,
)
from coachlog.store.search_index import rebuild_index
from coachlog.store.search_schema import SEARCH_VERSION
from coachlog.store.table_columns import list_tables

_UPGRADE_WAIT_SECONDS = 60.0
"""How long to wait for another process that is upgrading the same journal."""


class JournalUpgrade:
    """Brings one journal to the newest schema: after a checked copy, and in one transaction."""

    def __init__(
        self, files: JournalFiles, reporter: FailureReporter, migrations: Path
    ) -> None:
        self._files = files
        self._reporter = reporter
        self._migrations = migrations
        self._newest_version = find_newest_version(migrations)

    def create_schema(self, connection: Connection) -> None:
        """Create the newest schema in an empty database."""
        with begin_rebuild(connection):
            self._run_steps(connection, 0)

    def upgrade_schema(self, connection: Connection) -> None:
        """Upgrade an earlier schema; nothing is done if another process was first.

        Raises `DamagedJournal` if the journal is damaged or lacks some of its own records.
        """
        connection.execute(f"PRAGMA busy_timeout={_UPGRADE_WAIT_SECONDS * 1000:.0f}")
        with begin_rebuild(connection):
            # Read again behind the lock, which is held from before the copy until the commit: a
            # copy can only be of the earlier schema.
            version = read_version(connection)
            if version >= self._newest_version:
                return
            backup = write_upgrade_backup(self._files, version, _UPGRADE_WAIT_SECONDS)
            self._reporter.fresh_backup = backup
            if backup is None:
                raise self._reporter.build_damage_error()
            self._run_steps(connection, version)
        self._reporter.fresh_backup = None

    def upgrade_copy(self, connection: Connection) -> None:
        """Bring a copy of a journal to the newest schema; raises as `upgrade_schema`."""
        version = read_version(connection)
        if version < self._newest_version:
            with begin_rebuild(connection):
                self._run_steps(connection, version)

    def require_upgradable(self, version: int) -> None:
        """Raise `StorageFailure` if an earlier schema cannot be upgraded in this folder.

        Checked before anything is written, so that neither a copy nor a log is left there.
        """
        files = self._files
        if os.path.lexists(files.backups) and not files.backups.is_dir():
            raise StorageFailure(
                f"{files.backups} is not a folder, so no copy can be made before this journal of "
                "an earlier version is upgraded. Nothing was changed.",
                "Move it away, then try again.",
            )
        paths = [files.journal, files.home]
        if files.backups.is_dir():
            paths.append(files.backups)
        locked_paths = [path for path in paths if not os.access(path, os.W_OK)]
        if locked_paths:
            raise StorageFailure(
                f"{files.journal} was made by an earlier version of coachlog: its schema is "
                f"version {version}, and this version reads version {self._newest_version}. "
                "It needs to be upgraded once, in a folder that can be written to. "
                f"{locked_paths[0]} cannot be; nothing was changed.",
                f"Copy {files.home} to a place where you can write and choose the copy with "
                "--home, or make the folder and everything in it writable.",
            )

    def _run_steps(self, connection: Connection, version: int) -> None:
        run_steps(connection, self._migrations, version)
        _empty_undo_log(connection)
        seal_journal(connection)
        if version < SEARCH_VERSION <= self._newest_version:
            rebuild_index(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise self._reporter.build_damage_error(
                "is missing some of its own records, so it was not upgraded"
            )
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={self._newest_version}")


def _empty_undo_log(connection: Connection) -> None:
    """Forget what can be taken back: its rows may have other columns now."""
    tables = list_tables(connection)
    for table in ("undo_step", "undo_entry"):
        if table in tables:
            connection.execute(f"DELETE FROM {table}")
