"""Compares rows with the sums that were written with them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from coachlog.model.findings import Finding, FindingKind
from coachlog.store.connections import Connection, DriverError
from coachlog.store.journal_state import (
    STATE_TABLE,
    TOTALS_TABLE,
    UNWATCHED_TABLES,
    TableTotal,
    read_state,
)
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import DamagedRow, UnreadableValue
from coachlog.store.search_schema import is_search_table
from coachlog.store.table_classes import UNDO_TABLES
from coachlog.store.table_columns import TableColumns, list_tables

_BATCH_SIZE = 1_000
_UNDO_KINDS = (
    FindingKind.ROW,
    FindingKind.MISSING_ROWS,
    FindingKind.EXTRA_ROWS,
    FindingKind.EARLIER_ROWS,
    FindingKind.POINTER,
)
"""What can be wrong with what `undo` keeps while SQLite can read and empty it."""


def list_row_findings(
    connection: Connection, report_rows: Callable[[int], None] = lambda _count: None
) -> Iterator[Finding]:
    """Yield what is wrong with the rows of a journal, table by table.

    `report_rows` is called with the number of rows of each table that was looked at.
    """
    try:
        summer = RowSummer(read_state(connection).sum_key)
        totals = dict(read_totals(connection))
        tables = list_tables(connection)
    except (UnreadableValue, DriverError, ValueError, TypeError):
        yield Finding(FindingKind.STATE, STATE_TABLE)
        return
    for table in tables:
        if table not in UNWATCHED_TABLES:
            yield from _check_table(
                connection, summer, table, totals.get(table), report_rows
            )
    for table in sorted(totals.keys() - set(tables)):
        table_total = totals[table] or TableTotal()
        yield Finding(FindingKind.MISSING_ROWS, table, row_count=table_total.row_count)


def list_undo_findings(connection: Connection) -> Iterator[Finding]:
    """Yield what is wrong with the rows that `undo` keeps.

    Raises a driver error, or `UnreadableValue`, if the journal says nothing sound about itself.
    """
    summer = RowSummer(read_state(connection).sum_key)
    totals = dict(read_totals(connection))
    for table in UNDO_TABLES:
        yield from _check_table(
            connection, summer, table, totals.get(table), lambda _count: None
        )
    if connection.execute('PRAGMA foreign_key_check("undo_step")').fetchone():
        yield Finding(FindingKind.POINTER, "undo_step")


def find_damaged_row(connection: Connection) -> DamagedRow | None:
    """Return a row that is not as it was written; None if more than single rows is damaged.

    What `undo` keeps does not count. All there is is read, so it is for a run that failed.
    """
    findings = [
        finding
        for finding in list_row_findings(connection)
        if not is_about_undo(finding)
    ]
    is_of_rows = all(finding.kind is FindingKind.ROW for finding in findings)
    if not findings or not is_of_rows:
        return None
    first = findings[0]
    assert first.table is not None
    assert first.key is not None
    return DamagedRow(first.table, first.key)


def is_about_undo(finding: Finding) -> bool:
    """Return whether what is damaged is only what `undo` keeps, which can be emptied."""
    if finding.kind not in _UNDO_KINDS:
        return False
    if finding.table == TOTALS_TABLE and finding.key:
        return finding.key[0] in UNDO_TABLES
    return finding.table in UNDO_TABLES


def is_about_search(finding: Finding) -> bool:
    """Return whether what is damaged is only the index of `search`, which can be made anew."""
    is_of_file = finding.kind in (FindingKind.FILE, FindingKind.SCHEMA)
    return is_of_file and finding.table is not None and is_search_table(finding.table)


def is_harmless(finding: Finding) -> bool:
    """Return whether what is damaged is nothing that anybody wrote."""
    return is_about_undo(finding) or is_about_search(finding)


def has_sound_sums(connection: Connection) -> bool:
    """Return whether each row is as it was written, which a schema without sums cannot deny.

    What `undo` keeps does not count: wherever the journal goes from here, it is emptied. To be
    asked before all sums are written anew, as that would sign damage as sound.
    """
    if STATE_TABLE not in list_tables(connection):
        return True
    return all(map(is_about_undo, list_row_findings(connection)))


def _check_table(
    connection: Connection,
    summer: RowSummer,
    table: str,
    expected_total: TableTotal | None,
    report_rows: Callable[[int], None],
) -> Iterator[Finding]:
    """Yield what is wrong with the rows of one table, and with how many there are."""
    columns = TableColumns(connection, table)
    table_total = TableTotal()
    is_whole = True
    try:
        for rows in _read_batches(connection, columns):
            sums = summer.sum_stored_rows(rows)
            stored_sums = tuple([row[-1] for row in rows])
            table_total = table_total.add_all(sums)
            if sums != stored_sums:
                is_whole = False
                for row, row_sum in zip(rows, sums, strict=True):
                    if row[-1] != row_sum:
                        key = columns.get_key(row[1:-1])
                        yield Finding(FindingKind.ROW, table, key)
    except (DriverError, UnreadableValue):
        yield Finding(FindingKind.FILE, table)
        return
    report_rows(table_total.row_count)
    # With a damaged row in it, the total says nothing more.
    if is_whole:
        yield from _compare_totals(table, table_total, expected_total)


def _read_batches(
    connection: Connection, columns: TableColumns
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows of a table, each with the table's name before it and its sum at the end.

    Raises a driver error if SQLite cannot read them.
    """
    number = 0
    try:
        cursor = connection.execute(columns.select_sql)
        while batch := cursor.fetchmany(_BATCH_SIZE):
            yield batch
            number += len(batch)
        return
    except DriverError as error:
        # Text that is not UTF-8 is damaged, and is to be found as that. Read so from the start,
        # each text would take a call of a function in Python.
        if "decode" not in str(error):
            raise
    with reading_any_text(connection):
        yield connection.execute(
            f"{columns.select_sql} LIMIT -1 OFFSET ?", (number,)
        ).fetchall()


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


def read_totals(
    connection: Connection,
) -> Iterator[tuple[str, TableTotal | None]]:
    """Yield the name of each table with its total; None for one that no change has written."""
    rows = connection.execute(
        "SELECT table_name, row_count, total, row_sum FROM table_sum"
    )
    for table, row_count, total, row_sum in rows:
        is_written = type(row_count) is int and type(total) is int and row_sum is None
        yield table, TableTotal(row_count, total) if is_written else None


@contextmanager
def reading_any_text(connection: Connection) -> Iterator[None]:
    """Read text that is not UTF-8 as well."""
    factory: Any = connection.text_factory
    connection.text_factory = _decode_any_text
    try:
        yield
    finally:
        connection.text_factory = factory


def _decode_any_text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")
