"""The files beside a form: copies of what it held before, and what editors leave behind."""

import glob
from contextlib import suppress
from pathlib import Path

from coachlog import files
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.editor_files import remove_editor_files
from coachlog.services.sessions.form_files import list_unfinished_forms


def is_own_form(desk: Desk, path: Path) -> bool:
    """Return whether coachlog made this form; a person's own file, and all beside it, stays."""
    return path.resolve() in [
        form.resolve() for form in list_unfinished_forms(desk.home)
    ]


def remove_recorded_form(desk: Desk, path: Path, result: Result) -> Result:
    """Remove a recorded form that coachlog made, and return the result of recording it.

    Where the form cannot be removed, the result says so: its conversation is saved by then.
    """
    try:
        remove_form(desk, path)
    except (OSError, RuntimeError):
        remark = (
            f"{path.name} could not be removed; it is recorded, so you can delete it."
        )
        return result._replace(remarks=(*result.remarks, remark))
    return result


def remove_form(desk: Desk, path: Path) -> None:
    """Remove a form that is no longer needed, and all beside it, if coachlog made it.

    Raises OSError if the form itself cannot be removed, or RuntimeError for a circle of links.
    """
    if not is_own_form(desk, path):
        return
    for backup in _list_form_backups(path):
        with suppress(OSError):
            backup.unlink(missing_ok=True)
    remove_editor_files(path)


def back_up_form(path: Path, contents: bytes) -> None:
    """Save what a form held before it was opened: one file for each state it was in."""
    backups = _read_form_backups(path)
    if contents not in backups:
        backup_path = path.with_name(f"{path.name}.before.{len(backups) + 1}")
        files.rewrite_file(backup_path, contents)


def read_earlier_form(path: Path) -> bytes | None:
    """Return the latest backup that differs from what the form holds now; None if there is none."""
    contents = path.read_bytes() if path.exists() else b""
    for backup in reversed(_read_form_backups(path)):
        if backup != contents:
            return backup
    return None


def is_untouched_form(desk: Desk, path: Path) -> bool:
    """Return whether a form that coachlog made is as blank as on the first day."""
    if not path.exists() or not is_own_form(desk, path):
        return False
    return _read_form_backups(path) == [path.read_bytes()]


def _read_form_backups(path: Path) -> list[bytes]:
    """Return the states that a form was in, the oldest first."""
    return [backup.read_bytes() for backup in _list_form_backups(path)]


def _list_form_backups(path: Path) -> list[Path]:
    """Return the backups of a form, the oldest first."""
    backups = path.parent.glob(f"{glob.escape(path.name)}.before.*")
    # By length first, so that the tenth comes after the ninth.
    return sorted(backups, key=lambda backup: (len(backup.name), backup.name))
