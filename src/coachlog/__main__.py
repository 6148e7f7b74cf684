"""The entry point, which starts and exits quickly."""

import gc
import sys
from collections.abc import Sequence

_ASKING_COMMANDS = (["log"], ["session", "new"], ["session", "resume"])
_READING_WORDS = ("-", "--answers", "--no-input", "--accessible", "--help", "-h")


def main() -> None:
    """Run one command and exit with its code."""
    # Collecting garbage while modules load takes a third of the time of a command that imports
    # SQLModel, and finds nothing.
    gc.disable()
    if will_ask(sys.argv[1:]):
        _hide_type_ahead()
    from coachlog.cli import run

    code = run()
    # Freezing skips the last collections as well; exit handlers and flushing still run.
    gc.freeze()
    sys.exit(code)


def will_ask(words: Sequence[str]) -> bool:
    """Return whether a command line is one that asks, so that what follows it is typed ahead.

    The commands that only ask for what is missing turn the echo off when they come to it.
    """
    if words[:1] not in _ASKING_COMMANDS and words[:2] not in _ASKING_COMMANDS:
        return False
    return not any(word in _READING_WORDS for word in words)


def _hide_type_ahead() -> None:
    """Keep what is typed while everything loads for the first prompt, and off the screen."""
    import os

    from coachlog.terminal.accessibility import wants_lines
    from coachlog.terminal.echo import TERMINAL_ECHO

    if not wants_lines(os.environ):
        TERMINAL_ECHO.turn_off()


if __name__ == "__main__":
    main()
