"""Backups: made, listed, checked, copied to a second place, and put in the journal's place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import (
    CoachlogError,
    DamagedJournal,
    NoJournal,
    NotFound,
    Refusal,
    StorageFailure,
)
from coachlog.model.backups import Backup, BackupVerdict, RestorePreview, SecondPlace
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.settings import BACKUP_FOLDER, NONE
from coachlog.store.backup_files import (
    BackupFile,
    describe_backup_file,
    list_backup_files,
    read_local_time,
    shorten_backup_name,
)
from coachlog.text import clean_line, join_phrases, shorten_text

if TYPE_CHECKING:
    from coachlog.rules.backup_rotation import DatedBackup
    from coachlog.store.restoring import StagedJournal
    from coachlog.store.second_place import SecondPlaceFolder


# Made


def create_backup(desk: Desk) -> tuple[Backup, Result]:
    """Return a backup of the journal as it is now, copied to the second place, and what to say.

    Of a damaged journal, it is marked as that. Raises `DamagedJournal` if SQLite cannot read the
    journal, and `StorageFailure` if the disk refuses.
    """
    folder = desk.journal.files.backups
    earlier_paths = {backup.path for backup in list_backup_files(folder)}
    path = desk.journal.back_up(desk.today)
    backup = _describe_backup(describe_backup_file(path))
    message = f"Backup {backup.name} is made and checked."
    if path in earlier_paths:
        message = f"Nothing has changed since backup {backup.name}, which is sound."
    if backup.is_damaged:
        message = f"Backup {backup.name} is made, of a damaged journal."
        if path in earlier_paths:
            message = (
                f"Nothing has changed since backup {backup.name}, of a damaged journal."
            )
    words, remarks = _describe_copy(desk, path)
    _rotate(desk, folder, path)
    return backup, Result(f"{message}{words}", remarks)


def require_good_backup(backup: Backup) -> None:
    """Raise `DamagedJournal` for a backup that was made of a damaged journal."""
    if backup.is_damaged:
        raise DamagedJournal(
            f"The journal is damaged, and so is backup {backup.name}: it keeps what was written "
            "since the newest good one, and replaces no other.",
            "What is damaged, and how to mend it: coachlog check",
        )


def _describe_copy(desk: Desk, backup: Path) -> tuple[str, tuple[str, ...]]:
    """Copy a backup that was asked for; return a sentence for where it is now, or a remark."""
    place = _find_second_place(desk, backup)
    if place is None:
        return "", ()
    try:
        place.prepare()
        if not place.is_there():
            return "", (f"The second place, {place.folder}, is not there now.",)
        _copy_to_place(desk, place, backup)
    except (OSError, CoachlogError) as error:
        return "", (_phrase_copy_fault(place, error),)
    return f" It is in the second place, too: {place.folder}.", ()


def finish_backups(desk: Desk) -> None:
    """Do what is left of today's backup, once the answer of a command is printed.

    A large journal is copied only now; old backups go, and the new one is copied to the second
    place. Whatever fails is one sentence, as the command itself is done.
    """
    daily_backup = desk.journal.daily_backup
    if daily_backup.late_day:
        daily_backup.make_late()
    path, daily_backup.fresh_path = daily_backup.fresh_path, None
    if path is not None:
        _rotate(desk, path.parent, path)
    elif desk.settings.find_state(BACKUP_FOLDER).value == NONE:
        return
    else:
        path = _find_uncopied_backup(desk)
    place = _find_second_place(desk, path) if path else None
    if path is None or place is None:
        return
    try:
        if place.is_another_place():
            place.require_sign()
        if place.is_there():
            _copy_to_place(desk, place, path)
    except (OSError, CoachlogError) as error:
        desk.tell(_phrase_copy_fault(place, error))


def _find_uncopied_backup(desk: Desk) -> Path | None:
    """Return the newest backup of a day if the second place can take it and lacks it.

    It was not there when that backup was made, or a copy failed. As this is asked at each change,
    no backup is opened before one is missing.
    """
    from coachlog.store.backups import read_backup_uid
    from coachlog.store.second_place import SecondPlaceFolder

    folder = Path(str(desk.settings.find_state(BACKUP_FOLDER).value))
    if not folder.is_dir():
        return None
    uid: str | None = None
    for backup in _list_past_daily_backups(desk):
        place = SecondPlaceFolder(folder, uid, desk.journal.files)
        if not (place.is_there() and place.lacks(backup.path)):
            return None
        uid = uid or desk.journal.read_uid()
        # What another journal's is doing here, nobody knows.
        if uid is not None and read_backup_uid(backup.path) == uid:
            place = SecondPlaceFolder(folder, uid, desk.journal.files)
            return backup.path if place.is_own() else None
    return None


def _list_past_daily_backups(desk: Desk) -> list[BackupFile]:
    backup_files = list_backup_files(desk.journal.files.backups)
    return [b for b in backup_files if not b.is_lasting and b.made_on <= desk.today]


def _find_second_place(desk: Desk, backup: Path) -> "SecondPlaceFolder | None":
    """Return the place to copy a backup to; None if none is set, or the backup has no journal."""
    folder = desk.settings.get_text(BACKUP_FOLDER)
    if folder == NONE:
        return None
    from coachlog.store.backups import find_journal_uid, read_backup_uid
    from coachlog.store.second_place import SecondPlaceFolder

    # What a damaged journal says about itself may be what is damaged.
    uid = read_backup_uid(backup) or find_journal_uid(desk.journal.files)
    if uid is None:
        return None
    return SecondPlaceFolder(Path(folder), uid, desk.journal.files)


def _copy_to_place(desk: Desk, place: "SecondPlaceFolder", backup: Path) -> None:
    from coachlog.store.erased_lists import share_erased_lists

    place.copy(backup, desk.clock())
    share_erased_lists([desk.journal.files.backups, place.folder])
    _rotate(desk, place.folder, backup)


def _phrase_copy_fault(place: "SecondPlaceFolder", error: Exception) -> str:
    if isinstance(error, StorageFailure):
        return _join_sentences(error)
    assert isinstance(error, OSError)
    reason = error.strerror or type(error).__name__
    return (
        f"The backup could not be copied to {place.folder} ({reason}); "
        "the next change tries it again."
    )


def _join_sentences(error: StorageFailure) -> str:
    return f"{error.message} {error.hint or ''}".strip()


def _rotate(desk: Desk, folder: Path, fresh_path: Path) -> None:
    """Remove the backups of days in a folder that have had their time, after a new one is made.

    If that is of a damaged journal, no good one is removed.
    """
    from coachlog.rules.backup_rotation import (
        list_outdated_backups,
        list_surplus_damaged_backups,
    )

    # All of today's stay: what was made a moment ago may be what is looked for.
    daily_backups = {
        backup.name: backup
        for backup in list_backup_files(folder)
        if not backup.is_lasting and backup.made_on != desk.today
    }
    dated_backups = [_date_backup(backup) for backup in daily_backups.values()]
    is_journal_sound = not describe_backup_file(fresh_path).is_damaged
    outdated = list_outdated_backups(
        dated_backups, desk.today, is_journal_sound=is_journal_sound
    )
    damaged_backups = [
        backup for backup in dated_backups if daily_backups[backup.name].is_damaged
    ]
    surplus = list_surplus_damaged_backups(damaged_backups, desk.today)
    for name in {*outdated, *surplus}:
        with suppress(OSError):
            daily_backups[name].path.unlink()


def _date_backup(backup: BackupFile) -> "DatedBackup":
    from coachlog.rules.backup_rotation import DatedBackup
    from coachlog.store.backups import is_readable_backup

    is_good = not backup.is_damaged and is_readable_backup(backup.path)
    return DatedBackup(backup.name, _find_moment(backup), is_good)


def _find_moment(backup: BackupFile) -> datetime:
    """Return when a backup was made: on the day in its name, whenever the file was written."""
    moment = read_local_time(backup.written_at)
    if backup.day is None or backup.day == moment.date():
        return moment
    return datetime.combine(backup.day, time.min).astimezone()


# Listed and checked


def list_backups(desk: Desk) -> list[Backup]:
    """Return the backups beside the journal, the newest first, with what each holds."""
    backup_files = list_backup_files(desk.journal.files.backups)
    faulty_paths = set(_list_newest_faulty_paths(backup_files))
    return [
        _describe_backup(backup)._replace(
            fault="is damaged" if backup.path in faulty_paths else None
        )
        for backup in backup_files
    ]


def _list_newest_faulty_paths(backup_files: Sequence[BackupFile]) -> Iterator[Path]:
    """Yield the backups that are not sound, down to the newest one of a day that is."""
    from coachlog.store.backups import is_whole_backup

    for backup in backup_files:
        # Of a damaged journal nobody expects more, and the name says so.
        if backup.is_damaged:
            continue
        if not is_whole_backup(backup.path):
            yield backup.path
        elif not backup.is_lasting:
            return


def _describe_backup(backup: BackupFile) -> Backup:
    from coachlog.store.backups import count_contents

    contents = count_contents(backup.path)
    return Backup(
        backup.name,
        str(backup.path),
        backup.made_on,
        _find_moment(backup),
        backup.path.stat().st_size,
        *contents,
        is_damaged=backup.is_damaged,
    )


def load_second_place(desk: Desk) -> SecondPlace | None:
    """Return how it is with the second place; None if there is no such setting."""
    folder = desk.settings.get_text(BACKUP_FOLDER)
    if folder == NONE:
        return None
    from coachlog.store.second_place import SecondPlaceFolder

    uid = desk.journal.read_uid()
    place = SecondPlaceFolder(Path(folder), uid, desk.journal.files)
    fault = None
    try:
        place.require_own()
        place.require_sign()
    except StorageFailure as error:
        fault = _join_sentences(error)
    last_copy = place.read_last_copy()
    if last_copy is None:
        return SecondPlace(folder, place.is_there(), fault=fault)
    name = shorten_backup_name(last_copy.name)
    return SecondPlace(folder, place.is_there(), name, last_copy.at, fault)


def examine_backups(desk: Desk, names: Sequence[str]) -> list[BackupVerdict]:
    """Return whether backups are sound, each stored value included; without names, all of them.

    All are those beside the journal, and those in the second place while it is there. Raises
    NotFound for a name that none has.
    """
    if names:
        paths = [find_backup(desk, name) for name in names]
        return [_examine_backup(desk, path) for path in paths]
    from coachlog.store.backups import find_journal_uid
    from coachlog.store.good_backups import list_place_files

    journal_files = desk.journal.files
    uid = find_journal_uid(journal_files)
    backup_files = [
        *list_backup_files(journal_files.backups),
        *list_place_files(journal_files, desk.find_second_folder(), uid),
    ]
    return [_examine_backup(desk, backup.path, uid) for backup in backup_files]


def _examine_backup(desk: Desk, path: Path, uid: str | None = None) -> BackupVerdict:
    """Return whether a backup is sound and, where the uid is known, of the journal that has it."""
    from coachlog.store.backups import find_backup_fault, is_of_journal

    fault = find_backup_fault(path, desk.journal.migrations)
    if fault is None and not is_of_journal(path, uid):
        fault = "is of another journal"
    name = shorten_backup_name(path.name)
    if path.parent != desk.journal.files.backups:
        name = str(path)
    is_damaged = path.is_file() and describe_backup_file(path).is_damaged
    return BackupVerdict(name, str(path), fault is None, fault, is_damaged)


def require_sound_backups(verdicts: Sequence[BackupVerdict]) -> None:
    """Raise `DamagedJournal` if one of the backups is not sound that ought to be."""
    faulty_names = [
        verdict.name
        for verdict in verdicts
        if not verdict.is_sound and not verdict.is_damaged
    ]
    if faulty_names:
        is_single = len(faulty_names) == 1
        left = (
            "It has been left as it is"
            if is_single
            else "They have been left as they are"
        )
        them = "it" if is_single else "them"
        raise DamagedJournal(
            f"Not sound: {', '.join(faulty_names)}. {left}.",
            f"Move {them} away, so that nobody counts on {them}. "
            "A new one: coachlog backup create",
        )


def find_backup(desk: Desk, typed_name: str) -> Path:
    """Return the backup that is meant: by its name, its day, or the path of its file.

    Of several made on a day it is the newest, unless the name says which. Raises NotFound.
    """
    backup_files = list_backup_files(desk.journal.files.backups)
    name = clean_line(typed_name)
    for backup in backup_files:
        if name in (backup.name, backup.path.name):
            return backup.path
    path = Path(typed_name).expanduser()
    if path.is_file():
        _refuse_journal_itself(desk, path)
        return path.absolute()
    try:
        day = desk.parse_past_day(name)
    except CoachlogError:
        raise NotFound(
            f"There is no backup “{shorten_text(name, 60)}” in {desk.journal.files.backups}.",
            "One elsewhere goes by the path of its file. All of them: coachlog backup list",
        ) from None
    # One of a damaged journal is meant only where there is no other.
    for backup in sorted(backup_files, key=lambda backup: backup.is_damaged):
        if backup.made_on == day:
            return backup.path
    raise _build_no_backup_of_day(desk, day)


def _build_no_backup_of_day(desk: Desk, day: date) -> NotFound:
    """Return the failure for a day without a backup, with the newest good one of before."""
    from coachlog.store.backups import find_earlier_good_backup

    journal = desk.journal
    words = f"There is no backup of {dates.format_short_day(day, desk.today)}."
    earlier = find_earlier_good_backup(journal.files, journal.migrations, day)
    if earlier is None:
        return NotFound(words, "What there is: coachlog backup list")
    return NotFound(
        f"{words} The last good one before that is {earlier.name}.",
        f"To see what it would change: coachlog backup restore {earlier.name}",
    )


def _refuse_journal_itself(desk: Desk, path: Path) -> None:
    """Raise Refusal for the journal: read as a backup, what is in its log would be left out."""
    if desk.journal.path.exists() and path.samefile(desk.journal.path):
        raise Refusal(
            f"{path} is the journal itself. Nothing was changed.",
            "The backups: coachlog backup list",
        )


# Restored


class Restore:
    """A backup that is ready to be restored, and what that would change."""

    def __init__(
        self, desk: Desk, staged: "StagedJournal", preview: RestorePreview
    ) -> None:
        self.preview = preview
        self._desk = desk
        self._staged = staged

    def carry_out(self) -> Result:
        """Put the backup in the journal's place; return where the present journal is kept.

        Raises `JournalLocked` if another process goes on using the journal, and `StorageFailure` if
        the disk refuses; nothing has been changed then.
        """
        backup = self.preview.backup
        outcome = self._desk.journal.restore(self._staged, self._desk.clock())
        message = f"Restored: the journal is as it was in backup {backup.name}."
        remarks = []
        if outcome.backup:
            name = shorten_backup_name(outcome.backup.name)
            message += (
                f" What it was before is backup {name}. Undo starts afresh.\n"
                f"To go back: coachlog backup restore {name}"
            )
        if outcome.aside:
            message += f" The damaged file is kept as it was: {outcome.aside}"
        if not outcome.has_lasting_rows:
            remarks.append(
                "The audit log and pulses are those of the backup, as the present ones could not "
                "be read."
            )
        if outcome.unwritten_lists:
            names = join_phrases([str(path) for path in outcome.unwritten_lists])
            remarks.append(
                f"What was erased could not be written to {names}; the next restore tries it again."
            )
        return Result(message, tuple(remarks))


@contextmanager
def stage_backup(desk: Desk, typed_name: str | None) -> Iterator[Restore]:
    """Yield a backup that is ready to be restored: the newest sound one, unless a name is typed.

    Raises `NotFound` if there is none, `DamagedJournal` if it is not sound, and `Refusal` if a
    newer coachlog made it, or it is of another journal.
    """
    path = _choose_backup(desk, typed_name)
    second_place = _find_place_with_list(desk, path)
    with desk.journal.stage_restore(path, desk.clock(), second_place) as staged:
        backup = _describe_backup(describe_backup_file(path))
        preview = RestorePreview(
            backup,
            erased_count=staged.erased_count,
            faulty_lists=tuple(map(str, staged.faulty_lists)),
        )
        try:
            differences = desk.journal.compare_restore(staged)
            preview = preview._replace(
                differences=differences.differences,
                others=differences.others,
                is_needless=differences.are_none and _needs_no_mending(desk),
            )
        except NoJournal:
            preview = preview._replace(is_missing=True)
        except CoachlogError as error:
            preview = preview._replace(present_fault=error.message)
        yield Restore(desk, staged, preview)


def _needs_no_mending(desk: Desk) -> bool:
    """Return whether there is nothing that a restore could put right."""
    report = desk.journal.examine()
    return not (report.findings or report.is_moved or report.reason)


def read_erased_digests(desk: Desk, backup: Path | None) -> set[str]:
    """Return the tombstones that are listed beside backups, of which one may be elsewhere.

    A list of which not all can be read is said: what it named may come back.
    """
    from coachlog.store.erased_lists import read_erased_lists

    folders = [desk.journal.files.backups]
    if backup is not None:
        folders.append(backup.parent)
        if (place := _find_place_with_list(desk, backup)) is not None:
            folders.append(place)
    erased_lists = read_erased_lists(folders)
    for path in erased_lists.faulty_paths:
        desk.tell(
            f"{path} cannot be read whole, so something that was erased may come back."
        )
    return {tombstone.digest for tombstone in erased_lists.tombstones}


def _find_place_with_list(desk: Desk, backup: Path) -> Path | None:
    """Return the second place, where what was erased is listed, too; None if it is not there."""
    with suppress(CoachlogError, OSError):
        place = _find_second_place(desk, backup)
        if place is not None and place.is_there() and place.is_own():
            return place.folder
    return None


def _choose_backup(desk: Desk, typed_name: str | None) -> Path:
    if typed_name is not None:
        return find_backup(desk, typed_name)
    from coachlog.store.backups import find_newest_good_backup

    journal = desk.journal
    path = find_newest_good_backup(journal.files, None, journal.migrations, desk.today)
    if path is None:
        raise NotFound(
            f"There is no sound backup of this journal and of before now in "
            f"{journal.files.backups}.",
            "What there is: coachlog backup list. By its name or file: coachlog backup restore "
            "BACKUP",
        )
    return path
