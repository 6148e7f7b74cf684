"""What a restore never takes back: it comes from the present journal, whatever the backup holds.

The audit log, pulses with their codes and counts, holds, and the marks of what was erased. A row is
taken over only if it is as it was written, so that no damage is signed as sound.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from coachlog.store.connections import Connection, DriverError, attach_file
from coachlog.store.journal_state import (
    JournalState,
    generate_epoch,
    read_state,
    write_state,
)
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import UnreadableValue
from coachlog.store.table_classes import UNDO_TABLES
from coachlog.store.table_columns import TableColumns, list_tables
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change

_PRESENT = "present"
_LASTING_TABLES = ("event", "pulse", "pulse_count", "pulse_code", "hold")
"""Tables whose rows are those of the present journal, each after the one that it refers to."""

_UNITED_TABLES = ("tombstone",)
"""Tables with the rows of both journals."""


class _MissingRow(DriverError):  # type: ignore[misc]
    """A row of the present journal refers to one that is not there."""


def finish_restored_journal(
    connection: Connection, present: Path | None, now: datetime
) -> bool:
    """Make a backup ready to take the place of the present journal, in one transaction.

    Returns whether what must stay is in it; otherwise the present journal could not be read, or
    there is none. Raises a driver error if the disk refuses.
    """
    # Tables are emptied before they are filled, and people may be missing that a hold is on.
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA synchronous=FULL")
    if present is not None:
        with suppress(DriverError, UnreadableValue, ValueError):
            with _attached(connection, present), _transaction(connection):
                state = _read_present_state(connection)
                _write_lasting_rows(connection, state, now)
            return True
    with _transaction(connection):
        _write_lasting_rows(connection, None, now)
    return present is None


@contextmanager
def _attached(connection: Connection, present: Path) -> Iterator[None]:
    attach_file(connection, present, _PRESENT)
    try:
        yield
    finally:
        connection.execute(f"DETACH DATABASE {_PRESENT}")


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(DriverError):
            connection.execute("ROLLBACK")
        raise


def _read_present_state(connection: Connection) -> JournalState:
    return read_state(connection, _PRESENT)


def _write_lasting_rows(
    connection: Connection, present: JournalState | None, now: datetime
) -> None:
    with closing(Change(connection, now)) as change, change.outside_undo():
        for table in list_tables(connection):
            change.watch.watch_table(table)
        # They are about another state of the journal than the restored one.
        for table in UNDO_TABLES:
            change.watch.empty_table(table)
        if present is not None:
            _copy_rows(connection, present)
        log_change(change, "journal.restored")
        change.count_rows()
        uid = present.uid if present else change.state.uid
        write_state(connection, change.state._replace(uid=uid, epoch=generate_epoch()))
        if connection.execute("PRAGMA main.foreign_key_check").fetchone():
            raise _MissingRow


def _copy_rows(connection: Connection, present: JournalState) -> None:
    summer = RowSummer(present.sum_key)
    connection.create_function(
        "is_as_written",
        -1,
        lambda table, row_sum, *values: summer.sum_row(table, values) == row_sum,
    )
    for table in reversed(_LASTING_TABLES):
        connection.execute(f"DELETE FROM main.{table}")
    for table in _LASTING_TABLES:
        _copy_table(connection, table)
    for table in _UNITED_TABLES:
        _copy_table(connection, table, "OR IGNORE")
    _copy_table(
        connection,
        "person",
        condition="id IN (SELECT person_id FROM main.hold) "
        "AND uid NOT IN (SELECT uid FROM main.person)",
    )
    _keep_used_numbers(connection)


def _copy_table(
    connection: Connection, table: str, conflict: str = "", condition: str = "1"
) -> None:
    """Copy the rows of a table that are as they were written, and that meet the condition."""
    names = ", ".join(f'"{name}"' for name in TableColumns(connection, table).names)
    connection.execute(
        f"INSERT {conflict} INTO main.{table} ({names}) "
        f"SELECT {names} FROM {_PRESENT}.{table} "
        f"WHERE {condition} AND is_as_written('{table}', row_sum, {names})"
    )


def _keep_used_numbers(connection: Connection) -> None:
    """Let no number be given again that something had in the present journal."""
    numbers = connection.execute(
        f"SELECT name, seq FROM {_PRESENT}.sqlite_sequence"
    ).fetchall()
    for table, number in numbers:
        connection.execute(
            "UPDATE main.sqlite_sequence SET seq = max(seq, ?) WHERE name = ?",
            (number, table),
        )
        connection.execute(
            "INSERT INTO main.sqlite_sequence (name, seq) SELECT ?1, ?2 WHERE NOT EXISTS "
            "(SELECT 1 FROM main.sqlite_sequence WHERE name = ?1)",
            (table, number),
        )
