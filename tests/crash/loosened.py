"""Connections that take a protection out, so that a test can show that it would be missed.

`dbapi2.connect` is patched in a process of its own, and every journal opened there has them.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlcipher3 import dbapi2

from coachlog.store.journal_files import JOURNAL_FILE

Statement = str


class PiecemealConnection(dbapi2.Connection):  # type: ignore[misc]
    """Commits every statement by itself."""

    def execute(self, sql: Statement, *values: Any) -> Any:
        if sql.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            return super().execute("SELECT 1")
        return super().execute(sql, *values)


class LessDurableConnection(dbapi2.Connection):  # type: ignore[misc]
    """Does not wait for the disk at each commit."""

    def execute(self, sql: Statement, *values: Any) -> Any:
        return super().execute(
            sql.replace("synchronous=FULL", "synchronous=NORMAL"), *values
        )


class SmallLogConnection(dbapi2.Connection):  # type: ignore[misc]
    """Moves the log into the journal every few pages, so that a short test has it begin anew.

    Nothing is less safe with it.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        super().execute("PRAGMA wal_autocheckpoint=16")


class StaleConnection(dbapi2.Connection):  # type: ignore[misc]
    """Reads the schema's version once and never again, as if a lock were not taken in between.

    `wait` is called when it has been read: with it, others do the same before anyone goes on.
    """

    version: int | None = None
    wait: Callable[[], object]

    def execute(self, sql: Statement, *values: Any) -> Any:
        if sql.strip().casefold() != "pragma user_version" or not self._is_journal():
            return super().execute(sql, *values)
        if StaleConnection.version is None:
            (StaleConnection.version,) = super().execute(sql).fetchone()
            StaleConnection.wait()
        return super().execute(f"SELECT {StaleConnection.version}")

    def _is_journal(self) -> bool:
        _, _, path = super().execute("PRAGMA database_list").fetchone()
        return str(path).endswith(JOURNAL_FILE)


def loosen_connections(kind: type) -> None:
    """Let every connection made from now on in this process be of that kind."""
    module: Any = dbapi2
    module.connect = partial(dbapi2.connect, factory=kind)
