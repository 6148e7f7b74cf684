"""Writes the year into a folder of its own: all of it, or nothing."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from coachlog.errors import Refusal, StorageFailure
from coachlog.services.demo import story, story_writer
from coachlog.services.demo.story import DemoStep
from coachlog.services.desk import Desk
from coachlog.text import clean_text

StepProgress = Callable[[Sequence[DemoStep]], Iterable[DemoStep]]
"""Yields the steps as they are, and shows how far they are."""

_NEW_FOLDER_HINT = "Name a new folder: coachlog demo FOLDER"


def write_demo_year(desk: Desk, folder: Path, progress: StepProgress) -> None:
    """Write a journal with the year before now into a folder; the desk's own is not touched.

    `Refused` unless nothing is there, or an empty folder; `StorageFailure` where nothing can be
    written.
    """
    _require_free_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(dir=folder.parent, prefix=".coachlog-demo-"))
    except OSError as error:
        raise _build_folder_error(folder, error) from error
    try:
        _write_demo_steps(desk, part, progress)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise _build_folder_error(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _require_free_folder(folder: Path) -> None:
    """Raise `Refused` unless nothing is there, or an empty folder."""
    shown = clean_text(str(folder))
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise Refusal(f"{shown} is no folder. Nothing was written.", _NEW_FOLDER_HINT)
        if folder.is_dir() and any(folder.iterdir()):
            raise Refusal(f"{shown} is not empty. Nothing was written.", _NEW_FOLDER_HINT)
    except OSError as error:
        raise _build_folder_error(folder, error) from error


def _build_folder_error(folder: Path, error: OSError) -> StorageFailure:
    return StorageFailure(f"{clean_text(str(folder))} cannot be written to ({error.strerror}).")


def _write_demo_steps(desk: Desk, home: Path, progress: StepProgress) -> None:
    steps = story.read_demo_steps(desk.now)
    story_writer.create_demo_journal(home, desk.zone, story.read_demo_people(), steps[0])
    for step in progress(steps):
        story_writer.write_demo_step(home, desk.zone, step)
