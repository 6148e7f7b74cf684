"""Writing files that only their owner can read, each whole or not at all.

Everything that coachlog writes goes through here: pages, forms, templates, the first journal and
its backups. A file is first written beside its target under a temporary name, which is removed if
anything fails; once it has its real name, the folder is synced, so that it survives a power cut.
"""

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from coachlog.errors import InvalidInput, Refusal, StorageFailure

Content = str | bytes | Iterator[bytes]
"""What a file holds: whole, or in pieces where it may be too long for memory."""

PART_PREFIX, PART_SUFFIX = ".coachlog-", ".part"
"""The ends of the temporary name of a file; the number of the writing process is between them."""

_DATABASE_SUFFIXES = ("", "-journal", "-wal", "-shm")
"""The ends of the names of the files that SQLite may keep beside a database."""

_LEFTOVER_NAME = (
    rf"{re.escape(PART_PREFIX)}(\d{{1,9}})-\w{{8}}{re.escape(PART_SUFFIX)}"
    rf"(?:{'|'.join(_DATABASE_SUFFIXES)})"
)
_EARLIER_LEFTOVER_NAME = (
    rf"(?:coachlog[\w.-]*\.db|\.coachlog-\w{{8}}){re.escape(PART_SUFFIX)}"
    rf"(?:{'|'.join(_DATABASE_SUFFIXES)})|\.coachlog-demo-\w{{8}}"
)
"""What earlier versions left: without a number of a process, so they stay for a day."""

_NO_LINK_ERRORS = (
    errno.EPERM,
    errno.ENOSYS,
    errno.EMLINK,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
)
"""What a file system answers that has no hard links, such as that of a USB stick."""

_WRITABLE = 0o222
"""The bits of those who may write to a file."""

_LEFTOVER_SECONDS = 24 * 60 * 60
"""No file takes a day to write, so anything older was left behind."""

_own_part_names: set[str] = set()
"""What this process is writing: another file with its number is a leftover."""


class PartFile:
    """A private file beside its target, to fill first and then to give the target's name."""

    def __init__(self, target: Path) -> None:
        # Imported here, as most changes only look for files that were left behind.
        from tempfile import mkstemp

        sweep_leftovers(target.parent)
        handle, name = mkstemp(
            PART_SUFFIX, f"{PART_PREFIX}{os.getpid()}-", target.parent
        )
        os.close(handle)
        self.target = target
        self.path = Path(name)
        _own_part_names.add(self.path.name)

    def fill(self, content: Content) -> None:
        """Write the content, text as UTF-8, and flush it to the disk."""
        pieces: Iterable[bytes]
        if isinstance(content, str):
            pieces = [content.encode()]
        elif isinstance(content, bytes):
            pieces = [content]
        else:
            pieces = content
        with self.path.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())

    def flush(self) -> None:
        """Flush to the disk what other code has written to the file."""
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())

    def publish(self, *, force: bool) -> None:
        """Give the file its name; raises FileExistsError if that is taken, unless forced."""
        if force:
            self.path.replace(self.target)
        else:
            self._take_name()
        sync_folder(self.target.parent)

    def publish_new(self, mark: str, *, or_same: bool = False) -> Path:
        """Give the file its name, or the next free one (`plan-2.md`), and return its path.

        `mark` comes before the number. With `or_same`, a file that already has the same content
        will do: its path is returned, and nothing is written.
        """
        first_choice = self.target
        for number in count(1):
            if number > 1:
                name = f"{first_choice.stem}{mark}{number}{first_choice.suffix}"
                self.target = first_choice.with_name(name)
            if or_same and self._has_same_content(self.target):
                break
            with suppress(FileExistsError):
                self.publish(force=False)
                break
        return self.target

    def _has_same_content(self, other: Path) -> bool:
        from filecmp import cmp

        return other.is_file() and cmp(self.path, other, shallow=False)

    def _take_name(self) -> None:
        # Unlike a rename, a hard link never replaces a file that someone else wrote meanwhile.
        try:
            self.target.hardlink_to(self.path)
        except OSError as error:
            if error.errno not in _NO_LINK_ERRORS:
                raise
            # On a file system without links, create the target empty and then replace it.
            os.close(os.open(self.target, os.O_CREAT | os.O_EXCL, 0o600))
            try:
                self.path.replace(self.target)
            except OSError:
                self.target.unlink(missing_ok=True)
                raise

    def remove(self) -> None:
        """Remove the temporary file, if it still exists, and those of SQLite beside it."""
        for suffix in _DATABASE_SUFFIXES:
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        _own_part_names.discard(self.path.name)


@contextmanager
def open_part_file(target: Path) -> Iterator[PartFile]:
    """Yield a temporary file beside the target; at the end it is removed, unless published."""
    part = PartFile(target)
    try:
        yield part
    finally:
        part.remove()


