"""Times a line from its start to its first prompt, on a terminal.

The terminal answers no query about its cursor.
"""

import os
import pty
import select
import sys
import time
from collections.abc import Mapping

READY = b"\x1b[?2004h"
"""A prompt switches bracketed paste on when it takes keys."""
BARE_PROMPT = "import questionary\nquestionary.text('Name?').unsafe_ask()"
TERMINAL = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}


def time_bare_prompt(settings: Mapping[str, str]) -> float:
    """Return the seconds to a prompt of questionary and nothing else."""
    return time_first_prompt([sys.executable, "-c", BARE_PROMPT], settings)


def time_first_prompt(line: list[str], settings: Mapping[str, str]) -> float:
    """Return the seconds until the first prompt takes keys; Ctrl-C ends the run then."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execve(line[0], line, {**settings, **TERMINAL})
    shown = b""
    while READY not in shown:
        shown += os.read(terminal, 65536)
    seconds = time.perf_counter() - began
    os.write(terminal, b"\x03")
    _read_to_end(terminal)
    os.waitpid(process, 0)
    os.close(terminal)
    return seconds


def _read_to_end(terminal: int) -> None:
    while select.select([terminal], [], [], 5)[0]:
        try:
            if not os.read(terminal, 65536):
                return
        except OSError:  # it has ended
            return
