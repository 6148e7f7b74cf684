"""Processes that write to one journal at once: each raises a number kept in a promise.

    writer.py HOME WRITERS COUNT SECONDS [--default-engine]

SQLModel is loaded once, before the writers are forked; they start together. Each waits so many
seconds for the others. It says how many changes were saved.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2
from sqlmodel import Session

from coachlog.errors import JournalLocked
from coachlog.model import Promise
from coachlog.store.database import Journal
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.transactions import Change
from coachlog.store.writing import action_changes
from store_builders import NOW, TODAY

REFUSALS: dict[bool, type[Exception]] = {False: JournalLocked, True: OperationalError}
"""What says that another process is writing: coachlog's own error, or SQLAlchemy's by default."""


def raise_number(change: Change) -> None:
    """Read the number in action 1's support and put the next one there."""
    row = change.db_session.get(ActionRow, 1)
    assert row is not None
    action_changes.update_action(
        change, 1, on=TODAY, support=str(int(row.support or 0) + 1)
    )


@contextmanager
def default_change(home: Path, seconds: float) -> Iterator[Change]:
    """Change a journal as SQLAlchemy does when nothing is said about how to begin."""

    def connect() -> Any:
        return dbapi2.connect(home / "coachlog.db", timeout=seconds)

    # Told which driver it is, SQLAlchemy turns its errors into its own.
    engine = create_engine("sqlite://", creator=connect, module=dbapi2)
    with Session(engine) as session, session.begin():
        yield Change(session, NOW)
    engine.dispose()


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
    default = "--default-engine" in sys.argv
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
