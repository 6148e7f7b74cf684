"""One transaction of the journal, with the ways in which it can be changed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coachlog.store.connections import Connection, build_engine
from coachlog.store.journal_state import JournalState, advance_state, read_state
from coachlog.store.row_store import RowStore
from coachlog.store.row_watch import RowWatch

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlmodel import Session


class Change:
    """A transaction under way, and the moment (UTC) to record for everything in it.

    Whoever opened it ends it. SQLModel's session, where one is asked for, is part of it. `watch`
    has what it has changed so far, `has_lost_undo_log` tells whether what `undo` keeps was damaged,
    and so is empty now, `has_lost_search` whether the index of `search` is, and `state` what the
    journal said about itself before.

    Raises `UnreadableValue` if the journal says nothing sound about itself.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.now = now
        self.state: JournalState = read_state(connection)
        self.is_backup_missing = False
        self.has_lost_undo_log = False
        self.has_lost_search = False
        self.watch = RowWatch(connection, self.state.sum_key)
        self._connection = connection
        self._session: Session | None = None
        self._rows = RowStore(connection, self.watch)

    @property
    def db_session(self) -> "Session":
        """Return SQLModel's session; only what changes more than single rows waits for it."""
        if self._session is None:
            self.watch.watch_all_tables()
            self._session = _SESSIONS.open(self._connection)
        return self._session

    @property
    def rows(self) -> RowStore:
        """Return the rows that are changed one by one, as they are by now."""
        self.flush()
        return self._rows

    @property
    def connection(self) -> Connection:
        """Return the connection, which sees everything changed so far.

        What is printed about a change is read here: read after the commit, it could fail, and the
        person would be told that nothing was changed.
        """
        self.flush()
        return self._connection

    def flush(self) -> None:
        """Send to the database what SQLModel's session still holds."""
        if self._session is not None:
            self._session.flush()

    def outside_undo(self) -> AbstractContextManager[None]:
        """Return a context in which what is changed is nothing that `undo` would take back."""
        return self._flush_around(self.watch.pause_undo())

    def keeping_drafts(self) -> AbstractContextManager[None]:
        """Return a context in which drafts that are removed are kept, for `undo` to give back."""
        return self._flush_around(self.watch.keep_drafts())

    @contextmanager
    def _flush_around(self, context: AbstractContextManager[None]) -> Iterator[None]:
        """Run a context with the rows in it that are changed within its block, and no others."""
        self.flush()
        with context:
            yield
            self.flush()

    def count_rows(self) -> None:
        """Write how many rows there are now, and that the journal has changed; nothing follows."""
        if not self.watch.totals:
            return
        changed_on: str | None = self.now.date().isoformat()
        if self.is_backup_missing:
            changed_on = self.state.changed_on
        self.state = advance_state(
            self._connection, self.state, self.watch.totals, changed_on
        )

    def close(self) -> None:
        """Let go of SQLModel's session, which ends nothing."""
        if self._session is not None:
            self._session.close()


class _JoinedConnection:
    """A connection as SQLAlchemy gets it, which can end neither the transaction nor the connection.

    It would roll back after its first look at a database, and with that whatever was changed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Do nothing; the transaction is committed by whoever opened it."""

    def rollback(self) -> None:
        """Do nothing, as for `commit`."""

    def close(self) -> None:
        """Do nothing, as for `commit`."""


class _SessionMaker:
    """Makes SQLModel's sessions in transactions that are under way already.

    There is one engine for all of them, because it keeps the statements that it has compiled.
    """

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._connection: Connection = None

    def open(self, connection: Connection) -> "Session":
        """Return a session in the transaction that is under way on a connection."""
        from sqlmodel import Session

        self._connection = _JoinedConnection(connection)
        if self._engine is None:
            self._engine = build_engine(lambda: self._connection)
        session = Session(self._engine)
        # Now, while that connection is the one it gets.
        session.connection()
        return session


_SESSIONS = _SessionMaker()
