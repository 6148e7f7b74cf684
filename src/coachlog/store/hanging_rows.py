"""Which rows refer to others that are not there, and what can become of them then."""

from collections.abc import Iterator
from typing import Any

from coachlog.named_tuples import NamedTuple
from coachlog.store.connections import Connection
from coachlog.store.table_columns import TableColumns

_RowKey = tuple[Any, ...]
_SPARED_PARENTS = ("session", "slot")
"""What another row can do without: a promise outlives the conversation in which it was made."""


class HangingRow(NamedTuple):
    """A row that refers by `column` to a row of `parent` that is not there.

    `can_stand_alone` if it is whole without that reference; otherwise it can only be let go.
    """

    table: str
    key: _RowKey
    column: str
    parent: str
    parent_id: Any
    can_stand_alone: bool


def list_hanging_rows(connection: Connection) -> Iterator[HangingRow]:
    """Yield the rows that refer to others that are not there, once for each reference."""
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    # One without row ids has no number there, so its rows are looked for by their keys.
    for table, parent, number in sorted({(row[0], row[2], row[3]) for row in rows}):
        for link in connection.execute(
            f'PRAGMA foreign_key_list("{table}")'
        ).fetchall():
            if link[0] == number:
                yield from _list_broken_links(connection, table, parent, link)


def _list_broken_links(
    connection: Connection, table: str, parent: str, link: tuple[Any, ...]
) -> Iterator[HangingRow]:
    column, parent_column = link[3], link[4]
    columns = TableColumns(connection, table)
    names = ", ".join(f'"{name}"' for name in columns.key_names)
    details = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    is_optional = any(row[1] == column and not row[3] for row in details)
    broken = connection.execute(
        f'SELECT {names}, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL '
        f'AND "{column}" NOT IN (SELECT "{parent_column}" FROM "{parent}")'
    ).fetchall()
    for *key, parent_id in broken:
        can_stand_alone = is_optional and parent in _SPARED_PARENTS
        yield HangingRow(table, tuple(key), column, parent, parent_id, can_stand_alone)
