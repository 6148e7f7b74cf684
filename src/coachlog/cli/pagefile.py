"""Pages written to files, for their owner alone."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from coachlog.errors import Invalid, Refused, StorageFailure


def write(target: Path, page: str, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all.

    `Refused` if there is one already and `force` is not given, `StorageFailure` if it cannot be.
    """
    part = _staged(target, page)
    try:
        _publish(part, target, force=force)
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_all(folder: Path, pages: Mapping[str, str], *, force: bool) -> None:
    """Write files by name into a folder, which is made if it is missing: all of them, or none.

    Each is written as `write` does. `Refused` if one is there already and `force` is not given,
    `Invalid` if the folder is a file. Only what `force` overwrote cannot be brought back when the
    disk fails half-way.
    """
    if not free(folder) and not folder.is_dir():
        raise Invalid(f"{folder} is a file; several pages need a folder.", "Give another --output.")
    targets = {folder / name: page for name, page in pages.items()}
    there = [target for target in targets if not free(target)]
    if there and not force:
        raise is_there(there[0])
    made = _made(folder)
    written: list[Path] = []
    try:
        _write_each(targets, written, force=force)
    except BaseException:
        for target in written:
            if target not in there:
                target.unlink(missing_ok=True)
        if made:
            folder.rmdir()
        raise


def free(target: Path) -> bool:
    """Return whether nothing has that name; a link to nowhere has it.

    True as well where nobody may look: writing there says why it fails.
    """
    try:
        return not (target.exists() or target.is_symlink())
    except OSError:
        return True


def _made(folder: Path) -> bool:
    """Return whether the folder had to be made, for its owner alone."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageFailure(f"{folder} cannot be made ({error.strerror}).") from error
    return True


def _write_each(targets: Mapping[Path, str], written: list[Path], *, force: bool) -> None:
    """Put all pages on the disk, and only then give each its name."""
    parts: dict[Path, Path] = {}
    try:
        for target, page in targets.items():
            parts[target] = _staged(target, page)
        for target, part in parts.items():
            try:
                _publish(part, target, force=force)
            except OSError as error:
                raise _failed(target, error) from error
            written.append(target)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _staged(target: Path, page: str) -> Path:
    """Return a file beside the target that holds the page."""
    try:
        handle, name = mkstemp(dir=target.parent, prefix=".coachlog-")
    except OSError as error:
        raise _failed(target, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise _failed(target, error) from error
    return part


def _failed(target: Path, error: OSError) -> StorageFailure:
    return StorageFailure(f"{target} cannot be written ({error.strerror}).")


def _publish(part: Path, target: Path, *, force: bool) -> None:
    """Give the file its name; one that is there already stays, unless forced."""
    if force:
        part.replace(target)
        return
    there = is_there(target)
    if not free(target):
        raise there
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise there from None
    except OSError:  # a file system without links
        part.replace(target)


def is_there(target: Path) -> Refused:
    """Return the error for a file that is there already."""
    return Refused(f"{target} is there already. Nothing was written.", "--force overwrites it.")
