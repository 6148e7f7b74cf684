"""Writes to a journal while others do: raises a number kept in a promise, and makes promises.

    writer.py HOME COUNT NAME [--default-engine]

Says `ready`, starts on the first line of standard input, and says how many changes were saved.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2
from sqlmodel import Session

from coachlog.errors import Locked
from coachlog.model import Promise
from coachlog.store import writing
from coachlog.store.database import Change, Journal
from coachlog.store.tables import ActionRow
from making import NOW, TODAY


def raise_number(change: Change) -> None:
    """Read the number in action 1's support and put the next one there."""
    row = change.session.get(ActionRow, 1)
    assert row is not None
    writing.edit_action(change, 1, on=TODAY, support=str(int(row.support or 0) + 1))


@contextmanager
def default_change(home: Path) -> Iterator[Change]:
    """Change a journal as SQLAlchemy does when nothing is said about how to begin."""
    engine = create_engine("sqlite://", creator=lambda: dbapi2.connect(home / "coachlog.db"))
    with Session(engine) as session, session.begin():
        yield Change(session, NOW)
    engine.dispose()


def main() -> None:
    home, count, name = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    default = "--default-engine" in sys.argv
    journal, saved = Journal(home), 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(count):
        try:
            with default_change(home) if default else journal.change(NOW) as change:
                raise_number(change)
                writing.note(change, 1, f"{name} {number}", on=TODAY)
                writing.add_action(change, Promise(f"{name} {number}", "me"), on=TODAY)
        except (OperationalError, Locked):
            continue  # refused, and said so: that is not a loss
        saved += 1
    sys.stdout.write(f"{saved}\n")


if __name__ == "__main__":
    main()
