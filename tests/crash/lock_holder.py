"""A process that takes the lock of a home, says so, and holds it until its input ends.

lock_holder.py FOLDER shared|alone SECONDS
"""

import os
import sys
from pathlib import Path

from coachlog.errors import JournalLocked
from coachlog.store.home_lock import hold_alone, hold_shared

HOLDS = {"shared": hold_shared, "alone": hold_alone}


def main() -> None:
    folder, way, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    try:
        with HOLDS[way](folder, seconds) as is_locked:
            os.write(1, b"held\n" if is_locked else b"no lock\n")
            sys.stdin.read()
    except JournalLocked:
        os.write(1, b"refused\n")


if __name__ == "__main__":
    main()
