"""Keeps what is typed ahead off the screen until the prompt is there that it is meant for."""

import atexit
import os
import signal
import sys
from contextlib import suppress
from typing import Any, Final

from coachlog.terminal.streams import is_terminal


class Echo:
    """Whether the terminal shows what is typed between two prompts.

    It is as it was at the end of the run, however that ends; only after SIGKILL the shell has to
    see to it, and most do.
    """

    def __init__(self) -> None:
        self._modes: list[Any] | None = None

    def turn_off(self) -> None:
        """Show nothing that is typed from now on, and leave Enter the key that it is."""
        if self._modes is not None or not is_terminal(sys.stdin):
            return
        try:
            import termios
        except ImportError:  # Windows shows nothing between prompts
            return
        terminal = sys.stdin.fileno()
        self._modes = termios.tcgetattr(terminal)
        quiet = termios.tcgetattr(terminal)
        input_modes, local_modes = 0, 3
        quiet[input_modes] &= ~termios.ICRNL
        quiet[local_modes] &= ~termios.ECHO
        # Not TCSAFLUSH: that throws away what was typed.
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        atexit.register(self.turn_on)
        # It would end the run at once. During a prompt, that answers it.
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, self._end_run)

    def turn_on(self) -> None:
        """Show what is typed again, for another program or at the end."""
        if self._modes is None:
            return
        import termios

        with suppress(termios.error, OSError, ValueError):  # the terminal may be gone
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._modes)
        self._modes = None
        atexit.unregister(self.turn_on)

    def _end_run(self, number: int, _frame: object) -> None:
        """End as the signal asks for, with the terminal as it was."""
        self.turn_on()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


TERMINAL_ECHO: Final = Echo()
"""That of the one terminal that a run has."""
