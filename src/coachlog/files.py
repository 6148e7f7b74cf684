"""Pages written to files, for their owner alone."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from coachlog.errors import Invalid, Refused, StorageFailure


def write(target: Path, page: bytes, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all.

    `Refused` if there is one already and `force` is not given, `StorageFailure` if it cannot be.
    """
    with staged({target: page}, force=force) as publish:
        publish()


def write_all(folder: Path, pages: Mapping[str, bytes], *, force: bool) -> None:
    """Write files by name into a folder, which is made if it is missing: all of them, or none.

    Each is written as `write` does; `Invalid` if the folder is a file. Only what `force` overwrote
    cannot be brought back when the disk fails half-way.
    """
    if not free(folder) and not folder.is_dir():
        raise Invalid(f"{folder} is a file; several pages need a folder.", "Give another --output.")
    targets = {folder / name: page for name, page in pages.items()}
    for target in targets:
        if not force and not free(target):
            raise is_there(target)
    made = _made(folder)
    try:
        with staged(targets, force=force) as publish:
            publish()
    except BaseException:
        if made:
            folder.rmdir()
        raise


@contextmanager
def staged(pages: Mapping[Path, bytes], *, force: bool) -> Iterator[Callable[[], None]]:
    """Yield what gives pages their names, once they lie on the disk under other ones.

    So a change can be committed in between: what is likely to fail has failed by then. Without
    the call, nothing stays. `Refused` and `StorageFailure` as `write` raises them.
    """
    parts: dict[Path, Path] = {}
    try:
        for target, page in pages.items():
            with _told(target):
                _require_free(target, force=force)
                parts[target] = _new(target.parent)
                _fill(parts[target], page)
        yield lambda: _publish_all(parts, force=force)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def free(target: Path) -> bool:
    """Return whether nothing has that name; a link to nowhere has it.

    True as well where nobody may look: writing there says why it fails.
    """
    try:
        return not (target.exists() or target.is_symlink())
    except OSError:
        return True


def is_there(target: Path) -> Refused:
    """Return the error for a file that is there already."""
    return Refused(f"{target} is there already. Nothing was written.", "--force overwrites it.")


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn a failure of the disk or the folder into one that names the file."""
    try:
        yield
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error


def _made(folder: Path) -> bool:
    """Return whether the folder had to be made, for its owner alone."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageFailure(f"{folder} cannot be made ({error.strerror}).") from error
    return True


def _new(folder: Path) -> Path:
    handle, name = mkstemp(dir=folder, prefix=".coachlog-")
    os.close(handle)
    return Path(name)


def _fill(part: Path, page: bytes) -> None:
    with part.open("wb") as file:
        file.write(page)
        file.flush()
        os.fsync(file.fileno())


def _require_free(target: Path, *, force: bool) -> None:
    """Raise `Refused` for a name that is taken, unless forced; a folder is never overwritten."""
    if force and target.is_dir():
        raise StorageFailure(f"{target} is a folder. Nothing was written.")
    if not force and not free(target):
        raise is_there(target)


def _publish_all(parts: Mapping[Path, Path], *, force: bool) -> None:
    """Give all files their names; when one cannot have it, those new take theirs back."""
    new = [target for target in parts if free(target)]
    given: list[Path] = []
    try:
        for target, part in parts.items():
            with _told(target):
                _publish(part, target, force=force)
            given.append(target)
    except BaseException:
        for target in given:
            if target in new:
                target.unlink(missing_ok=True)
        raise


def _publish(part: Path, target: Path, *, force: bool) -> None:
    """Give the file its name; one that is there already stays, unless forced."""
    if force:
        part.replace(target)
        return
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise is_there(target) from None
    except OSError:  # a file system without links
        _require_free(target, force=force)
        part.replace(target)


def new_file(folder: Path, stem: str, suffix: str, text: str) -> Path:
    """Return a new file that only its owner can read, `stem.2` if there is a `stem` already."""
    number = 1
    old = os.umask(0o077)  # for every folder made on the way
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / f"{stem}{f'.{number}' if number > 1 else ''}{suffix}"
            try:
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            return path
    except OSError as error:
        raise StorageFailure(f"{folder} cannot be written to ({error.strerror}).") from error
    finally:
        os.umask(old)
