"""What a person is told when SQLite or the disk fails; nothing that is stored is quoted."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import (
    CoachlogError,
    DamagedEntry,
    DamagedJournal,
    JournalLocked,
    NotFound,
    StorageFailure,
    UncertainSave,
)
from coachlog.store.connections import DriverError, OperationalError, open_file
from coachlog.store.journal_files import JournalFiles

if TYPE_CHECKING:
    from coachlog.store.rows import DamagedRow

_SMALLEST_ROOM_BYTES = 64 * 1024
_FULL_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LOCK_ERRORS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
_ELSEWHERE_HINT = (
    "Check the folder and the free space on the disk, or choose another with --home."
)
# The driver's messages can quote what is stored, so only these of SQLite's own are passed on.
_LOCK_CODES = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_REASONS = {
    "SQLITE_CANTOPEN": "unable to open the file",
    "SQLITE_IOERR": "disk I/O error",
    "SQLITE_NOMEM": "out of memory",
    "SQLITE_PERM": "permission denied",
    "SQLITE_READONLY": "it is read-only",
    "SQLITE_TOOBIG": "too much text",
}


class FailureReporter:
    """Turns the errors of SQLite and of the system into those that coachlog reports.

    `is_change` tells whether something was to be saved, `is_committing` whether the last step of
    that has begun, after which only a sound disk can tell, and `has_committed` whether something
    has been saved by the same command before. `fresh_backup` is a copy of the same, perhaps
    damaged, journal, so it is never offered.
    """

    def __init__(
        self,
        files: JournalFiles,
        migrations: Path,
        find_today: Callable[[], date | None] = lambda: None,
        find_second_folder: Callable[[], Path | None] = lambda: None,
    ) -> None:
        self._files = files
        self._find_today = find_today
        self._find_second_folder = find_second_folder
        self._migrations = migrations
        self.is_change = False
        self.is_committing = False
        self.has_committed = False
        self.fresh_backup: Path | None = None

    def convert_driver_error(self, error: Exception) -> CoachlogError | None:
        """Return the error to report for one of SQLite's; None for a fault in coachlog's SQL."""
        if is_decoding_error(error):
            return self.build_damage_error()
        name = getattr(error, "sqlite_errorname", None) or ""
        code = _strip_extension(name)
        if code == "SQLITE_NOTADB":
            return self.build_damage_error("is damaged, or is not a journal")
        if code == "SQLITE_CORRUPT":
            return self.build_damage_error()
        if code in _LOCK_CODES:
            return self._build_lock_error()
        if code == "SQLITE_FULL":
            return self._build_full_disk_error()
        if code == "SQLITE_IOERR":
            return self._build_disk_error(name)
        if code in _REASONS:
            return self.build_unusable_error(_REASONS[code])
        return None

    def convert_system_error(self, error: OSError) -> CoachlogError:
        """Return the error to report for one of the system's."""
        if error.errno in _FULL_DISK_ERRORS:
            return self._build_full_disk_error()
        return self.build_unusable_error(error.strerror or type(error).__name__)

    def build_damage_error(self, state: str = "is damaged") -> DamagedJournal:
        """Return the error for a journal in a state that is not to be used or changed."""
        return DamagedJournal(
            f"{self._files.journal} {state}. It has been left as it is.",
            "`coachlog check` says what is damaged, and what can be mended.\n"
            f"{self.describe_rescue()}",
        )

    def build_row_error(self, error: "DamagedRow") -> DamagedEntry:
        """Return the error for a row that is not as it was written, which names what it is."""
        # Imported here, as few runs fail.
        from coachlog.model.findings import RowPlace
        from coachlog.phrasing.findings import describe_place
        from coachlog.store.row_places import read_place

        place = RowPlace(error.table, error.key)
        # One that cannot write would leave the log and its index behind.
        mode = "rw" if os.access(self._files.journal, os.W_OK) else "ro"
        with (
            suppress(DriverError, OSError),
            open_file(self._files.journal, mode) as connection,
        ):
            place = read_place(connection, error.table, error.key)
        words = describe_place(place)
        outcome = "Nothing was changed" if self.is_change else "It is not shown"
        return DamagedEntry(
            f"{words[0].upper()}{words[1:]} is damaged: it is not as it was written. {outcome}.",
            "To see all that is damaged, and what a backup has in its place: coachlog check",
        )

    def build_unusable_error(self, reason: str) -> StorageFailure:
        """Return the error for a journal that cannot be opened or written to."""
        if self.is_committing and self._is_log_left():
            return UncertainSave(
                f"The disk failed while this was being saved ({reason}), so it may or may not be "
                "saved. Everything saved before this is safe.",
                "Look at what is saved before you do it again.",
            )
        verb = "written to" if self.is_change else "opened"
        return StorageFailure(
            f"The journal in {self._files.home} cannot be {verb} ({reason}). "
            f"{self._describe_state()}",
            _ELSEWHERE_HINT,
        )

    def describe_rescue(self) -> str:
        """Return a hint that names the newest backup that is whole."""
        # Imported here, as few runs fail.
        from coachlog.store.backup_files import shorten_backup_name
        from coachlog.store.backups import find_other_good_backup
        from coachlog.store.good_backups import (
            build_restore_command,
            find_newest_good_copy,
        )

        newest = find_newest_good_copy(
            self._files,
            self._find_second_folder(),
            self._migrations,
            self._find_today(),
            excluded=self.fresh_backup,
        )
        name = self._files.journal.name
        if newest is None:
            other = find_other_good_backup(self._files, self._migrations)
            if other is not None and other != self.fresh_backup:
                return (
                    f"The only good backup is {other}, which a restore kept or which is of a day "
                    "to come. To see what it would bring back: coachlog backup restore "
                    f"{shorten_backup_name(other.name)}. The damaged file is kept."
                )
            return (
                f"There is no good copy in {self._files.backups}. Keep the file, and restore "
                f"{name} from a backup of this computer."
            )
        return (
            f"The newest good backup is {newest}. To put it in the journal's place (the damaged "
            f"file is kept): {build_restore_command(newest, self._files)}"
        )

    def _is_log_left(self) -> bool:
        """Return whether a log is left, from which the next run may complete a failed commit."""
        try:
            return self._files.has_log()
        except OSError:
            return True

    def _build_full_disk_error(self) -> StorageFailure:
        return StorageFailure(
            f"The disk is full. {self._describe_state()}",
            "Free a few megabytes, then try again.",
        )

    def _build_disk_error(self, name: str) -> StorageFailure:
        """Return the error for a disk that failed, as it often does for want of room or locks."""
        if is_disk_full(self._files.home):
            return self._build_full_disk_error()
        is_about_locks = name.startswith(("SQLITE_IOERR_LOCK", "SQLITE_IOERR_SHM"))
        if is_about_locks and not can_lock(self._files.home):
            return self._build_no_locks_error()
        return self.build_unusable_error(_REASONS["SQLITE_IOERR"])

    def _build_lock_error(self) -> CoachlogError:
        if not can_lock(self._files.home):
            return self._build_no_locks_error()
        return JournalLocked(
            "Another coachlog is writing to the journal and did not finish in time. "
            f"{self._describe_state()}",
            "Try again in a moment.",
        )

    def _build_no_locks_error(self) -> StorageFailure:
        return StorageFailure(
            f"The disk with {self._files.home} keeps no locks, so two coachlogs could "
            f"overwrite each other's changes there. {self._describe_state()}",
            "Choose a folder on a disk of this computer with --home or COACHLOG_HOME.",
        )

    def _describe_state(self) -> str:
        if self.is_change:
            return "Everything saved before this is safe; this was not saved."
        if self.has_committed:
            return "What was changed just now is saved."
        return "Nothing was changed."


