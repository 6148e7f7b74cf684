"""How a page is delivered: in which format, and printed, copied or written to a file."""

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

PASTED_FORMAT = "text"
"""The format of a page that is copied, unless --format names another."""


class Target(NamedTuple):
    """Where pages go: to a file or a folder, or to the screen for None and `-`.

    Without a `format`, the suffix of the file decides. `force` overwrites what is there. With
    `copy` a page goes to the clipboard, and to no file.
    """

    output: Path | None = None
    format: str | None = None
    force: bool = False
    copy: bool = False

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
    """An export: the page to print, or None where it was written and `result` says where.

    With `is_copy` the page is for the clipboard, and `result` says what is in it.
    """

    result: Result
    page: bytes | None = None
    media_type: str = ""
    is_copy: bool = False


def choose_output_format(target: Target) -> Format:
    """Return the format of a single page.

    Raises InvalidInput for an unknown one, and for one that cannot be pasted where it is copied.
    """
    if not target.copy:
        return formats.choose_page_format(target.format, target.path)
    if target.output is not None:
        raise InvalidInput("Use only one of --copy and --output. Nothing was copied.")
    format = formats.find_format(target.format or PASTED_FORMAT)
    if not format.is_text:
        raise InvalidInput(
            f"--format {format.name} makes a file, not words to paste. Nothing was copied.",
            f"To write it: --output FILE{format.suffixes[0]}",
        )
    return format


def require_style(style: str) -> None:
    """Raise InvalidInput with the styles there are if an action list has no such style."""
    if style not in ACTION_STYLES:
        raise InvalidInput(
            f"There is no style “{clean_text(style)}”.",
            f"The styles are: {', '.join(ACTION_STYLES)}.",
        )


def refuse_taken_path(target: Target) -> None:
    """Raise Refusal if the file exists, before anybody is asked about it."""
    from coachlog import files

    path = target.path
    if path is not None and not target.force and not files.is_path_free(path):
        raise files.build_taken_refusal(path)


def deliver_page(
    document: Document,
    format: Format,
    target: Target,
    contents: str,
    remarks: Iterable[str] = (),
) -> Export:
    """Write a page to its file, or return it to be printed or copied; `contents` says what it has.

    Raises Refusal if the file exists, and StorageFailure if it cannot be written.
    """
    page = format.write(document)
    if target.copy:
        message = f"Copied: {contents}, as {format.name}."
        return Export(
            Result(message, tuple(remarks)), page, format.media_type, is_copy=True
        )
    path = target.path
    if path is None:
        return Export(Result("", tuple(remarks)), page, format.media_type)
    # Not at the top of the module, since a page that is printed needs no files.
    from coachlog import files

    files.write_file(path, page, force=target.force)
    message = f"Wrote {target.output}: {contents}, as {format.name}."
    if format.name == "html":
        if path.is_absolute():
            message += " It opens in a web browser."
        else:
            message += f" To read it, open it in a web browser: {path.absolute()}"
    if format.name == "mail":
        message += " To send it, open it in your mail program and add an address."
    return Export(Result(message, tuple(remarks)))
