"""Opens the journal, for reading or for one change; nothing else opens it."""

import errno
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import (
    CoachlogError,
    DamagedJournal,
    JournalLocked,
    JournalNotBegun,
    NoJournal,
    Refusal,
    StorageFailure,
)
from coachlog.store.connections import Connection, DriverError, open_file
from coachlog.store.failures import FailureReporter, build_number_error
from coachlog.store.head_guard import HeadGuard
from coachlog.store.journal_files import JOURNAL_FILE, JournalFiles
from coachlog.store.opening import WAIT_SECONDS, JournalOpener
from coachlog.store.rows import DamagedRow, UnreadableValue
from coachlog.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from coachlog.model.findings import JournalReport
    from coachlog.store.daily_backup import DailyBackup
    from coachlog.store.journal_comparison import JournalDifferences
    from coachlog.store.journal_look import JournalLook
    from coachlog.store.journal_mending import MendChoice
    from coachlog.store.restoring import RestoreOutcome, StagedJournal
    from coachlog.store.transactions import Change

__all__ = ["Connection", "Journal"]

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
_LOST_UNDO_WORDS = (
    "What undo keeps was damaged, so it was emptied: "
    "what was done before cannot be taken back."
)
_LOST_SEARCH_WORDS = (
    "The index of search is damaged, so search does not find this yet. To make the index anew: "
    "coachlog doctor --mend"
)
_MOST_OPENINGS = 20
"""How often a journal is opened that is replaced again and again."""


