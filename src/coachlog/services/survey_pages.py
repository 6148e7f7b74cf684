"""The pages of a survey, written into a folder."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coachlog.errors import CoachlogError, StorageFailure


def require_writable_folder(folder: Path) -> None:
    """Raise StorageFailure if no page can be written there, before anything is stored."""
    # `~` with a name that is no user here stays as it is: there is no such folder.
    with suppress(RuntimeError):
        folder = folder.expanduser()
    if not folder.exists():
        raise StorageFailure(f"There is no folder {folder}. Nothing was written.")
    if not folder.is_dir():
        raise StorageFailure(f"{folder} is a file, not a folder. Nothing was written.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageFailure(f"{folder} cannot be written to. Nothing was written.")


def publish_survey_pages(publish: Callable[[], None], noun: str, id: int) -> None:
    """Give the pages their names; an error says that the survey itself is saved by now."""
    try:
        publish()
    except CoachlogError as error:
        raise type(error)(
            f"{error.message} {noun.capitalize()} {id} itself is saved in your journal.",
            f"To write its pages: coachlog {noun} sheet {id} --force, or -o with another folder.",
        ) from error
