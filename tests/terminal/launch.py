"""Starts coachlog as its script does, at a moment that the environment names."""

import gc
import os
import sys
from datetime import datetime

import asked

from coachlog.cli import run_line
from coachlog.terminal.console import Console

CLOCK = "TEST_CLOCK"


def main() -> None:
    """Run one command as `coachlog.__main__` does, with the clock standing still."""
    gc.disable()
    if asked.KIND in os.environ:
        asked.main()
    now = datetime.fromisoformat(os.environ[CLOCK])
    code = run_line(sys.argv[1:], Console(clock=lambda: now))
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
