"""Keeps a home in order before each change: what is missing, left behind, or open to others."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from coachlog import files
from coachlog.store.connections import DriverError, open_file
from coachlog.store.journal_files import (
    BACKUP_FOLDER,
    CONFIG_FILE,
    HEAD_FILE,
    JOURNAL_FILE,
    MARKER_FILE,
    STANDARDS_FILE,
    TEMPLATE_FOLDER,
    JournalFiles,
)
from coachlog.store.rows import UnreadableValue

_OTHERS_BITS = stat.S_IRWXG | stat.S_IRWXO
_OWN_NAMES = {
    JOURNAL_FILE,
    MARKER_FILE,
    BACKUP_FOLDER,
    TEMPLATE_FOLDER,
    CONFIG_FILE,
    STANDARDS_FILE,
    HEAD_FILE,
    "home.lock",
}


class HomeUpkeep:
    """Puts one home in order; `tell` gets a sentence about what the owner should know."""

    def __init__(self, files: JournalFiles, tell: Callable[[str], None]) -> None:
        self._files = files
        self._tell = tell

    def write_missing_marker(self) -> None:
        """Write the marker of a home that has a journal, if it is not there.

        Raises `OSError` if it cannot be written.
        """
        if not self._files.marker.exists():
            self._files.write_marker()

    def sweep_leftovers(self) -> None:
        """Remove the unfinished files of runs that were killed, such as whole copies."""
        for folder in self._files.all_folders:
            files.sweep_leftovers(folder)

    def is_needed(self) -> bool:
        """Return whether anything else than leftovers has to be put in order."""
        marker_missing = not self._files.marker.exists()
        has_links = self.has_hard_links()
        return marker_missing or has_links or bool(self.list_open_files())

    def has_hard_links(self) -> bool:
        """Return whether the journal's file has another name, elsewhere.

        While a journal is being created, it has the name of its part as well, for a moment.
        """
        journal = self._files.real_journal
        if journal.stat().st_nlink < 2:
            return False
        part_count = 0
        for name in _list_names(self._files.home):
            if name.startswith(files.PART_PREFIX):
                with suppress(OSError):
                    part_count += journal.samefile(self._files.home / name)
        # Read last: a part that was counted may be gone by now, but none has come since.
        return journal.stat().st_nlink - part_count > 1

    def close_permissions(self) -> None:
        """Let only the owner read the journal, its log and its backups, and say so.

        What belongs to somebody else can only be said to be open.
        """
        open_paths = self.list_open_files()
        if not open_paths:
            return
        words = "From now on, only you can read it."
        for path in open_paths:
            try:
                path.chmod(path.stat().st_mode & ~_OTHERS_BITS & 0o7777)
            except OSError:
                words = "Only its owner can change that."
        self._tell(
            f"{open_paths[0]} could be read by other users of this computer. {words}"
        )

    def list_open_files(self) -> list[Path]:
        """Return which of the journal, its log and its backups are open to other users."""
        if os.name == "nt":  # where these bits say nothing
            return []
        return [path for path in self._list_private_files() if _is_open_to_others(path)]

    def list_open_folders(self) -> list[Path]:
        """Return which folders of the home other users may look into or write to."""
        if os.name == "nt":
            return []
        return [path for path in self._files.all_folders if _is_folder_open(path)]

    def may_close_home(self) -> bool:
        """Return whether everything in the home is coachlog's, so that nobody else needs it."""
        names = _list_names(self._files.home)
        return bool(names) and all(map(_is_own_name, names))

    def close_folders(self) -> None:
        """Keep other users out of the folders of the home, of the home itself if all is coachlog's.

        Raises `OSError` where that is not allowed.
        """
        for folder in self.list_open_folders():
            if folder != self._files.home or self.may_close_home():
                folder.chmod(folder.stat().st_mode & ~_OTHERS_BITS & 0o7777)
                self._tell(f"{folder} is closed to other users now.")

    def restore_log_permissions(self) -> None:
        """Give the log and its index the journal's permissions, where they lack the right to write.

        They lack it if they were created while the journal was read-only. Only the owner of the
        files can fix that, so an `OSError` is ignored.
        """
        with suppress(OSError):
            permissions = self._files.real_journal.stat().st_mode & 0o777
            for file in (self._files.log, self._files.index):
                if file.exists() and permissions & ~file.stat().st_mode & 0o200:
                    file.chmod(permissions)

    def separate_hard_links(self, wait_seconds: float) -> None:
        """Give the journal a file of its own, if the same file has another name elsewhere.

        SQLite finds the log by the name: changes made under one name are damage under the other.
        Raises a driver error if somebody is using the journal, and `OSError` if the disk refuses.
        """
        journal = self._files.real_journal
        if not self.has_hard_links():
            return
        from coachlog.store.home_lock import hold_alone

        with hold_alone(journal.parent, wait_seconds):
            # Another process may have been first.
            if not self.has_hard_links():
                return
            self._replace_by_copy(journal, wait_seconds)
        self._tell(
            f"{journal} had a second name on this disk (a hard link), through which it could be "
            "damaged. It is a file of its own now; the other one keeps what it held until today."
        )

    def _replace_by_copy(self, journal: Path, wait_seconds: float) -> None:
        # Imported here, as hardly any journal has a second name.
        from coachlog.store.page_checks import has_sound_pages

        with open_file(journal, "rw", wait_seconds) as connection:
            # Nothing that is damaged may be changed.
            if not has_sound_pages(connection, "quick_check"):
                raise UnreadableValue
            # Puts the log into the file, and is refused while anybody else has it open.
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            with files.open_part_file(journal) as part:
                _copy_database(journal, part.path)
                part.flush()
                part.publish(force=True)
            connection.execute("ROLLBACK")

    def _list_private_files(self) -> Iterator[Path]:
        yield self._files.real_journal
        yield self._files.log
        yield self._files.index
        for name in _list_names(self._files.backups):
            yield self._files.backups / name


def _list_names(folder: Path) -> list[str]:
    """Return the names in a folder; none if it cannot be read."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _is_open_to_others(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & _OTHERS_BITS)


def _is_folder_open(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISDIR(mode) and bool(mode & _OTHERS_BITS)


def _is_own_name(name: str) -> bool:
    """Return whether a name in a home is one that coachlog gives."""
    is_own = name in _OWN_NAMES or name.startswith(f"{JOURNAL_FILE}-")
    return is_own or name.startswith(files.PART_PREFIX)


def _copy_database(journal: Path, target: Path) -> None:
    """Copy a database without a log into a file, checked, and ready to have a log."""
    # Imported here, as hardly any change copies the journal.
    from coachlog.store.backups import read_good_version

    with open_file(journal, "ro") as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    if read_good_version(target) is None:
        raise DriverError("the copy is not a whole journal")
    with open_file(target, "rw") as connection:
        connection.execute("PRAGMA journal_mode=WAL").fetchone()