def is_decoding_error(error: Exception) -> bool:
    """Return whether the driver met text that is not UTF-8; its message quotes that text."""
    return isinstance(error, OperationalError) and str(error).startswith(
        "Could not decode"
    )


def build_number_error(error: OverflowError) -> NotFound | None:
    """Return the error for a number that SQLite cannot hold; None for any other overflow."""
    if "SQLite INTEGER" not in str(error):
        return None
    return NotFound("That number is too large.")


def is_disk_full(folder: Path) -> bool:
    """Return whether there is no room for the smallest change; False where the disk cannot say."""
    try:
        status = os.statvfs(folder)
    except (OSError, AttributeError):  # Windows has no such call
        return False
    return status.f_bavail * status.f_frsize < _SMALLEST_ROOM_BYTES


def can_lock(folder: Path) -> bool:
    """Return whether files in a folder can be locked; True where that cannot be tried."""
    from coachlog import files

    try:
        import fcntl
    except ImportError:  # Windows, whose disks all keep locks
        return True
    try:
        with (
            files.open_part_file(folder / "lock") as part,
            part.path.open("rb+") as file,
        ):
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCK_ERRORS
    return True


def _strip_extension(name: str) -> str:
    """Return the primary code of an extended one: `SQLITE_IOERR` of `SQLITE_IOERR_WRITE`."""
    return "_".join(name.split("_")[:2])
