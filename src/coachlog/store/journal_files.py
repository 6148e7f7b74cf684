"""The files of one home: where the journal, its log, its backups and its marker are."""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

JOURNAL_FILE = "coachlog.db"
CONFIG_FILE = "config.toml"
BACKUP_FOLDER = "backups"
TEMPLATE_FOLDER = "prompts"
STANDARDS_FILE = "standards.toml"
MARKER_FILE = "coachlog-home.txt"
HEAD_FILE = "journal.head"
_KEPT_LOG_PREFIX, _KEPT_LOG_SUFFIX = "coachlog-log-", ".bak"
_MARKER_TEXT = """\
This folder holds a coachlog journal: coachlog.db, and its backups beside it.

While this file is here, coachlog never begins an empty journal in this folder,
even if coachlog.db is missing: it says so instead, so that you can put it back.
"""


class JournalFiles:
    """The paths in a home folder; the folder itself need not exist."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.journal = home / JOURNAL_FILE
        self.backups = home / BACKUP_FOLDER
        self.marker = home / MARKER_FILE

    @cached_property
    def real_journal(self) -> Path:
        """Return the journal file itself: where the path is a link, the file that it leads to."""
        return Path(os.path.realpath(self.journal))

    @property
    def log(self) -> Path:
        """Return SQLite's write-ahead log, with the changes not yet in the journal file."""
        return Path(f"{self.real_journal}-wal")

    @property
    def index(self) -> Path:
        """Return the index of that log, which SQLite shares between processes."""
        return Path(f"{self.real_journal}-shm")

    @property
    def head(self) -> Path:
        """Return the file that says how far the journal file beside it had come."""
        return self.real_journal.with_name(HEAD_FILE)

    @property
    def all_folders(self) -> list[Path]:
        """Return the folders into which coachlog writes files of its own."""
        return [self.home, self.backups, self.home / TEMPLATE_FOLDER]

    def has_log(self) -> bool:
        """Return whether there are changes that are not yet in the journal file."""
        try:
            return self.log.stat().st_size > 0
        except FileNotFoundError:
            return False

    def build_kept_log(self, day: "date") -> Path:
        """Return where a log of that day is kept of which something is lost."""
        return self.backups / f"{_KEPT_LOG_PREFIX}{day.isoformat()}{_KEPT_LOG_SUFFIX}"

    def find_kept_log(self) -> Path | None:
        """Return where the log was kept that was lost since the head was written; None if none was.

        While something is lost, no change writes the head.
        """
        try:
            kept_logs = [*self.backups.glob(f"{_KEPT_LOG_PREFIX}*{_KEPT_LOG_SUFFIX}")]
            written_at = self.head.stat().st_mtime
            newest = max(kept_logs, key=lambda path: path.stat().st_mtime, default=None)
            if newest is not None and newest.stat().st_mtime >= written_at:
                return newest
        except OSError:
            pass
        return None

    def find_dangling_link(self) -> Path | None:
        """Return the home or the journal if it is a link to what is not there, or None."""
        for path in (self.home, self.journal):
            if path.is_symlink() and not path.exists():
                return path
        return None

    def list_traces(self) -> list[Path]:
        """Return what shows, beside a missing journal, that there was one."""
        traces = [path for path in (self.marker, self.log) if os.path.lexists(path)]
        if self.backups.is_dir() and any(self.backups.iterdir()):
            traces.append(self.backups)
        return traces

    def write_marker(self) -> None:
        """Write the file that tells a home whose journal is missing from a new one.

        Only called where there is a journal. Raises `OSError` if it cannot be written.
        """
        # Imported here, as this happens once in the life of a home.
        from coachlog import files

        with files.open_part_file(self.marker) as part:
            part.fill(_MARKER_TEXT)
            part.publish(force=True)
