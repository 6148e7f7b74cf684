"""What a terminal does with a line that is not finished yet: kept, and handed over on demand."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_LOCAL_MODES, _CHARACTERS = 3, 6
_MOST_BYTES = 65536


@contextmanager
def keep_unfinished_line() -> Iterator[None]:
    """Let Ctrl-C and Ctrl-Z not throw away the line they are typed in; afterwards all is as it was.

    Windows has no such modes.
    """
    try:
        import termios

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        forbid_flush()
        yield
    finally:
        with suppress(termios.error):  # the window is gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)


def forbid_flush() -> None:
    """Let the keys that interrupt leave what has been typed where it can still be read."""
    import termios

    terminal = sys.stdin.fileno()
    modes = termios.tcgetattr(terminal)
    modes[_LOCAL_MODES] |= termios.NOFLSH
    termios.tcsetattr(terminal, termios.TCSANOW, modes)


def take_unfinished_line() -> str:
    """Return what was typed and not ended with Enter, which is then no longer there to read.

    '' if the terminal is gone.
    """
    try:
        import termios
    except ImportError:
        return ""
    try:
        return _read_waiting_bytes(termios)
    except (OSError, termios.error):
        return ""


def _read_waiting_bytes(termios: Any) -> str:
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    modes = termios.tcgetattr(terminal)
    modes[_LOCAL_MODES] &= ~termios.ICANON
    # What is there is read at once, and nothing is waited for.
    modes[_CHARACTERS][termios.VMIN] = modes[_CHARACTERS][termios.VTIME] = 0
    termios.tcsetattr(terminal, termios.TCSANOW, modes)
    try:
        data = os.read(terminal, _MOST_BYTES)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return decode_typing(data)


def decode_typing(data: bytes) -> str:
    """Return typed bytes as text; a byte that is no character becomes a lone surrogate."""
    return data.decode(sys.stdin.encoding or "utf-8", "surrogateescape")


def count_waiting_bytes(terminal: int) -> int:
    """Return how many bytes have been typed and not read: in whole lines, where lines are read."""
    from array import array
    from fcntl import ioctl
    from termios import FIONREAD

    count = array("i", [0])
    ioctl(terminal, FIONREAD, count)
    return count[0]


def has_waiting_lines() -> bool:
    """Return whether another line was typed, or pasted, with the one just read."""
    try:
        return count_waiting_bytes(sys.stdin.fileno()) > 0
    except (ImportError, OSError, ValueError):
        return False


def take_waiting_lines(*, with_rest: bool) -> list[str]:
    """Return the lines that came together with the one just read, which are then read as well.

    `with_rest` counts what stands behind them without an end, too.
    """
    lines = []
    while has_waiting_lines():
        lines.append(decode_typing(sys.stdin.buffer.readline()).rstrip("\r\n"))
    rest = take_unfinished_line() if with_rest else ""
    return [*lines, rest] if rest else lines
