"""Connects to database files through the driver; no other module knows which one that is."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

Connection = Any
"""A sqlcipher3 connection; the driver ships no types."""

DriverError = dbapi2.Error
OperationalError = dbapi2.OperationalError
ENGINE_VERSION: str = dbapi2.sqlite_version
is_complete_statement = dbapi2.complete_statement

_DAMAGE_CODES = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CONSTRAINT")
"""The codes of errors by which SQLite says that what it reads is damaged."""


def is_damage_error(error: Exception) -> bool:
    """Return whether SQLite met damage in what it only reads; any other error may be the disk's."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return bool(name.startswith(_DAMAGE_CODES))


def connect_file(path: Path, mode: str, wait_seconds: float = 0.0) -> Connection:
    """Return a connection to a database file, opened in one of SQLite's modes, such as `ro`.

    It waits so long for another process that is writing. Raises a driver error.
    """
    uri = f"file:{quote(os.fsencode(path))}?mode={mode}"
    return dbapi2.connect(uri, uri=True, isolation_level=None, timeout=wait_seconds)


@contextmanager
def open_file(path: Path, mode: str, wait_seconds: float = 0.0) -> Iterator[Connection]:
    """Yield a connection as `connect_file` returns it, and close it at the end."""
    with closing(connect_file(path, mode, wait_seconds)) as connection:
        yield connection


def attach_file(connection: Connection, path: Path, name: str) -> None:
    """Let a connection read another database file under a name. Raises a driver error."""
    uri = f"file:{quote(os.fsencode(path))}?mode=rw"
    connection.execute(f"ATTACH DATABASE ? AS {name}", (uri,))


@contextmanager
def begin_rebuild(connection: Connection) -> Iterator[None]:
    """Hold the write lock for one transaction, in which whole tables can be filled anew.

    Any error undoes it. Raises a driver error.
    """
    # Neither can be set inside a transaction.
    connection.execute("PRAGMA foreign_keys=OFF")
    # Without it, what is removed would stay readable on the disk.
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk, SQLite has rolled back already.
        with suppress(DriverError):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def open_memory() -> Iterator[Connection]:
    """Yield a connection to an empty database in memory."""
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def build_engine(connect: Callable[[], Connection]) -> "Engine":
    """Return an engine that opens a connection of ours for each transaction."""
    # Imported here, as only changes need an engine.
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    return create_engine(
        "sqlite://", creator=connect, module=dbapi2, poolclass=NullPool
    )
