"""Files for their owner's eyes alone, each written whole or not at all.

Everything that coachlog writes goes through here: pages, forms, templates, the first journal and
its backups. What was begun lies beside its target under a name of its own, is removed when anything
fails, and its folder is synced once it has its real name, so that it lasts through a power cut.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import mkstemp

from coachlog.errors import InvalidInput, Refusal, StorageFailure

PART_PREFIX, PART_SUFFIX = ".coachlog-", ".part"
"""What the name of a file begins and ends with while it is written; between them is who writes."""

_DATABASE_SUFFIXES = ("", "-journal", "-wal", "-shm")
"""What SQLite may lay beside a database under its name."""

_LEFTOVER_NAME = re.compile(
    rf"{re.escape(PART_PREFIX)}(\d{{1,9}})-\w{{8}}{re.escape(PART_SUFFIX)}(?:{'|'.join(_DATABASE_SUFFIXES)})"
)
_LEFTOVER_SECONDS = 24 * 60 * 60  # seconds; no file takes a day to write


class PartFile:
    """A private file beside its target, to be filled first and then given the target's name."""

    def __init__(self, target: Path) -> None:
        handle, name = mkstemp(PART_SUFFIX, f"{PART_PREFIX}{os.getpid()}-", target.parent)
        os.close(handle)
        self.target = target
        self.path = Path(name)

    def fill(self, content: str | bytes) -> None:
        """Write the content, text as UTF-8, and flush it to the disk."""
        data = content.encode() if isinstance(content, str) else content
        with self.path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def flush(self) -> None:
        """Flush to the disk what another program has written."""
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())

    def publish(self, *, force: bool) -> None:
        """Give the file its name; `FileExistsError` if that is taken, unless forced."""
        if force:
            self.path.replace(self.target)
        else:
            self._take_name()
        sync_folder(self.target.parent)

    def publish_new(self, mark: str, *, or_same: bool = False) -> Path:
        """Give the file its name, or the next one that is free (`plan-2.md`), and return its path.

        `mark` stands before the number. With `or_same` a file of the same content will do: its path
        is returned, and nothing is written.
        """
        first = self.target
        for number in count(1):
            if number > 1:
                self.target = first.with_name(f"{first.stem}{mark}{number}{first.suffix}")
            if or_same and self._has_same_content(self.target):
                break
            with suppress(FileExistsError):
                self.publish(force=False)
                break
        return self.target

    def _has_same_content(self, other: Path) -> bool:
        """Return whether a file has the content of this one."""
        from filecmp import cmp

        return other.is_file() and cmp(self.path, other, shallow=False)

    def sweep(self, *folders: Path) -> None:
        """Remove from folders what a coachlog that was killed left half-written.

        The name of such a file holds the number of its process. While a process of that number
        lives, the file stays for a day; after that the number must be another program's. Its age is
        counted from when this part was made, as both times are the disk's own.
        """
        now = self.path.stat().st_mtime
        for folder in folders:
            with suppress(OSError):
                for path in folder.iterdir():
                    if path != self.path:
                        _remove_leftover(path, now)

    def _take_name(self) -> None:
        try:
            self.target.hardlink_to(self.path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links: take the name first, then fill it
            os.close(os.open(self.target, os.O_CREAT | os.O_EXCL, 0o600))
            try:
                self.path.replace(self.target)
            except OSError:
                self.target.unlink(missing_ok=True)
                raise

    def remove(self) -> None:
        """Remove what is left beside the target."""
        for suffix in _DATABASE_SUFFIXES:
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


@contextmanager
def open_part_file(target: Path) -> Iterator[PartFile]:
    """Yield a part of the target's folder; at the end nothing of it is left but the target."""
    begun = PartFile(target)
    try:
        yield begun
    finally:
        begun.remove()


def write_file(target: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all.

    `Refused` if there is one already and `force` is not given, `StorageFailure` if it cannot be.
    """
    with stage_files({target: content}, force=force) as publish:
        publish()


def write_files(folder: Path, pages: Mapping[str, str | bytes], *, force: bool) -> None:
    """Write files by name into a folder, which is made if it is missing: all of them, or none.

    Each is written as `write_file` does; `Invalid` if the folder is a file. Only what `force` overwrote
    cannot be brought back when the disk fails half-way.
    """
    if not is_path_free(folder) and not folder.is_dir():
        raise InvalidInput(
            f"{folder} is a file; several pages need a folder.", "Give another --output."
        )
    targets = {folder / name: page for name, page in pages.items()}
    for target in targets:
        if not force and not is_path_free(target):
            raise build_taken_refusal(target)
    is_new = _make_missing_folder(folder)
    try:
        with stage_files(targets, force=force) as publish:
            publish()
    except BaseException:
        if is_new:
            folder.rmdir()
        raise


@contextmanager
def stage_files(pages: Mapping[Path, str | bytes], *, force: bool) -> Iterator[Callable[[], None]]:
    """Yield what gives pages their names, once they lie on the disk under other ones.

    So a change can be committed in between: what is likely to fail has failed by then. Without
    the call, nothing stays. `Refused` and `StorageFailure` as `write_file` raises them.
    """
    parts: list[PartFile] = []
    try:
        for target, page in pages.items():
            with _translate_write_errors(target):
                _require_free_path(target, force=force)
                parts.append(PartFile(target))
                parts[-1].fill(page)
        yield lambda: _publish_parts(parts, force=force)
    finally:
        for begun in parts:
            begun.remove()


def write_new_file(folder: Path, stem: str, suffix: str, content: str) -> Path:
    """Write a new file into a folder, made where it is missing, and return its path.

    It is called `stem.2` if there is a `stem` already; `StorageFailure` if it cannot be written.
    """
    try:
        make_private_folder(folder)
        with open_part_file(folder / f"{stem}{suffix}") as begun:
            begun.fill(content)
            return begun.publish_new(".")
    except OSError as error:
        raise StorageFailure(f"{folder} cannot be written to ({error.strerror}).") from error


def make_private_folder(folder: Path) -> None:
    """Make a folder and any missing ones above it, open to their owner alone."""
    before = os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    finally:
        os.umask(before)


def is_path_free(target: Path) -> bool:
    """Return whether nothing has that name; a link to nowhere has it.

    True as well where nobody may look: writing there says why it fails.
    """
    try:
        return not (target.exists() or target.is_symlink())
    except OSError:
        return True


def build_taken_refusal(target: Path) -> Refusal:
    """Return the error for a file, or a folder, that is there already."""
    if target.is_dir():
        return Refusal(f"{target} is a folder. Nothing was written.", "Name a file in it.")
    return Refusal(f"{target} is there already. Nothing was written.", "--force overwrites it.")


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_leftover(path: Path, now: float) -> None:
    writer = _LEFTOVER_NAME.fullmatch(path.name)
    with suppress(OSError):
        if writer and (
            now - path.lstat().st_mtime > _LEFTOVER_SECONDS or not _is_process_alive(int(writer[1]))
        ):
            path.unlink()


def _is_process_alive(process_id: int) -> bool:
    """Return whether there is a process of that number, or nobody can say."""
    if os.name == "nt":  # to ask there would end it
        return True
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


@contextmanager
def _translate_write_errors(target: Path) -> Iterator[None]:
    """Turn a failure of the disk or the folder into one that names the file."""
    try:
        yield
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error


def _make_missing_folder(folder: Path) -> bool:
    """Return whether the folder had to be made, for its owner alone."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageFailure(f"{folder} cannot be made ({error.strerror}).") from error
    return True


def _require_free_path(target: Path, *, force: bool) -> None:
    """Raise `Refused` for a name that is taken, unless forced; a folder is never overwritten."""
    if force and target.is_dir():
        raise StorageFailure(f"{target} is a folder. Nothing was written.")
    if not force and not is_path_free(target):
        raise build_taken_refusal(target)


def _publish_parts(parts: list[PartFile], *, force: bool) -> None:
    """Give all files their names; when one cannot have it, those new take theirs back."""
    new = [begun.target for begun in parts if is_path_free(begun.target)]
    published: list[Path] = []
    try:
        for begun in parts:
            with _translate_write_errors(begun.target):
                _publish_part(begun, force=force)
            published.append(begun.target)
    except BaseException:
        for target in published:
            if target in new:
                target.unlink(missing_ok=True)
        raise


def _publish_part(part: PartFile, *, force: bool) -> None:
    try:
        part.publish(force=force)
    except FileExistsError:
        raise build_taken_refusal(part.target) from None