@contextmanager
def open_part_folder(target: Path) -> Iterator[Path]:
    """Yield a temporary folder beside the target; at the end it is removed, unless renamed.

    Raises `OSError` if it cannot be created.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    sweep_leftovers(target.parent)
    folder = Path(mkdtemp(PART_SUFFIX, f"{PART_PREFIX}{os.getpid()}-", target.parent))
    _own_part_names.add(folder.name)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        _own_part_names.discard(folder.name)


def write_file(target: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all.

    Raises Refusal if it already exists and `force` is not set, or if it is a link or read-only,
    StorageFailure if it cannot be written.
    """
    with stage_files({target: content}, force=force) as publish:
        publish()


def rewrite_file(target: Path, content: str | bytes) -> None:
    """Write a file of coachlog's own anew: the one that a link leads to, even if it is read-only.

    Raises StorageFailure if it cannot be written.
    """
    real_target = Path(os.path.realpath(target))
    with _translate_write_errors(real_target, " Nothing was written."):
        _require_no_folder(real_target)
        with open_part_file(real_target) as part:
            part.fill(content)
            part.publish(force=True)


def write_files(folder: Path, pages: Mapping[str, str | bytes], *, force: bool) -> None:
    """Write files by name into a folder, which is created if need be: all of them, or none.

    Files that `force` overwrote are the exception: they cannot be restored if the disk fails
    half-way. Raises InvalidInput if the folder is a file, otherwise as `write_file`.
    """
    if not is_path_free(folder) and not folder.is_dir():
        raise InvalidInput(
            f"{folder} is a file. There are several pages, so they need a folder.",
            "Choose another --output.",
        )
    targets = {folder / name: page for name, page in pages.items()}
    for target in targets:
        if not force and not is_path_free(target):
            raise build_taken_refusal(target)
    is_new_folder = _make_missing_folder(folder)
    try:
        with stage_files(targets, force=force) as publish:
            publish()
    except BaseException:
        if is_new_folder:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def stage_files(
    pages: Mapping[Path, Content], *, force: bool
) -> Iterator[Callable[[], None]]:
    """Write pages to the disk under temporary names, and yield a function that publishes them.

    A change can be committed before calling it, when anything likely to fail would have failed
    already. Unless it is called, no file is left. Raises as `write_file`.
    """
    parts: list[PartFile] = []
    try:
        for target, page in pages.items():
            with _translate_write_errors(target, " Nothing was written."):
                require_free_path(target, force=force)
                part = PartFile(target)
                parts.append(part)
                part.fill(page)
        yield lambda: _publish_parts(parts, force=force)
    finally:
        for part in parts:
            part.remove()


def write_new_file(folder: Path, stem: str, suffix: str, content: str) -> Path:
    """Write a new file into a folder, which is created if need be, and return its path.

    If there already is a `stem`, it is named `stem.2`, and so on. Raises StorageFailure if it
    cannot be written.
    """
    try:
        make_private_folder(folder)
        with open_part_file(folder / f"{stem}{suffix}") as part:
            part.fill(content)
            return part.publish_new(".")
    except OSError as error:
        raise StorageFailure(
            f"{folder} cannot be written to ({error.strerror})."
        ) from error


def make_private_folder(folder: Path) -> None:
    """Create a folder and any missing ones above it, open to their owner alone.

    Raises `OSError` if one of them cannot be created.
    """
    missing_folders = []
    while not folder.is_dir():
        missing_folders.append(folder)
        folder = folder.parent
    before = os.umask(0o077)
    try:
        # One by one: Path.mkdir calls itself for each, and a path can have thousands of parts.
        for missing_folder in reversed(missing_folders):
            missing_folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(missing_folder.parent)
    finally:
        os.umask(before)


def is_path_free(target: Path) -> bool:
    """Return whether nothing has that name, not even a broken link.

    Also True where the folder may not be read, as an attempt to write there will say why it fails.
    """
    try:
        return not (target.exists() or target.is_symlink())
    except OSError:
        return True


def build_taken_refusal(target: Path) -> Refusal:
    """Return the error for a target that already exists as a file or a folder."""
    if target.is_dir():
        return Refusal(
            f"{target} is a folder. Nothing was written.", "Name a file in it."
        )
    return Refusal(
        f"{target} already exists. Nothing was written.",
        "To overwrite it, type the same command with --force.",
    )


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Keep other runs of coachlog out of the same block for the same folder.

    Where a folder cannot be locked, as on Windows or some network disks, nobody is kept out.
    """
    handle = _lock_folder_handle(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock_folder_handle(folder: Path) -> int | None:
    """Return an open, locked handle of a folder, to be closed; None where there is none."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep_leftovers(folder: Path) -> None:
    """Remove from a folder what any coachlog that was killed was writing there.

    The name of such a file has the number of its process. While another process with that number is
    running, the file stays for a day; after that, the number must be another program's. Nothing is
    raised: what cannot be removed now is for the next run.
    """
    for path in list_leftovers(folder):
        _remove_leftover(path)


