"""Compares rows with the sums that were written with them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from coachlog.model.findings import Finding, FindingKind
from coachlog.store.connections import Connection, DriverError
from coachlog.store.journal_state import (
    TOTALS_TABLE,
    UNWATCHED_TABLES,
    TableTotal,
    read_state,
)
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import UnreadableValue
from coachlog.store.table_columns import TableColumns, list_tables


def list_row_findings(
    connection: Connection, report_rows: Callable[[int], None] = lambda _count: None
) -> Iterator[Finding]:
    """Yield what is wrong with the rows of a journal, table by table.

    `report_rows` is called with the number of rows of each table that was looked at.
    """
    try:
        summer = RowSummer(read_state(connection).sum_key)
    except (UnreadableValue, DriverError, ValueError):
        yield Finding(FindingKind.STATE, "journal_state")
        return
    totals = _read_totals(connection)
    for table in list_tables(connection):
        if table in UNWATCHED_TABLES:
            continue
        columns = TableColumns(connection, table)
        table_total = TableTotal()
        is_whole = True
        try:
            with _reading_any_text(connection):
                for *values, row_sum in connection.execute(columns.select_sql):
                    if summer.sum_row(table, values) != row_sum:
                        is_whole = False
                        yield Finding(FindingKind.ROW, table, columns.get_key(values))
                    else:
                        table_total = table_total.add(row_sum)
        except DriverError:
            yield Finding(FindingKind.FILE, table)
            continue
        report_rows(table_total.row_count)
        # With a damaged row in it, the total says nothing more.
        if is_whole:
            yield from _compare_totals(table, table_total, totals.get(table))
    for table in totals.keys() - set(list_tables(connection)):
        yield Finding(
            FindingKind.MISSING_ROWS, table, row_count=totals[table].row_count
        )


def find_damaged_rows(
    connection: Connection, table: str, keys: Iterable[int]
) -> list[int]:
    """Return which rows of a table, found by their number, are not as they were written.

    Raises `UnreadableValue` if the journal says nothing sound about itself.
    """
    summer = RowSummer(read_state(connection).sum_key)
    columns = TableColumns(connection, table)
    statement = f"{columns.select_sql} WHERE {columns.key_condition}"
    damaged_keys = []
    for key in keys:
        for *values, row_sum in connection.execute(statement, (key,)):
            if summer.sum_row(table, values) != row_sum:
                damaged_keys.append(key)
    return damaged_keys


def _compare_totals(
    table: str, table_total: TableTotal, expected: TableTotal | None
) -> Iterator[Finding]:
    if table_total == expected:
        return
    if expected is None:
        yield Finding(FindingKind.ROW, TOTALS_TABLE, (table,))
        return
    difference = table_total.row_count - expected.row_count
    if difference < 0:
        yield Finding(FindingKind.MISSING_ROWS, table, row_count=-difference)
    elif difference > 0:
        yield Finding(FindingKind.EXTRA_ROWS, table, row_count=difference)
    else:
        yield Finding(FindingKind.EARLIER_ROWS, table)


def _read_totals(connection: Connection) -> dict[str, TableTotal]:
    rows = connection.execute("SELECT table_name, row_count, total FROM table_sum")
    return {table: TableTotal(row_count, total) for table, row_count, total in rows}


@contextmanager
def _reading_any_text(connection: Connection) -> Iterator[None]:
    """Read text that is not UTF-8 as well: it is damaged, and is to be found as that."""
    factory: Any = connection.text_factory
    connection.text_factory = _decode_any_text
    try:
        yield
    finally:
        connection.text_factory = factory


def _decode_any_text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")
