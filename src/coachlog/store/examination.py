"""Looks for damage in a journal, from its schema to each stored value.

Looking at everything takes too long for every run. It is done when a run fails in a way that a
sound journal does not explain, to tell damage from a fault in coachlog.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from coachlog.store.connections import Connection
from coachlog.store.schema import build_expected_schema, read_schema


def has_damage(connection: Connection, migrations: Path) -> bool:
    """Return whether a journal of the newest schema is damaged anywhere.

    Raises a driver error if it is so damaged that it cannot be examined.
    """
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
        return True
    if read_schema(connection) != build_expected_schema(migrations):
        return True
    return any(
        not _is_readable(value, reader) for value, reader in _read_values(connection)
    )


def _read_values(connection: Connection) -> Iterator[tuple[Any, Callable[[Any], Any]]]:
    """Yield every stored value with the function that reads one of its column."""
    # Imported here, as nothing else that reads needs the tables.
    from sqlmodel import SQLModel

    from coachlog.store import tables

    for module in iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    for table in SQLModel.metadata.sorted_tables:
        readers = [_choose_reader(column.type) for column in table.columns]
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        for row in connection.execute(f'SELECT {names} FROM "{table.name}"'):
            for value, reader in zip(row, readers, strict=True):
                if value is not None:
                    yield value, reader


def _choose_reader(column_type: Any) -> Callable[[Any], Any]:
    """Return the function that reads a stored value of a type, and raises if it cannot."""
    from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, TypeDecorator

    from coachlog.store.tables.base import JsonText

    if isinstance(column_type, TypeDecorator):
        column_type = column_type.impl_instance
    if isinstance(column_type, Enum):
        return column_type.enums.index
    readers: dict[Any, Callable[[Any], Any]] = {
        JsonText: json.loads,
        Boolean: _require_flag,
        Integer: _require_integer,
        DateTime: datetime.fromisoformat,
        Date: date.fromisoformat,
    }
    for kind, reader in readers.items():
        if isinstance(column_type, kind):
            return reader
    return _require_text


def _is_readable(value: Any, reader: Callable[[Any], Any]) -> bool:
    try:
        reader(value)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def _require_flag(value: Any) -> None:
    if value not in (0, 1):
        raise ValueError


def _require_integer(value: Any) -> None:
    if not isinstance(value, int):
        raise TypeError


def _require_text(value: Any) -> None:
    if not isinstance(value, str):
        raise TypeError
