"""The files of a contribution: one for each holder, sealed, with nothing to tell them by."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time
from pathlib import Path

from coachlog import files
from coachlog.errors import InvalidInput, StorageFailure
from coachlog.model.programme import Contribution, Programme
from coachlog.sealed.halves import name_half_file, seal_halves
from coachlog.text import clean_file_name


def list_half_names(halves: Sequence[Contribution], programme: Programme) -> list[str]:
    """Return the names of the files of a contribution, in the order of its halves."""
    return [
        name_half_file(half.quarter, half.number, half.holder, programme)
        for half in halves
    ]


def prepare_output_folder(folder: Path) -> None:
    """Make a folder for the files, if need be. Raises InvalidInput if it is a file."""
    name = clean_file_name(str(folder))
    if not files.is_path_free(folder) and not folder.is_dir():
        raise InvalidInput(
            f"{name} is a file. Nothing was written.", "Name a folder with --output."
        )
    try:
        files.make_private_folder(folder)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageFailure(
            f"{name} cannot be created ({reason}). Nothing was written."
        ) from error


@contextmanager
def stage_half_files(
    folder: Path, programme: Programme, halves: Sequence[Contribution]
) -> Iterator[Callable[[], None]]:
    """Write each half, sealed, under another name, and yield what names them all.

    Their time is noon of the day: when they were made is nobody's business. Raises as
    `files.stage_files`, and MissingLibrary without pyrage.
    """
    sealed = seal_halves(halves, programme)
    names = list_half_names(halves, programme)
    paths = [folder / name for name in names]
    pages: dict[Path, files.Content] = {
        path: sealed[half.holder] for path, half in zip(paths, halves, strict=True)
    }
    noon = datetime.combine(halves[0].made_on, time(12), UTC).timestamp()
    with files.stage_files(pages, force=False) as publish:

        def publish_all() -> None:
            publish()
            for path in paths:
                with suppress(OSError):
                    os.utime(path, (noon, noon))

        yield publish_all
