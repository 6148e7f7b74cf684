"""Files that somebody else sent: read up to a limit, and named in what is wrong with them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from coachlog.errors import InvalidInput
from coachlog.model.programme import Programme
from coachlog.sealed.faults import FaultyFile, OversizeFile
from coachlog.sealed.join_files import parse_join_file
from coachlog.services.inputs import describe_read_error
from coachlog.text import clean_file_name, clean_line

MAX_FILE_BYTES = 1024 * 1024
"""The most that is read of a file at once: keys, programmes and sums have a few kilobytes."""

Value = TypeVar("Value")


def read_received_file(path: Path, parse: Callable[[bytes], Value]) -> Value:
    """Return what `parse` makes of a file.

    Raises InvalidInput if it cannot be read, and FaultyFile, which names it, if it cannot be used.
    """
    with open_received_file(path) as stream:
        data = stream.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise OversizeFile("is larger than any of its kind")
        return parse(data)


@contextmanager
def open_received_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to read, and name it in what is raised on the way, as `read_received_file`."""
    name = clean_file_name(str(path))
    try:
        if path.exists() and not path.is_file():
            raise InvalidInput(f"{name} is not a file. Nothing was changed.")
        with path.open("rb") as stream:
            yield stream
    except FaultyFile as error:
        raise error.name_file(name) from None
    # A null byte names no file.
    except (OSError, ValueError) as error:
        reason = describe_read_error(error)
        raise InvalidInput(
            f"{name} cannot be read ({reason}). Nothing was changed."
        ) from error


def load_programme(path: Path) -> Programme:
    """Return the programme in a join file. Raises as `read_received_file`."""
    return read_received_file(path, parse_join_file)


def name_received_file(path_name: str) -> str:
    """Return the name of a file as one clean line, to be written into lists."""
    return clean_line(clean_file_name(path_name)) or "(a file without a name)"
