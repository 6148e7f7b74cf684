"""Long files to and from others: a line of JSON for the head, and one for each thing in it.

They are read line by line, so that a hundred thousand lines need no more memory than one. The head
says how many follow: a file that was cut short is noticed.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, BinaryIO

from coachlog.model.programme import OmittedFile
from coachlog.sealed.faults import CutFile, FaultyFile
from coachlog.sealed.fields import (
    FieldReader,
    open_fields,
    parse_json_object,
    write_json_line,
)

MAX_LINE_BYTES = 64 * 1024
MAX_LINES = 10_000_000

_LONGEST_NAME = 400
_LONGEST_REASON = 400


class LineFile:
    """A file of lines while it is read: its head first, then its rows.

    Raises FaultyFile for what is not one line of JSON each, CutFile if lines are missing.
    """

    def __init__(self, stream: BinaryIO, kind: str) -> None:
        self._stream = stream
        self._hash = sha256()
        self.head = open_fields(self._read_line(), kind)

    def _read_line(self) -> dict[str, Any]:
        line = self._stream.readline(MAX_LINE_BYTES + 1)
        if not line:
            raise CutFile("is cut short")
        if len(line) > MAX_LINE_BYTES:
            raise FaultyFile("is not as coachlog writes it: a line is too long")
        # A mail may have changed the ends of the lines.
        self._hash.update(line.rstrip() + b"\n")
        return parse_json_object(line)

    def read_rows(self, count: int) -> Iterator[FieldReader]:
        """Yield the fields of so many lines, each to be taken up to its last field."""
        for _ in range(count):
            reader = FieldReader(self._read_line())
            yield reader
            reader.finish()

    def finish(self) -> str:
        """Return the SHA-256 of the file. Raises FaultyFile if there is more in it."""
        if self._stream.readline(MAX_LINE_BYTES).strip():
            raise FaultyFile("has more lines than it says")
        return self._hash.hexdigest()


def write_lines(
    head: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    """Yield the lines of a file."""
    yield write_json_line(head)
    yield from map(write_json_line, rows)


def digest_lines(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of the lines of a file, as reading it returns it."""
    whole = sha256()
    for line in lines:
        whole.update(line)
    return whole.hexdigest()


def build_omitted_rows(omitted: Iterable[OmittedFile]) -> Iterator[dict[str, str]]:
    """Yield a row for each file that was left out."""
    for file in omitted:
        yield {
            "file": file.name[:_LONGEST_NAME],
            "reason": file.reason[:_LONGEST_REASON],
        }


def read_omitted_row(reader: FieldReader) -> OmittedFile:
    """Return a file that was left out, and why."""
    return OmittedFile(
        reader.take_line("file", _LONGEST_NAME),
        reader.take_line("reason", _LONGEST_REASON),
    )
