"""What a restore never takes back: it comes from the present journal, whatever the backup holds.

The audit log, pulses and workshops with their codes and counts, holds, what calendars may hold, the
programmes joined with what was sent to them, and the marks of what was erased. A row is taken over
only if it is as it was written, so that no damage is signed as sound.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from coachlog.named_tuples import NamedTuple
from coachlog.rules.tombstones import Tombstone, unite_tombstones
from coachlog.store.connections import (
    Connection,
    DriverError,
    attach_file,
    begin_rebuild,
)
from coachlog.store.erasure import erase_rows, read_tombstones, replace_tombstones
from coachlog.store.journal_state import (
    RESTORED_TOKEN,
    JournalState,
    generate_epoch,
    read_state,
    write_state,
)
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import UnreadableValue
from coachlog.store.search_index import bring_index_in_step
from coachlog.store.table_classes import UNDO_TABLES
from coachlog.store.table_columns import TableColumns, list_tables
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change

_PRESENT = "present"
_LASTING_TABLES = (
    *("event", "pulse", "pulse_count", "pulse_code", "hold"),
    *("programme_secret", "programme_membership", "programme_contribution"),
    "calendar_entry",
    *("workshop", "workshop_count", "workshop_code"),
)
"""Tables whose rows are those of the present journal, each after the one that it refers to."""


class _MissingRow(DriverError):  # type: ignore[misc]
    """A row of the present journal refers to one that is not there."""


class FinishedJournal(NamedTuple):
    """What a restored journal holds by then.

    `has_lasting_rows` tells whether what must stay is in it; otherwise the present journal could
    not be read. `tombstones` are all that are known.
    """

    has_lasting_rows: bool
    tombstones: list[Tombstone]


def finish_restored_journal(
    connection: Connection,
    present: Path | None,
    now: datetime,
    listed_tombstones: Sequence[Tombstone] = (),
) -> FinishedJournal:
    """Make a backup ready to take the place of the present journal, in one transaction.

    What was erased is taken out of it, by the tombstones of both journals and those of lists.
    Raises a driver error if the disk refuses.
    """
    if present is not None:
        with suppress(DriverError, UnreadableValue, ValueError):
            # Tables are emptied before they are filled, and people may be missing that a hold is
            # on, so no foreign keys are enforced.
            with _attached(connection, present), begin_rebuild(connection):
                state = read_state(connection, _PRESENT)
                tombstones = _write_lasting_rows(
                    connection, state, now, listed_tombstones
                )
            return FinishedJournal(True, tombstones)
    with begin_rebuild(connection):
        tombstones = _write_lasting_rows(connection, None, now, listed_tombstones)
    return FinishedJournal(present is None, tombstones)


def erase_from_backup(
    connection: Connection,
    present: Path | None,
    now: datetime,
    listed_tombstones: Sequence[Tombstone],
) -> int:
    """Take what was erased out of a backup before it is shown; return how many things those were.

    As it is done once more by `finish_restored_journal`, a present journal that cannot be read
    counts as none. Raises a driver error if the disk refuses.
    """
    known_tombstones, uids_on_hold = [*listed_tombstones], []
    if present is not None:
        with (
            suppress(DriverError, UnreadableValue, ValueError),
            _attached(connection, present),
        ):
            state = read_state(connection, _PRESENT)
            known_tombstones += read_tombstones(connection, state, _PRESENT)
            uids_on_hold = _list_uids_on_hold(connection, _PRESENT)
    with (
        begin_rebuild(connection),
        closing(Change(connection, now)) as change,
        change.outside_undo(),
    ):
        known_tombstones += read_tombstones(connection, change.state)
        count = erase_rows(change, unite_tombstones(known_tombstones), uids_on_hold)
        bring_index_in_step(connection, change.watch.searched_rows)
        change.count_rows()
    return count


@contextmanager
def _attached(connection: Connection, present: Path) -> Iterator[None]:
    attach_file(connection, present, _PRESENT)
    try:
        yield
    finally:
        connection.execute(f"DETACH DATABASE {_PRESENT}")


def _list_uids_on_hold(connection: Connection, journal: str = "main") -> list[str]:
    """Return the uids of the people who have a hold."""
    rows = connection.execute(
        f"SELECT uid FROM {journal}.person WHERE id IN "
        f"(SELECT person_id FROM {journal}.hold WHERE ended_on IS NULL)"
    )
    return [uid for (uid,) in rows]


def _write_lasting_rows(
    connection: Connection,
    present: JournalState | None,
    now: datetime,
    listed_tombstones: Sequence[Tombstone],
) -> list[Tombstone]:
    """Write what must stay, and return all tombstones that are known."""
    with closing(Change(connection, now)) as change, change.outside_undo():
        for table in list_tables(connection):
            change.watch.watch_table(table)
        # They are about another state of the journal than the restored one.
        for table in UNDO_TABLES:
            change.watch.empty_table(table)
        tombstones = [
            *read_tombstones(connection, change.state),
            *listed_tombstones,
        ]
        if present is not None:
            tombstones += read_tombstones(connection, present, _PRESENT)
            _copy_rows(connection, present)
        tombstones = unite_tombstones(tombstones)
        replace_tombstones(change, tombstones)
        erase_rows(change, tombstones, _list_uids_on_hold(connection))
        # A window in which one is open knows answers that are not in it.
        change.connection.execute("UPDATE draft SET token = ?", (RESTORED_TOKEN,))
        bring_index_in_step(connection, change.watch.searched_rows)
        log_change(change, "journal.restored")
        change.count_rows()
        uid = present.uid if present else change.state.uid
        write_state(connection, change.state._replace(uid=uid, epoch=generate_epoch()))
        if connection.execute("PRAGMA main.foreign_key_check").fetchone():
            raise _MissingRow
    return tombstones


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
    _copy_table(
        connection,
        "person",
        condition="id IN (SELECT person_id FROM main.hold) "
        "AND uid NOT IN (SELECT uid FROM main.person)",
    )
    _keep_used_numbers(connection)


def _copy_table(connection: Connection, table: str, condition: str = "1") -> None:
    """Copy the rows of a table that are as they were written, and that meet the condition."""
    names = ", ".join(f'"{name}"' for name in TableColumns(connection, table).names)
    connection.execute(
        f"INSERT INTO main.{table} ({names}) "
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
