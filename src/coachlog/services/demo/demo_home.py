"""Writes the year into a folder of its own: all of it, or nothing."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from coachlog.errors import Refused, StorageFailure
from coachlog.services.demo import story, story_writer
from coachlog.services.demo.story import Step
from coachlog.services.desk import Desk
from coachlog.text import clean

Progress = Callable[[Sequence[Step]], Iterable[Step]]
"""Yields the steps as they are, and shows how far they are."""

_ELSEWHERE = "Name a new folder: coachlog demo FOLDER"


def write_year(desk: Desk, folder: Path, progress: Progress) -> None:
    """Write a journal with the year before now into a folder; the desk's own is not touched.

    `Refused` unless nothing is there, or an empty folder; `StorageFailure` where nothing can be
    written.
    """
    _require_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(dir=folder.parent, prefix=".coachlog-demo-"))
    except OSError as error:
        raise _unusable(folder, error) from error
    try:
        _tell(desk, part, progress)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise _unusable(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _require_free(folder: Path) -> None:
    """Raise `Refused` unless nothing is there, or an empty folder."""
    shown = clean(str(folder))
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise Refused(f"{shown} is no folder. Nothing was written.", _ELSEWHERE)
        if folder.is_dir() and any(folder.iterdir()):
            raise Refused(f"{shown} is not empty. Nothing was written.", _ELSEWHERE)
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> StorageFailure:
    return StorageFailure(f"{clean(str(folder))} cannot be written to ({error.strerror}).")


def _tell(desk: Desk, home: Path, progress: Progress) -> None:
    steps = story.steps(desk.now)
    story_writer.begin(home, desk.zone, story.cast(), steps[0])
    for step in progress(steps):
        story_writer.tell(home, desk.zone, step)
