"""A page written to a file, for its owner alone."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from coachlog.errors import Refused, StorageFailure


def write(target: Path, page: str, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all.

    `Refused` if there is one already and `force` is not given, `StorageFailure` if it cannot be.
    """
    with staged({target: page}, force=force) as publish:
        publish()


@contextmanager
def staged(pages: Mapping[Path, str], *, force: bool) -> Iterator[Callable[[], None]]:
    """Yield what gives pages their names, once they lie on the disk under other ones.

    So a change can be committed in between: what is likely to fail has not failed by then. Without
    the call, nothing stays. `Refused` and `StorageFailure` as `write` raises them.
    """
    parts: dict[Path, Path] = {}

    def publish() -> None:
        for target, part in parts.items():
            with _told(target):
                _publish(part, target, force=force)

    try:
        for target, page in pages.items():
            with _told(target):
                _require_free(target, force=force)
                parts[target] = _new(target.parent)
                _fill(parts[target], page)
        yield publish
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn a failure of the disk or the folder into one that names the file."""
    try:
        yield
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error


def _new(folder: Path) -> Path:
    handle, name = mkstemp(dir=folder, prefix=".coachlog-")
    os.close(handle)
    return Path(name)


def _fill(part: Path, page: str) -> None:
    with part.open("w", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        os.fsync(file.fileno())


def _require_free(target: Path, *, force: bool) -> None:
    """Raise `Refused` for a name that is taken, unless forced; a folder is never overwritten."""
    if force and target.is_dir():
        raise StorageFailure(f"{target} is a folder. Nothing was written.")
    if not force and (target.exists() or target.is_symlink()):
        raise _there(target)


def _there(target: Path) -> Refused:
    return Refused(f"{target} is there already. Nothing was written.", "--force overwrites it.")


def _publish(part: Path, target: Path, *, force: bool) -> None:
    """Give the file its name; one that is there already stays, unless forced."""
    if force:
        part.replace(target)
        return
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise _there(target) from None
    except OSError:  # a file system without links
        _require_free(target, force=force)
        part.replace(target)
