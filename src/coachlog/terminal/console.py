"""The console of one run: what is printed on which stream, and where the desk is found."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from coachlog import asciify
from coachlog.errors import InvalidInput
from coachlog.services.desk import Desk
from coachlog.text import clean_text

if TYPE_CHECKING:
    from rich.console import Console as RichConsole
    from rich.console import RenderableType

    from coachlog.services.exports.delivery import Export
    from coachlog.services.ports import Asker
    from coachlog.services.results import Result


def _read_local_time() -> datetime:
    from datetime import UTC

    return datetime.now(UTC).astimezone()


class Console:
    """One run of coachlog. Tests give their own clock and home, or someone who answers."""

    def __init__(
        self,
        home_override: Path | None = None,
        clock: Callable[[], datetime] = _read_local_time,
        *,
        no_input: bool = False,
        color: bool = True,
        ascii: bool = False,
        asker: "Asker | None" = None,
    ) -> None:
        self.home_override = home_override
        self.clock = clock
        self.no_input = no_input
        self.color = color
        self.ascii = ascii
        self.asker = asker

    @cached_property
    def desk(self) -> Desk:
        """Return what services work with in this run."""
        asker = self._find_asker if self._is_interactive() else None
        return Desk(self._find_home(), self.clock, self._find_zone(), asker)

    def _find_home(self) -> Path:
        """Return the folder of the journal: --home, COACHLOG_HOME, or the system's place for it."""
        given = self.home_override or os.environ.get("COACHLOG_HOME")
        if given:
            return Path(given).expanduser().absolute()
        from platformdirs import user_data_path

        return user_data_path("coachlog", appauthor=False, roaming=False)

    def _find_zone(self) -> str:
        """Return the IANA name of the local zone, or its offset where the name cannot be had."""
        if name := os.environ.get("TZ", "").lstrip(":"):
            return clean_text(name)[:60]
        _, found, name = os.path.realpath("/etc/localtime").partition("zoneinfo/")
        return name if found else self.clock().strftime("%z")

    def _is_interactive(self) -> bool:
        """Return whether someone can be asked: input and messages both are a terminal."""
        if self.no_input:
            return False
        if self.asker is not None:
            return True
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    def _find_asker(self) -> "Asker":
        """Return who answers at the terminal; imports questionary."""
        if self.asker is not None:
            return self.asker
        from coachlog.terminal.prompts import Terminal

        return Terminal(self.err, color=self.color, ascii=self.ascii)

    @cached_property
    def out(self) -> "RichConsole":
        """Return the console for answers."""
        return self._build_console(stderr=False)

    @cached_property
    def err(self) -> "RichConsole":
        """Return the console for everything else."""
        return self._build_console(stderr=True)

    def _build_console(self, *, stderr: bool) -> "RichConsole":
        from rich.console import Console as RichConsole

        stream = sys.stderr if stderr else sys.stdout
        return RichConsole(
            file=cast("IO[str]", asciify.AsciiStream(stream)) if self.ascii else None,
            stderr=stderr,
            no_color=None if self.color else True,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def print_pages(self, *pages: "RenderableType") -> None:
        """Print what was asked for."""
        for page in pages:
            self.out.print(page)

    def print_text(self, text: str) -> None:
        """Print plain text that is the answer, such as markdown or JSON, unwrapped."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def print_json(self, name: str, value: object) -> None:
        """Print one JSON object: the schema's version, then the value under its name."""
        from coachlog.exports.json import format_json_document

        self.print_text(format_json_document(name, value))

    def print_message(self, result: "str | Result") -> None:
        """Print one line that says what was done; on a terminal it breaks between words.

        The remarks of a result come before it, on stderr.
        """
        message, remarks = (result, ()) if isinstance(result, str) else result
        for remark in remarks:
            self.print_remark(remark)
        words = clean_text(message)
        if _is_terminal(sys.stdout):
            words = wrap_to_terminal(words.replace(". Next: ", ".\nNext: "), sys.stdout)
        self.print_text(self._apply_ascii(words))

    def print_export(self, export: "Export") -> None:
        """Print a page that was exported, or say where it was written; the remarks on stderr.

        `Invalid` for a page that is not text, on a terminal.
        """
        if export.page is None:
            return self.print_message(export.result)
        if export.media_type.startswith("text/"):
            self.print_text(export.page.decode())
        else:
            _write_bytes(export.page)
        for remark in export.result.remarks:
            self.print_remark(remark)
        return None

    def print_remark(self, words: str) -> None:
        """Print a remark that is not the answer."""
        sys.stderr.write(self._apply_ascii(wrap_to_terminal(clean_text(words), sys.stderr)) + "\n")

    def _apply_ascii(self, words: str) -> str:
        return asciify.asciify_text(words) if self.ascii else words


def wrap_to_terminal(words: str, stream: Any) -> str:
    """Return the words, on a terminal with line breaks between them where it is too narrow."""
    if not _is_terminal(stream):
        return words
    from shutil import get_terminal_size
    from textwrap import fill

    width = get_terminal_size().columns
    rows = words.split("\n")
    return "\n".join(
        fill(row, width, subsequent_indent="    " * row.startswith("  - "), break_on_hyphens=False)
        for row in rows
    )


def _write_bytes(page: bytes) -> None:
    if _is_terminal(sys.stdout):
        raise InvalidInput("This page is not text, to be shown here.", "Give --output FILE.")
    sys.stdout.flush()
    sys.stdout.buffer.write(page)


def _is_terminal(stream: Any) -> bool:
    try:
        return stream is not None and bool(stream.isatty())
    except ValueError:
        return False
