"""The console of one run: its two output streams, its settings and its desk."""

import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from coachlog import asciify
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import InvalidInput
from coachlog.services.desk import Desk
from coachlog.services.results import UNDO_LINE, UNDO_STEP
from coachlog.terminal.accessibility import wants_lines
from coachlog.terminal.colors import ColorUse, choose_color_use
from coachlog.terminal.streams import is_terminal, require_open_output
from coachlog.text import clean_text, shorten_text

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

    from coachlog.screens.charts import Marks
    from coachlog.screens.columns import Columns
    from coachlog.screens.renderables import Renderable
    from coachlog.screens.texts import Text
    from coachlog.services.exports.delivery import Export
    from coachlog.services.ports import Asker
    from coachlog.services.results import Result
    from coachlog.terminal.line_terminal import LineTerminal
    from coachlog.terminal.paper import Paper
    from coachlog.terminal.prompts import Terminal

_LONGEST_HOME_BYTES = 440
"""SQLite opens paths of up to 504 bytes, and the name of a backup being written takes 60."""
_LONGEST_NAME_BYTES = 255
"""The longest name that the usual file systems can hold."""

_UNCERTAIN_COPY = (
    "Your terminal was asked to take it, and not all do: paste it to check."
)
"""What is said where only the terminal was asked to copy, as none replies."""
_WAYS_BACK = (UNDO_LINE, UNDO_STEP)
_DIM, _NOT_DIM = "\x1b[2m", "\x1b[0m"
_FIRM_BLANK = "\N{NO-BREAK SPACE}"
_SECOND_CELL = "\N{WORD JOINER}"
_DAY_WORDS = r"(?:\b[A-Z][a-z]+ )?\b\d{1,2} [A-Z][a-z]{2,8}\b(?: \d{4}\b)?"
"""A day, `Tue 8 Dec 2026`, which stays in one row."""
_COMMAND_LEAD = ": coachlog "
_PIPE_ROOM = 65_536
"""Bytes that a pipe holds on Linux before anybody reads them."""
_ENDLESS_LINES = 100_000
"""Lines of a page that goes to no terminal: nothing has to give way there."""


def _read_local_time() -> datetime:
    from datetime import UTC

    return datetime.now(UTC).astimezone()


