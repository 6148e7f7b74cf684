"""How old the last good backup is, beside the journal and in a second place."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from coachlog import dates
from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.services.checkups.scene import Scene
from coachlog.services.settings import SETTINGS, SettingFault, find_entry
from coachlog.store.backup_files import BackupFile, list_backup_files
from coachlog.store.backups import (
    find_backup_fault,
    find_newest_good_backup,
    is_of_later_day,
)
from coachlog.store.schema import MIGRATIONS
from coachlog.text import format_count, join_phrases

BACKUPS, SECOND_PLACE = "backups", "second place"
SECOND_PLACE_SETTING = "backup.folder"
_BACKUP_HINT = "To make one: `coachlog backup create`"
_MOST_DAYS = 7
"""A backup that lacks more than a week of changes is said to be old."""


def check_backups(scene: Scene) -> Iterator[Diagnosis]:
    """Yield how old the newest good backup is, and which newer ones are damaged."""
    today = scene.desk.today
    newest = find_newest_good_backup(scene.files, None, MIGRATIONS, today)
    newer_ones = []
    for backup in list_backup_files(scene.files.backups):
        if backup.path == newest:
            break
        if is_of_later_day(backup, today):
            yield Diagnosis(
                BACKUPS,
                CheckState.CAUTION,
                f"{backup.path.name} in {scene.files.backups} is of a day to come: the clock was "
                "wrong when it was made.",
                "Move it away if it is of no use.",
            )
        elif not (backup.is_damaged or _is_kept_good_one(backup)):
            newer_ones.append(backup.path)
    yield from _describe_unusable_files(scene, newer_ones)
    if newest is not None:
        yield _judge_backup_age(scene, newest)
    elif scene.look is not None and not newer_ones:
        yield Diagnosis(
            BACKUPS,
            CheckState.CAUTION,
            "There is no backup of this journal yet.",
            _BACKUP_HINT,
        )


def _describe_unusable_files(
    scene: Scene, newer_ones: list[Path]
) -> Iterator[Diagnosis]:
    if newer_ones:
        names = join_phrases([path.name for path in newer_ones[:3]])
        count = len(newer_ones)
        more = f" ({format_count(count, 'file')} in all)" if count > 3 else ""
        yield Diagnosis(
            BACKUPS,
            CheckState.WRONG,
            f"{names} in {scene.files.backups} cannot be used as a backup{more}.",
            "Move it away, so that nobody counts on it.",
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
    if SECOND_PLACE_SETTING not in SETTINGS or scene.look is None:
        return
    folder = _read_second_place(scene)
    if folder is None:
        yield Diagnosis(
            SECOND_PLACE,
            CheckState.CAUTION,
            "All backups are on the disk of the journal, and are lost with it.",
            f"`coachlog config set {SECOND_PLACE_SETTING} FOLDER`: a stick, or a share at work.",
        )
    elif not folder.is_dir():
        yield Diagnosis(
            SECOND_PLACE,
            CheckState.CAUTION,
            f"{folder} is not there now, so it was not looked at.",
            "Plug it in or connect it now and then; the next backup is copied to it.",
        )
    else:
        yield _judge_second_place(scene, folder)


def _read_second_place(scene: Scene) -> Path | None:
    with suppress(SettingFault):
        entry = find_entry(scene.desk.settings.file.entries, SECOND_PLACE_SETTING)
        if isinstance(entry, str) and entry.strip() not in ("", "none", "off"):
            return Path(os.path.expanduser(entry.strip()))  # noqa: PTH111 - raises nothing
    return None


def _judge_second_place(scene: Scene, folder: Path) -> Diagnosis:
    now = scene.desk.now
    days = [
        read_backup_day(backup.path, now)
        for backup in list_backup_files(folder)
        if backup.path.match("coachlog-*") and not backup.is_damaged
    ]
    if not days:
        words = f"There is no copy in {folder} yet."
        mend = "The next backup is copied to it."
        return Diagnosis(SECOND_PLACE, CheckState.CAUTION, words, mend)
    newest_day = max(days)
    return describe_second_place(
        f"The newest copy in {folder} is of {_format_age(newest_day, now.date())}.",
        _count_days_behind(scene, newest_day),
        is_same_disk=folder.stat().st_dev == scene.nearest_folder.stat().st_dev,
    )


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
