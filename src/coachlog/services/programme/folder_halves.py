"""The contributions in a holder's folder, file by file, with why the others cannot be used.

To open one takes a fifth of a millisecond, nearly all of it age's. Of many, several processes open
some each, a batch at a time, so that the memory does not grow with the folder.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError, InvalidInput
from coachlog.model.programme import Holder, Programme
from coachlog.named_tuples import NamedTuple
from coachlog.sealed.age_files import MAX_SEALED_BYTES, AgeKey
from coachlog.sealed.faults import FaultyFile, OversizeFile, WrongKey
from coachlog.sealed.halves import (
    OpenedHalf,
    open_half,
    require_fitting_half,
    require_same_terms,
)
from coachlog.sealed.join_files import digest_terms
from coachlog.services.inputs import describe_read_error
from coachlog.services.programme.received_files import name_received_file
from coachlog.text import clean_file_name

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

BATCH_FILES = 1000
"""So many files are worth the start of further processes, and are held in memory at once."""

_CHUNK_FILES = 50
_MOST_WORKERS = 4


class FolderFile(NamedTuple):
    """A file of the folder: what it holds or, where that cannot be used, the reason."""

    name: str
    opened: OpenedHalf | None
    reason: str = ""
    is_wrong_key: bool = False


class HalfOpener:
    """Opens files for one holder of a programme; of one quarter, or of any for None."""

    def __init__(
        self, programme: Programme, holder: Holder, secret: str, quarter: str | None
    ) -> None:
        self.terms = (programme, holder, secret, quarter)
        self._programme = programme
        self._holder = holder
        self._quarter = quarter
        self._key = AgeKey(secret)
        self._programme_terms = digest_terms(programme)

    def read_path(self, path: str) -> FolderFile:
        """Return what is in a file, or why it cannot be used."""
        name = name_received_file(os.path.basename(path))  # noqa: PTH119 - as below
        try:
            opened = open_half(_read_small_file(path), self._key)
            require_fitting_half(
                opened.half, self._programme, self._holder, self._quarter
            )
            require_same_terms(opened.half, self._programme_terms)
        except WrongKey as error:
            reason = self._find_other_holder(name) or error.reason
            return FolderFile(name, None, reason, is_wrong_key=True)
        except FaultyFile as error:
            return FolderFile(name, None, error.reason)
        return FolderFile(name, opened)

    def _find_other_holder(self, name: str) -> str:
        """Return what to do with a file that is named for the other holder; '' for any other."""
        for holder in self._programme.keys:
            if holder is not self._holder and name.endswith(f"-{holder}.age"):
                return (
                    f"is for {holder.words}: delete it, and ask for the one that ends in "
                    f"-{self._holder}.age"
                )
        return ""

    def build_wrong_key_error(self, folder: Path, count: int) -> WrongKey:
        """Return the error for a folder of so many files of which the key opens none."""
        files = "The file" if count == 1 else f"None of the {count:,} files"
        can = "cannot" if count == 1 else "can"
        return WrongKey(
            f"{can} be opened with this key, which is that of {self._holder.words}",
            "Name the folder that belongs to this key.",
            f"{files} in {clean_file_name(str(folder))}",
        )


def read_folder(folder: Path, opener: HalfOpener) -> Iterator[FolderFile]:
    """Yield each file of a folder that is not hidden, in no order.

    Raises InvalidInput if the folder cannot be read and, at its end, WrongKey if the key opened
    nothing, and most of it is sealed to another.
    """
    file_count = wrong_key_count = 0
    is_fitting = False
    for file in _read_all_files(folder, opener):
        file_count += 1
        wrong_key_count += file.is_wrong_key
        is_fitting = is_fitting or file.opened is not None
        yield file
    if not is_fitting and 2 * wrong_key_count > file_count:
        raise opener.build_wrong_key_error(folder, wrong_key_count)


def _read_all_files(folder: Path, opener: HalfOpener) -> Iterator[FolderFile]:
    try:
        with os.scandir(folder) as entries:
            paths = (entry.path for entry in entries if not entry.name.startswith("."))
            first_batch = list(islice(paths, BATCH_FILES))
            workers = None
            if len(first_batch) == BATCH_FILES:
                workers = _create_workers(opener)
            if workers is None:
                yield from map(opener.read_path, chain(first_batch, paths))
            else:
                yield from _read_with_workers(first_batch, paths, workers)
    except NotADirectoryError as error:
        raise InvalidInput(
            f"{clean_file_name(str(folder))} is a file: name the folder that it is in. "
            "Nothing was changed."
        ) from error
    except OSError as error:
        raise InvalidInput(
            f"{clean_file_name(str(folder))} cannot be read "
            f"({describe_read_error(error)}). Nothing was changed.",
            "Name the folder with the contributions.",
        ) from error


def _read_with_workers(
    first_batch: Sequence[str], paths: Iterable[str], workers: "ProcessPoolExecutor"
) -> Iterator[FolderFile]:
    """Yield what is in the files, as other processes read it."""
    from concurrent.futures import BrokenExecutor

    rest = iter(paths)
    batches = iter(lambda: list(islice(rest, BATCH_FILES)), [])
    try:
        with workers:
            for batch in chain([first_batch], batches):
                yield from workers.map(_read_in_worker, batch, chunksize=_CHUNK_FILES)
    except BrokenExecutor as error:
        raise CoachlogError(
            "A process that was reading the files was ended. Nothing was written.",
            "Try again; perhaps the memory was full.",
        ) from error


def _create_workers(opener: HalfOpener) -> "ProcessPoolExecutor | None":
    """Return further processes to open files; None where there can be none, or they are no help."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    count = min(_MOST_WORKERS, os.cpu_count() or 1)
    if count == 1:
        return None
    try:
        # A new process each, as on every system: this one may have threads, or a lock.
        return ProcessPoolExecutor(
            count, get_context("spawn"), _start_worker, opener.terms
        )
    except (OSError, ImportError, NotImplementedError):
        # A system without what processes need to wait for each other.
        return None


_worker_openers: list[HalfOpener] = []
"""What a worker opens files with: one, from its start."""


def _start_worker(
    programme: Programme, holder: Holder, secret: str, quarter: str | None
) -> None:
    import signal

    # Ctrl-C is for the process that was started by a person, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker_openers.append(HalfOpener(programme, holder, secret, quarter))


def _read_in_worker(path: str) -> FolderFile:
    return _worker_openers[0].read_path(path)


def _read_small_file(path: str) -> bytes:
    """Return the bytes of a file; raises FaultyFile for one that cannot be read, or too large."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path for each file takes longer
        if S_ISDIR(status.st_mode):
            raise FaultyFile("is a folder; what is in it was not read")
        if not S_ISREG(status.st_mode):
            raise FaultyFile("is not a file")
        # By its size, before any of it is read.
        if status.st_size > MAX_SEALED_BYTES:
            raise OversizeFile("is larger than any contribution")
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return file.read(MAX_SEALED_BYTES + 1)
    except OSError as error:
        raise FaultyFile(f"cannot be read ({describe_read_error(error)})") from None