class Console:
    """One run of coachlog; tests pass a clock, a home and an asker of their own.

    Whatever is no terminal is a pipe: lists are records there, and no line is folded. With `draws`
    it gets the screens of a terminal all the same, for pictures and tests of them.
    """

    def __init__(
        self,
        home_override: Path | None = None,
        clock: Callable[[], datetime] = _read_local_time,
        *,
        no_input: bool = False,
        color: bool = True,
        ascii: bool = False,
        asker: "Asker | None" = None,
        draws: bool = False,
    ) -> None:
        self.home_override = home_override
        self.clock = clock
        self.no_input = no_input
        self.color = color
        self.ascii = ascii
        self.asker = asker
        self.draws = draws
        self.accessible = False
        self.plain = False
        self.quiet = False
        self.debug = False
        self._terminal: LineTerminal | Terminal | None = None
        self._has_told_way_back = False

    @cached_property
    def desk(self) -> Desk:
        """Return the desk that services work at in this run."""
        get_asker = self._get_asker if self._is_interactive() else None
        return Desk(
            self._find_home(),
            self.clock,
            self._find_zone(),
            get_asker,
            self._print_beside_prompt,
            require_open_output,
        )

    @property
    def has_committed(self) -> bool:
        """Return whether this run has changed the journal, for good."""
        return "desk" in vars(self) and self.desk.has_committed

    @property
    def change_failed(self) -> bool:
        """Return whether the last change of this run, if there was any, was undone."""
        return "desk" in vars(self) and self.desk.change_failed

    def finish_backups(self) -> None:
        """Do what is left of the backup of a day, once the answer of the command is printed."""
        if "desk" in vars(self) and self.desk.has_backup_to_finish:
            from coachlog.services.backups import finish_backups

            finish_backups(self.desk)

    def _find_home(self) -> Path:
        """Return the folder of the journal: --home, COACHLOG_HOME, or the system's usual place.

        An empty variable is the same as none, as for other programs.
        """
        folder = self.home_override or os.environ.get("COACHLOG_HOME")
        if folder:
            return _resolve_home(str(folder))
        from coachlog.terminal.usual_home import find_usual_home

        usual_home = find_usual_home()
        if usual_home is not None:
            return usual_home
        raise InvalidInput(
            "This user has no home folder, so there is no usual place for a journal.",
            "Choose a folder with --home or COACHLOG_HOME.",
        )

    def _find_zone(self) -> str:
        """Return the IANA name of the local zone, or its offset where there is no name."""
        zone = os.environ.get("TZ", "").lstrip(":")
        if zone and not has_lone_surrogate(zone):
            return clean_text(zone)[:60]
        # The file links into the zone database, in which a zone's path is its name.
        _, separator, zone = os.path.realpath("/etc/localtime").partition("zoneinfo/")
        if separator:
            return zone
        return self.clock().strftime("%z")

    def _is_interactive(self) -> bool:
        """Return whether someone can be asked: stdin and stderr are both a terminal."""
        if self.no_input:
            return False
        if self.asker is not None:
            return True
        return is_terminal(sys.stdin) and is_terminal(sys.stderr)

    def _get_asker(self) -> "Asker":
        """Return the asker of this run, by default the terminal, which imports questionary."""
        if self.asker is not None:
            return self.asker
        from coachlog.terminal.echo import TERMINAL_ECHO

        if self.is_accessible:
            from coachlog.terminal.line_terminal import LineTerminal

            TERMINAL_ECHO.turn_on()  # lines are typed in sight
            self._terminal = LineTerminal(
                self.prompt_console, has_date_remarks=self._has_date_remarks
            )
            return self._terminal
        # Loading takes longer than a few keys.
        TERMINAL_ECHO.turn_off()
        from coachlog.terminal.prompts import Terminal

        self._terminal = Terminal(
            self.err,
            color=self._color_use is not ColorUse.NEVER,
            ascii=self.ascii,
            has_date_remarks=self._has_date_remarks,
        )
        return self._terminal

    def _has_date_remarks(self) -> bool:
        return self.desk.settings.get_switch("dates.remarks")

    @cached_property
    def out(self) -> "Paper | RichConsole":
        """Return the paper for what was asked for, on stdout."""
        if not self.is_plain:
            return self._choose_paper(stderr=False)
        from coachlog.terminal.paper import Paper

        return Paper(
            self._wrap_file(sys.stdout),
            has_codes=self._color_use is ColorUse.ALWAYS,
            width=_read_pipe_width(),
            height=_ENDLESS_LINES,
        )

    @cached_property
    def err(self) -> "Paper | RichConsole":
        """Return the paper for what is beside the answer, on stderr."""
        return self._choose_paper(stderr=True)

    @cached_property
    def prompt_console(self) -> "RichConsole":
        """Return the console for lines that are asked for, and for progress bars, on stderr."""
        return self._build_rich_console(stderr=True)

    @property
    def is_plain(self) -> bool:
        """Return whether the answer is for a program or a file: in a pipe, or with --plain."""
        return self.plain or not (self.draws or is_terminal(sys.stdout))

    @property
    def is_accessible(self) -> bool:
        """Return whether questions are asked line by line, and nothing is drawn."""
        return wants_lines(os.environ, is_asked_for=self.accessible)

    @property
    def marks(self) -> "Marks":
        """Return what charts are drawn with."""
        from coachlog.screens.charts import Marks

        if self._is_heard:
            return Marks.NONE
        return Marks.ASCII if self.ascii else Marks.BLOCKS

    @property
    def _is_heard(self) -> bool:
        """Return whether the answer is read out line by line: no columns, and no charts."""
        return self.is_accessible and not self.is_plain

    @property
    def list_width(self) -> int:
        """Return the width of a list: that of the screen, or none."""
        if not self.is_plain:
            return self.out.width
        from coachlog.screens.widths import NO_WIDTH

        return NO_WIDTH

    @property
    def page_height(self) -> int:
        """Return the lines of a page that fits the screen, with one left for the prompt below.

        A page that goes to no terminal is never too long.
        """
        lines = _ENDLESS_LINES
        if not self.is_plain:
            lines = self.out.height
        return max(1, lines - 1)

    @cached_property
    def _color_use(self) -> ColorUse:
        return choose_color_use(os.environ, is_forbidden=not self.color)

    def _choose_paper(self, *, stderr: bool) -> "Paper | RichConsole":
        """Return a paper as large as the window, or Rich's console where a paper will not do.

        Old consoles of Windows take no codes for colours, and who listens gets records.
        """
        stream = sys.stderr if stderr else sys.stdout
        is_on_screen = is_terminal(stream)
        if os.name == "nt" or (is_on_screen and self.is_accessible):
            return self._build_rich_console(stderr=stderr)
        from coachlog.terminal.paper import Paper

        return Paper(
            self._wrap_file(stream),
            has_codes=is_on_screen,
            no_color=self._color_use is ColorUse.NEVER,
        )

    def _build_rich_console(self, *, stderr: bool) -> "RichConsole":
        from rich.console import Console as RichConsole

        stream = sys.stderr if stderr else sys.stdout
        is_on_screen = is_terminal(stream)
        console_class = RichConsole
        if is_on_screen and self.is_accessible:
            from coachlog.terminal.record_console import RecordConsole

            console_class = RecordConsole
        return console_class(
            file=self._wrap_file(stream) if self.ascii else None,
            stderr=stderr,
            force_terminal=is_on_screen,
            no_color=self._color_use is ColorUse.NEVER,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def _wrap_file(self, stream: TextIO) -> IO[str]:
        """Return the stream, or one that passes everything on to it in ASCII."""
        if self.ascii:
            return cast("IO[str]", asciify.AsciiStream(stream))
        return stream

    def print_pages(self, *pages: "Renderable") -> None:
        """Print the screens that were asked for."""
        for page in pages:
            self.out.print(page)

    def print_list(self, table: "Columns") -> None:
        """Print a list: a table on a screen, or one record a line, with a tab between its fields.

        The table is as `list_width` has room for.
        """
        if not self.is_plain:
            for part in table.split():
                self.out.print(part)
            return
        from coachlog.escaping.tab_separated import escape_field

        def format_field(cell: "Text") -> str:
            words = escape_field(cell.plain)
            if self.out.color_system is None:
                return words
            cell.plain = words
            with self.out.capture() as capture:
                self.out.print(cell, end="")
            return capture.get()

        for rows in table.split_records():
            lines = ["\t".join(map(format_field, row)) for row in rows]
            self.print_text(self._apply_ascii("\n".join(lines)))

    def print_empty_list(self, words: str) -> None:
        """Say that there is nothing to list; in a pipe on stderr, as no record says so."""
        if self.is_plain:
            return self.print_remark(words)
        return self._print_words(words)

    def print_answer(self, words: str) -> None:
        """Print an answer in words, such as the value of a setting."""
        self._print_words(words)

    def print_text(self, text: str) -> None:
        """Print plain text, such as markdown or JSON, unwrapped and ending in one line end."""
        sys.stdout.write(text.removesuffix("\n") + "\n")

    def print_pieces(self, pieces: Iterable[bytes]) -> None:
        """Print a text in UTF-8 as it comes, with the line ends that it has."""
        sys.stdout.flush()
        # What a pipe holds is written at once: then `| head -1` is no failure.
        text = b""
        for piece in pieces:
            text += piece
            if len(text) >= _PIPE_ROOM:
                sys.stdout.buffer.write(text)
                text = b""
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()

    def print_json(self, name: str, value: object, **others: object) -> None:
        """Print one JSON object: the version of its schema, then the value under its name.

        `others` follow under theirs.
        """
        from coachlog.exports.json_text import write_json_document

        # What a pipe holds is written at once: then `| head -1` is no failure.
        text = ""
        for piece in write_json_document(name, value, **others):
            text += piece
            if len(text) >= _PIPE_ROOM:
                sys.stdout.write(text)
                text = ""
        sys.stdout.write(f"{text}\n")

    def print_message(self, result: "str | Result") -> None:
        """Print a line that says what was done, after the remarks of a result, on stderr.

        On a terminal the line is wrapped between words. With --quiet nothing is printed.
        """
        if self.quiet:
            return
        if isinstance(result, str):
            message = result
        else:
            message = result.message
            for remark in result.remarks:
                self.print_remark(remark)
        self._print_words(message)

    def print_undo_line(self) -> None:
        """Print on a terminal, below the answer, how the change of this run is taken back.

        Nothing is printed where nothing was changed, or where the answer says it already.
        """
        if "desk" not in vars(self) or not self.desk.has_undo_entry:
            return
        if self.quiet or self.is_plain or self._has_told_way_back:
            return
        sys.stdout.flush()
        self._print_dim_remark(UNDO_LINE)

    def _print_dim_remark(self, words: str) -> None:
        """Print a remark that steps back, where stderr is a screen; without Rich, slow to load."""
        if not is_terminal(sys.stderr):
            return None
        if self.is_accessible or self._color_use is ColorUse.NEVER or os.name == "nt":
            return self.print_remark(words)
        with suppress(OSError):
            sys.stderr.write(f"{_DIM}{self._apply_ascii(words)}{_NOT_DIM}\n")
        return None

    def _print_words(self, message: str) -> None:
        self._has_told_way_back |= any(lead in message for lead in _WAYS_BACK)
        words = clean_text(message)
        if is_terminal(sys.stdout):
            words = wrap_to_terminal(words.replace(". Next: ", ".\nNext: "), sys.stdout)
        self.print_text(self._apply_ascii(words))

    def print_export(self, export: "Export") -> None:
        """Print or copy an exported page, or say where it was written; its remarks go to stderr.

        Raises InvalidInput if the page is not text and would go to a terminal, and
        ClipboardFailure if it cannot be copied.
        """
        if export.page is None:
            return self.print_message(export.result)
        if export.is_copy:
            return self._copy_page(export.page.decode(), export.result)
        # A calendar has the line ends of its standard, which text would have twice on Windows.
        if export.is_text and b"\r\n" in export.page:
            self.print_pieces([export.page])
        elif export.is_text:
            self.print_text(export.page.decode())
        else:
            _write_bytes(export.page)
        for remark in export.result.remarks:
            self.print_remark(remark)
        return None

    def _copy_page(self, page: str, result: "Result") -> None:
        from coachlog.terminal.clipboard import copy_text

        terminals = filter(is_terminal, (sys.stderr, sys.stdout))
        is_certain = copy_text(
            page.removesuffix("\n"), os.environ, next(terminals, None)
        )
        if not is_certain:
            message = f"{result.message} {_UNCERTAIN_COPY}"
            result = result._replace(message=message)
        self.print_message(result)

    def print_remark(self, words: str) -> None:
        """Print a remark beside the answer, on stderr; with --quiet nothing is printed.

        Where stderr takes nothing, the answer still comes: there is no other place to complain.
        """
        if self.quiet:
            return
        text = wrap_to_terminal(clean_text(words), sys.stderr)
        with suppress(OSError):
            sys.stderr.write(self._apply_ascii(text) + "\n")

    def _print_beside_prompt(self, words: str) -> None:
        """Print a remark; what half-typed text brings to light waits for the end of its field."""
        if self._terminal is None:
            self.print_remark(words)
        else:
            self._terminal.do_between_prompts(lambda: self.print_remark(words))

    def _apply_ascii(self, words: str) -> str:
        return asciify.asciify_text(words) if self.ascii else words


def _resolve_home(folder: str) -> Path:
    """Return the absolute path of a home. Raises InvalidInput if the path cannot be one."""
    if not folder.strip():
        raise InvalidInput(
            "COACHLOG_HOME has only blanks in it, so it names no folder.",
            "Set it to the folder of your journal, or unset it.",
        )
    try:
        home = Path(folder).expanduser().absolute()
    except RuntimeError:
        raise InvalidInput(
            f"{shorten_text(folder, 60)} names the home of a user who is not known here.",
            "Give the whole path of the folder.",
        ) from None
    _require_short_path(home)
    return home


def _require_short_path(home: Path) -> None:
    """Raise InvalidInput if no journal could be opened under so long a path."""
    size = len(os.fsencode(home))
    longest_name = max((len(os.fsencode(part)) for part in home.parts), default=0)
    limit = None
    if longest_name > _LONGEST_NAME_BYTES:
        limit = (
            f"a name in it can have {_LONGEST_NAME_BYTES} bytes, not {longest_name:,}"
        )
    elif size > _LONGEST_HOME_BYTES:
        limit = f"it can have {_LONGEST_HOME_BYTES} bytes, not {size:,}"
    if limit is not None:
        raise InvalidInput(
            f"{shorten_text(str(home), 60)} is too long a path for a journal: {limit}.",
            "Choose a folder with a shorter path, with --home or COACHLOG_HOME.",
        )


def wrap_to_terminal(words: str, stream: Any) -> str:
    """Return the words, wrapped between words to the width of the terminal, if it is one."""
    if not is_terminal(stream):
        return words
    from shutil import get_terminal_size

    width = get_terminal_size().columns
    return "\n".join(_wrap_row(row, width) for row in words.split("\n"))


def _wrap_row(row: str, width: int) -> str:
    from textwrap import fill

    # The rest of an item in a list stays under its first word.
    indent = "    " if row.startswith("  - ") else ""
    start = row.rfind(_COMMAND_LEAD)
    if start >= 0:
        # A command at the end stays in one piece, to be copied.
        command = row[start:].replace(" ", _FIRM_BLANK)
        row = row[:start] + command.replace(_FIRM_BLANK, " ", 1)
    row = _fill_wide_characters(re.sub(_DAY_WORDS, _join_firmly, row))
    lines = fill(row, width, subsequent_indent=indent, break_on_hyphens=False)
    return lines.replace(_SECOND_CELL, "").replace(_FIRM_BLANK, " ")


def _join_firmly(match: re.Match[str]) -> str:
    return match[0].replace(" ", _FIRM_BLANK)


def _fill_wide_characters(row: str) -> str:
    """Return a row in which each character has as many places as it takes cells."""
    if row.isascii():
        return row
    from coachlog.answers.form.cells import count_cells

    return "".join(
        f"{character}{_SECOND_CELL}" if count_cells(character) == 2 else character
        for character in row
    )


def _write_bytes(page: bytes) -> None:
    if is_terminal(sys.stdout):
        raise InvalidInput(
            "This format is not text, so it cannot be shown here.", "Use --output FILE."
        )
    sys.stdout.flush()
    sys.stdout.buffer.write(page)


def _read_pipe_width() -> int:
    """Return the width of a pipe: that of COLUMNS, which `watch` sets, or none."""
    from coachlog.screens.widths import NO_WIDTH

    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else NO_WIDTH
