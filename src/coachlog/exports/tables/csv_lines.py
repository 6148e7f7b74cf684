"""Tables as comma-separated lines, written in pieces: however long one is, little is in memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from csv import writer
from datetime import date
from enum import Enum
from io import StringIO
from typing import Any

from coachlog.escaping.comma_separated import escape_cell
from coachlog.exports.tables.table_columns import TABLE_COLUMNS
from coachlog.model.tables import TableKind

BYTE_ORDER_MARK = "\ufeff".encode()
"""What tells old spreadsheet programs that a file is UTF-8; other programs take it for a letter."""


def write_csv_pieces(
    kind: TableKind, batches: Iterable[Sequence[Any]], *, mark: bool = False
) -> Iterator[bytes]:
    """Yield a table in UTF-8: the names of its columns, then a line for each value of each batch.

    With `mark`, a byte order mark comes first.
    """
    columns = TABLE_COLUMNS[kind]
    if mark:
        yield BYTE_ORDER_MARK
    yield _write_lines([[*columns]])
    getters = [*columns.values()]
    for batch in batches:
        yield _write_lines(_build_line_cells(value, getters) for value in batch)


def _build_line_cells(
    value: Any, getters: Sequence[Callable[[Any], Any]]
) -> list[object]:
    return [format_csv_cell(get(value)) for get in getters]


def format_csv_cell(value: object) -> object:
    """Return a value as one cell: words guarded, days in ISO 8601, numbers as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return escape_cell(value)
    return value


def _write_lines(rows: Iterable[Sequence[object]]) -> bytes:
    lines = StringIO()
    writer(lines).writerows(rows)
    return lines.getvalue().encode()
