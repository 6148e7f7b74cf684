"""Reads and changes single rows with statements that were compiled from the SQLModel tables.

To load SQLModel takes seven times as long as all the rest of a small change, so rows that change
often are read and written without it. The class of each such row is in `compiled_rows`, with its
statements; docs/compiled_rows.py writes that room from `tables`.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from os import urandom
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

from coachlog.store.connections import Connection
from coachlog.store.rows import (
    ColumnReader,
    UnreadableValue,
    choose_column_reader,
    list_stored_types,
)

if TYPE_CHECKING:
    from coachlog.store.row_watch import RowWatch


@dataclass_transform(kw_only_default=True)
class StoredRow:
    """A row of one table, with a field for each column; what is not given is the table's default.

    A new row gets its number, and its `uid` if the table has one, when it is inserted.
    """

    table = ""
    primary_key = ""
    select_sql = ""
    insert_sql = ""
    update_sql = ""
    delete_sql = ""
    saved_fields: dict[str, object]
    """The fields as the database holds them, to tell which were changed since; none if new."""

    def __init__(self, **fields: Any) -> None:
        unknown_names = fields.keys() - type(self).__annotations__.keys()
        if unknown_names:
            raise TypeError(f"{self.table} has no column {', '.join(unknown_names)}")
        vars(self).update(fields)
        self.saved_fields = {}


Row = TypeVar("Row", bound=StoredRow)
_FieldReader = tuple[str, ColumnReader | None, set[type]]


class RowStore:
    """The rows of a journal that one transaction reads and changes.

    Reading raises `UnreadableValue` for a value that is not of the kind that its column holds, and
    undoes the change for a row that is not as it was written: nothing is to be said of what is in
    it, and SQLite may refuse to change it without a word of which it is. Whatever is changed is
    watched by `watch`.
    """

    def __init__(self, connection: Connection, watch: "RowWatch") -> None:
        self._connection = connection
        self._watch = watch

    def get(self, row_class: type[Row], key: int) -> Row | None:
        """Return the row of this number, or None if there is none."""
        rows = self.find(row_class, **{row_class.primary_key: key})
        return rows[0] if rows else None

    def find(self, row_class: type[Row], **values: object) -> list[Row]:
        """Return the rows that hold these values, in the order of their numbers."""
        table = row_class.table
        conditions = ["1", *(f'{table}."{name}" IS ?' for name in values)]
        condition = " AND ".join(conditions)
        stored_values = [format_stored_value(value) for value in values.values()]
        self._watch.require_sound_rows(table, condition, stored_values)
        cursor = self._connection.execute(
            f"{row_class.select_sql} WHERE {condition} "
            f'ORDER BY {table}."{row_class.primary_key}"',
            stored_values,
        )
        readers = _list_column_readers(row_class)
        rows = []
        for row_values in cursor:
            fields = dict(_read_fields(readers, row_values))
            row = row_class(**fields)
            row.saved_fields = fields
            rows.append(row)
        return rows

    def insert(self, row: StoredRow) -> int:
        """Add a new row, and return its number."""
        self._watch.watch_table(row.table, "inserted")
        if "uid" in type(row).__annotations__:
            vars(row)["uid"] = generate_uid()
        fields = _collect_fields(row)
        # SQLite gives the number.
        fields[row.primary_key] = fields[row.primary_key] or None
        cursor = self._connection.execute(
            row.insert_sql, [format_stored_value(value) for value in fields.values()]
        )
        id = int(cursor.lastrowid)
        vars(row)[row.primary_key] = fields[row.primary_key] = id
        row.saved_fields = fields
        return id

    def update(self, row: StoredRow) -> None:
        """Save what was changed in a row since it was read or inserted."""
        fields = _collect_fields(row)
        names = [name for name in fields if fields[name] != row.saved_fields[name]]
        if not names:
            return
        self._watch.watch_table(row.table, "updated")
        assignments = ", ".join(f'"{name}"=?' for name in names)
        new_values = [format_stored_value(fields[name]) for name in names]
        self._connection.execute(
            row.update_sql.format(assignments), [*new_values, fields[row.primary_key]]
        )
        row.saved_fields = fields

    def delete(self, row: StoredRow) -> None:
        """Remove a row."""
        self._watch.watch_table(row.table, "deleted")
        self._connection.execute(row.delete_sql, (getattr(row, row.primary_key),))


def generate_uid() -> str:
    """Return a new random id (a UUID of version 4), which tells a row in other journals.

    Source: RFC 9562, section 5.4. To load `uuid` takes a twentieth of a small change.
    """
    octets = bytearray(urandom(16))
    octets[6] = 0x40 | octets[6] & 0x0F
    octets[8] = 0x80 | octets[8] & 0x3F
    digits = octets.hex()
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return "-".join(parts)


def format_stored_value(value: object) -> object:
    """Return a value as SQLModel stores it. Raises `ValueError` for a moment without a zone."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone to be stored")
        moment = value.astimezone(UTC).replace(tzinfo=None)
        return moment.isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def _collect_fields(row: StoredRow) -> dict[str, Any]:
    """Return the fields of a row in the order of their columns."""
    return {name: getattr(row, name) for name in type(row).__annotations__}


def _list_column_readers(row_class: type[StoredRow]) -> list[_FieldReader]:
    """Return how the value of each field is read, and the types that SQLite returns for it."""
    return [
        (name, choose_column_reader(annotation), list_stored_types(annotation))
        for name, annotation in row_class.__annotations__.items()
    ]


def _read_fields(
    readers: Sequence[_FieldReader], stored_values: Sequence[Any]
) -> Iterator[tuple[str, object]]:
    """Yield each field of a row with its value, read as the type of the field says."""
    try:
        for (name, reader, types), value in zip(readers, stored_values, strict=True):
            if reader is None and type(value) not in types:
                raise UnreadableValue
            if reader is not None and value is not None:
                value = reader(value)
            yield name, value
    except (ValueError, TypeError):
        raise UnreadableValue from None
