"""How a page is delivered: in which format, and printed or written to a file."""

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
    """Where pages go: to a file or a folder, or to the screen for None and `-`.

    Without a `format`, the suffix of the file decides. `force` overwrites what is there.
    """

    output: Path | None = None
    format: str | None = None
    force: bool = False

    @property
    def path(self) -> Path | None:
        """Return the file or folder to write to, None to print the page."""
        if self.output is None or str(self.output) == "-":
            return None
        try:
            return self.output.expanduser()
        # `~` with a name that is no user here: it is reported when the page is written.
        except RuntimeError:
            return self.output


class Export(NamedTuple):
    """An export: the page to print, or None where it was written and `result` says where."""

    result: Result
    page: bytes | None = None
    media_type: str = ""


def choose_output_format(target: Target) -> Format:
    """Return the format of a single page; raises InvalidInput for an unknown one."""
    return formats.choose_page_format(target.format, target.path)


def require_style(style: str) -> None:
    """Raise InvalidInput with the styles there are if an action list has no such style."""
    if style not in ACTION_STYLES:
        raise InvalidInput(
            f"There is no style “{clean_text(style)}”.",
            f"The styles are: {', '.join(ACTION_STYLES)}.",
        )


def deliver_page(
    document: Document,
    format: Format,
    target: Target,
    contents: str,
    remarks: Iterable[str] = (),
) -> Export:
    """Write a page to its file, or return it to be printed; `contents` says what is in it.

    Raises Refusal if the file exists, and StorageFailure if it cannot be written.
    """
    page = format.write(document)
    path = target.path
    if path is None:
        return Export(Result("", tuple(remarks)), page, format.media_type)
    # Not at the top of the module, since a page that is printed needs no files.
    from coachlog import files

    files.write_file(path, page, force=target.force)
    message = f"Wrote {target.output}: {contents}, as {format.name}."
    if format.name == "html":
        message += f" To read it, open it in a web browser: {path.absolute()}"
    return Export(Result(message, tuple(remarks)))
