"""One line of keys under a screen that stands: waits for a single key, and leaves on any other.

Nothing is read that was typed before the line was drawn. It stays in the queue of the terminal,
where the shell finds it: a terminal takes no key back once it has been read.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coachlog.terminal.line_modes import count_waiting_bytes
from coachlog.terminal.streams import is_terminal

if TYPE_CHECKING:
    from coachlog.screens.texts import Text
    from coachlog.terminal.console import Console

ESCAPE, HELP_KEY = b"\x1b", "?"
SEQUENCE_SECONDS = 0.05
"""How soon the rest of an arrow key follows its first byte, on a slow line."""

_ERASE_LINE = "\r\x1b[K"
_LINE_UP = "\x1b[A"


def can_wait_for_key(console: "Console") -> bool:
    """Return whether a key can be waited for: someone is there, and sees what was printed."""
    if console.plain or not console.desk.interactive:
        return False
    try:
        import termios  # noqa: F401 - Windows has none
    except ImportError:
        return False
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def wait_for_key(console: "Console", line: "Text", help: "Text") -> str:
    """Return the key pressed under the line of keys, which is gone afterwards; '' for none.

    `?` shows the help above the line, and goes on waiting. In accessible mode the key is typed with
    Enter, and the line stays. No key is waited for if anything has been typed already. Raises
    KeyboardInterrupt for Ctrl-C.
    """
    sys.stdout.flush()
    if console.is_accessible:
        return _read_letter_line(console, line, help)
    with _read_single_keys(sys.stdin.fileno()) as terminal:
        if count_waiting_bytes(terminal):
            return ""
        key = _show_line(console, line, terminal)
        if key == HELP_KEY:
            console.err.print(help)
        while key == HELP_KEY:
            key = _show_line(console, line, terminal)
        return key


def _show_line(console: "Console", line: "Text", terminal: int) -> str:
    """Return the key pressed under the line, which is then gone, however narrow the window."""
    console.err.print(line, end="")
    sys.stderr.flush()
    try:
        return _read_key(terminal)
    finally:
        sys.stderr.write(
            (_ERASE_LINE + _LINE_UP) * line.plain.count("\n") + _ERASE_LINE
        )
        sys.stderr.flush()


def _read_letter_line(console: "Console", line: "Text", help: "Text") -> str:
    """Return the letter typed before Enter; '' where something else was, or was there before."""
    if count_waiting_bytes(sys.stdin.fileno()):
        return ""
    from coachlog.terminal.line_reader import LineReader

    reader = LineReader(console.prompt_console)
    while True:
        reply = (reader.read_line(f"{line.plain}:") or "").strip().lower()
        if reply != HELP_KEY:
            return reply
        console.err.print(help)


@contextmanager
def _read_single_keys(terminal: int) -> Iterator[int]:
    """Let the terminal hand over each key at once and unseen; afterwards it is as it was."""
    import termios

    before = termios.tcgetattr(terminal)
    single_keys = termios.tcgetattr(terminal)
    local_modes, characters = 3, 6
    single_keys[local_modes] &= ~(termios.ICANON | termios.ECHO)
    # Ctrl-Z leaves, as any key does: after `fg` the shell's modes would be in force.
    single_keys[characters][termios.VSUSP] = b"\0"
    handler = signal.signal(signal.SIGTERM, _interrupt_wait)
    try:
        # Not TCSAFLUSH: that throws away what was typed.
        termios.tcsetattr(terminal, termios.TCSANOW, single_keys)
        yield terminal
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
        signal.signal(signal.SIGTERM, handler)


def _interrupt_wait(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _read_key(terminal: int) -> str:
    """Return the letter of a key; '' for all that leaves.

    Several bytes at once are an arrow key, a letter with an accent or a paste. None of these is a
    key of the line, so they stay in the queue.
    """
    from select import select

    select([terminal], [], [])
    if count_waiting_bytes(terminal) != 1:
        return ""
    key = os.read(terminal, 1)
    if key == ESCAPE and select([terminal], [], [], SEQUENCE_SECONDS)[0]:
        os.read(terminal, count_waiting_bytes(terminal))
    return key.decode("ascii", "replace").lower()
