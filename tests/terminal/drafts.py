"""What the journal holds of a conversation under way, seen by another process."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coachlog.errors import NotFound
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.reading import session_queries


def half(home: Path) -> str | None:
    """Return what the first draft holds as half-typed, once there is one."""
    if not Journal(home).exists():
        return None
    with Journal(home).read() as db:
        try:
            found = session_queries.read_draft(db, 1).half
        except NotFound:  # the journal is made a moment before the draft
            return None
    return found[1] if found else None


def token(home: Path) -> str:
    """Return the token of the window that writes the first draft."""
    with Journal(home).read() as db:
        return str(db.execute("SELECT token FROM draft").fetchone()[0])


def held(home: Path) -> Any:
    """Return a connection that holds the journal as another process would that writes for long."""
    other = dbapi2.connect(str(home / JOURNAL_FILE), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other
