"""Opens the journal, for reading or for one change, and upgrades it; nothing else opens it."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from sqlcipher3 import dbapi2

from coachlog.errors import (
    CoachlogError,
    DamagedJournal,
    JournalLocked,
    NoJournal,
    NotFound,
    Refusal,
    StorageFailure,
)
from coachlog.names import build_sort_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlmodel import Session

JOURNAL_FILE = "coachlog.db"
BACKUP_FOLDER = "backups"
APPLICATION_ID = 0x434C4F47  # "CLOG"
WAIT_SECONDS = 5.0
# SQLite takes any shorter file for a new, empty database.
SMALLEST_FILE_BYTES = 512
MIGRATIONS = Path(__file__).parent / "migrations"

Connection = Any
"""A sqlcipher3 connection; the driver ships no types."""

# FULL flushes each commit to disk (on macOS that takes fullfsync); secure_delete overwrites what
# was deleted with zeros; an untrusted schema cannot call functions unnoticed.
_WRITING_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


class Change(NamedTuple):
    """A transaction under way, and the moment (UTC) to record for everything in it."""

    db_session: "Session"
    now: datetime


class Journal:
    """The journal of one home folder; it is not opened until it is read or changed."""

    def __init__(self, home: Path, migrations: Path = MIGRATIONS) -> None:
        self.home = home
        self.path = home / JOURNAL_FILE
        self._migrations = migrations
        self._engine: Engine | None = None
        self._wait_seconds = WAIT_SECONDS
        # The backup made before the upgrade under way: a copy of the same, perhaps damaged, file.
        self._fresh_backup: Path | None = None

    def exists(self) -> bool:
        """Return whether there is a journal file, readable or not.

        Raises `StorageFailure` if the disk cannot say.
        """
        try:
            return self.path.exists()
        except OSError as error:
            raise self._build_unusable_error(error) from error

    def require_writable_home(self) -> None:
        """Raise `StorageFailure` if no journal can be created here, before anybody types a word."""
        if self.exists():
            return
        folder = self.home
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        if not folder.is_dir():
            raise StorageFailure(
                f"{folder} is a file, so {self.home} cannot hold a journal."
            )
        if not os.access(folder, os.W_OK):
            raise StorageFailure(
                f"{folder} cannot be written to, so {self.home} cannot hold a journal.",
                "Use --home or COACHLOG_HOME to choose another folder.",
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a read-only connection that sees one consistent state of the journal.

        Raises `NoJournal` if there is none, `DamagedJournal` if it cannot be read, and `Refusal`
        if a newer coachlog wrote it.
        """
        self._wait_seconds = WAIT_SECONDS
        self._require_journal()
        with self._translate_errors(), closing(self._open_to_read()) as connection:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def change(
        self, now: datetime, *, create: bool = False, wait: float | None = None
    ) -> Iterator[Change]:
        """Yield one transaction, committed at the end of the block and undone by any error.

        `create` allows a first journal to be created; otherwise a missing one raises `NoJournal`.
        Raises `JournalLocked` if another process goes on writing for more than `wait` seconds
        (five unless given), and `StorageFailure` if the disk is full or the folder cannot be
        written to. After any of these, nothing has been changed.
        """
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        self._wait_seconds = WAIT_SECONDS if wait is None else wait
        if create and not self.exists():
            self._create()
        self._require_journal()
        with self._translate_errors():
            try:
                with Session(self._get_writing_engine()) as session, session.begin():
                    yield Change(session, now)
            except DBAPIError as error:
                raise (error.orig or error) from error

    def _require_journal(self) -> None:
        if self.exists():
            return
        self._refuse_traces()
        raise NoJournal(
            f"There is no journal in {self.home} yet.",
            "`coachlog session new` starts one; --home or COACHLOG_HOME chooses another folder.",
        )

    def _refuse_traces(self) -> None:
        """Raise `NoJournal` if there was a journal here: an empty one never takes its place."""
        backups = self.home / BACKUP_FOLDER
        has_backups = backups.is_dir() and any(backups.iterdir())
        if has_backups or self._log_path.exists():
            raise NoJournal(
                f"{JOURNAL_FILE} is missing from {self.home}, although its log or backups are "
                "there. No empty one has been put in its place.",
                f"Put {JOURNAL_FILE} back, or copy the newest file in {backups} to {self.path}.",
            )

    @property
    def _log_path(self) -> Path:
        """SQLite's write-ahead log, which holds changes not yet in the journal file itself."""
        return self.path.with_name(JOURNAL_FILE + "-wal")

    def _create(self) -> None:
        """Create an empty journal, under another name until it is whole."""
        # Imported here, as reading and most changes write no file.
        from coachlog import files

        self._refuse_traces()
        with self._translate_errors():
            try:
                files.make_private_folder(self.home)
                with files.open_part_file(self.path) as part:
                    part.sweep(self.home)
                    with closing(
                        dbapi2.connect(part.path, isolation_level=None)
                    ) as connection:
                        self._migrate(connection, 0)
                        # Only now: on a full disk, part of the schema would be left in a log
                        # that is then removed.
                        connection.execute("PRAGMA journal_mode=WAL")
                    # If another process was first, its journal is the one that counts.
                    with suppress(FileExistsError):
                        part.publish(force=False)
            except OSError as error:
                raise self._build_unusable_error(error) from error

    def _open_to_read(self) -> Connection:
        if not os.access(self.path, os.W_OK):
            return self._open_read_only()
        try:
            return self._open("rw")
        except dbapi2.OperationalError as error:
            if "locked" in str(error):
                raise
            # In a folder that cannot be written to, or on a full disk, SQLite cannot create the
            # memory it shares with writers.
            with suppress(dbapi2.OperationalError):
                return self._open_read_only()
            raise

    def _open_read_only(self) -> Connection:
        """Return a connection that creates no file beside the journal.

        Otherwise SQLite would create the log and its index with the permissions of the read-only
        journal and could not remove them: every later change would be refused.
        """
        has_log = self._log_path.exists() and self._log_path.stat().st_size > 0
        if has_log:
            return self._open("ro")
        # Without a log nobody is writing, so the file may be taken as unchanging.
        return self._open("ro&immutable=1")

    def _restore_log_permissions(self) -> None:
        """Give the log and its index the journal's permissions, where they lack the right to write.

        They lack it if they were created while the journal was read-only. Only the owner of the
        files can fix that, so an `OSError` is ignored.
        """
        with suppress(OSError):
            permissions = self.path.stat().st_mode & 0o777
            for suffix in ("-wal", "-shm"):
                file = self.path.with_name(JOURNAL_FILE + suffix)
                if file.exists() and permissions & ~file.stat().st_mode & 0o200:
                    file.chmod(permissions)

    def _open(self, mode: str) -> Connection:
        """Return a connection to a journal that is whole and has, by now, the newest schema."""
        size = self.path.stat().st_size
        if size < SMALLEST_FILE_BYTES:
            state = f"too short ({size} bytes)" if size else "empty (0 bytes)"
            raise DamagedJournal(
                f"{self.path} is {state}, so it is not a journal. It has been left as it is.",
                self._describe_rescue(),
            )
        uri = f"file:{quote(os.fsencode(self.path))}?mode={mode}"
        connection = dbapi2.connect(
            uri, uri=True, isolation_level=None, timeout=self._wait_seconds
        )
        connection.create_function(
            "sort_name", 1, _build_stored_sort_key, deterministic=True
        )
        try:
            self._check_schema(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_schema(self, connection: Connection) -> None:
        """Upgrade an earlier schema, after a backup.

        Raises `DamagedJournal` for another program's database, `Refusal` for a newer schema.
        """
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise DamagedJournal(
                f"{self.path} is a database, but not a coachlog journal. "
                "It has been left as it is.",
                self._describe_rescue(),
            )
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        newest = self._read_newest_version()
        if version > newest:
            raise Refusal(
                f"{self.path} was written by a newer version of coachlog: its schema is "
                f"version {version}, and this version reads only up to version {newest}. "
                "Nothing was changed.",
                "Update coachlog on this machine: `pipx upgrade coachlog`.",
            )
        if version < newest:
            self._require_upgradable(version)
            self._fresh_backup = self._write_backup(connection, version)
            self._migrate(connection, version)
            self._fresh_backup = None

    def _require_upgradable(self, version: int) -> None:
        """Raise `StorageFailure` if an earlier schema cannot be upgraded in this folder.

        Checked before anything is written, so that neither a copy nor a log is left there.
        """
        backups = self.home / BACKUP_FOLDER
        paths = [self.path, self.home]
        if backups.is_dir():
            paths.append(backups)
        locked_paths = [path for path in paths if not os.access(path, os.W_OK)]
        if locked_paths:
            raise StorageFailure(
                f"{self.path} was made by an earlier version of coachlog: its schema is "
                f"version {version}, and this version reads version "
                f"{self._read_newest_version()}. It needs to be upgraded once, in a folder "
                "that can be written to. "
                f"{locked_paths[0]} cannot be; nothing was changed.",
                f"Copy {self.home} to a place where you can write and choose the copy with --home, "
                "or make the folder and everything in it writable.",
            )

    def _read_newest_version(self) -> int:
        return max(int(step.name[:4]) for step in self._migrations.glob("*.sql"))

    def _write_backup(self, connection: Connection, version: int) -> Path | None:
        """Return a verified copy of the journal, put in the backup folder before an upgrade.

        An older copy is never overwritten; if it has the same content, it is the one returned.
        Returns None if another process has upgraded the journal meanwhile.
        """
        from coachlog import files

        target = self.home / BACKUP_FOLDER / f"coachlog-schema-{version}.db"
        try:
            files.make_private_folder(target.parent)
            with files.open_part_file(target) as part:
                part.sweep(target.parent, self.home)
                connection.execute("VACUUM INTO ?", (str(part.path),))
                if self._verify_copy(part.path) != version:
                    return None
                part.flush()
                return part.publish_new("-", or_same=True)
        except OSError as error:
            raise self._build_unusable_error(error) from error

    def _verify_copy(self, copy: Path) -> int:
        """Return a copy's schema version. Raises `DamagedJournal` if it fails SQLite's check."""
        # Read-only, so that a copy that has gone is not created anew and empty.
        uri = f"file:{quote(os.fsencode(copy))}?mode=ro"
        with closing(dbapi2.connect(uri, uri=True, isolation_level=None)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        if verdict != "ok":
            raise DamagedJournal(
                f"A copy of {self.path} failed its check ({verdict}), so it was not upgraded.",
                self._describe_rescue(),
            )
        return int(version)

    def _migrate(self, connection: Connection, version: int) -> None:
        """Run every migration after `version`, all in one transaction."""
        connection.execute("PRAGMA foreign_keys=OFF")
        # Without it, a table that a migration rebuilds would leave a readable copy on disk.
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Read again behind the lock: another process may have upgraded the journal meanwhile.
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            for migration in sorted(self._migrations.glob("*.sql")):
                if int(migration.name[:4]) > version:
                    for statement in split_statements(
                        migration.read_text(encoding="utf-8")
                    ):
                        connection.execute(statement)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DamagedJournal(
                    f"{self.path} is missing some of its own records, so it was not upgraded.",
                    self._describe_rescue(),
                )
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={self._read_newest_version()}")
            connection.execute("COMMIT")
        except BaseException:
            # On a full disk, SQLite has rolled back already.
            with suppress(dbapi2.Error):
                connection.execute("ROLLBACK")
            raise

    def _get_writing_engine(self) -> "Engine":
        """Return the engine whose transactions make every change; it is built once."""
        if self._engine is not None:
            return self._engine
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import NullPool

        engine = create_engine(
            "sqlite://", creator=self._open_to_write, module=dbapi2, poolclass=NullPool
        )
        # SQLAlchemy's own transactions begin by reading, and then lose updates to other processes
        # (418 of 480 acknowledged ones in a test). These take the write lock first.
        event.listen(
            engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE")
        )
        self._engine = engine
        return engine

    def _open_to_write(self) -> Connection:
        # Merely trying would leave a log that nobody can remove.
        if not os.access(self.path, os.W_OK):
            error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            raise self._build_unusable_error(error)
        self._restore_log_permissions()
        connection = self._open("rw")
        for pragma in _WRITING_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except (dbapi2.IntegrityError, dbapi2.ProgrammingError, dbapi2.InterfaceError):
            # A fault of coachlog's, not of the disk: it should be seen as it is.
            raise
        except dbapi2.Error as error:
            raise self._convert_error(error) from error
        except OverflowError:
            # SQLite has no integers above 2**63 - 1, and nothing has such a number.
            raise NotFound("That number is too large.") from None

    def _convert_error(self, error: Exception) -> CoachlogError:
        """Return the error to show for one of SQLite's, which only its message tells apart."""
        message = str(error)
        if _contains_any(message, "locked", "busy"):
            return JournalLocked(
                "Another coachlog is writing to the journal and did not finish in time. "
                "Nothing was changed.",
                "Try again in a moment.",
            )
        if _contains_any(message, "not a database", "malformed", "no such table"):
            return DamagedJournal(
                f"{self.path} is damaged, or is not a journal ({message}). "
                "It has been left as it is.",
                self._describe_rescue(),
            )
        if "is full" in message:
            return StorageFailure(
                "The disk is full. Everything saved before this is safe; this was not saved.",
                "Free a few megabytes, then try again.",
            )
        return self._build_unusable_error(error)

    def _build_unusable_error(self, error: Exception) -> StorageFailure:
        reason = getattr(error, "strerror", None) or str(error)
        return StorageFailure(
            f"The journal in {self.home} cannot be opened or written to ({reason}). "
            "Everything saved before this is safe, and nothing was changed.",
            "Check the folder and the free space on the disk, or choose another with --home.",
        )

    def _describe_rescue(self) -> str:
        """Return a hint that names the newest backup, though never the copy just made."""
        backups = (self.home / BACKUP_FOLDER).glob("*.db")
        earlier_backups = [path for path in backups if path != self._fresh_backup]
        if not earlier_backups:
            return f"Restore {self.path.name} from a backup of that folder; keep the damaged file."
        newest = max(earlier_backups, key=lambda path: path.stat().st_mtime)
        return f"The newest backup is {newest}. Move the damaged file away before you copy it."


def _build_stored_sort_key(name: str | None) -> str | None:
    """Return what SQL orders a name by, as `sort_name(name)`; NULL for nobody's."""
    return None if name is None else build_sort_key(name)


def _contains_any(message: str, *phrases: str) -> bool:
    return any(phrase in message for phrase in phrases)


def split_statements(script: str) -> Iterator[str]:
    """Yield the statements of a SQL script one by one.

    `executescript` would commit first, and they are to share one transaction.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if dbapi2.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
