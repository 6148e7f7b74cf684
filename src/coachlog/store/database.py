"""The only place that opens the journal: its path, its engine, its rules, its migrations."""

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

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlmodel import Session

JOURNAL_FILE = "coachlog.db"
BACKUP_FOLDER = "backups"
APPLICATION_ID = 0x434C4F47  # "CLOG"
WAIT_SECONDS = 5.0
SMALLEST_FILE_BYTES = 512  # bytes; SQLite takes anything shorter for a new, empty database
MIGRATIONS = Path(__file__).parent / "migrations"

Connection = Any
"""A sqlcipher3 connection; the driver ships no types."""

# FULL flushes each commit to disk (fullfsync is what that means on macOS); secure_delete writes
# zeros over what was deleted; an untrusted schema cannot call functions behind one's back.
_PRAGMAS = (
    *("foreign_keys=ON", "synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON"),
    *("secure_delete=ON", "trusted_schema=OFF"),
)


class Change(NamedTuple):
    """One transaction under way: what `writing` needs to change the journal."""

    db_session: "Session"
    now: datetime


class Journal:
    """The journal of one home folder. Nothing is opened before it is read or changed."""

    def __init__(self, home: Path, migrations: Path = MIGRATIONS) -> None:
        self.home = home
        self.path = home / JOURNAL_FILE
        self._migrations = migrations
        self._engine: Engine | None = None
        self._wait_seconds = WAIT_SECONDS
        self._fresh_backup: Path | None = None  # the one made before the upgrade under way

    def exists(self) -> bool:
        """Return whether there is a journal file, readable or not."""
        try:
            return self.path.exists()
        except OSError as error:
            raise self._build_unusable_error(error) from error

    def require_writable_home(self) -> None:
        """Raise `StorageFailure` where no journal can be kept, before anybody types a word."""
        if self.exists():
            return
        place = self.home
        while not place.exists() and place != place.parent:
            place = place.parent
        if not place.is_dir():
            raise StorageFailure(f"{place} is a file, so there can be no journal in {self.home}.")
        if not os.access(place, os.W_OK):
            raise StorageFailure(
                f"{place} cannot be written to, so there can be no journal in {self.home}.",
                "--home or COACHLOG_HOME names another folder.",
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection on which nothing can be changed, over one consistent state.

        `NoJournal` if there is none, `DamagedJournal` if it cannot be read, `Refused` if a newer
        coachlog wrote it.
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
        """Yield one transaction, committed at the end of the block, undone by any error.

        It waits for other processes for `wait` seconds, five if not given.

        `create` lets a first journal be made; without it a missing one is `NoJournal`. `Locked` if
        another process writes for longer than five seconds; `StorageFailure` if the disk is full
        or the folder cannot be written to. In each case nothing was changed.
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
            "`coachlog session new` starts one; --home or COACHLOG_HOME names another folder.",
        )

    def _refuse_traces(self) -> None:
        """Raise `NoJournal` where a journal has been: it is never replaced by an empty one."""
        backups = self.home / BACKUP_FOLDER
        log = self.path.with_name(JOURNAL_FILE + "-wal")
        if log.exists() or (backups.is_dir() and any(backups.iterdir())):
            raise NoJournal(
                f"The journal is missing from {self.home}, but there are traces of it. "
                "No empty one is put in its place.",
                f"Bring {JOURNAL_FILE} back, or copy the newest file of {backups} to {self.path}.",
            )

    def _create(self) -> None:
        """Make an empty journal under another name, then give it its own: all of it, or nothing."""
        from coachlog import files  # reading and most changes make no file

        self._refuse_traces()
        with self._translate_errors():
            try:
                files.make_private_folder(self.home)
                with files.open_part_file(self.path) as part:
                    part.sweep(self.home)
                    with closing(dbapi2.connect(part.path, isolation_level=None)) as connection:
                        self._migrate(connection, 0)
                        # Not before: a full disk would leave part of it in a log that is dropped.
                        connection.execute("PRAGMA journal_mode=WAL")
                    with suppress(FileExistsError):  # another process was first: its journal counts
                        part.publish(force=False)
            except OSError as error:
                raise self._build_unusable_error(error) from error

    def _open_to_read(self) -> Connection:
        if not os.access(self.path, os.W_OK):
            return self._open_without_log()
        try:
            return self._open("rw")
        except dbapi2.OperationalError as error:
            if "locked" in str(error):
                raise
            # In a folder that cannot be written to, or on a full disk, SQLite cannot make the
            # memory that it shares with writers.
            with suppress(dbapi2.OperationalError):
                return self._open_without_log()
            raise

    def _open_without_log(self) -> Connection:
        """Return a connection to a journal that cannot be written, which makes no file beside it.

        SQLite would make the log and its index with the rights of the journal, and could not
        remove them: every later change would be refused. Nobody is writing, unless a log is left.
        """
        log = self.path.with_name(JOURNAL_FILE + "-wal")
        left = log.exists() and log.stat().st_size > 0
        return self._open("ro" if left else "ro&immutable=1")

    def _restore_log_rights(self) -> None:
        """Give a log and its index, made while the journal was read-only, its rights of today.

        Only the owner of the files can, and only where the journal itself can be written again.
        """
        with suppress(OSError):
            rights = self.path.stat().st_mode & 0o777
            for suffix in ("-wal", "-shm"):
                beside = self.path.with_name(JOURNAL_FILE + suffix)
                if beside.exists() and rights & ~beside.stat().st_mode & 0o200:
                    beside.chmod(rights)

    def _open(self, mode: str) -> Connection:
        """Return a connection to a journal that was found sound and of this version."""
        if (size := self.path.stat().st_size) < SMALLEST_FILE_BYTES:
            state = f"cut short ({size} bytes)" if size else "empty (0 bytes)"
            raise DamagedJournal(
                f"{self.path} is {state}, so it is no journal. It was left as it is.",
                self._describe_rescue(),
            )
        uri = f"file:{quote(os.fsencode(self.path))}?mode={mode}"
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=self._wait_seconds)
        try:
            self._check_schema(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_schema(self, connection: Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise DamagedJournal(
                f"{self.path} is a database, but not a coachlog journal. It was left as it is.",
                self._describe_rescue(),
            )
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        newest = self._read_newest_version()
        if version > newest:
            raise Refusal(
                f"{self.path} was written by a newer coachlog: its schema is version {version}, "
                f"and this coachlog knows version {newest}. Nothing was changed.",
                "Update coachlog on this machine: `pipx upgrade coachlog`.",
            )
        if version < newest:
            self._require_upgradable(version)
            self._fresh_backup = self._write_backup(connection, version)
            self._migrate(connection, version)
            self._fresh_backup = None

    def _require_upgradable(self, version: int) -> None:
        """Raise `StorageFailure` where a journal of an earlier schema cannot be brought up.

        Said before anything is made: neither a copy nor a log stays in such a place.
        """
        backups = self.home / BACKUP_FOLDER
        needed = [self.path, self.home, *([backups] if backups.is_dir() else [])]
        if closed := [path for path in needed if not os.access(path, os.W_OK)]:
            raise StorageFailure(
                f"{self.path} was made by an earlier coachlog: its schema is version {version}, "
                f"and this coachlog reads version {self._read_newest_version()}. It has to be upgraded once, in "
                f"a folder that can be written to. {closed[0]} cannot; nothing was changed.",
                f"Copy {self.home} to a place where you can write and name the copy with --home, "
                "or make the folder and what is in it writable.",
            )

    def _read_newest_version(self) -> int:
        return max(int(step.name[:4]) for step in self._migrations.glob("*.sql"))

    def _write_backup(self, connection: Connection, version: int) -> Path | None:
        """Return a verified copy of the journal, put aside before its schema is changed.

        A copy that is there is never overwritten; one of the same content is not made again. None
        if another process has brought the journal up meanwhile.
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
        """Return the schema of a copy; `DamagedJournal` if it fails SQLite's own check."""
        uri = f"file:{quote(os.fsencode(copy))}?mode=ro"  # a copy that is gone is not made empty
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
        """Take all steps from `version` on in one transaction; another process may be first."""
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA secure_delete=ON")  # a table made anew leaves no second copy
        connection.execute("BEGIN IMMEDIATE")
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            for step in sorted(self._migrations.glob("*.sql")):
                if int(step.name[:4]) > version:
                    for statement in split_statements(step.read_text(encoding="utf-8")):
                        connection.execute(statement)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DamagedJournal(
                    f"{self.path} has rows that point nowhere; it was not upgraded.",
                    self._describe_rescue(),
                )
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={self._read_newest_version()}")
            connection.execute("COMMIT")
        except BaseException:
            with suppress(dbapi2.Error):  # on a full disk SQLite has undone it already
                connection.execute("ROLLBACK")
            raise

    def _get_writing_engine(self) -> "Engine":
        """Return the engine for changes.

        SQLAlchemy's own transactions begin by reading, and then lose updates to other processes
        (418 of 480 acknowledged ones); these begin by taking the write lock.
        """
        if self._engine is None:
            from sqlalchemy import create_engine, event
            from sqlalchemy.pool import NullPool

            engine = create_engine(
                "sqlite://", creator=self._open_to_write, module=dbapi2, poolclass=NullPool
            )
            event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
            self._engine = engine
        return self._engine

    def _open_to_write(self) -> Connection:
        if not os.access(self.path, os.W_OK):  # to try would leave a log that nobody can remove
            raise self._build_unusable_error(
                PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            )
        self._restore_log_rights()
        connection = self._open("rw")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except (dbapi2.IntegrityError, dbapi2.ProgrammingError, dbapi2.InterfaceError):
            raise  # coachlog's own fault, not the disk's
        except dbapi2.Error as error:
            raise self._convert_error(error) from error
        except OverflowError:
            raise NotFound("There is nothing with a number that large.") from None

    def _convert_error(self, error: Exception) -> CoachlogError:
        said = str(error)
        if "locked" in said or "busy" in said:
            return JournalLocked(
                "Another coachlog is writing to the journal and did not finish in time. "
                "Nothing was changed.",
                "Try again in a moment.",
            )
        if "not a database" in said or "malformed" in said or "no such table" in said:
            return DamagedJournal(
                f"{self.path} is damaged, or not a journal ({said}). It was left as it is.",
                self._describe_rescue(),
            )
        if "is full" in said:
            return StorageFailure(
                "The disk is full. What was saved before is safe; this was not saved.",
                "Free a few megabytes, then try again.",
            )
        return self._build_unusable_error(error)

    def _build_unusable_error(self, error: Exception) -> StorageFailure:
        reason = getattr(error, "strerror", None) or str(error)
        return StorageFailure(
            f"The journal in {self.home} cannot be opened or written ({reason}). "
            "What was saved before is safe; nothing was changed now.",
            "Check the folder and the disk's free space; --home names another folder.",
        )

    def _describe_rescue(self) -> str:
        """Return where the journal may be brought back from: not from the copy just made of it."""
        copies = [
            path for path in (self.home / BACKUP_FOLDER).glob("*.db") if path != self._fresh_backup
        ]
        kept = sorted(copies, key=lambda path: path.stat().st_mtime)
        if kept:
            return (
                f"The newest backup is {kept[-1]}. Move the damaged file away before you copy it."
            )
        return f"Restore {self.path.name} from a backup of that folder; keep the damaged file."


def split_statements(script: str) -> Iterator[str]:
    """Yield the statements of a SQL script one by one, so that they can share a transaction."""
    pending = ""
    for row in script.splitlines(keepends=True):
        pending += row
        if dbapi2.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
