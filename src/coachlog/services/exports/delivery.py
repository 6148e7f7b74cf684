"""How a page leaves coachlog: in which format, and whether it is printed or written to a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import InvalidInput
from coachlog.exports import formats
from coachlog.exports.blocks import Document
from coachlog.exports.documents.action_list import ACTION_STYLES
from coachlog.exports.formats import Format
from coachlog.services.results import Result
from coachlog.text import clean_text


class Target(NamedTuple):
    """Where pages go: a file or a folder, or None and `-` to be printed.

    Without a `format`, the suffix of the file says which. `force` overwrites what is there.
    """

    output: Path | None = None
    format: str | None = None
    force: bool = False

    @property
    def path(self) -> Path | None:
        """Return the file or folder to write to, or None where the page is printed."""
        if self.output is None or str(self.output) == "-":
            return None
        try:
            return self.output.expanduser()
        except RuntimeError:  # ~ with the name of nobody here: writing says that there is no such
            return self.output


class Export(NamedTuple):
    """What came of an export: the page to print, or None where `result` says what was written."""

    result: Result
    page: bytes | None = None
    media_type: str = ""


def choose_output_format(target: Target) -> Format:
    """Return the format of a single page; `Invalid` for an unknown one."""
    return formats.choose_page_format(target.format, target.path)


def require_style(style: str) -> None:
    """Raise `Invalid` for an unknown style of actions; it names the known ones."""
    if style not in ACTION_STYLES:
        raise InvalidInput(
            f"There is no style “{clean_text(style)}”.", f"There are: {', '.join(ACTION_STYLES)}."
        )


def deliver_page(
    document: Document, format: Format, target: Target, contents: str, remarks: Iterable[str] = ()
) -> Export:
    """Write a page to its file, or return it to be printed; `contents` says what it holds.

    `Refused` for a file that is there already, `StorageFailure` for one that cannot be written.
    """
    page = format.write(document)
    path = target.path
    if path is None:
        return Export(Result("", tuple(remarks)), page, format.media_type)
    from coachlog import files  # a page that is printed needs none

    files.write_file(path, page, force=target.force)
    message = f"Wrote {target.output}: {contents}, as {format.name}."
    return Export(Result(message, tuple(remarks)))
