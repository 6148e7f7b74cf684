"""The entry point, which starts and exits quickly."""

import gc
import sys


def main() -> None:
    """Run one command and exit with its code."""
    # Collecting garbage while modules load takes a third of the time of a command that imports
    # SQLModel, and finds nothing.
    gc.disable()
    from coachlog.cli import run

    code = run()
    # Freezing skips the last collections as well; exit handlers and flushing still run.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
