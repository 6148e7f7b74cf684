"""Opens the file of a journal: whole, of a schema that is coachlog's, and upgraded by then."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from coachlog.errors import JournalLocked, Refusal, StorageFailure
from coachlog.names.spelling import build_sort_key
from coachlog.store.connections import (
    Connection,
    DriverError,
    OperationalError,
    connect_file,
)
from coachlog.store.failures import FailureReporter
from coachlog.store.file_checks import count_missing_bytes, has_sound_header
from coachlog.store.journal_files import JournalFiles
from coachlog.store.schema import (
    APPLICATION_ID,
    build_expected_part_names,
    find_newest_version,
    has_unknown_code,
    read_part_names,
    read_version,
)

if TYPE_CHECKING:
    from coachlog.store.upgrades import JournalUpgrade

WAIT_SECONDS = 5.0
# SQLite takes any shorter file for a new, empty database.
SMALLEST_FILE_BYTES = 512
_LOOKS = 3


class JournalOpener:
    """Opens one journal; waits `wait_seconds` for another process that is writing to it.

    `tell` gets a sentence about a log that was put aside, as it does not fit the journal.
    Every way of opening it raises `DamagedJournal` if it is not a whole journal, `Refusal` if a
    newer coachlog wrote it, and `StorageFailure` or a driver error if the disk refuses.
    """

    def __init__(
        self,
        files: JournalFiles,
        reporter: FailureReporter,
        migrations: Path,
        tell: Callable[[str], None] = lambda _words: None,
    ) -> None:
        self.wait_seconds = WAIT_SECONDS
        self._tell = tell
        self._files = files
        self._reporter = reporter
        self._migrations = migrations
        self._newest_version = find_newest_version(migrations)

    def open_to_read(self) -> Connection:
        """Return a connection to read with, which leaves nothing where nothing can be written."""
        if not os.access(self._files.journal, os.W_OK):
            return self._open_read_only()
        try:
            # Half-way damage is not made whole by what SQLite does when it closes a file.
            return self.open_file("ro" if self.settle_log() else "rw")
        except OperationalError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise
            # In a folder that cannot be written to, or on a full disk, SQLite cannot create the
            # memory it shares with writers.
            with suppress(OperationalError):
                return self._open_read_only()
            raise
        except (StorageFailure, JournalLocked):
            # A log that cannot be kept elsewhere, such as on a full disk, is left where it is.
            return self._open_read_only()

    def _open_read_only(self) -> Connection:
        """Return a connection that creates no file beside the journal.

        Otherwise SQLite would create the log and its index with the permissions of the read-only
        journal and could not remove them: every later change would be refused.
        """
        if self._files.has_log() and not self._has_stray_log():
            return self.open_file("ro")
        # Without a log nobody is writing, so the file may be taken as unchanging.
        return self.open_file("ro&immutable=1")

    def _has_stray_log(self) -> bool:
        from coachlog.store.lost_log import LogVerdict, find_log_verdict

        with suppress(OSError):
            return find_log_verdict(self._files, self.wait_seconds) is LogVerdict.STRAY
        return False

    def settle_log(self) -> bool:
        """Put aside a log that does not fit the journal; return whether neither of them is sound.

        To be called before a change, which holds the home, opens the journal. Raises as every way
        of opening it, and `JournalLocked` if the log cannot be put aside now.
        """
        try:
            self.require_whole_file()
            # Most runs find no log beside the journal, and so never need to import this.
            if not self._files.has_log():
                return False
            from coachlog.store.lost_log import LogVerdict, settle_log

            verdict = settle_log(self._files, self.wait_seconds, self._tell)
        except OSError as error:
            raise self._reporter.convert_system_error(error) from error
        return verdict is LogVerdict.TORN

    def open_file(self, mode: str) -> Connection:
        """Return a connection to a journal that is whole and has, by now, the newest schema."""
        try:
            self.require_whole_file()
            connection = connect_file(self._files.journal, mode, self.wait_seconds)
            try:
                self._prepare_connection(connection)
            except BaseException:
                connection.close()
                raise
        except OSError as error:
            raise self._reporter.convert_system_error(error) from error
        return connection

    def _prepare_connection(self, connection: Connection) -> None:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.create_function(
            "sort_name", 1, _build_stored_sort_key, deterministic=True
        )
        self._require_own_schema(connection)

    def require_whole_file(self) -> None:
        """Raise `DamagedJournal` if the file is shorter than a journal, or than it says it is.

        Read from its bytes: SQLite would write to a file that lacks its end, and so destroy what
        could still be saved.
        """
        status = self._files.journal.stat()
        if S_ISDIR(status.st_mode):
            raise self._reporter.build_damage_error(
                "is a folder, so it is not a journal"
            )
        # A pipe would keep its reader waiting for ever.
        if not S_ISREG(status.st_mode):
            raise self._reporter.build_damage_error("is not a file")
        size = status.st_size
        if not size:
            raise self._reporter.build_damage_error(
                "is empty (0 bytes), so it is not a journal"
            )
        if size < SMALLEST_FILE_BYTES:
            raise self._reporter.build_damage_error(
                f"is too short ({size} bytes), so it is not a journal"
            )
        if not has_sound_header(self._files.journal):
            raise self._reporter.build_damage_error("is damaged, or is not a journal")
        missing_bytes = self._count_missing_bytes()
        if missing_bytes:
            raise self._reporter.build_damage_error(
                f"is damaged: its last {missing_bytes:,} bytes are missing"
            )

    def _require_own_schema(self, connection: Connection) -> None:
        """Upgrade an earlier schema, after a backup.

        Raises `DamagedJournal` for another program's database or one with instructions that are
        not coachlog's, and `Refusal` for a newer schema.
        """
        # All of one state: another process may be upgrading the journal.
        with _begin_reading(connection):
            version = self.read_judged_version(connection)
        if version < self._newest_version:
            upgrade = self.build_upgrade()
            upgrade.require_upgradable(version)
            upgrade.upgrade_schema(connection)
            connection.execute(f"PRAGMA busy_timeout={self.wait_seconds * 1000:.0f}")

    def read_judged_version(self, connection: Connection) -> int:
        """Return the version of a schema that can be used, or upgraded.

        Raises `DamagedJournal` and `Refusal` for any other.
        """
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        version = read_version(connection)
        if application != APPLICATION_ID:
            raise self._reporter.build_damage_error(
                "is damaged, or is not a coachlog journal"
            )
        if version > self._newest_version:
            raise self._build_newer_refusal(version)
        if has_unknown_code(connection, self._migrations):
            raise self._reporter.build_damage_error(
                "holds instructions (triggers or views) that coachlog did not write, so it was "
                "not opened"
            )
        # One flipped bit is enough for a wrong version in the header, so an earlier one is
        # believed only if all the parts of its schema are there.
        if version < self._newest_version:
            expected_names = build_expected_part_names(self._migrations, version)
            if read_part_names(connection) != expected_names:
                raise self._reporter.build_damage_error()
        return version

    def build_upgrade(self) -> "JournalUpgrade":
        """Return what creates and upgrades the schema of this journal."""
        # Imported here, as few runs create or upgrade a journal.
        from coachlog.store.upgrades import JournalUpgrade

        return JournalUpgrade(self._files, self._reporter, self._migrations)

    def _build_newer_refusal(self, version: int) -> Refusal:
        return Refusal(
            f"{self._files.journal} says that a newer version of coachlog wrote it: its schema is "
            f"version {version}, and this version reads only up to version "
            f"{self._newest_version}. "
            "Nothing was changed.",
            "Update coachlog on this machine: `pipx upgrade coachlog`.",
        )

    def _count_missing_bytes(self) -> int:
        """Return how many bytes the file lacks, in several looks if it seems to lack some.

        The file and its log are not read in one moment: another process may just have written the
        one into the other.
        """
        missing_bytes = 0
        for _ in range(_LOOKS):
            missing_bytes = count_missing_bytes(self._files.journal, self._files.log)
            if not missing_bytes:
                break
        return missing_bytes


@contextmanager
def _begin_reading(connection: Connection) -> Iterator[None]:
    """Let everything in the block be read from one state of the journal."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        # After some errors, SQLite has ended the transaction already.
        with suppress(DriverError):
            connection.execute("ROLLBACK")


def _build_stored_sort_key(name: str | None) -> str | None:
    """Return what SQL orders a name by, as `sort_name(name)`; NULL for nobody's."""
    return None if name is None else build_sort_key(name)
