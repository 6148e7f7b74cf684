"""Stops this run as Ctrl-Z asks for, until the shell continues it."""

import os
import signal
import time

_LONGEST_DELAY, _PAUSE = 0.2, 0.005
"""In seconds."""


def has_shell() -> bool:
    """Return whether a shell may be there that would continue this run once it is stopped.

    A shell gives each job a process group of its own. The group with which a session begins, as in
    a window that runs nothing else, has no shell above it, and the system never stops it.
    """
    group = os.getpgrp()
    is_elsewhere = group == 0  # begun outside of this container, as its session may be
    return is_elsewhere or group != os.getsid(0)


def stop_until_continued() -> bool:
    """Stop the process group, and return whether it was stopped once it runs again.

    It is not stopped where no shell could continue it.
    """
    continued: list[int] = []
    on_continue = signal.signal(
        signal.SIGCONT, lambda number, _frame: continued.append(number)
    )
    on_stop = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        os.kill(0, signal.SIGTSTP)
        _wait_for(continued)
    finally:
        signal.signal(signal.SIGTSTP, on_stop)
        signal.signal(signal.SIGCONT, on_continue)
    return bool(continued)


def _wait_for(continued: list[int]) -> None:
    """Wait a moment for the signal that continued: another thread may take it, a little later."""
    end = time.monotonic() + _LONGEST_DELAY
    while not continued and time.monotonic() < end:
        time.sleep(_PAUSE)
