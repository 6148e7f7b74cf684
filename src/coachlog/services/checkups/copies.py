"""How old the last good backup is, beside the journal and in a second place."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from coachlog import dates
from coachlog.errors import StorageFailure
from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.services.checkups.scene import Scene
from coachlog.services.settings import SettingFault, find_entry
from coachlog.store.backup_files import (
    BackupFile,
    list_backup_files,
    shorten_backup_name,
)
from coachlog.store.backups import (
    find_backup_fault,
    find_journal_uid,
    find_newest_good_backup,
    is_of_journal,
    is_of_later_day,
    is_whole_backup,
)
from coachlog.store.schema import MIGRATIONS
from coachlog.store.second_place import SecondPlaceFolder
from coachlog.text import format_count, join_phrases

BACKUPS, SECOND_PLACE = "backups", "second place"
SECOND_PLACE_SETTING = "backup.folder"
_BACKUP_HINT = "To make one: coachlog backup create"
_OTHER_FOLDER_HINT = (
    f"To choose another folder: coachlog config set {SECOND_PLACE_SETTING} FOLDER"
)
_MOST_DAYS = 7
"""A backup that lacks more than a week of changes is said to be old."""


def check_backups(scene: Scene) -> Iterator[Diagnosis]:
    """Yield how old the newest good backup is, and which others are damaged."""
    today = scene.desk.today
    newest = find_newest_good_backup(scene.files, None, MIGRATIONS, today)
    unusable_ones = []
    later_ones = []
    kept_ones = []
    newer_ones, older_ones = _split_at(newest, list_backup_files(scene.files.backups))
    for backup in newer_ones:
        if is_of_later_day(backup, today):
            later_ones.append(backup.path)
        elif _is_kept_good_one(backup):
            kept_ones.append(backup.path)
        elif not backup.is_damaged:
            unusable_ones.append(backup.path)
    unusable_ones += _list_damaged_paths(older_ones)
    yield from _describe_later_files(scene, later_ones)
    yield from _describe_unusable_files(scene, unusable_ones)
    if newest is not None:
        yield _judge_backup_age(scene, newest)
    elif scene.look is not None or os.path.lexists(scene.files.journal):
        yield _describe_no_backup(scene, kept_ones, bool(later_ones or unusable_ones))


def _split_at(
    newest: Path | None, backups: list[BackupFile]
) -> tuple[list[BackupFile], list[BackupFile]]:
    """Return the backups that are newer than the newest good one, and those that are older."""
    paths = [backup.path for backup in backups]
    if newest is None or newest not in paths:
        return backups, []
    position = paths.index(newest)
    return backups[:position], backups[position + 1 :]


def _list_damaged_paths(backups: list[BackupFile]) -> list[Path]:
    """Return those of older backups that are damaged, but for those whose names say so."""
    return [
        backup.path
        for backup in backups
        if not backup.is_damaged and not is_whole_backup(backup.path)
    ]


def _describe_later_files(scene: Scene, paths: list[Path]) -> Iterator[Diagnosis]:
    for path in paths:
        yield Diagnosis(
            BACKUPS,
            CheckState.CAUTION,
            f"{path.name} in {scene.files.backups} is of a day to come: the clock was wrong when "
            "it was made, or is now.",
            "Move it away if it is of no use.",
        )


def _describe_no_backup(
    scene: Scene, kept_ones: list[Path], has_others: bool
) -> Diagnosis:
    """Return what there is to say where no good backup is of today or before."""
    # Of a journal that cannot be used, no new one can be made.
    hint = _BACKUP_HINT if scene.look is not None else None
    words = "There is no backup of this journal yet."
    if has_others:
        words = "There is no good backup of this journal of today or before."
    if kept_ones:
        newest = kept_ones[0]
        age = _format_age(read_backup_day(newest, scene.desk.now), scene.desk.today)
        words = (
            f"There are only those that restores made of what they replaced: the newest, "
            f"{newest.name}, is of {age}."
        )
        if hint is None:
            name = shorten_backup_name(newest.name)
            hint = f"To see what is in it: coachlog backup restore {name}"
    return Diagnosis(BACKUPS, CheckState.CAUTION, words, hint)


def _describe_unusable_files(scene: Scene, paths: list[Path]) -> Iterator[Diagnosis]:
    if paths:
        names = join_phrases([path.name for path in paths[:3]])
        count = len(paths)
        them = "it" if count == 1 else "them"
        more = f" ({format_count(count, 'file')} in all)" if count > 3 else ""
        yield Diagnosis(
            BACKUPS,
            CheckState.WRONG,
            f"{names} in {scene.files.backups} cannot be used as a backup{more}.",
            f"Move {them} away, so that nobody counts on {them}.",
        )


def _is_kept_good_one(backup: BackupFile) -> bool:
    """Return whether a backup is a sound one that a restore made of what it replaced."""
    return (
        backup.is_before_restore and find_backup_fault(backup.path, MIGRATIONS) is None
    )


def _judge_backup_age(scene: Scene, newest: Path) -> Diagnosis:
    today = scene.desk.today
    day = read_backup_day(newest, scene.desk.now)
    words = f"The newest good one, {newest.name}, is of {_format_age(day, today)}."
    if _count_days_behind(scene, day) > _MOST_DAYS:
        words = f"{words} It has nothing that was changed since."
        return Diagnosis(BACKUPS, CheckState.CAUTION, words, _BACKUP_HINT)
    return Diagnosis(BACKUPS, CheckState.FINE, words)


def _count_days_behind(scene: Scene, day: date) -> int:
    """Return how many days lie between a backup and the journal's last change; 0 if none do."""
    changed_at = scene.look.changed_at if scene.look else None
    if changed_at is None:
        return 0
    changed_on = changed_at.astimezone(scene.desk.now.tzinfo).date()
    return max(0, (changed_on - day).days)


