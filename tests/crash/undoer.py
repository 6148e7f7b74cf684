"""Takes back and brings back the newest entry of a journal, again and again, until it is killed.

Each line on standard input is answered with the number of a process that does so, and with `dead`.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from coachlog.store import undo_steps
from coachlog.store.compiled_rows.undo_step_row import StoredUndoStep
from coachlog.store.database import Journal
from coachlog.store.transactions import Change
from coachlog.store.undo_steps import RowContents
from coachlog.store.writing import undo_changes
from undo_histories import bring_back, take_back


def swap_in_parts(change: Change, steps: Iterable[StoredUndoStep]) -> list[RowContents]:
    """Commit each step by itself, as nobody should."""
    change.connection.execute("PRAGMA foreign_keys=OFF")
    for step in steps:
        # Otherwise the log would be taken for one that does not fit, and be put aside.
        change.count_rows()
        change.watch.totals.clear()
        change.connection.execute("COMMIT")
        change.connection.execute("PRAGMA foreign_keys=OFF")
        change.connection.execute("BEGIN IMMEDIATE")
        undo_steps._Swap(change).run(step)
    return []


def swap_for_ever(home: Path) -> None:
    journal = Journal(home)
    while True:
        with journal.read() as db:
            (undone,) = db.execute(
                "SELECT count(*) FROM undo_entry WHERE undone_at IS NOT NULL"
            ).fetchone()
        if undone:
            bring_back(journal)
        else:
            take_back(journal)


def main(home: Path) -> None:
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            swap_for_ever(home)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)
        sys.stdout.write("dead\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if "--commit-each-step" in sys.argv:
        vars(undo_changes)["swap_steps"] = swap_in_parts
    main(Path(sys.argv[1]))
