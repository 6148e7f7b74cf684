"""Which columns a table of a journal has, and by which of them its rows are found."""

from functools import cached_property
from typing import Any

from coachlog.store.connections import Connection
from coachlog.store.search_schema import is_search_table

SUM_COLUMN = "row_sum"


class TableColumns:
    """The columns of one table, as its schema has them, without the one that holds the sum."""

    def __init__(self, connection: Connection, table: str) -> None:
        rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        self.table = table
        self.names = [row[1] for row in rows if row[1] != SUM_COLUMN]
        keys = sorted((row[5], row[1]) for row in rows if row[5])
        self.key_names = [name for _, name in keys]

    @cached_property
    def select_sql(self) -> str:
        """Return the statement that reads each row: its table, its values, and its sum."""
        names = ", ".join(f'"{name}"' for name in (*self.names, SUM_COLUMN))
        return f"SELECT '{self.table}', {names} FROM \"{self.table}\""

    @cached_property
    def key_condition(self) -> str:
        """Return the condition by which one row is found."""
        return " AND ".join(f'"{name}" = ?' for name in self.key_names)

    def get_key(self, values: Any) -> tuple[Any, ...]:
        """Return the key of a row from the values of its columns."""
        return tuple(values[self.names.index(name)] for name in self.key_names)


def list_tables(connection: Connection) -> list[str]:
    """Return the names of all tables that coachlog has made, but for those of the search index.

    FTS5 writes those, and whatever is in them can be made anew.
    """
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    names = [name for (name,) in rows if not name.startswith("sqlite_")]
    return sorted(name for name in names if not is_search_table(name))