def _format_age(day: date, today: date) -> str:
    return f"{dates.format_short_day(day, today)} ({dates.format_days_ago(day, today)})"


def read_backup_day(path: Path, now: datetime) -> date:
    """Return the day that a backup is of: as its name says, or else when it was last written.

    `now` has the local zone. Raises `OSError` if the file cannot be looked at.
    """
    match = re.match(r"coachlog-(\d{4}-\d{2}-\d{2})", path.name)
    if match:
        with suppress(ValueError):
            return date.fromisoformat(match[1])
    return datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo).date()


def check_second_place(scene: Scene) -> Iterator[Diagnosis]:
    """Yield how old the newest copy in the second place is, where a setting names one."""
    folder = _read_second_place(scene)
    if folder is None:
        if scene.look is not None:
            yield Diagnosis(
                SECOND_PLACE,
                CheckState.CAUTION,
                "All backups are on the disk of the journal, and are lost with it.",
                "To copy them to a stick or a share at work as well: "
                f"coachlog config set {SECOND_PLACE_SETTING} FOLDER",
            )
    elif os.path.lexists(folder) and not folder.is_dir():
        yield Diagnosis(
            SECOND_PLACE,
            CheckState.WRONG,
            f"{folder} is not a folder, so nothing is copied there.",
            _OTHER_FOLDER_HINT,
        )
    elif not folder.is_dir():
        yield Diagnosis(
            SECOND_PLACE,
            CheckState.CAUTION,
            f"{folder} is not there now, so it was not looked at.",
            _choose_absence_hint(scene, folder),
        )
    else:
        yield from _judge_second_place(scene, folder)


def _choose_absence_hint(scene: Scene, folder: Path) -> str:
    place = SecondPlaceFolder(folder, find_journal_uid(scene.files), scene.files)
    if place.is_yet_to_be_made():
        return "To make it and copy a backup there: coachlog backup create"
    return "Plug it in or connect it now and then; the next change copies the newest backup to it."


