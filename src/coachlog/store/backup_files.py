"""The files in a folder of backups: what they are called, which there are, and which may go."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from coachlog.named_tuples import NamedTuple

_FIRST_BYTES = b"SQLite format 3\0"
_PREFIX, _SUFFIX = "coachlog-", ".db"
_NAME_PATTERN = (
    r"coachlog-(\d{4}-\d\d-\d\d)(?:-\d+)?"
    r"(?:-(before-restore|damaged)(?:-\d+)?)?(?:-copy\d+)?\.db"
)


class BackupFile(NamedTuple):
    """A file in a folder of backups; `day` is the one in its name, None for any other name.

    One that `is_lasting` is never removed: an upgrade or a restore made it, of what was before. Of
    one that `is_damaged`, the name says that the journal was damaged when it was made.
    """

    path: Path
    day: date | None
    is_lasting: bool
    written_at: float
    is_damaged: bool = False

    @property
    def name(self) -> str:
        """Return what commands call it: `2026-11-30-2`, `schema-15`."""
        return shorten_backup_name(self.path.name)

    @property
    def is_before_restore(self) -> bool:
        """Return whether a restore made it, of what it replaced."""
        return self.day is not None and self.is_lasting

    @property
    def made_on(self) -> date:
        """Return the day of the journal in it: a file that was copied is younger than that."""
        return self.day or read_local_time(self.written_at).date()


def build_daily_path(folder: Path, day: date) -> Path:
    """Return the path of the first backup of a day."""
    return folder / f"{_PREFIX}{day.isoformat()}{_SUFFIX}"


def build_kept_path(folder: Path, day: date) -> Path:
    """Return the path of the backup that a restore on that day makes first."""
    return folder / f"{_PREFIX}{day.isoformat()}-before-restore{_SUFFIX}"


def build_damaged_path(folder: Path, day: date) -> Path:
    """Return the path of the first backup of a day on which the journal is damaged."""
    return folder / f"{_PREFIX}{day.isoformat()}-damaged{_SUFFIX}"


def has_daily_backup(folder: Path, day: date) -> bool:
    """Return whether there is a backup of a day that looks whole from outside."""
    return any(
        backup.day == day and not backup.is_lasting and is_whole_file(backup.path)
        for backup in list_backup_files(folder)
    )


def is_whole_file(path: Path) -> bool:
    """Return whether a backup begins as one, and is as long as its first bytes say."""
    with suppress(OSError), path.open("rb") as file:
        first_bytes = file.read(32)
        page_size = int.from_bytes(first_bytes[16:18], "big")
        page_count = int.from_bytes(first_bytes[28:32], "big")
        size = path.stat().st_size
        # A page of 64 KiB is written as 1.
        is_long_enough = size >= max(page_size, 512) * page_count > 0
        return first_bytes.startswith(_FIRST_BYTES) and is_long_enough
    return False


def list_backup_files(folder: Path) -> list[BackupFile]:
    """Return the backups in a folder, the newest first; none where it cannot be read.

    Anything but a file is left out: a link that leads nowhere, or a pipe, which would hang.
    """
    backups = []
    with suppress(OSError):
        for path in folder.iterdir():
            if path.suffix == _SUFFIX and path.is_file():
                backups.append(describe_backup_file(path))
    return sorted(backups, key=_get_age, reverse=True)


def _get_age(backup: BackupFile) -> tuple[date, float, Path]:
    return (backup.made_on, backup.written_at, backup.path)


def describe_backup_file(path: Path) -> BackupFile:
    """Return what the name and the time of a file say. Raises `OSError` if it is not there."""
    written_at = path.stat().st_mtime
    match = re.fullmatch(_NAME_PATTERN, path.name, re.ASCII)
    if match:
        with suppress(ValueError):
            day = date.fromisoformat(match[1])
            is_lasting, is_damaged = match[2] == "before-restore", match[2] == "damaged"
            return BackupFile(path, day, is_lasting, written_at, is_damaged)
    return BackupFile(path, None, True, written_at)


def shorten_backup_name(file_name: str) -> str:
    """Return what commands call the backup in a file of this name."""
    return file_name.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def read_local_time(seconds: float) -> datetime:
    """Return the local moment of a file's time, with its zone."""
    return datetime.fromtimestamp(seconds, UTC).astimezone()
