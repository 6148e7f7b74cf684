"""What a journal says about itself, worked out anew where that row is damaged or missing."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import product
from typing import Any

from coachlog.store.connections import Connection, DriverError
from coachlog.store.journal_head import JournalHead
from coachlog.store.journal_state import (
    UNWATCHED_TABLES,
    JournalState,
    generate_epoch,
    read_state,
)
from coachlog.store.row_checks import reading_any_text
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import UnreadableValue
from coachlog.store.table_columns import SUM_COLUMN, TableColumns, list_tables

_MOST_ROWS = 50
"""So many rows of each table are tried with a key: one that fits is no accident."""


def rebuild_state(
    connection: Connection, copy: Connection | None, head: JournalHead | None
) -> JournalState | None:
    """Return what a journal would say about itself; None if no key of its sums is to be found.

    From what is left of the row, from a backup, and from the head, which is written last.
    """
    present = _read_leftovers(connection)
    kept: JournalState | None = None
    if copy is not None:
        with suppress(UnreadableValue, DriverError):
            kept = read_state(copy)
    proven_state = _find_proven_state(present, kept, head)
    if proven_state is not None:
        return proven_state
    possible_keys = (present.get("sum_key"), kept.sum_key if kept else None)
    sum_key = next(filter(None, map(_check_key(connection), possible_keys)), None)
    uid = _choose_uid(present.get("uid"), kept, head)
    if sum_key is None or uid is None:
        return None
    epoch, change_count = _choose_progress(present, kept, head)
    changed_on = present.get("changed_on")
    if not _is_day(changed_on):
        changed_on = kept.changed_on if kept else None
    return JournalState(uid, sum_key, epoch, change_count, changed_on)


def _choose_progress(
    present: Mapping[str, Any], kept: JournalState | None, head: JournalHead | None
) -> tuple[str, int]:
    """Return how far the journal has come: its epoch, and the number of its changes."""
    if head is not None:
        return head.epoch, head.change_count
    epoch, count = present.get("epoch"), present.get("change_count")
    if not (isinstance(epoch, str) and re.fullmatch("[0-9a-f]+", epoch)):
        epoch = generate_epoch()
    if not isinstance(count, int):
        count = kept.change_count if kept else 0
    return epoch, count


def _read_leftovers(connection: Connection) -> dict[str, Any]:
    with suppress(DriverError), reading_any_text(connection):
        columns = TableColumns(connection, "journal_state")
        row = connection.execute(columns.select_sql).fetchone()
        if row is not None:
            return dict(zip((*columns.names, SUM_COLUMN), row[1:], strict=True))
    return {}


def _find_proven_state(
    present: Mapping[str, Any], kept: JournalState | None, head: JournalHead | None
) -> JournalState | None:
    """Return what the row said if its own sum proves it, with a field or two from elsewhere."""
    possible_fields: dict[str, list[Any]] = {
        name: [present.get(name), *([getattr(kept, name)] if kept else [])]
        for name in JournalState._fields
    }
    if head is not None:
        possible_fields["uid"].append(head.journal)
        possible_fields["epoch"].append(head.epoch)
        possible_fields["change_count"].append(head.change_count)
    for fields in product(*possible_fields.values()):
        state = JournalState(*fields)
        with suppress(ValueError, TypeError):
            if state.compute_sum() == present.get(SUM_COLUMN):
                return state
    return None


def _check_key(connection: Connection) -> Any:
    """Return a function that returns a key of sums if a row fits it, and None otherwise."""
    rows = list(_list_some_rows(connection))

    def check(key: object) -> str | None:
        with suppress(ValueError, TypeError):
            summer = RowSummer(key)  # type: ignore[arg-type]
            if any(summer.sum_row(row[0], row[1:-1]) == row[-1] for row in rows):
                return str(key)
        return None

    return check


def _list_some_rows(connection: Connection) -> Iterator[tuple[Any, ...]]:
    for table in list_tables(connection):
        if table not in UNWATCHED_TABLES:
            with suppress(DriverError), reading_any_text(connection):
                sql = TableColumns(connection, table).select_sql
                yield from connection.execute(f"{sql} LIMIT {_MOST_ROWS}").fetchall()


def _choose_uid(
    present_uid: object, kept: JournalState | None, head: JournalHead | None
) -> str | None:
    """Return the id that two of three agree on, or the only one that is known besides the row's."""
    head_uid = head.journal if head else None
    kept_uid = kept.uid if kept else None
    if kept_uid is not None and kept_uid in (present_uid, head_uid):
        return kept_uid
    if head_uid is not None:
        return head_uid
    return kept_uid or (present_uid if isinstance(present_uid, str) else None)


def _is_day(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