def _read_second_place(scene: Scene) -> Path | None:
    with suppress(SettingFault):
        entry = find_entry(scene.desk.settings.file.entries, SECOND_PLACE_SETTING)
        if isinstance(entry, str) and entry.strip() not in ("", "none", "off"):
            return Path(os.path.expanduser(entry.strip()))  # noqa: PTH111 - raises nothing
    return None


def _judge_second_place(scene: Scene, folder: Path) -> Iterator[Diagnosis]:
    if access_fault := _judge_access(folder):
        yield access_fault
        return
    uid = find_journal_uid(scene.files)
    place = SecondPlaceFolder(folder, uid, scene.files)
    try:
        place.require_own()
    except StorageFailure as error:
        yield Diagnosis(SECOND_PLACE, CheckState.WRONG, error.message, error.hint)
        return
    try:
        place.require_sign()
    except StorageFailure as error:
        yield Diagnosis(SECOND_PLACE, CheckState.CAUTION, error.message, error.hint)
        return
    newest, faulty_ones = _find_newest_copy(scene, folder, uid)
    for path, fault in faulty_ones.items():
        words = f"{path.name} in {folder} {fault}."
        mend = "Move it away, so that nobody counts on it."
        yield Diagnosis(SECOND_PLACE, CheckState.WRONG, words, mend)
    if newest is None:
        words = f"There is no good copy of this journal in {folder} yet."
        mend = "To copy one there: coachlog backup create"
        yield Diagnosis(SECOND_PLACE, CheckState.CAUTION, words, mend)
        return
    now = scene.desk.now
    newest_day = read_backup_day(newest, now)
    yield describe_second_place(
        f"The newest good copy in {folder} is of {_format_age(newest_day, now.date())}.",
        _count_days_behind(scene, newest_day),
        is_same_disk=folder.stat().st_dev == scene.nearest_folder.stat().st_dev,
    )


def _judge_access(folder: Path) -> Diagnosis | None:
    """Return what this user may not do in a folder; None where nothing is in the way."""
    for mode, verb in ((os.R_OK | os.X_OK, "look into"), (os.W_OK, "write to")):
        if not os.access(folder, mode):
            words = f"You cannot {verb} {folder}, so nothing is copied there."
            return Diagnosis(SECOND_PLACE, CheckState.WRONG, words, _OTHER_FOLDER_HINT)
    return None


def _find_newest_copy(
    scene: Scene, folder: Path, uid: str | None
) -> tuple[Path | None, dict[Path, str]]:
    """Return the newest good copy of the journal, and what is wrong with others."""
    faulty_ones: dict[Path, str] = {}
    backups = list_backup_files(folder)
    for position, backup in enumerate(backups):
        if backup.is_damaged or is_of_later_day(backup, scene.desk.today):
            continue
        fault = find_backup_fault(backup.path, MIGRATIONS)
        if fault is None and is_of_journal(backup.path, uid):
            older_ones = _list_damaged_paths(backups[position + 1 :])
            return backup.path, faulty_ones | dict.fromkeys(older_ones, "is damaged")
        faulty_ones[backup.path] = fault or "is of another journal"
    return None, faulty_ones


def describe_second_place(
    words: str, days_behind: int, *, is_same_disk: bool
) -> Diagnosis:
    """Return what there is to say of a second place; `words` say of which day its copy is."""
    if is_same_disk:
        words = f"{words} It is on the disk of the journal, and is lost with it."
        mend = "Name a folder on another disk, such as a stick."
        return Diagnosis(SECOND_PLACE, CheckState.CAUTION, words, mend)
    if days_behind > _MOST_DAYS:
        mend = "Leave it plugged in while you make a change."
        return Diagnosis(SECOND_PLACE, CheckState.CAUTION, words, mend)
    return Diagnosis(SECOND_PLACE, CheckState.FINE, words)
