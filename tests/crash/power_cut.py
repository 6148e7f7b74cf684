"""What a disk holds after a power cut, worked out from a log of all that was written to it.

The model, at a random point of the log:

- What was written to a file before its last `fsync` or `fdatasync` is there. Of the writes and
  truncations after it, any may be there and any may be lost, in no order; the last one that is
  there may be torn after any number of sectors of 512 bytes. Where a file grew but a write within
  it was lost, it holds zeros.
- A name (made, linked, renamed, removed) is as it was at the last `fsync` of its folder. Of the
  changes after it, a random number of the first ones are there (as on a disk with a journal of its
  own), or any of them in no order. A rename happens as a whole. A file whose folder has no name
  is not there.
- Flushing a file does not make its name durable, nor that of its folder in the folder above.
- A disk does not lie: what was flushed stays, and nothing changes what was not written.
"""

import os
import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
CALLS = (
    "openat,open,creat,close,dup,dup2,dup3,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,"
    "sync_file_range,ftruncate,truncate,fallocate,unlink,unlinkat,rename,renameat,renameat2,link,"
    "linkat,mkdir,mkdirat,rmdir,sendfile,copy_file_range"
)
UNKNOWN_CALLS = {
    "writev",
    "pwritev",
    "pwritev2",
    "truncate",
    "fallocate",
    "dup",
    "dup2",
    "dup3",
    "sync_file_range",
    "sendfile",
    "copy_file_range",
}
"""Calls that the replay does not know: a log in which one of them touches a home is refused."""

LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
FOLDER = -1
"""In place of the number of a file, where a name is a folder's."""


class Write(NamedTuple):
    file: int
    offset: int
    data: bytes


class Truncation(NamedTuple):
    file: int
    size: int


class Flush(NamedTuple):
    file: int


class FolderFlush(NamedTuple):
    folder: str


class NewName(NamedTuple):
    """A name that a file has from now on; `old` is the one it loses."""

    name: str
    file: int
    old: str | None = None


class LostName(NamedTuple):
    name: str
    file: int


class Remark(NamedTuple):
    """What the recorded process said by writing to the null device."""

    words: str


Entry = Write | Truncation | Flush | FolderFlush | NewName | LostName | Remark


def record_writes(line: Sequence[str], log: Path, paths: str) -> None:
    """Run a program and log what it writes, with the data."""
    strace = ["strace", "-f", "-xx", "-s", "10000000", "-e", f"trace={CALLS}"]
    subprocess.run(
        [*strace, "-o", str(log), *line],
        check=True,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
    )


