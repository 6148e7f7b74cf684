"""One line under a list that stands: waits for the number of a row, and leaves on Enter alone.

It loads nothing, as a field of the prompts takes longer to load than a search. Nothing is read that
was typed before the line was drawn, as in `key_line`.
"""

import sys
from typing import TYPE_CHECKING

from coachlog.terminal.key_line import can_wait_for_key
from coachlog.terminal.line_modes import count_waiting_bytes

if TYPE_CHECKING:
    from coachlog.terminal.console import Console

_QUESTION = "Type a number to open it; Enter leaves"
_MOST_TRIES = 3


def ask_row_number(console: "Console", row_count: int) -> int | None:
    """Return the number typed, from 1 to so many; None for Enter, or where nobody can be asked.

    A number that no row has is asked again, twice at most; any other word leaves. Raises
    KeyboardInterrupt for Ctrl-C.
    """
    if not can_wait_for_key(console):
        return None
    sys.stdout.flush()
    if count_waiting_bytes(sys.stdin.fileno()):
        return None
    from coachlog.terminal.echo import TERMINAL_ECHO

    TERMINAL_ECHO.turn_on()  # a question before may have turned it off
    question = _QUESTION
    for _ in range(_MOST_TRIES):
        typed = _read_reply(question)
        # Whatever is not a number leaves, as on the home page.
        if not (typed.isascii() and typed.isdecimal()):
            return None
        # Python refuses to read thousands of digits.
        if 1 <= int(typed[:9]) <= row_count:
            return int(typed[:9])
        question = f"A number from 1 to {row_count}; Enter leaves"
    return None


def _read_reply(question: str) -> str:
    """Return the line typed; Ctrl-C may come as soon as the question is seen."""
    try:
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
        return sys.stdin.readline().strip()
    except KeyboardInterrupt:
        # What comes next begins a line of its own.
        sys.stderr.write("\n")
        raise
