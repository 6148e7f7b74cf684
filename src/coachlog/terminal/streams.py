"""The three streams of a run, any of which may be missing."""

import os
import sys
from contextlib import suppress
from io import UnsupportedOperation
from typing import IO


def is_terminal(stream: IO[str] | None) -> bool:
    """Return whether a stream is a terminal; one that is closed, or was never there, is none."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # a closed stream
        return False


def require_open_output() -> None:
    """Raise OSError if stdout is closed, before anything is done for what would be printed."""
    # One that is no file of the system's, as in a test, has no number.
    with suppress(UnsupportedOperation, AttributeError, ValueError):
        os.write(sys.stdout.fileno(), b"")
