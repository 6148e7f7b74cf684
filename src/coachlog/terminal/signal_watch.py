"""Notes the signals that come while lines are read, so that none of them interrupts anything.

A handler that raises loses whatever the interrupted call was about to return: a line just entered.
"""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")
_SUSPENDING = "SIGTSTP"


class SignalWatch:
    """The signals that have come and that nobody has acted on yet."""

    def __init__(self, wakeup: int) -> None:
        self._wakeup = wakeup
        self._numbers: list[int] = []

    def note(self, number: int, _frame: object) -> None:
        """Note a signal; it is a handler."""
        self._numbers.append(number)

    def wait_for_input(self, terminal: int) -> bool:
        """Return whether there is something to read; False if a signal came first."""
        ready, _, _ = select.select([terminal, self._wakeup], [], [])
        if self._wakeup in ready:
            os.read(self._wakeup, 512)
            return False
        return True

    def take_suspension(self) -> bool:
        """Return whether Ctrl-Z was pressed, and forget it."""
        was_pressed = signal.SIGTSTP in self._numbers
        self._numbers = [n for n in self._numbers if n != signal.SIGTSTP]
        return was_pressed

    def has_stop(self) -> bool:
        """Return whether a signal asks the run to end, such as that of Ctrl-C."""
        return any(number != signal.SIGTSTP for number in self._numbers)

    def forget_stops(self) -> None:
        """Forget the signals that ask the run to end, since it does."""
        self._numbers = [n for n in self._numbers if n == signal.SIGTSTP]

    def deliver_rest(self) -> None:
        """Send the signals that nobody has acted on to whoever handles them now."""
        for number in self._numbers:
            os.kill(os.getpid(), number)


def can_watch_signals() -> bool:
    """Return whether signals can be noted while a terminal is read: not so on Windows."""
    return hasattr(signal, _SUSPENDING)


@contextmanager
def watch_signals() -> Iterator[SignalWatch]:
    """Let the signals that end or suspend a run only be noted; afterwards all is as it was."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    watch = SignalWatch(reading)
    numbers = [getattr(signal, name) for name in (*_STOPPING, _SUSPENDING)]
    handlers = {number: signal.signal(number, watch.note) for number in numbers}
    wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield watch
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)
        watch.deliver_rest()
