"""Whether a journal file is whole, judged from its bytes before SQLite opens it.

The layouts are those of SQLite's file format: https://www.sqlite.org/fileformat2.html, sections
1.3 (the header of a database) and 4 (the write-ahead log).
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

from coachlog.named_tuples import NamedTuple

DATABASE_HEADER_BYTES = 100
_DATABASE_MAGIC = b"SQLite format 3\0"
_LOG_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_CHUNK_BYTES = 1 << 18
_LOG_MAGICS = {0x377F0682: "<", 0x377F0683: ">"}
"""The two first numbers a log can have, each with the byte order of its checksums."""


_HEADER_PARTS = (
    (0, (_DATABASE_MAGIC,)),
    (18, (b"\1\1", b"\2\2")),  # without and with a write-ahead log
    (21, (b"\x40\x20\x20",)),  # three numbers that are the same in every file
    (44, tuple(bytes([0, 0, 0, number]) for number in (1, 2, 3, 4))),  # the format
    (56, (b"\0\0\0\1",)),  # UTF-8
)
"""The places in the header at which every journal has one of these values."""


class _DatabaseHeader(NamedTuple):
    page_bytes: int
    page_count: int


class _Frame(NamedTuple):
    """One page in the log; `page_count` is the size of the database if a commit ends here."""

    page: int
    page_count: int
    content: bytes


def has_sound_header(journal: Path) -> bool:
    """Return whether the bytes that never change are there at the start of a journal.

    Where a flipped bit has changed one of them, SQLite would take the file for a read-only one, or
    every text in it for other letters. Raises `OSError` if the file cannot be read.
    """
    header = _read_header_bytes(journal)
    return all(header.startswith(values, place) for place, values in _HEADER_PARTS)


def count_missing_bytes(journal: Path, log: Path) -> int:
    """Return how many bytes a database lacks at its end; 0 if its log completes it.

    A checkpoint that was killed may have written the first page, which holds the new size, and not
    yet the last ones: they are still in the log, and SQLite writes them again. Raises `OSError` if
    a file cannot be read.
    """
    header = _read_database_header(journal)
    if header is None:
        return 0
    present_pages = journal.stat().st_size // header.page_bytes
    missing_count = header.page_count - present_pages
    if missing_count <= 0:
        return 0
    for page in _list_committed_pages(log):
        if present_pages < page <= header.page_count:
            missing_count -= 1
    return missing_count * header.page_bytes


def _read_database_header(journal: Path) -> _DatabaseHeader | None:
    """Return the size of the pages and their number; None if the file does not say."""
    data = _read_header_bytes(journal)
    if len(data) < DATABASE_HEADER_BYTES or not data.startswith(_DATABASE_MAGIC):
        return None
    (stored_page_bytes,) = struct.unpack_from(">H", data, 16)
    # 65,536 does not fit into two bytes, and is stored as 1.
    page_bytes = 65_536 if stored_page_bytes == 1 else stored_page_bytes
    change_counter, page_count = struct.unpack_from(">II", data, 24)
    (counted_at,) = struct.unpack_from(">I", data, 92)
    # The number of pages only counts if it was written together with the last change.
    if counted_at != change_counter or not page_bytes:
        return None
    return _DatabaseHeader(page_bytes, page_count)


def _read_header_bytes(journal: Path) -> bytes:
    with journal.open("rb") as file:
        return file.read(DATABASE_HEADER_BYTES)


def _list_committed_pages(log: Path) -> set[int]:
    """Return the pages that the log holds in transactions that were committed."""
    return {frame.page for frame in _read_committed_frames(log)}


def _read_committed_frames(log: Path) -> Iterator[_Frame]:
    """Yield the frames of the log's transactions that were committed, in their order."""
    pending_frames = []
    for frame in _read_valid_frames(log):
        pending_frames.append(frame)
        if frame.page_count:
            yield from pending_frames
            pending_frames = []


def count_log_commits(log: Path) -> int:
    """Return how many transactions a log may hold, by what its frames say of themselves.

    Those that an earlier log left behind them do not count. Raises `OSError` if it cannot be read.
    """
    count = 0
    with log.open("rb") as file:
        header = file.read(_LOG_HEADER_BYTES)
        if len(header) < _LOG_HEADER_BYTES:
            return 0
        (page_bytes,) = struct.unpack_from(">I", header, 8)
        while (
            len(frame_header := file.read(_FRAME_HEADER_BYTES)) == _FRAME_HEADER_BYTES
        ):
            if frame_header[8:16] != header[16:24]:
                break
            count += any(frame_header[4:8])
            file.seek(page_bytes, os.SEEK_CUR)
    return count


def is_in_file(path: Path, word: bytes) -> bool:
    """Return whether some bytes are in a file. Raises `OSError` if it cannot be read."""
    end = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            if word in end + chunk:
                return True
            end = chunk[-len(word) :]
    return False


def read_joined_image(journal: Path, log: Path) -> bytes:
    """Return the bytes of a database as they are once all committed changes in its log are in it.

    Neither file is changed. Raises `OSError` if one cannot be read.
    """
    image = bytearray(journal.read_bytes())
    for frame in _read_committed_frames(log):
        page_bytes = len(frame.content)
        start = (frame.page - 1) * page_bytes
        image.extend(bytes(max(0, start - len(image))))
        image[start : start + page_bytes] = frame.content
        if frame.page_count:
            size = frame.page_count * page_bytes
            image.extend(bytes(max(0, size - len(image))))
            del image[size:]
    return bytes(image)


def _read_valid_frames(log: Path) -> Iterator[_Frame]:
    """Yield the frames of a log, up to the first one that is not valid."""
    try:
        data = log.read_bytes()
    except FileNotFoundError:
        return
    if len(data) < _LOG_HEADER_BYTES:
        return
    magic, _, page_bytes = struct.unpack_from(">III", data)
    if magic not in _LOG_MAGICS or not page_bytes:
        return
    order = _LOG_MAGICS[magic]
    salts = data[16:24]
    checksum = _add_to_checksum((0, 0), data[:24], order)
    if checksum != struct.unpack_from(">II", data, 24):
        return
    frame_bytes = _FRAME_HEADER_BYTES + page_bytes
    for start in range(_LOG_HEADER_BYTES, len(data) - frame_bytes + 1, frame_bytes):
        content_start = start + _FRAME_HEADER_BYTES
        checksum = _add_to_checksum(checksum, data[start : start + 8], order)
        content = data[content_start : content_start + page_bytes]
        checksum = _add_to_checksum(checksum, content, order)
        page, page_count = struct.unpack_from(">II", data, start)
        if data[start + 8 : start + 16] != salts:
            return
        if checksum != struct.unpack_from(">II", data, start + 16):
            return
        yield _Frame(page, page_count, content)


def _add_to_checksum(
    checksum: tuple[int, int], data: bytes, order: str
) -> tuple[int, int]:
    """Return a log's running checksum, continued over more bytes (section 4.2 of the format)."""
    first, second = checksum
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
