"""The second place of backups: a folder on a stick or a share, which need not be there.

A copy gets its name only once it was read back and is the same, so that what is pulled out or fills
up half-way leaves nothing broken under a good name. A small file says whose backups are there.
"""

import os
import shlex
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from coachlog import files
from coachlog.errors import StorageFailure
from coachlog.named_tuples import NamedTuple
from coachlog.store.backup_files import list_backup_files, read_local_time
from coachlog.store.backups import read_backup_uid
from coachlog.store.journal_files import JournalFiles

ID_FILE = "coachlog-backups.txt"
LAST_COPY_FILE = "last-copied.txt"
_ID_MARK = "Journal: "
_ID_TEXT = """\
This folder holds backups of one coachlog journal. coachlog copies no other journal's here.

Journal: {uid}
"""
_LONGEST_NOTE_BYTES = 4096
_CHUNK_BYTES = 1 << 20


class LastCopy(NamedTuple):
    """The last backup that was copied to a second place, and when (local time)."""

    folder: Path
    name: str
    at: datetime


class SecondPlaceFolder:
    """A folder for copies of the backups of the journal that has this uid; None is not known yet.

    What was copied last is kept beside the backups themselves.
    """

    def __init__(self, folder: Path, uid: str | None, journal: JournalFiles) -> None:
        self.folder = folder
        self._uid = uid
        self._home = journal.home
        self._note = journal.backups / LAST_COPY_FILE

    def prepare(self) -> None:
        """Create the folder if need be, in one that is there, and give it its sign.

        For a backup that was asked for: any other time, a folder that is missing may be on a stick.
        One that was copied to before is, even then. Raises as `require_own` and `require_sign`.
        """
        if self.is_yet_to_be_made():
            files.make_private_folder(self.folder)
        if self.folder.is_dir():
            self.require_own()
            self.require_sign()
            self._write_sign()

    def is_yet_to_be_made(self) -> bool:
        """Return whether `prepare` would create the folder: nothing was copied to it before."""
        is_missing = not self.folder.is_dir() and self.folder.parent.is_dir()
        return is_missing and not self._is_known()

    def is_there(self) -> bool:
        """Return whether the folder can be used now.

        One that had its sign before, and has lost it, is where a stick is put in, without the
        stick: a copy would go to the disk that the journal is on.
        """
        try:
            return self.folder.is_dir() and not self.has_lost_sign()
        except OSError:
            return False

    def has_lost_sign(self) -> bool:
        """Return whether it had its sign before, and that is not there. Raises `OSError`."""
        has_sign = (self.folder / ID_FILE).exists()
        return not has_sign and self._is_known()

    def is_another_place(self) -> bool:
        """Return whether it has lost its sign, and holds something: not merely a stick is out."""
        with suppress(OSError):
            return self.has_lost_sign() and any(self.folder.iterdir())
        return False

    def require_sign(self) -> None:
        """Raise StorageFailure for a folder that had its sign before, and has lost it."""
        if self.folder.is_dir() and self.has_lost_sign():
            raise StorageFailure(
                f"{self.folder} has lost its sign ({ID_FILE}), so nothing was copied there: is "
                "the stick plugged in?",
                "If it is the right folder all the same: coachlog config set backup.folder "
                f"{shlex.quote(str(self.folder))}",
            )

    def accept(self) -> None:
        """Take a folder for the second place from now on, and give it its sign if it is there.

        Where sticks are put in, it is known from now on whether this one is. Nothing is done to a
        folder that is another journal's. Raises `OSError`.
        """
        if self.has_lost_sign():
            self._note.unlink(missing_ok=True)
        if self._uid is not None and self.folder.is_dir() and self.is_own():
            self._write_sign()
            if not self._is_known():
                self._write_note(str(self.folder))

    def require_own(self) -> None:
        """Raise StorageFailure for a folder of another journal's backups, or one in the home.

        So it does for the root of the system.
        """
        if self.folder.resolve() == Path(self.folder.anchor):
            raise StorageFailure(
                f"{self.folder} is the root of the system, so nothing was copied there.",
                "Choose a folder in it: coachlog config set backup.folder FOLDER",
            )
        if self.folder.resolve().is_relative_to(self._home.resolve()):
            raise StorageFailure(
                f"{self.folder} is in the folder of the journal itself, so nothing was copied "
                "there.",
                "Choose a folder on another disk: coachlog config set backup.folder FOLDER",
            )
        uid = self._read_uid()
        if self._uid is not None and uid is not None and uid != self._uid:
            raise StorageFailure(
                f"{self.folder} holds the backups of another journal, so nothing was copied there.",
                "Choose another folder: coachlog config set backup.folder FOLDER",
            )

    def is_own(self) -> bool:
        """Return whether backups may be copied there: see `require_own`."""
        try:
            self.require_own()
        except StorageFailure:
            return False
        return True

    def lacks(self, backup: Path) -> bool:
        """Return whether a backup is not there yet, by name and size: nothing is read."""
        try:
            if (self.folder / backup.name).stat().st_size == backup.stat().st_size:
                return False
        except FileNotFoundError:
            return True
        # Where its name was taken, it has another one.
        last_copy = self.read_last_copy()
        return last_copy is None or last_copy.name != backup.name

    def copy(self, backup: Path, now: datetime) -> Path:
        """Copy a backup there, read it back, and return its path.

        Raises StorageFailure for another journal's folder, or a copy that reads differently, and
        `OSError` if the place is full, or gone.
        """
        self.require_own()
        self._write_sign()
        target = self._choose_target(backup)
        if not target.exists():
            self._copy_to(backup, target)
        self._note_copy(backup, now)
        return target

    def _copy_to(self, backup: Path, target: Path) -> None:
        with files.open_part_file(target) as part:
            _copy_bytes(backup, part.path)
            if not _have_same_bytes(backup, part.path):
                raise StorageFailure(
                    f"What was written to {self.folder} reads differently, so it was not kept."
                )
            # Not as a new file gets its name: on a stick, where that takes two steps, a file of
            # this name would be empty in between.
            part.publish(force=True)

    def _choose_target(self, backup: Path) -> Path:
        """Return the first name that is free, or that has the same backup already."""
        for number in count(1):
            name = backup.name
            if number > 1:
                name = f"{backup.stem}-copy{number}{backup.suffix}"
            target = self.folder / name
            if not target.exists() or _have_same_bytes(backup, target):
                break
        return target

    def read_last_copy(self) -> LastCopy | None:
        """Return what was copied there last; None if nothing was, or nobody knows.

        What was kept of that goes with the folder of the backups; then the copies themselves tell.
        """
        lines = _read_note(self._note).splitlines()
        if len(lines) != 3 or lines[0] != str(self.folder):
            return self._find_newest_copy()
        try:
            return LastCopy(self.folder, lines[1], datetime.fromisoformat(lines[2]))
        except ValueError:
            return None

    def _find_newest_copy(self) -> LastCopy | None:
        if self._uid is None or self._read_uid() != self._uid:
            return None
        for copy in list_backup_files(self.folder):
            return LastCopy(
                self.folder, copy.path.name, read_local_time(copy.written_at)
            )
        return None

    def _note_copy(self, backup: Path, now: datetime) -> None:
        moment = now.isoformat(timespec="seconds")
        self._write_note(f"{self.folder}\n{backup.name}\n{moment}")

    def _is_known(self) -> bool:
        """Return whether it was given its sign before, as far as is kept beside the backups."""
        return _read_note(self._note).split("\n")[0] == str(self.folder)

    def _write_note(self, note: str) -> None:
        # Where no backup was made yet, its folder is not there.
        files.make_private_folder(self._note.parent)
        with files.open_part_file(self._note) as part:
            part.fill(f"{note}\n")
            part.publish(force=True)

    def _read_uid(self) -> str | None:
        """Return whose backups are there; None if nobody's are."""
        for line in _read_note(self.folder / ID_FILE).splitlines():
            if line.startswith(_ID_MARK):
                return line.removeprefix(_ID_MARK).strip()
        # Such as copies that were put there by hand.
        backups = list_backup_files(self.folder)
        return read_backup_uid(backups[0].path) if backups else None

    def _write_sign(self) -> None:
        if not (self.folder / ID_FILE).exists():
            with files.open_part_file(self.folder / ID_FILE) as part:
                part.fill(_ID_TEXT.format(uid=self._uid))
                part.publish(force=True)


def _read_note(path: Path) -> str:
    """Return the text of a small file; '' where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_NOTE_BYTES).decode(errors="replace")
    except OSError:
        return ""


def _copy_bytes(source: Path, target: Path) -> None:
    """Copy a file, flushed to the disk that it is on."""
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK_BYTES):
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
        _forget_cache(writer.fileno())


def _forget_cache(handle: int) -> None:
    """Let the next read of a file come from its disk, where the system can do that."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _have_same_bytes(one: Path, other: Path) -> bool:
    from filecmp import cmp

    return cmp(one, other, shallow=False)
