"""Writes the demo year into a folder of its own: all of it, or nothing."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from coachlog.errors import Refusal, StorageFailure
from coachlog.files import open_part_folder
from coachlog.services.demo.journal_setup import create_demo_journal
from coachlog.services.demo.story import DemoStep, read_demo_people, read_demo_steps
from coachlog.services.demo.story_writer import write_demo_step
from coachlog.services.desk import Desk
from coachlog.text import clean_text

StepProgress = Callable[[Sequence[DemoStep]], Iterable[DemoStep]]
"""Yields the steps unchanged, and shows how many are done."""

_NEW_FOLDER_HINT = "Name a new folder: coachlog demo FOLDER"


def write_demo_year(desk: Desk, folder: Path, progress: StepProgress) -> None:
    """Write a journal with the year before now into a folder; the desk's own is not touched.

    Raises `Refusal` unless the folder is new or empty, and `StorageFailure` if it cannot be
    written to.
    """
    _require_free_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside its target, so that one rename puts the whole year there, or nothing.
        with open_part_folder(folder) as part:
            _write_demo_steps(desk, part, progress)
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
    except OSError as error:
        raise _build_folder_error(folder, error) from error


def _require_free_folder(folder: Path) -> None:
    """Raise `Refusal` unless the folder is new or empty."""
    name = clean_text(str(folder))
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise Refusal(
                f"{name} is not a folder. Nothing was written.", _NEW_FOLDER_HINT
            )
        if folder.is_dir() and any(folder.iterdir()):
            raise Refusal(
                f"{name} is not empty. Nothing was written.", _NEW_FOLDER_HINT
            )
    except OSError as error:
        raise _build_folder_error(folder, error) from error


def _build_folder_error(folder: Path, error: OSError) -> StorageFailure:
    return StorageFailure(
        f"{clean_text(str(folder))} cannot be written to ({error.strerror})."
    )


def _write_demo_steps(desk: Desk, home: Path, progress: StepProgress) -> None:
    steps = read_demo_steps(desk.now)
    create_demo_journal(home, desk.zone, read_demo_people(), steps[0])
    for step in progress(steps):
        write_demo_step(home, desk.zone, step)