class LogReader:
    """Reads a log of strace as entries about the files below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.start: dict[str, int] = {}
        self.contents: dict[int, bytes] = {}
        self._names: dict[str, int] = {}
        self._handles: dict[int, str] = {}
        self._files: dict[int, int] = {}
        self._offsets: dict[int, int] = defaultdict(int)
        self._count = 0

    def add_existing_files(self, copy: Path) -> None:
        """Take a copy of the folder for what the disk holds before the log begins."""
        for path in sorted(copy.rglob("*")):
            name = str(self.root / path.relative_to(copy))
            self.start[name] = FOLDER if path.is_dir() else self._count
            if path.is_file():
                self.contents[self._count] = path.read_bytes()
                self._count += 1
        self._names = dict(self.start)

    def is_below_root(self, path: str) -> bool:
        return path.startswith(f"{self.root}/")

    def read(self, log: Path) -> list[Entry]:
        return [
            entry
            for line in log.read_text().splitlines()
            for entry in self._read_line(line)
        ]

    def _read_line(self, line: str) -> Iterable[Entry]:
        match = LINE.match(line)
        if match is None or int(match[3]) < 0:
            assert "unfinished" not in line, "the recorded process has threads"
            return []
        call, given, answer = match[1], match[2], int(match[3])
        strings = [
            bytes.fromhex(text.replace("\\x", "")) for text in STRING.findall(given)
        ]
        if call in ("open", "openat", "creat"):
            return self._open(strings[0].decode(), given, answer)
        if call in ("link", "linkat", "rename", "renameat", "renameat2"):
            return self._give_name(call, strings[0].decode(), strings[1].decode())
        if call in ("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"):
            return self._change_name(call, strings[0].decode())
        return self._use_handle(call, given, strings, answer)

    def _open(self, path: str, given: str, handle: int) -> list[Entry]:
        self._handles[handle] = path
        self._files.pop(handle, None)
        self._offsets[handle] = 0
        if path == str(self.root):
            self._files[handle] = FOLDER
        if not self.is_below_root(path):
            return []
        entries: list[Entry] = []
        if path not in self._names and "O_CREAT" in given:
            entries.append(self._add_name(path, self._count))
            self._count += 1
        elif "O_TRUNC" in given:
            entries.append(Truncation(self._names[path], 0))
        self._files[handle] = self._names.get(path, FOLDER)
        return entries

    def _add_name(self, name: str, file: int, old: str | None = None) -> NewName:
        self._names[name] = file
        return NewName(name, file, old)

    def _give_name(self, call: str, old: str, new: str) -> list[Entry]:
        if not self.is_below_root(old):
            return []
        if call.startswith("link"):
            return [self._add_name(new, self._names[old])]
        return [self._add_name(new, self._names.pop(old), old)]

    def _change_name(self, call: str, path: str) -> list[Entry]:
        if not self.is_below_root(path):
            return []
        if call.startswith("mkdir"):
            return [self._add_name(path, FOLDER)]
        return [LostName(path, self._names.pop(path))]

    def _use_handle(
        self, call: str, given: str, strings: list[bytes], answer: int
    ) -> list[Entry]:
        handle = int(re.match(r"\d+", given)[0])  # type: ignore[index]
        path, file = self._handles.get(handle, ""), self._files.get(handle)
        if call == "close":
            self._handles.pop(handle, None)
            self._files.pop(handle, None)
            return []
        if call == "write" and path == os.devnull:
            return [Remark(strings[0].decode())]
        if file is None:
            return []
        assert call not in UNKNOWN_CALLS, call
        if call in ("fsync", "fdatasync"):
            return [FolderFlush(path) if file == FOLDER else Flush(file)]
        if call == "ftruncate":
            return [Truncation(file, int(given.rpartition(", ")[2]))]
        offset = self._offsets[handle]
        if call == "pwrite64":
            offset = int(given.rpartition(", ")[2])
        else:
            self._offsets[handle] += answer
        return [Write(file, offset, strings[-1][:answer])]


def apply(data: bytearray, change: Write | Truncation) -> None:
    """Change what a file holds; between its end and what is written beyond it are zeros."""
    if isinstance(change, Truncation):
        data[:] = data[: change.size].ljust(change.size, b"\0")
        return
    end = change.offset + len(change.data)
    data.extend(bytes(max(0, end - len(data))))
    data[change.offset : end] = change.data


def cut_power(
    reader: LogReader, entries: Sequence[Entry], chance: random.Random
) -> dict[str, bytes]:
    """Return the files there are when the power is cut after these entries."""
    contents = _find_contents(reader, entries, chance)
    names = _find_names(reader, entries, chance)
    return {
        name: contents.get(file, b"")
        for name, file in names.items()
        if file != FOLDER and _has_folder(name, names, reader)
    }


def _has_folder(name: str, names: dict[str, int], reader: LogReader) -> bool:
    """Return whether every folder above a file has its name."""
    above = [str(folder) for folder in Path(name).parents]
    return all(folder in names for folder in above if reader.is_below_root(folder))


def _find_contents(
    reader: LogReader, entries: Sequence[Entry], chance: random.Random
) -> dict[int, bytes]:
    durable = {file: bytearray(data) for file, data in reader.contents.items()}
    pending: dict[int, list[Write | Truncation]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Write | Truncation):
            pending[entry.file].append(entry)
        elif isinstance(entry, Flush):
            for change in pending.pop(entry.file, []):
                apply(durable.setdefault(entry.file, bytearray()), change)
    share = chance.choice((0.0, 0.5, 0.9, 1.0))
    for file, changes in pending.items():
        kept = [change for change in changes if chance.random() < share]
        if kept and isinstance(kept[-1], Write) and chance.random() < 0.5:
            kept[-1] = _tear(kept[-1], chance)
        for change in kept:
            apply(durable.setdefault(file, bytearray()), change)
    return {file: bytes(data) for file, data in durable.items()}


def _tear(write: Write, chance: random.Random) -> Write:
    """Return the first sectors of a write."""
    sectors = len(write.data) // SECTOR
    return write._replace(data=write.data[: chance.randint(0, sectors) * SECTOR])


def _find_names(
    reader: LogReader, entries: Sequence[Entry], chance: random.Random
) -> dict[str, int]:
    changes: list[NewName | LostName] = []
    is_durable: list[bool] = []
    for entry in entries:
        if isinstance(entry, NewName | LostName):
            changes.append(entry)
            is_durable.append(False)
        elif isinstance(entry, FolderFlush):
            for number, change in enumerate(changes):
                is_durable[number] |= str(Path(change.name).parent) == entry.folder
    kept = _choose_names(is_durable, chance)
    names = dict(reader.start)
    for number in kept:
        change = changes[number]
        if isinstance(change, NewName):
            names[change.name] = change.file
        lost = change.old if isinstance(change, NewName) else change.name
        if lost and names.get(lost) == change.file:
            del names[lost]
    return names


def _choose_names(is_durable: list[bool], chance: random.Random) -> list[int]:
    """Return the numbers of the changes of names that are there, in their order."""
    numbers = range(len(is_durable))
    if chance.random() < 0.5:
        first = chance.randint(0, len(is_durable))
        return [number for number in numbers if is_durable[number] or number < first]
    share = chance.choice((0.0, 0.5, 1.0))
    return [
        number for number in numbers if is_durable[number] or chance.random() < share
    ]
