"""The contributions in a holder's folder, file by file, with why the others cannot be used."""

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from coachlog.errors import InvalidInput
from coachlog.model.programme import Holder, Programme
from coachlog.sealed.age_files import MAX_SEALED_BYTES, AgeKey
from coachlog.sealed.faults import FaultyFile, OversizeFile, WrongKey
from coachlog.sealed.halves import OpenedHalf, open_half, require_fitting_half
from coachlog.services.inputs import describe_read_error
from coachlog.services.programme.received_files import name_received_file
from coachlog.text import clean_file_name


class FolderFile(NamedTuple):
    """A file of the folder: what it holds or, where that cannot be used, the reason."""

    name: str
    opened: OpenedHalf | None
    reason: str = ""
    is_wrong_key: bool = False


class HalfFolder(NamedTuple):
    """A folder with the halves of one holder; of one quarter, or of any."""

    path: Path
    programme: Programme
    holder: Holder
    key: AgeKey
    quarter: str | None = None

    def read_files(self) -> Iterator[FolderFile]:
        """Yield each file that is not hidden, in no order. Raises InvalidInput without a folder."""
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        yield self._read_entry(entry)
        except OSError as error:
            raise InvalidInput(
                f"{clean_file_name(str(self.path))} cannot be read "
                f"({describe_read_error(error)}). Nothing was changed.",
                "Name the folder with the contributions.",
            ) from error

    def _read_entry(self, entry: "os.DirEntry[str]") -> FolderFile:
        name = name_received_file(entry.name)
        try:
            opened = open_half(_read_small_file(entry), self.key)
            require_fitting_half(opened.half, self.programme, self.holder, self.quarter)
        except FaultyFile as error:
            is_wrong_key = isinstance(error, WrongKey)
            return FolderFile(name, None, error.reason, is_wrong_key)
        return FolderFile(name, opened)


def _read_small_file(entry: "os.DirEntry[str]") -> bytes:
    """Return the bytes of a file; raises FaultyFile for one that cannot be read, or too large."""
    try:
        status = entry.stat()
        if S_ISDIR(status.st_mode):
            raise FaultyFile("is a folder; what is in it was not read")
        if not S_ISREG(status.st_mode):
            raise FaultyFile("is not a file")
        # By its size, before any of it is read.
        if status.st_size > MAX_SEALED_BYTES:
            raise OversizeFile("is larger than any contribution")
        with open(entry.path, "rb") as file:  # noqa: PTH123 - a path for each takes longer
            return file.read(MAX_SEALED_BYTES + 1)
    except OSError as error:
        raise FaultyFile(f"cannot be read ({describe_read_error(error)})") from None
