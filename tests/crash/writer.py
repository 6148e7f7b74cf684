"""Processes that write to one journal at once: each raises a number kept in a promise.

    writer.py HOME WRITERS COUNT SECONDS [--default-begin]

What they need is loaded once, before the writers are forked; they start together. Each waits so
many seconds for the others. It says how many changes were saved.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from coachlog.errors import JournalLocked
from coachlog.model.actions import Promise
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.database import Journal
from coachlog.store.transactions import Change
from coachlog.store.writing import action_changes
from store_builders import NOW, TODAY

REFUSALS: dict[bool, type[Exception]] = {
    False: JournalLocked,
    True: dbapi2.OperationalError,
}
"""What says that another process is writing: coachlog's own error, or the driver's by default."""


def raise_number(change: Change) -> None:
    """Read the number in action 1's support and put the next one there."""
    row = change.rows.get(StoredAction, 1)
    assert row is not None
    action_changes.update_action(
        change, 1, on=TODAY, support=str(int(row.support or 0) + 1)
    )


@contextmanager
def default_change(home: Path, seconds: float) -> Iterator[Change]:
    """Change a journal as the driver does when nothing is said about how to begin."""
    path = home / "coachlog.db"
    with closing(dbapi2.connect(path, timeout=seconds)) as connection:
        yield Change(connection, NOW)
        connection.commit()


def write(home: Path, name: str, count: int, seconds: float, *, default: bool) -> int:
    """Return how many changes were saved."""
    journal, saved = Journal(home), 0
    for number in range(count):
        try:
            with (
                default_change(home, seconds)
                if default
                else journal.change(NOW, wait=seconds)
            ) as change:
                raise_number(change)
                action_changes.insert_action_note(
                    change, 1, f"{name} {number}", on=TODAY
                )
                action_changes.insert_action(
                    change, Promise(f"{name} {number}", "me"), on=TODAY
                )
        except REFUSALS[default]:
            continue  # refused, and said so: that is not a loss
        saved += 1
    return saved


def main() -> None:
    home, writers, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    seconds = float(sys.argv[4])
    default = "--default-begin" in sys.argv
    start, go = os.pipe()
    for number in range(writers):
        if os.fork() == 0:
            os.close(go)
            os.read(start, 1)  # it ends when all are there
            saved = write(home, f"w{number}", count, seconds, default=default)
            os.write(1, f"{saved}\n".encode())
            os._exit(0)
    os.close(go)
    ends = [os.wait()[1] for _ in range(writers)]
    sys.exit(any(ends))


if __name__ == "__main__":
    main()
