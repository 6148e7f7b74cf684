"""A page written to a file, for its owner alone."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from coachlog.errors import Refused, StorageFailure


def write(target: Path, page: str, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all.

    `Refused` if there is one already and `force` is not given, `StorageFailure` if it cannot be.
    """
    try:
        handle, name = mkstemp(dir=target.parent, prefix=".coachlog-")
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        _publish(part, target, force=force)
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _publish(part: Path, target: Path, *, force: bool) -> None:
    """Give the file its name; one that is there already stays, unless forced."""
    if force:
        part.replace(target)
        return
    there = Refused(f"{target} is there already. Nothing was written.", "--force overwrites it.")
    if target.exists() or target.is_symlink():
        raise there
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise there from None
    except OSError:  # a file system without links
        part.replace(target)
