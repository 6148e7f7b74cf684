"""The backup of each day on which the journal is changed: made before the first change of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from coachlog.errors import JournalLocked
from coachlog.store.connections import DriverError, is_damage_error
from coachlog.store.home_lock import hold_shared
from coachlog.store.journal_files import JournalFiles

# Copying, checking and syncing take 35 ms a megabyte (31 to 45 in journals of 5 to 46 MB, on two
# busy cores), so this is 0.28 s; it is a journal of 1,700 conversations.
QUICK_BYTES = 8_000_000
"""A journal that is no larger is copied before the first change of a day, any other afterwards."""

_WAIT_SECONDS = 5.0


class DailyBackup:
    """Makes the backup of a day; `tell` gets a sentence where it cannot be made.

    `fresh_path` is the one that was made in this run. `late_day` is the day of the one that is to
    be made once the answer is printed. One that is not `is_wanted` counts as made.
    """

    def __init__(
        self, journal_files: JournalFiles, tell: Callable[[str], None]
    ) -> None:
        self.fresh_path: Path | None = None
        self.late_day: date | None = None
        self._files = journal_files
        self._tell = tell
        self.is_wanted = True
        self._has_failed = False

    @property
    def is_unfinished(self) -> bool:
        """Return whether something is left to do at the end of the run."""
        return bool(self.late_day or self.fresh_path)

    def is_made_before(self, changed_on: str | None, today: date) -> bool:
        """Return whether the journal, last changed on a day, has its backup before a change today.

        One that is large gets it at the end of the run, and one in which nothing is needs none. To
        make one takes a moment once a day; to know that none is due, a comparison of two dates.
        """
        is_due = changed_on is not None and changed_on != today.isoformat()
        if not (is_due and self.is_wanted):
            return True
        # Imported here, as this is about the first change of a day.
        from coachlog.store.backup_files import has_daily_backup

        if has_daily_backup(self._files.backups, today):
            return True
        # One that failed is tried again by the next run.
        if self._has_failed or self.late_day:
            return False
        if self._files.real_journal.stat().st_size > QUICK_BYTES:
            self.late_day = today
            return False
        return self.make(today)

    def make(self, day: date) -> bool:
        """Make the backup of a day and return True, or say why it could not be made.

        One of a damaged journal counts, and is said to be one: what was written since the last good
        one is in no other.
        """
        from coachlog.store.backup_files import describe_backup_file
        from coachlog.store.backups import write_daily_backup

        reason = "the file of the journal is damaged: coachlog check"
        try:
            self.fresh_path = write_daily_backup(self._files, day, _WAIT_SECONDS)
        except OSError as error:
            reason = error.strerror or type(error).__name__
        except DriverError as error:
            if not is_damage_error(error):
                reason = "the disk is full, or cannot be written to"
        if self.fresh_path is None:
            self._has_failed = True
            self._tell(
                f"Today's backup could not be made ({reason}). "
                "The next change tries it again."
            )
        elif (backup := describe_backup_file(self.fresh_path)).is_damaged:
            self._tell(
                f"The journal is damaged, so today's backup is marked as that ({backup.name}). "
                "`coachlog check` says what is damaged, and what can be mended."
            )
        return self.fresh_path is not None

    def make_late(self) -> None:
        """Make the backup that was put off, or say why it could not be made."""
        day, self.late_day = self.late_day, None
        if day is None:
            return
        folder = self._files.real_journal.parent
        # Whoever puts another file in the journal's place makes a backup of it first.
        with suppress(JournalLocked, OSError), hold_shared(folder, _WAIT_SECONDS):
            self.make(day)
