"""How a page is delivered: in which format, and printed, copied or written to a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from coachlog.errors import InvalidInput, Refusal
from coachlog.exports import formats
from coachlog.exports.contents import Contents
from coachlog.exports.documents.action_list import ACTION_STYLES
from coachlog.exports.formats import Format
from coachlog.model.pages import PageKind
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk
from coachlog.services.exports.export_log import record_export
from coachlog.services.results import Result
from coachlog.text import clean_text

Value = TypeVar("Value")
_DEVICE_NAMES = ("CON", "PRN", "AUX", "NUL")
_PORT_NUMBERS = tuple("123456789")

_OPENING = {
    "docx": " It opens in Word or LibreOffice.",
    "csv": " It opens in a spreadsheet.",
    "mail": " To send it, open it in your mail program and add an address.",
}
"""What to do with a file, by its format."""

PASTED_FORMAT = "text"
"""The format of a page that is copied, unless --format names another."""
INITIALS_REMARK = (
    "Names are initials. Names within what was typed stay as they are: read it first."
)


class Target(NamedTuple):
    """Where pages go: to a file or a folder, or to the screen for None and `-`.

    Without a `format`, the suffix of the file decides. `force` overwrites what is there. With
    `copy` a page goes to the clipboard, and to no file. With `initials` it has no names in full.
    """

    output: Path | None = None
    format: str | None = None
    force: bool = False
    copy: bool = False
    initials: bool = False

    @property
    def leaves_the_screen(self) -> bool:
        """Return whether pages are copied or written, rather than printed."""
        return self.copy or self.path is not None

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

    @property
    def is_text(self) -> bool:
        """Return whether the page is words, which a screen can show."""
        return formats.is_text_type(self.media_type)


def choose_output_format(target: Target, kind: PageKind) -> Format:
    """Return the format of a single page.

    Raises InvalidInput for an unknown one, for one that cannot print this kind of page, and for one
    that cannot be pasted where it is copied.
    """
    if not target.copy:
        format = formats.choose_page_format(target.format, target.path)
        formats.require_page(format, kind)
        return format
    if target.output is not None:
        raise InvalidInput("Use only one of --copy and --output. Nothing was copied.")
    format = formats.find_format(target.format or PASTED_FORMAT)
    if not format.is_text:
        raise InvalidInput(
            f"--format {format.name} makes a file, not words to paste. Nothing was copied.",
            f"To write it: --output FILE{format.suffixes[0]}",
        )
    formats.require_page(format, kind)
    return format


def require_style(style: str) -> None:
    """Raise InvalidInput with the styles there are if an action list has no such style."""
    if style not in ACTION_STYLES:
        raise InvalidInput(
            f"There is no style “{clean_text(style)}”.",
            f"The styles are: {', '.join(ACTION_STYLES)}.",
        )


def refuse_taken_path(target: Target) -> None:
    """Raise Refusal if the file is not to be overwritten, before anybody is asked about it."""
    from coachlog import files

    path = target.path
    if path is not None:
        files.require_free_path(path, force=target.force)


def agree_to_private(
    desk: Desk, private_counts: str, target: Target, *, yes: bool
) -> None:
    """Ask once more about a page with private words that leaves the screen, unless `yes`.

    `private_counts` says what there is, `2 private entries`; '' for none. Raises Refusal if the
    owner does not agree. Where nobody can be asked, --private has said it.
    """
    if yes or not private_counts or not desk.interactive:
        return
    if not target.leaves_the_screen:
        return
    refuse_taken_path(target)
    verb, refusal = "Copy it", "Nothing was copied."
    if not target.copy:
        verb, refusal = f"Write it to {target.output}", "Nothing was written."
    if not desk.asker.agrees(f"This includes {private_counts}. {verb}?"):
        raise Refusal(refusal)


def deliver_page(
    desk: Desk,
    contents: Contents,
    format: Format,
    target: Target,
    summary: str,
    remarks: Iterable[str] = (),
) -> Export:
    """Write a page to its file, or return it to be printed or copied; `summary` says what it has.

    That it was exported is noted in the journal. Raises Refusal if the file exists, and
    StorageFailure if it cannot be written.
    """
    if target.initials:
        remarks = (*remarks, INITIALS_REMARK)
    page = format.print_contents(contents, desk.today)
    path = target.path
    if path is None:
        if not target.copy:
            desk.require_output()
        record_export(desk, contents)
        message = f"Copied: {summary}, as {format.name}." if target.copy else ""
        result = Result(message, tuple(remarks))
        return Export(result, page, format.media_type, is_copy=target.copy)
    refuse_reserved_name(path)
    # Not at the top of the module, since a page that is printed needs no files.
    from coachlog import files

    with files.stage_files({path: page}, force=target.force) as publish:
        record_export(desk, contents)
        publish()
    message = f"Wrote {target.output}: {summary}, as {format.name}."
    if format.name == "html":
        if path.is_absolute():
            message += " It opens in a web browser."
        else:
            message += f" To read it, open it in a web browser: {path.absolute()}"
    message += _OPENING.get(format.name, "")
    # A template has nothing of anybody in it.
    if contents.kind is not PageKind.TEMPLATE:
        message += f"\n{describe_readers(format)}"
    return Export(Result(message, tuple(remarks)))


def refuse_reserved_name(path: Path) -> None:
    """Raise InvalidInput for a name that Windows keeps for a device, whatever its suffix.

    Not on Windows alone: whoever gets the file may have to open it there.
    """
    stem = path.name.partition(".")[0].rstrip().upper()
    is_port = stem[:3] in ("COM", "LPT") and stem[3:] in _PORT_NUMBERS
    if stem in _DEVICE_NAMES or is_port:
        raise InvalidInput(
            f"{clean_text(path.name)} cannot be the name of a file on Windows, which keeps it "
            "for a device. Nothing was written.",
            "Choose another name.",
        )


def describe_readers(format: Format, *, several: bool = False) -> str:
    """Return who can read a file in this format, or several: the last line after writing them."""
    is_words = format.is_text or format.name == "mail"
    what = "plain text" if is_words else "not encrypted"
    if several:
        return f"They are {what}: whoever has the files can read them."
    return f"It is {what}: whoever has the file can read it."


def hide_names(value: Value, target: Target) -> Value:
    """Return what goes on a page: with initials in place of names, where they are asked for."""
    if not target.initials:
        return value
    # Imported here, since few pages are without names.
    from coachlog.rules.initials import abbreviate_names

    return abbreviate_names(value)
