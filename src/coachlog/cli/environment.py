"""What a command needs from the world: clock, streams, home, journal. All lazy, all replaceable."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from coachlog import asciify
from coachlog.errors import Invalid
from coachlog.text import MAX_BYTES, clean, in_kib, line, paragraphs, size

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from coachlog.cli.asking import Terminal
    from coachlog.model import Person
    from coachlog.store.database import Change, Connection, Journal


FORM_NEXT = "coachlog session new --editor --form"
FORMS = "form-*.md"
"""The forms in the home that were begun in an editor and not stored yet."""


def _now() -> datetime:
    from datetime import UTC

    return datetime.now(UTC).astimezone()


@dataclass
class Environment:
    """One run of coachlog. Tests give their own clock and home, or someone who answers."""

    home_given: Path | None = None
    clock: Callable[[], datetime] = _now
    no_input: bool = False
    color: bool = True
    ascii: bool = False
    person_at_terminal: "Terminal | None" = None
    _journal: "Journal | None" = field(default=None, repr=False)

    @cached_property
    def now(self) -> datetime:
        """Return the moment this command runs, with its zone."""
        return self.clock()

    @property
    def today(self) -> date:
        """Return the local date."""
        return self.now.date()

    @property
    def zone(self) -> str:
        """Return the IANA name of the local zone, or its offset where the name cannot be had."""
        if name := os.environ.get("TZ", "").lstrip(":"):
            return clean(name)[:60]
        _, found, name = os.path.realpath("/etc/localtime").partition("zoneinfo/")
        return name if found else self.now.strftime("%z")

    @property
    def home(self) -> Path:
        """Return the folder of the journal: --home, COACHLOG_HOME, or the system's place for it."""
        given = self.home_given or os.environ.get("COACHLOG_HOME")
        if given:
            return Path(given).expanduser().absolute()
        from platformdirs import user_data_path

        return user_data_path("coachlog", appauthor=False, roaming=False)

    @property
    def own_templates(self) -> Path:
        """Return the folder of the owner's own templates."""
        return self.home / "prompts"

    @property
    def journal(self) -> "Journal":
        """Return the journal of the home; nothing is opened yet."""
        if self._journal is None:
            from coachlog.store.database import Journal

            self._journal = Journal(self.home)
        return self._journal

    def read(self) -> AbstractContextManager["Connection"]:
        """Return a connection to ask questions on, as a context."""
        return self.journal.read()

    def change(
        self, *, create: bool = False, wait: float | None = None
    ) -> AbstractContextManager["Change"]:
        """Return one transaction as a context; `create` lets it make the first journal."""
        return self.journal.change(self.clock(), create=create, wait=wait)

    @property
    def interactive(self) -> bool:
        """Return whether someone is there to ask: input and messages both are a terminal."""
        if self.no_input:
            return False
        if self.person_at_terminal is not None:
            return True
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    @cached_property
    def terminal(self) -> "Terminal":
        """Return who answers at the terminal; imports questionary."""
        if self.person_at_terminal is not None:
            return self.person_at_terminal
        from coachlog.cli.asking import Terminal

        return Terminal(self.err, color=self.color, ascii=self.ascii)

    @cached_property
    def out(self) -> "Console":
        """Return the console for answers."""
        return self._console(stderr=False)

    @cached_property
    def err(self) -> "Console":
        """Return the console for everything else."""
        return self._console(stderr=True)

    def _console(self, *, stderr: bool) -> "Console":
        from rich.console import Console

        stream = sys.stderr if stderr else sys.stdout
        return Console(
            file=cast("IO[str]", asciify.Stream(stream)) if self.ascii else None,
            stderr=stderr,
            no_color=None if self.color else True,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def show(self, *pages: "RenderableType") -> None:
        """Print what was asked for."""
        for page in pages:
            self.out.print(page)

    def write(self, text: str) -> None:
        """Print plain text that is the answer, such as markdown or JSON, unwrapped."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def json(self, name: str, value: object) -> None:
        """Print one JSON object: the schema's version, then the value under its name."""
        import json

        self.write(json.dumps({"schema": 1, name: value}, ensure_ascii=False, indent=2))

    def say(self, words: str) -> None:
        """Print one line that says what was done; on a terminal it breaks between words."""
        words = clean(words)
        if _is_terminal(sys.stdout):
            words = fitted(words.replace(". Next: ", ".\nNext: "), sys.stdout)
        self.write(self._shown(words))

    def note(self, words: str) -> None:
        """Print a remark that is not the answer."""
        sys.stderr.write(self._shown(fitted(clean(words), sys.stderr)) + "\n")

    def _shown(self, words: str) -> str:
        return asciify.ascii(words) if self.ascii else words

    def confirm(self, question: str, *, yes: bool) -> None:
        """Return if the person agrees or `yes` was given; `Refused` if not."""
        from coachlog.errors import Refused

        if yes:
            return
        if not self.interactive:
            raise Invalid(f"{question} Nobody is here to ask.", "Give --yes to do it.")
        if not self.terminal.agrees(question):
            raise Refused("Nothing was changed.")

    def past(self, text: str) -> date:
        """Return the day that a `--on` means; `Invalid` for one that is still to come."""
        from coachlog import dates

        day = dates.past(text, self.today)
        if day > self.today:
            raise Invalid(f"{dates.long(day)} is still to come. Nothing was changed.")
        return day

    def person(self, db: "Connection", name: str | None) -> "Person | None":
        """Return the person of this name, or None for no name."""
        from coachlog.store import reading

        return reading.person(db, name) if name else None


def missing(what: str, flag: str) -> Invalid:
    """Return the error for a value that nobody is there to be asked for."""
    return Invalid(f"{what} is missing, and nobody is here to ask.", f"Give it with {flag}.")


def read_input(source: str) -> bytes:
    """Return what a file or, for `-`, standard input holds; `Invalid` if it cannot be read."""
    try:
        if source == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise Invalid("Standard input is closed, so there is nothing to read.")
            return sys.stdin.buffer.read()
        return Path(source).expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:  # no such user, or no possible name
        reason = getattr(error, "strerror", None) or str(error)
        raise Invalid(f"{clean(source)} cannot be read ({reason}).") from error


def option_text(words: str | None, *, one_line: bool = True) -> str | None:
    """Return the words of an option, or of standard input for `-`; None if not given.

    `Invalid` for more than an answer may have.
    """
    if words is None:
        return None
    if words == "-":
        words = read_input("-").decode("utf-8", "replace")
    if size(words) > MAX_BYTES:
        raise Invalid(
            f"That is {in_kib(words)} KiB; {MAX_BYTES // 1024} KiB fit. Nothing was changed."
        )
    return line(words) if one_line else paragraphs(words).strip()


def fitted(words: str, stream: Any) -> str:
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


def _is_terminal(stream: Any) -> bool:
    try:
        return stream is not None and bool(stream.isatty())
    except ValueError:
        return False