class Journal:
    """The journal of one home folder; it is not opened until it is read or changed.

    `tell` gets a sentence about whatever was mended on the way, such as permissions. `find_today`
    returns the local day, None where it is not known: backups of days to come are not offered.
    `find_second_folder` returns where backups are copied to, None where there is no such place.
    Unless it `keeps_undo`, changes cannot be taken back.
    """

    def __init__(
        self,
        home: Path,
        migrations: Path = MIGRATIONS,
        tell: Callable[[str], None] = lambda _words: None,
        find_today: Callable[[], date | None] = lambda: None,
        find_second_folder: Callable[[], Path | None] = lambda: None,
    ) -> None:
        self.home = home
        self.files = JournalFiles(home)
        self.path = self.files.journal
        self._tell = tell
        self._find_today = find_today
        self._find_second_folder = find_second_folder
        self._migrations = migrations
        self._reporter = FailureReporter(
            self.files, migrations, find_today, find_second_folder
        )
        self._opener = JournalOpener(self.files, self._reporter, migrations, tell)
        self._head_guard = HeadGuard(self.files, tell)
        self._opened_inode = 0
        self.keeps_undo = True
        self._undo_entry_id: int | None = None
        self._has_undo_entry = False

    @property
    def has_committed(self) -> bool:
        """Return whether this run has changed the journal, for good."""
        return self._reporter.has_committed

    @cached_property
    def daily_backup(self) -> "DailyBackup":
        """Return what makes the backup of a day, as changes do."""
        from coachlog.store.daily_backup import DailyBackup

        return DailyBackup(self.files, self._tell)

    @property
    def has_unfinished_backup(self) -> bool:
        """Return whether a backup is left to make, or to copy, once the answer is printed."""
        # Reading needs none, so what makes them is not imported merely to ask.
        return "daily_backup" in self.__dict__ and self.daily_backup.is_unfinished

    @property
    def has_undo_entry(self) -> bool:
        """Return whether this run has changed anything that `undo` takes back."""
        return self._has_undo_entry

    def begin_undo_entry(self) -> None:
        """Let what is changed from now on be an entry of its own for `undo`."""
        self._undo_entry_id = None

    def exists(self) -> bool:
        """Return whether there is a journal file, readable or not.

        Raises `NoJournal` if there was one in this home and it is missing, so that an empty one
        never takes its place, and `StorageFailure` if there cannot be one or the disk cannot say.
        """
        try:
            if self.path.exists():
                return True
            link = self.files.find_dangling_link()
            traces = self.files.list_traces()
            # Another process may just have created it.
            if not (link or traces) or self.path.exists():
                self._require_folder()
                return self.path.exists()
        except OSError as error:
            raise self._reporter.convert_system_error(error) from error
        raise self._build_missing_error(link, traces)

    def require_writable_home(self) -> None:
        """Raise `StorageFailure` if no journal can be created here, before anybody types a word."""
        if self.exists():
            return
        folder = self._find_nearest_folder()
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
        self._opener.wait_seconds = WAIT_SECONDS
        self._reporter.is_change = False
        self._reporter.is_committing = False
        self._require_journal()
        self._head_guard.look()
        with (
            self._translate_errors(),
            closing(self._open_state_to_read()) as connection,
        ):
            self._head_guard.warn(connection)
            yield connection

    @contextmanager
    def change(
        self, now: datetime, *, create: bool = False, wait: float | None = None
    ) -> Iterator["Change"]:
        """Yield one transaction, committed at the end of the block and undone by any error.

        `create` allows a first journal to be created; otherwise a missing one raises `NoJournal`.
        Raises `JournalLocked` if another process goes on writing for more than `wait` seconds
        (five unless given), and `StorageFailure` if the disk is full or the folder cannot be
        written to. After any of these, nothing has been changed, but for an `UncertainSave`, after
        which nobody knows.
        """
        self._opener.wait_seconds = WAIT_SECONDS if wait is None else wait
        self._reporter.is_change = True
        self._reporter.is_committing = False
        if not self.exists() and create:
            self._create()
        self._require_journal()
        self._tidy_up()
        self._settle_log()
        with (
            self._translate_errors(),
            self._hold_home(),
            closing(self._open_to_write()) as connection,
            self._run_transaction(connection, now) as change,
        ):
            yield change

    def require_known_journal(self) -> None:
        """Raise `MovedJournal` or `Refusal` if it may not be changed as it is, as `change` does.

        Nothing is raised where there is no journal, or where it cannot be opened now.
        """
        from coachlog.store.journal_state import read_state

        with suppress(NoJournal, JournalLocked, StorageFailure), self.read() as db:
            self._head_guard.require_current(read_state(db))

    def accept_journal(self) -> None:
        """Take the journal as it is for the one that is changed here; raises as `read`."""
        from coachlog.store.journal_state import read_state

        self._reporter.is_change = False
        with (
            self._translate_errors(),
            closing(self._open_state_to_read()) as connection,
        ):
            self._head_guard.look()
            self._head_guard.follow(read_state(connection))

    def examine(self) -> "JournalReport":
        """Return whatever is wrong with the journal, even with one that cannot be opened.

        Raises `NoJournal` if there is none, and `JournalLocked`, `Refusal` or `StorageFailure` if
        it cannot be looked at now.
        """
        from coachlog.store.journal_examination import examine_journal

        self._reporter.is_change = False
        self._require_journal()
        with self._translate_driver_errors():
            return examine_journal(
                self.files,
                self._opener,
                self._migrations,
                self._find_today(),
                self._find_second_folder(),
            )

    def mend(
        self,
        choices: "Sequence[MendChoice]",
        backup: Path | None,
        now: datetime,
        erased_digests: Collection[str],
    ) -> None:
        """Carry out what was chosen for each finding of `examine`, all in one change.

        What was erased, by the journal itself or by `erased_digests`, does not come back.
        The journal is taken for the one that is changed here. Raises `UnmendableFinding` for a
        choice that cannot be carried out, Refusal if the journal was changed since it was looked
        at, and otherwise as `change`.
        """
        from coachlog.store.journal_head import read_head
        from coachlog.store.journal_mending import mend_rows, mend_state

        self._opener.wait_seconds = WAIT_SECONDS
        self._reporter.is_change = True
        self._reporter.is_committing = False
        head = read_head(self.files.head)
        with (
            self._translate_driver_errors(),
            self._hold_home(),
            self._open_backup(backup) as copy,
            closing(self._open_to_write()) as connection,
        ):
            # SQLite counts the pointers that dangle only from when the transaction began, and so
            # refuses to give them back what they point to. They are checked before the commit.
            connection.execute("PRAGMA foreign_keys=OFF")
            with self._run_transaction(
                connection, now, lambda: mend_state(connection, copy, head)
            ) as change:
                mend_rows(change, copy, choices, erased_digests)

    @contextmanager
    def _open_backup(self, backup: Path | None) -> Iterator[Connection]:
        """Yield a backup to read in; None where there is none."""
        from coachlog.store.backups import open_upgraded_backup

        if backup is None:
            yield None
            return
        with open_upgraded_backup(backup, self._migrations) as copy:
            yield copy

    def has_damage(self) -> bool:
        """Return whether anything in the journal is damaged; each stored value is looked at.

        Raises `DamagedJournal` if that can be seen from outside, otherwise as `read`.
        """
        from coachlog.store.examination import has_damage

        self._require_journal()
        with (
            self._translate_driver_errors(),
            closing(self._opener.open_to_read()) as connection,
        ):
            return has_damage(connection, self._migrations)

    def look(self) -> "JournalLook":
        """Return what is to be seen in the journal without touching anything on the disk.

        Raises `NoJournal` if there is none, `DamagedJournal` if it is damaged as a whole, `Refusal`
        if a newer coachlog wrote it, and `StorageFailure` or `JournalLocked` if it cannot be read.
        """
        from coachlog.store.journal_look import look_at_journal

        self._reporter.is_change = False
        self._reporter.is_committing = False
        self._require_journal()
        try:
            with self._translate_driver_errors():
                return look_at_journal(self.files, self._opener, self._migrations)
        except OSError as error:
            raise self._reporter.convert_system_error(error) from error

    def require_soundness(self) -> None:
        """Raise `DamagedJournal` if anything in the journal is damaged; see `has_damage`.

        Nothing is raised where there is no journal, or where it cannot be opened now.
        """
        is_damaged = False
        with suppress(NoJournal, JournalLocked, StorageFailure, Refusal):
            is_damaged = self.exists() and self.has_damage()
        if is_damaged:
            raise self._build_found_damage_error()

    def build_damage_error(self) -> DamagedJournal:
        """Return the error for damage in the journal, which names the newest good backup."""
        return self._reporter.build_damage_error()

    # Backups

    @property
    def migrations(self) -> Path:
        """Return the folder of the migrations, which bring a backup to the schema of now."""
        return self._migrations

    def back_up(self, day: date) -> Path:
        """Return a checked backup of the journal as it is now, named after a day.

        One that has the same content already is the one returned. Raises as `read`, and
        `StorageFailure` if it cannot be written.
        """
        from coachlog.store.backups import write_daily_backup

        self._settle_log()
        with self._translate_errors(), self._hold_home():
            with self.read():
                pass
            try:
                backup = write_daily_backup(self.files, day, WAIT_SECONDS)
            except OSError as error:
                raise self._reporter.convert_system_error(error) from error
        if backup is None:
            raise self._reporter.build_damage_error()
        return backup

    def read_uid(self) -> str | None:
        """Return which journal it is; None where there is none, or it cannot say so."""
        from coachlog.store.journal_state import read_state

        with suppress(CoachlogError), self.read() as connection:
            return read_state(connection).uid
        return None

    @contextmanager
    def stage_restore(
        self, backup: Path, now: datetime, second_place: Path | None = None
    ) -> Iterator["StagedJournal"]:
        """Yield a backup, ready to take the journal's place; at the end nothing of it is left.

        What was erased is not in it. Raises `DamagedJournal` if it is not sound, `Refusal` if a
        newer coachlog made it or it is of another journal, and `StorageFailure` if the disk
        refuses.
        """
        from coachlog.store.restoring import stage_restore

        self._reporter.is_change = False
        upgrade = self._opener.build_upgrade()
        uid = self.read_uid()
        with (
            self._translate_driver_errors(),
            self._translate_system_errors(),
            stage_restore(
                self.files, backup, uid, self._migrations, upgrade, now, second_place
            ) as staged,
        ):
            yield staged

    def compare_restore(self, staged: "StagedJournal") -> "JournalDifferences":
        """Return what would change if that backup took the journal's place; raises as `read`."""
        with self.read():
            pass  # damage is found, and an earlier schema is upgraded
        with self._translate_driver_errors():
            return staged.compare()

    def restore(self, staged: "StagedJournal", now: datetime) -> "RestoreOutcome":
        """Put a backup in the journal's place, and return where the present one is kept."""
        with self._translate_driver_errors(), self._translate_system_errors():
            outcome = staged.swap(now)
        self._reporter.has_committed = True
        return outcome

    @contextmanager
    def _translate_system_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._reporter.convert_system_error(error) from error

    # Where there is no journal yet

    def _require_journal(self) -> None:
        if not self.exists():
            raise JournalNotBegun(self.home)

    def _require_folder(self) -> None:
        """Raise `StorageFailure` if the home, or a folder it would be in, is a file."""
        folder = self._find_nearest_folder()
        if not folder.is_dir():
            raise StorageFailure(
                f"{folder} is a file, so {self.home} cannot hold a journal.",
                "Use --home or COACHLOG_HOME to choose a folder.",
            )

    def _find_nearest_folder(self) -> Path:
        """Return the home or, until it is created, the nearest folder above it."""
        folder = self.home
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return folder

    def _build_missing_error(self, link: Path | None, traces: list[Path]) -> NoJournal:
        left_as_it_is = "No empty journal has been put in its place."
        if link is not None:
            return NoJournal(
                f"{self.path} is missing: {link} is a link to {os.path.realpath(link)}, which is "
                f"not there. {left_as_it_is}",
                "Put back what it leads to, or choose another folder with --home or "
                "COACHLOG_HOME.",
            )
        from coachlog.store.backups import find_newest_good_backup

        names = " and ".join(trace.name for trace in traces)
        rescue = (
            f"Put {JOURNAL_FILE} back. To begin another journal, choose a new folder with --home "
            f"or COACHLOG_HOME, or move {names} to a safe place first."
        )
        today = self._find_today()
        backup = find_newest_good_backup(self.files, None, self._migrations, today)
        if backup:
            rescue += (
                f"\nTo put the newest good backup, {backup}, in its place: "
                "coachlog backup restore"
            )
        verb = "shows" if len(traces) == 1 else "show"
        return NoJournal(
            f"{self.path} is missing: {names} beside it {verb} that there was one. "
            f"{left_as_it_is}",
            rescue,
        )

    def _create(self) -> None:
        """Create an empty journal, under another name until it is whole."""
        # Imported here, as reading and most changes write no file.
        from coachlog import files
        from coachlog.store.journal_state import read_state

        with self._translate_errors():
            try:
                files.make_private_folder(self.home)
                with files.open_part_file(self.path) as part:
                    with open_file(part.path, "rw") as connection:
                        self._opener.build_upgrade().create_schema(connection)
                        # Only now: on a full disk, part of the schema would be left in a log
                        # that is then removed.
                        connection.execute("PRAGMA journal_mode=WAL")
                        state = read_state(connection)
                    part.flush()
                    # If another process was first, its journal is the one that counts.
                    with suppress(FileExistsError):
                        part.publish(force=False)
                        # There may be one of a journal that was taken away.
                        self._head_guard.look()
                        self._head_guard.follow(state)
            except OSError as error:
                raise self._reporter.convert_system_error(error) from error

    # Opening

    def _tidy_up(self) -> None:
        """Put the home in order: leftovers of killed runs, its marker, permissions, links.

        Only a journal that was opened is touched: what is damaged, or another program's, is left
        as it is. Only what a change needs can stop it; the rest is tried again by the next one.
        """
        from coachlog.store.upkeep import HomeUpkeep

        upkeep = HomeUpkeep(self.files, self._tell)
        upkeep.sweep_leftovers()
        if not upkeep.is_needed():
            return
        with self._translate_errors():
            self._opener.open_to_read().close()
            upkeep.separate_hard_links(self._opener.wait_seconds)
            upkeep.close_permissions()
            with suppress(OSError):
                upkeep.write_missing_marker()

    def _settle_log(self) -> None:
        """Put aside a log that is not the journal's: a change cannot, as it holds the home."""
        with self._translate_errors():
            if self._opener.settle_log():
                raise self.build_damage_error()

    @contextmanager
    def _run_transaction(
        self,
        connection: Connection,
        now: datetime,
        mend: Callable[[], None] | None = None,
    ) -> Iterator["Change"]:
        """Yield a transaction, committed at the end of the block and undone by any error.

        With `mend`, which comes first, the journal is mended, whatever its head says.
        """
        # Imported here, as only changes need it.
        from coachlog.store.transactions import Change

        # It takes the write lock first: begun by reading, it would lose updates to other processes
        # (418 of 480 acknowledged ones in a test).
        connection.execute("BEGIN IMMEDIATE")
        self._head_guard.look()
        if mend is not None:
            mend()
        change = Change(connection, now)
        with closing(change):
            try:
                if mend is None:
                    self._head_guard.require_current(change.state)
                self._require_same_file()
                change.is_backup_missing = not self.daily_backup.is_made_before(
                    change.state.changed_on, now.date()
                )
                yield change
                undo_entry_id = self._finish_change(change)
                # Again: whoever replaced the file meanwhile knows nothing of this change.
                self._require_same_file()
                self._reporter.is_committing = True
                connection.execute("COMMIT")
            except BaseException as error:
                # After some errors, SQLite has ended the transaction already.
                with suppress(DriverError):
                    connection.rollback()
                if change.watch.damaged_row and not isinstance(error, CoachlogError):
                    raise DamagedRow(*change.watch.damaged_row) from None
                _raise_driver_error(error)
                raise
        # Before the connection is closed, which can take time and fail.
        self._reporter.has_committed = True
        self._reporter.is_committing = False
        self._head_guard.follow(change.state)
        if change.has_lost_undo_log:
            self._tell(_LOST_UNDO_WORDS)
        if change.has_lost_search:
            self._tell(_LOST_SEARCH_WORDS)
        if undo_entry_id is not None:
            # Only now: of what was not committed, the number is given once more.
            self._undo_entry_id = undo_entry_id
            self._has_undo_entry = True

    def _finish_change(self, change: "Change") -> int | None:
        """Write what is known about a whole transaction, before it is committed.

        Returns the number of the entry by which `undo` takes it back; None if there is none.
        """
        entry_id = None
        change.flush()
        if change.watch.changes and self.keeps_undo:
            # Imported here, as a draft is saved without it.
            from coachlog.store.undo_log import record_undo

            entry_id = record_undo(change, self._undo_entry_id)
        if change.watch.searched_rows:
            self._update_search_index(change)
        change.count_rows()
        return entry_id

    def _update_search_index(self, change: "Change") -> None:
        """Let `search` find what a transaction has written; a damaged index is let be."""
        # Imported here, as most changes of a promise are none of its words.
        from coachlog.store.search_index import update_index

        change.has_lost_search = not update_index(
            change.connection, change.watch.searched_rows
        )

    @contextmanager
    def _hold_home(self) -> Iterator[None]:
        """Keep the file from being swapped in the block; raises `JournalLocked` while it is."""
        from coachlog.store.home_lock import hold_shared

        folder = self.files.real_journal.parent
        with ExitStack() as stack:
            try:
                stack.enter_context(hold_shared(folder, self._opener.wait_seconds))
            except OSError as error:
                raise self._reporter.convert_system_error(error) from error
            yield

    def _open_to_write(self) -> Connection:
        # Merely trying would leave a log that nobody can remove.
        if not os.access(self.path, os.W_OK):
            raise self._reporter.build_unusable_error(os.strerror(errno.EACCES))
        from coachlog.store.upkeep import HomeUpkeep

        HomeUpkeep(self.files, self._tell).restore_log_permissions()
        self._opened_inode = self._find_inode()
        connection = self._opener.open_file("rw")
        for pragma in _WRITING_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _open_state_to_read(self) -> Connection:
        """Return a connection that sees one state of the file that now has the journal's name.

        A file replaced while it was being opened would be read with the log of the new one.
        """
        for _ in range(_MOST_OPENINGS):
            self._opened_inode = self._find_inode()
            connection = self._opener.open_to_read()
            try:
                connection.execute("PRAGMA query_only=ON")
                connection.execute("BEGIN")
                # The state that is read is chosen by the first look at the file.
                connection.execute("PRAGMA schema_version").fetchone()
            except BaseException:
                connection.close()
                raise
            if self._find_inode() == self._opened_inode:
                return connection
            connection.close()
        raise JournalLocked(
            "Other coachlogs go on putting other files in the journal's place. "
            "Nothing was changed.",
            "Try again in a moment.",
        )

    def _find_inode(self) -> int:
        """Return the number of the file that has the journal's name; 0 where there is none."""
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return 0

    def _require_same_file(self) -> None:
        """Raise `JournalLocked` if the file has been replaced since it was opened.

        Another process may have restored it, or separated it from a hard link: a change to the old
        file would be lost.
        """
        if self._find_inode() != self._opened_inode:
            raise JournalLocked(
                "Another coachlog has just put another file in the journal's place. "
                "This was not saved.",
                "Try again.",
            )

    # Errors

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Turn errors into those that coachlog reports; an unexpected one has the journal examined.

        A fault in coachlog is raised as it is, but only if the journal is sound.
        """
        try:
            with self._translate_driver_errors():
                yield
        except (CoachlogError, OSError):
            raise
        except Exception:
            self.require_soundness()
            raise

    def _build_found_damage_error(self) -> CoachlogError:
        """Return the error that names a damaged entry, if single ones are all that is damaged."""
        from coachlog.store.row_checks import find_damaged_row

        # Whatever fails here is damage as well.
        with (
            suppress(CoachlogError, DriverError, ValueError),
            closing(self._opener.open_to_read()) as connection,
        ):
            row = find_damaged_row(connection)
            if row is not None:
                return self._reporter.build_row_error(row)
        return self.build_damage_error()

    @contextmanager
    def _translate_driver_errors(self) -> Iterator[None]:
        try:
            yield
        except DamagedRow as error:
            raise self._reporter.build_row_error(error) from None
        except (UnreadableValue, UnicodeDecodeError):
            # The driver raises the second where the schema itself is not text.
            raise self._build_found_damage_error() from None
        except DriverError as error:
            failure = self._reporter.convert_driver_error(error)
            if failure is None:
                raise
            # Not as its cause: the driver's message can quote what is stored.
            raise failure from None
        except OverflowError as error:
            failure = build_number_error(error)
            if failure is None:
                raise
            raise failure from None


def _raise_driver_error(error: BaseException) -> None:
    """Raise the driver's own error if this is one of SQLAlchemy's around it."""
    driver_error = getattr(error, "orig", None)
    if isinstance(driver_error, DriverError):
        raise driver_error from error
