"""Reads whole lines, as a terminal hands them over: no key is watched, and no cursor moves."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from rich.console import Console

from coachlog.interview.back import BACK, Back
from coachlog.screens.texts import Text
from coachlog.terminal.drawing import print_indented
from coachlog.terminal.idle_work import IdleWork
from coachlog.terminal.intermission import Intermission
from coachlog.terminal.job_control import stop_until_continued
from coachlog.terminal.line_modes import (
    decode_typing,
    forbid_flush,
    has_waiting_lines,
    keep_unfinished_line,
    take_unfinished_line,
    take_waiting_lines,
)
from coachlog.terminal.lines_ahead import LinesAhead
from coachlog.terminal.signal_watch import SignalWatch, can_watch_signals, watch_signals
from coachlog.text import clean_text

_LONGEST_LINE_BYTES, _MOST_BYTES = 4095, 8192
"""A terminal takes no more at once, and drops what is typed beyond it."""
_CUT_REMARK = (
    "A terminal takes no longer line, so the end of that one may be missing. "
    "Press Enter earlier, or write it in an editor."
)
_PAUSE_REMARK = "Ctrl-C stops here and loses nothing."
_END_SIGN = "."
EMPTY_SIGN = "-"
"""Typed alone, it empties an answer that was there before."""
_LINES_KEYS = "1, 2 or 3"
_BOX_KEYS = "An empty line, or a line with only a full stop, ends the text."


class LineReader:
    """Reads lines, and reports what is typed to `on_half`: line by line, and the last in parts.

    `idle_work` is done beside the next line.
    """

    def __init__(self, console: Console) -> None:
        self.on_half: Callable[[str, str], None] = lambda _key, _text: None
        self.idle_work = IdleWork()
        self._console = console
        self.intermission = Intermission()
        self._label = ""
        self._held_text = ""
        self._typed_lines: list[str] = []
        self._begun_text = ""
        self.lines_ahead = LinesAhead()
        self._has_waited = False

    def read_line(self, label: str, key: str = "", text: str = "") -> str | None:
        """Return the line typed after a label, without its end; None for Ctrl-D.

        Raises KeyboardInterrupt for Ctrl-C, a closed window and SIGTERM, once what is half-typed
        has been reported under the key, behind the `text` that is there already; the error has it.
        """
        self._label, self._held_text = label, ""
        line = self.lines_ahead.take(key or label, continues=not label)
        if line is not None:
            self._print_label()
            self._console.print(Text(clean_text(line)), soft_wrap=True)
            return line
        self._drop_lines_ahead()
        self._has_waited = not self.has_waiting_lines()
        if self._typed_lines:
            return self._typed_lines.pop(0)
        self._held_text, self._begun_text = self._begun_text, ""
        data = self._read_bytes(key, text)
        if not data.endswith(b"\n"):
            self._console.print()
        if len(data) >= _LONGEST_LINE_BYTES:
            print_indented(self._console, _CUT_REMARK)
        if not data and not self._held_text:
            return None
        return self._held_text + decode_typing(data).rstrip("\r\n")

    def _read_bytes(self, key: str, text: str) -> bytes:
        """Return the bytes of a line that follow the text held, with its end if it has one."""
        with self._postpone_remarks(), keep_unfinished_line():
            try:
                if not can_watch_signals():
                    self._begin_line()
                    return sys.stdin.buffer.readline()
                with watch_signals() as watch:
                    self._begin_line()
                    return self._wait_for_line(watch)
            except (KeyboardInterrupt, OSError):
                # A terminal that is gone gives the latter.
                rest = self._report_rest(key, text)
                raise KeyboardInterrupt(*filter(None, [rest])) from None

    def _begin_line(self) -> None:
        # Whoever sees the label may press any key.
        self._print_label()
        self.idle_work.start()

    def _wait_for_line(self, watch: SignalWatch) -> bytes:
        """Return the line that is entered; Ctrl-Z suspends meanwhile, and keeps what is there.

        Raises KeyboardInterrupt for a signal that asks the run to end, whatever was entered before
        it: that is then half-typed.
        """
        terminal = sys.stdin.fileno()
        while True:
            if watch.has_stop():
                watch.forget_stops()
                raise KeyboardInterrupt
            if watch.take_suspension():
                self._suspend()
                if "\n" in self._held_text:
                    return self._take_first_typed_line()
                self._print_label()
            if not watch.wait_for_input(terminal):
                continue
            data = os.read(terminal, _MOST_BYTES)
            if not data or data.endswith(b"\n"):
                return data
            # Ctrl-D behind some words hands them over, and no more.
            self._held_text += decode_typing(data)

    def _take_first_typed_line(self) -> bytes:
        """Return the end of the first of the lines held; the others wait as if they were unread."""
        line, *self._typed_lines, self._begun_text = self._held_text.split("\n")
        self._held_text = line
        return b"\n"

    def has_waiting_lines(self) -> bool:
        """Return whether another line was typed, or pasted, with the one just read."""
        return bool(self._typed_lines) or has_waiting_lines()

    def read_reply_line(
        self,
        label: str,
        help: str,
        key: str = "",
        *,
        back: bool,
        several_lines: bool = False,
    ) -> str | Back:
        """Return the line typed as an answer, or BACK for `<`; `?` prints the help.

        Of several lines that came at once none answers anything unless the person says so, or the
        answer has `several_lines`.
        Raises KeyboardInterrupt as `read_line` does, and for Ctrl-D twice.
        """
        was_ended = False
        while True:
            line = self.read_line(label, key)
            if line is None:
                if was_ended:
                    raise KeyboardInterrupt
                print_indented(self._console, _PAUSE_REMARK)
            else:
                if not several_lines:
                    line = self._agree_line(line, label, key)
                reply = self._understand_line(line, help, back=back)
                if reply is not None:
                    return reply
            was_ended = line is None

    def _understand_line(
        self, line: str | None, help: str, *, back: bool
    ) -> str | Back | None:
        """Return the answer in a line, or BACK; None for a line after which to ask again."""
        sign = None if line is None else line.strip()
        if sign == "<" and back:
            return BACK
        if sign == "?":
            print_indented(self._console, help)
        elif sign == "<":
            print_indented(self._console, "There is nothing to go back to here.")
        else:
            return line
        return None

    def read_text(
        self, label: str, help: str, key: str, initial: str, *, back: bool
    ) -> str | Back:
        """Return a text of many lines, or BACK; each line is reported once it is typed.

        New lines are added to the `initial` text, which Enter alone keeps and a dash empties.
        """
        keys = _BOX_KEYS
        if initial:
            keys += " What you type is added to what is there; a dash alone empties it."
        reply = self.read_reply_line(
            label, f"{help} {keys}".strip(), key, back=back, several_lines=True
        )
        if isinstance(reply, Back):
            return BACK
        text = initial
        line: str | None = reply
        if initial and reply.strip() == EMPTY_SIGN:
            print_indented(self._console, "Empty now. Type it anew.")
            text, line = "", self.read_line("", key)
        while line is not None and not self._ends_text(line):
            text = f"{text}\n{line}" if text else line
            self.report_typing(key, text)
            line = self.read_line("", key, f"{text}\n")
        return text.rstrip()

    def _ends_text(self, line: str) -> bool:
        """Return whether a line ends a text: a full stop does, and so does an empty one.

        With more lines there already, an empty one is part of a paste.
        """
        words = line.strip()
        if words == _END_SIGN:
            return True
        return not words and not (self.lines_ahead or self.has_waiting_lines())

    def _agree_line(self, line: str, label: str, key: str) -> str | None:
        """Return a line that came alone, or what the person says of several; None to ask again.

        A paste and what a quick person typed ahead look the same. Empty lines skip, and no more.
        """
        if self.lines_ahead:
            return line
        others = [*self._typed_lines, *take_waiting_lines(with_rest=self._has_waited)]
        self._typed_lines = []
        if not any(other.strip() for other in others):
            self.lines_ahead.add(others)
            return line
        lines = [line, *others]
        # A run that ends now resumes with them.
        self.report_typing(key, "\n".join(lines))
        words = [part.strip() for part in lines if part.strip()]
        choice = self._ask_about_lines(words)
        if choice == "1":
            return " ".join(words)
        if choice == "2":
            self.lines_ahead.add(words[1:], key or label)
            return words[0]
        self.report_typing(key, "")
        return None

    def _ask_about_lines(self, lines: Sequence[str]) -> str:
        """Return what the person says of lines that came at once: 1, 2 or 3."""
        self._print_lines_question(lines)
        while True:
            reply = (self.read_line(f"({_LINES_KEYS}):") or "").strip()
            if reply in ("1", "2", "3"):
                return reply
            print_indented(self._console, f"Type {_LINES_KEYS}.")

    def _drop_lines_ahead(self) -> None:
        words = self.lines_ahead.drop()
        if words:
            print_indented(self._console, f"Put aside: {', '.join(words)}.")

    def _print_lines_question(self, lines: Sequence[str]) -> None:
        count = len(lines)
        print_indented(self._console, f"{count} lines came at once:")
        for line in lines:
            print_indented(self._console, f"  {line}")
        print_indented(self._console, "1. they are one answer, to this question")
        print_indented(self._console, "2. an answer each, to this and the next ones")
        print_indented(self._console, "3. none of them: I type the answer again")

    def report_typing(self, key: str, text: str) -> None:
        """Report a half-typed text under its key, and say so if that fails; nothing without one."""
        if not key:
            return
        try:
            self.on_half(key, text)
        except (
            Exception
        ) as error:  # whatever it is, the person must be able to go on typing
            print_indented(self._console, f"Not saved yet: {error}")

    def _print_label(self) -> None:
        """Print the label and the words behind it."""
        if self._label:
            self._console.print(Text(clean_text(self._label)), end="")
            # A blank that is part of wrapped words would be lost.
            self._console.print(" ", end="")
        self._console.print(Text(clean_text(self._held_text)), end="", soft_wrap=True)
        sys.stderr.flush()

    def _report_rest(self, key: str, text: str) -> str:
        """Report what is half-typed, behind the text that is there; return it, '' for blanks."""
        rest = self._held_text + take_unfinished_line()
        with suppress(OSError):
            self._console.print()
        if not rest.strip():
            return ""
        self.report_typing(key, text + rest)
        return rest

    @contextmanager
    def _postpone_remarks(self) -> Iterator[None]:
        self.intermission.begin_prompt()
        try:
            yield
        finally:
            self.intermission.end_prompt()

    def _suspend(self) -> None:
        """Stop as Ctrl-Z asks for, and hold what was typed before: it comes back with `fg`."""
        self._held_text += take_unfinished_line()
        stop_until_continued()
        # The shell that took over has modes of its own, and set them again with `fg`.
        forbid_flush()
