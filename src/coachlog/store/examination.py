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

from coachlog.interview import keys
from coachlog.model.answers import PromptKind
from coachlog.store.connections import Connection
from coachlog.store.row_checks import list_row_findings
from coachlog.store.schema import build_expected_schema, read_schema

ValueReader = Callable[[Any], object]
"""Reads a stored value; raises ValueError or TypeError if it is not of the right kind."""


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
        not _is_readable(value, reader)
        for read_values in (_read_column_values, _read_answer_values)
        for value, reader in read_values(connection)
    ) or any(list_row_findings(connection))


def _read_column_values(connection: Connection) -> Iterator[tuple[Any, ValueReader]]:
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


def _read_answer_values(connection: Connection) -> Iterator[tuple[Any, ValueReader]]:
    """Yield every answer's value with the function that reads one of its kind.

    In a draft, only the day of the conversation is known by its key.
    """
    rows = connection.execute("SELECT kind, value FROM answer WHERE value <> 'null'")
    for kind, value in rows:
        yield json.loads(value), _VALUE_READERS.get(kind, _accept_anything)
    days = connection.execute(
        "SELECT value FROM draft_step WHERE key = ? AND value <> 'null'",
        (keys.HELD_ON,),
    )
    for (value,) in days:
        yield json.loads(value), _require_exact_date


def _choose_reader(column_type: Any) -> ValueReader:
    """Return the function that reads a stored value of a type, and raises if it cannot."""
    from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, TypeDecorator

    from coachlog.store.tables.base import JsonText

    if isinstance(column_type, TypeDecorator):
        column_type = column_type.impl_instance
    if isinstance(column_type, Enum):
        return column_type.enums.index
    readers: dict[Any, ValueReader] = {
        JsonText: json.loads,
        Boolean: _require_flag,
        Integer: _require_integer,
        DateTime: _require_exact_moment,
        Date: _require_exact_date,
    }
    for kind, reader in readers.items():
        if isinstance(column_type, kind):
            return reader
    return _require_text


def _is_readable(value: Any, reader: ValueReader) -> bool:
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


def _require_list(value: Any) -> None:
    if not isinstance(value, list):
        raise TypeError


def _require_number(value: Any) -> None:
    if not isinstance(value, int | float):
        raise TypeError


def _require_exact_date(value: Any) -> None:
    # Python reads other forms of a date as well, which SQLite does not.
    if date.fromisoformat(value).isoformat() != value:
        raise ValueError


def _require_exact_moment(value: Any) -> None:
    moment = datetime.fromisoformat(value)
    exact_forms = (
        moment.isoformat(" ", "microseconds"),
        moment.isoformat(" "),
        moment.date().isoformat(),
    )
    if value not in exact_forms:
        raise ValueError


def _accept_anything(_value: Any) -> None:
    pass


_VALUE_READERS: dict[str, ValueReader] = {
    PromptKind.TEXT: _require_text,
    PromptKind.LINE: _require_text,
    PromptKind.CHOICE: _require_text,
    PromptKind.CHOICES: _require_list,
    PromptKind.SCALE: _require_integer,
    PromptKind.YESNO: _require_flag,
    PromptKind.DATE: _require_exact_date,
    PromptKind.NUMBER: _require_number,
    PromptKind.QUESTIONS: _require_list,
}
"""How the value of an answer is read, by its kind; any other kind has a form of its own."""
