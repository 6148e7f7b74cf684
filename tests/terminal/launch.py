"""Starts coachlog as its script does, at a moment that the environment names."""

import gc
import os
import sys
from datetime import datetime

import asked

from coachlog.cli import app
from coachlog.terminal.console import Console

CLOCK = "TEST_CLOCK"


def main() -> None:
    """Run one command as `coachlog.__main__` does, with the clock standing still."""
    gc.disable()
    if asked.KIND in os.environ:
        asked.main()
    now = datetime.fromisoformat(os.environ[CLOCK])
    try:
        app(obj=Console(clock=lambda: now), prog_name="coachlog")
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    else:
        code = 0
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