def list_leftovers(folder: Path, seconds_now: float | None = None) -> list[Path]:
    """Return what any coachlog that was killed was writing in a folder; none if it is unreadable.

    What time it is for the disk is found with a file for a moment, unless `seconds_now` says so.
    """
    with suppress(OSError):
        paths = sorted(folder.iterdir())
        return [path for path in paths if _is_leftover(path, seconds_now)]
    return []


def _is_leftover(path: Path, seconds_now: float | None) -> bool:
    """Return whether a file is one that a killed run was writing."""
    if PART_SUFFIX not in path.name and not path.name.startswith(PART_PREFIX):
        return False
    match = re.fullmatch(_LEFTOVER_NAME, path.name)
    if match:
        return _is_left_behind(path, int(match[1]), seconds_now)
    is_earlier = re.fullmatch(_EARLIER_LEFTOVER_NAME, path.name)
    return bool(is_earlier) and _is_old(path, seconds_now)


def _is_left_behind(path: Path, process_id: int, seconds_now: float | None) -> bool:
    """Return whether nobody is writing a file any more that a process of this number began."""
    if process_id == os.getpid():
        return not any(path.name.startswith(name) for name in _own_part_names)
    if not _is_process_alive(process_id):
        return True
    return _is_old(path, seconds_now)


def _is_old(path: Path, seconds_now: float | None) -> bool:
    """Return whether a file was last written to more than a day ago."""
    with suppress(OSError):
        if seconds_now is None:
            seconds_now = _read_disk_time(path.parent)
        return seconds_now - path.lstat().st_mtime > _LEFTOVER_SECONDS
    return False


def _read_disk_time(folder: Path) -> float:
    """Return what time it is for the disk, whose clock may differ from ours if it is far away."""
    from tempfile import TemporaryFile

    with TemporaryFile(dir=folder) as file:
        return os.fstat(file.fileno()).st_mtime


def _remove_leftover(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            from shutil import rmtree

            rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _is_process_alive(process_id: int) -> bool:
    """Return whether a process with that number is running, or may be."""
    # On Windows, signal 0 would end the process.
    if os.name == "nt":
        return True
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It is running, but belongs to another user.
        return True
    return True


@contextmanager
def _translate_write_errors(target: Path, denial: str = "") -> Iterator[None]:
    """Turn an error of the operating system into a StorageFailure that names the file.

    `denial` is what it says of the other files.
    """
    try:
        yield
    except FileNotFoundError as error:
        # Some folders take no file and say this too, such as /proc.
        if target.parent.is_dir():
            raise StorageFailure(
                f"{target.parent} cannot be written to.{denial}"
            ) from error
        raise StorageFailure(
            f"There is no folder {target.parent}.{denial}",
            "Make it first, or name another.",
        ) from error
    except OSError as error:
        raise StorageFailure(
            f"{target} cannot be written ({error.strerror}).{denial}"
        ) from error


def _make_missing_folder(folder: Path) -> bool:
    """Create a folder for its owner alone if need be, and return whether it was created."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageFailure(
            f"{folder} cannot be created ({error.strerror})."
        ) from error
    return True


def require_free_path(target: Path, *, force: bool) -> None:
    """Raise Refusal if the name is taken or, if forced, by what is not to be overwritten.

    Raises StorageFailure if a folder is forced.
    """
    if is_path_free(target):
        return
    if force:
        _require_no_folder(target)
    if not target.is_dir():
        _require_plain_file(target)
    if not force:
        raise build_taken_refusal(target)


def _require_plain_file(target: Path) -> None:
    """Raise Refusal for a link, which leads elsewhere, a device, and a file that is read-only."""
    if target.is_symlink():
        raise Refusal(
            f"{target} is a link to {os.path.realpath(target)}. Nothing was written.",
            "Name the file that it leads to, or remove the link.",
        )
    if not target.is_file():
        raise Refusal(f"{target} is not a file. Nothing was written.", "Name another.")
    # The owner of the system may write to any file.
    if not target.stat().st_mode & _WRITABLE or not os.access(target, os.W_OK):
        raise Refusal(
            f"{target} is read-only. Nothing was written.",
            "Make it writable first, or name another.",
        )


def _require_no_folder(target: Path) -> None:
    if target.is_dir():
        raise StorageFailure(f"{target} is a folder. Nothing was written.")


def _publish_parts(parts: list[PartFile], *, force: bool) -> None:
    """Give all files their names; if one of them fails, remove the new files among the others."""
    new_targets = [part.target for part in parts if is_path_free(part.target)]
    published: list[Path] = []
    try:
        for part in parts:
            with _translate_write_errors(part.target):
                _publish_part(part, force=force)
            published.append(part.target)
    except BaseException:
        for target in published:
            if target in new_targets:
                with suppress(OSError):
                    target.unlink(missing_ok=True)
        raise


def _publish_part(part: PartFile, *, force: bool) -> None:
    try:
        part.publish(force=force)
    except FileExistsError:
        raise build_taken_refusal(part.target) from None
