"""Programs of the system that are asked something, for a moment."""

from collections.abc import Sequence

_SECONDS = 3


def ask_program(words: Sequence[str]) -> str:
    """Return what a program prints; '' where there is none, or where it takes too long or fails."""
    import subprocess

    try:
        process = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    if process.returncode:
        return ""
    return process.stdout.decode("utf-8", "replace")
