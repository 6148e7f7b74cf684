"""Puts a backup in the journal's place, so that a kill at any step leaves the one or the other.

What the present journal holds is kept first. Then everything that SQLite keeps beside it goes
before its name does: a log left behind would be replayed into the restored journal.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog import files
from coachlog.errors import DamagedJournal, JournalLocked, Refusal
from coachlog.named_tuples import NamedTuple
from coachlog.store.backup_files import describe_backup_file
from coachlog.store.backups import (
    find_backup_fault,
    find_earlier_good_backup,
    open_backup,
    read_backup_uid,
    write_kept_backup,
)
from coachlog.store.connections import DriverError, open_file
from coachlog.store.erased_lists import complete_erased_lists, read_erased_lists
from coachlog.store.home_lock import hold_alone
from coachlog.store.journal_comparison import JournalDifferences, compare_journals
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import JournalHead, write_head
from coachlog.store.journal_state import read_state
from coachlog.store.lasting_rows import (
    FinishedJournal,
    erase_from_backup,
    finish_restored_journal,
)

if TYPE_CHECKING:
    from coachlog.store.upgrades import JournalUpgrade

_LOCK_SECONDS = 10.0
"""How long to wait for changes that are under way."""


class RestoreOutcome(NamedTuple):
    """Where the journal that was there is kept, if there was one.

    `backup` is a checked backup of it, `aside` a damaged file as it was. `has_lasting_rows` tells
    whether the audit log, pulses, holds and marks of what was erased are those of that journal, and
    `unwritten_lists` which lists of these marks could not be completed.
    """

    backup: Path | None
    aside: Path | None
    has_lasting_rows: bool
    unwritten_lists: Sequence[Path] = ()


class StagedJournal:
    """A backup as it will be restored: copied beside the journal, checked, of the newest schema.

    Nothing is in it that was erased: `erased_count` things were taken out. `faulty_lists` are those
    lists of what was erased of which not all could be read.
    """

    def __init__(
        self,
        journal_files: JournalFiles,
        part: files.PartFile,
        source_folders: Sequence[Path] = (),
        list_folders: Sequence[Path] = (),
    ) -> None:
        self.erased_count = 0
        self.faulty_lists: list[Path] = []
        self._files = journal_files
        self._part = part
        self._source_folders = source_folders
        self._list_folders = list_folders

    def erase(self, now: datetime) -> None:
        """Take out what was erased, before anything of it is shown. Raises a driver error."""
        erased_lists = read_erased_lists(self._source_folders)
        self.faulty_lists = erased_lists.faulty_paths
        with open_file(self._part.path, "rw") as connection:
            self.erased_count = erase_from_backup(
                connection, self._find_present(), now, erased_lists.tombstones
            )

    def _find_present(self) -> Path | None:
        present = self._files.real_journal
        return present if present.is_file() else None

    def compare(self) -> JournalDifferences:
        """Return what would change. Raises a driver error if the present journal is damaged."""
        return compare_journals(self._files.real_journal, self._part.path)

    def swap(self, now: datetime) -> RestoreOutcome:
        """Put it in the journal's place, and return where the present one is kept.

        Raises `JournalLocked` if another process goes on using the journal, and `OSError` or a
        driver error if the disk refuses; nothing has been changed then.
        """
        with hold_alone(self._files.real_journal.parent, _LOCK_SECONDS):
            backup, aside = self._keep_present(now)
            has_lasting_rows, tombstones = self._finish_part(now)
            state_head = self._read_part_head()
            self.take_place(has_log_to_keep=aside is None)
            # Only with it is a log of before noticed that is put back beside the journal.
            write_head(self._files.head, state_head)
            unwritten_lists = complete_erased_lists(self._list_folders, tombstones)
        return RestoreOutcome(backup, aside, has_lasting_rows, unwritten_lists)

    def take_place(self, *, has_log_to_keep: bool = True) -> None:
        """Give the part, which is complete, the name of the journal; the home is held alone.

        Unless the present journal is damaged, what is in its log is moved into its file first: a
        kill before the very last step leaves it whole.
        """
        self._part.flush()
        if has_log_to_keep and self._files.real_journal.exists():
            self._empty_log()
        self._remove_logs()
        # It is about the journal that goes. After a kill, the next change writes it anew.
        self._files.head.unlink(missing_ok=True)
        self._part.publish(force=True)

    def _keep_present(self, now: datetime) -> tuple[Path | None, Path | None]:
        """Return a backup of the present journal, or the copy of a damaged one as it is."""
        if not self._files.real_journal.exists():
            return None, self._keep_aside(self._files.log, now)
        backup = None
        with suppress(DriverError):
            backup = write_kept_backup(self._files, now.date(), _LOCK_SECONDS)
        if backup is not None:
            return backup, None
        aside = self._keep_aside(self._files.real_journal, now)
        assert aside is not None
        log = self._files.log
        if self._files.has_log():
            _copy_as_it_is(log, Path(f"{aside}-wal"))
        return None, aside

    def _keep_aside(self, path: Path, now: datetime) -> Path | None:
        """Copy a file that cannot be read to a clear name in the home; None where it is missing."""
        if not path.exists():
            return None
        suffix = path.name.removeprefix(self._files.real_journal.stem)
        name = f"coachlog-damaged-{now.date().isoformat()}{suffix}"
        return _copy_as_it_is(path, self._files.home / name)

    def _finish_part(self, now: datetime) -> FinishedJournal:
        """Give the part what must stay of the present journal, and return what that came to."""
        # Again: something may have been erased since it was shown.
        erased_lists = read_erased_lists(self._source_folders)
        with open_file(self._part.path, "rw") as connection:
            finished_journal = finish_restored_journal(
                connection, self._find_present(), now, erased_lists.tombstones
            )
            # Only now: until then, each commit was in the file itself.
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        return finished_journal

    def _read_part_head(self) -> JournalHead:
        with open_file(self._part.path, "ro&immutable=1") as connection:
            state = read_state(connection)
        return JournalHead(state.uid, state.epoch, state.change_count)

    def _empty_log(self) -> None:
        """Move what is in the log into the journal file. Raises JournalLocked if that fails.

        Between here and the swap, the journal is whole without the log.
        """
        with open_file(self._files.real_journal, "rw", _LOCK_SECONDS) as connection:
            row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if row[0] or self._files.has_log():
            raise JournalLocked(
                "Another coachlog is reading the journal and did not finish in time. "
                "Nothing was changed.",
                "Try again in a moment.",
            )

    def _remove_logs(self) -> None:
        """Remove what SQLite keeps beside the journal, for good before its name is given away."""
        for suffix in ("-wal", "-shm", "-journal"):
            Path(f"{self._files.real_journal}{suffix}").unlink(missing_ok=True)
        files.sync_folder(self._files.real_journal.parent)


@contextmanager
def stage_restore(
    journal_files: JournalFiles,
    backup: Path,
    present_uid: str | None,
    migrations: Path,
    upgrade: "JournalUpgrade",
    now: datetime,
    second_place: Path | None = None,
) -> Iterator[StagedJournal]:
    """Yield a backup, ready to take the journal's place; at the end nothing of it is left.

    What was erased is not in it, by the marks in the present journal, beside the backups, in the
    second place and beside the backup itself. Raises `DamagedJournal` if it is not sound, `Refusal`
    if a newer coachlog made it, or it is of another journal than the present one, and `OSError` or
    a driver error if the disk refuses.
    """
    fault = find_backup_fault(backup, migrations)
    if fault and "newer coachlog" in fault:
        raise Refusal(f"{backup} {fault}. Nothing was changed.", "Update coachlog.")
    if fault:
        raise _build_damaged_backup(journal_files, backup, fault, migrations)
    uid = read_backup_uid(backup)
    if present_uid and uid and uid != present_uid:
        raise Refusal(
            f"{backup} is a backup of another journal. Nothing was changed.",
            f"To open it by itself: coachlog --home FOLDER backup restore {backup}",
        )
    files.make_private_folder(journal_files.home)
    with files.open_part_file(journal_files.real_journal) as part:
        connection = open_backup(backup)
        try:
            connection.execute("VACUUM INTO ?", (str(part.path),))
        finally:
            connection.close()
        with open_file(part.path, "rw") as copy:
            upgrade.upgrade_copy(copy)
        list_folders = [journal_files.backups]
        if second_place is not None:
            list_folders.append(second_place)
        source_folders = [*list_folders, backup.parent]
        staged = StagedJournal(journal_files, part, source_folders, list_folders)
        staged.erase(now)
        yield staged


def _build_damaged_backup(
    journal_files: JournalFiles, backup: Path, fault: str, migrations: Path
) -> DamagedJournal:
    """Return the failure for a backup that is not sound, with the newest good one of before."""
    words = f"{backup} {fault}. Nothing was changed."
    if not backup.is_file():
        return DamagedJournal(words, "What there is: coachlog backup list")
    file = describe_backup_file(backup)
    earlier = find_earlier_good_backup(
        journal_files, migrations, file.made_on, file.written_at
    )
    if earlier is None:
        return DamagedJournal(
            words, "To see which backups are sound: coachlog backup check"
        )
    return DamagedJournal(
        words, f"The last good one before it: coachlog backup restore {earlier.name}"
    )


def _copy_as_it_is(source: Path, target: Path) -> Path:
    """Copy a file byte by byte to a new name, flushed to the disk, and return its path."""
    from shutil import copyfile

    with files.open_part_file(target) as part:
        copyfile(source, part.path)
        part.flush()
        return part.publish_new("-")
