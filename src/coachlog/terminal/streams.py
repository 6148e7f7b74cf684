"""The three streams of a run, any of which may be missing."""

from typing import IO


def is_terminal(stream: IO[str] | None) -> bool:
    """Return whether a stream is a terminal; one that is closed, or was never there, is none."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # a closed stream
        return False
