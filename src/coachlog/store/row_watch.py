"""Watches the rows that a transaction changes, whichever way they are written.

Triggers of the writing connection alone (TEMP triggers) hand each row to this module: the sum of
the old row is verified, so that damage is never signed as sound; the new row gets its sum; and what
was there before is kept for `undo`. They are created for a table when it is first written to, and
only for what is done to it: all of them take 5 ms.

The driver hands a text over up to its first NUL. None is stored: whatever is typed or read from a
file goes through `clean_text`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Literal

from coachlog.named_tuples import NamedTuple
from coachlog.store.connections import Connection
from coachlog.store.journal_state import UNWATCHED_TABLES, TableTotal
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import DamagedRow
from coachlog.store.search_schema import SEARCHED_COLUMNS, SESSION_LINKS
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from coachlog.store.table_columns import SUM_COLUMN, TableColumns, list_tables

RowKey = tuple[Any, ...]
RowValues = tuple[Any, ...]
RowEvent = Literal["inserted", "updated", "deleted"]


class RowChange(NamedTuple):
    """One row before and after: the values of its columns, and the new sum; None for no row."""

    old_values: RowValues | None
    new_values: RowValues | None
    new_sum: int | None


class RowWatch:
    """What one transaction does to rows; `damaged_row` is the table and the key of one it met.

    `totals` are what has come to each table, and what has gone, by name. `changes` are the rows
    that `undo` puts back, by table and key. `event_ids` are the lines added to the audit log about
    these. `searched_rows` are those whose words `search` finds, as they were before; None for no
    row. So are the links in `SESSION_LINKS`, by both of their numbers.
    """

    def __init__(self, connection: Connection, sum_key: str) -> None:
        self.totals: dict[str, TableTotal] = {}
        self.changes: dict[tuple[str, RowKey], RowChange] = {}
        self.columns: dict[str, TableColumns] = {}
        self.damaged_row: tuple[str, RowKey] | None = None
        self.event_ids: list[int] = []
        self.searched_rows: dict[tuple[str, Any], RowValues | None] = {}
        self._get_searched_values: dict[str, itemgetter[Any]] = {}
        self._connection = connection
        self._summer = RowSummer(sum_key)
        self._watched_events: set[tuple[str, RowEvent]] = set()
        self._is_paused = False
        self._keeps_drafts = False
        connection.create_function("watch_insert", -1, self._watch_insert)
        connection.create_function("watch_update", -1, self._watch_update)
        connection.create_function("watch_delete", -1, self._watch_delete)

    def watch_table(self, table: str, *events: RowEvent) -> None:
        """Watch what is done to the rows of a table from now on; all of it, unless `events` say."""
        if table in UNWATCHED_TABLES:
            return
        columns = self._get_columns(table)
        for event in events or _TRIGGERS:
            if (table, event) not in self._watched_events:
                self._watched_events.add((table, event))
                statement = _TRIGGERS[event](columns)
                self._connection.execute(statement)

    def require_sound_rows(
        self, table: str, condition: str, values: Sequence[object]
    ) -> None:
        """Raise `DamagedRow`, which undoes the change, if a row that is read is damaged."""
        rows = self._connection.execute(
            f"{self._get_columns(table).select_sql} WHERE {condition}", values
        )
        # All of them: a statement that is not done with would keep the file from being closed.
        for _table, *row_values, row_sum in rows.fetchall():
            if self._is_damaged(table, tuple(row_values), row_sum):
                raise DamagedRow(table, self.columns[table].get_key(row_values))

    def _get_columns(self, table: str) -> TableColumns:
        if table not in self.columns:
            columns = TableColumns(self._connection, table)
            self.columns[table] = columns
            if table in SEARCHED_COLUMNS:
                places = map(columns.names.index, ("id", *SEARCHED_COLUMNS[table]))
                self._get_searched_values[table] = itemgetter(*places)
            elif table in SESSION_LINKS:
                places = map(columns.names.index, ("session_id", SESSION_LINKS[table]))
                self._get_searched_values[table] = itemgetter(*places)
        return self.columns[table]

    def watch_all_tables(self) -> None:
        """Watch the rows of every table, as SQLModel may write to any."""
        for table in list_tables(self._connection):
            self.watch_table(table)

    def empty_table(self, table: str) -> None:
        """Remove every row of a table, without a look at what is in it: it may be damaged."""
        for event in _TRIGGERS:
            if (table, event) in self._watched_events:
                self._connection.execute(f'DROP TRIGGER temp."{table}_{event}"')
                self._watched_events.remove((table, event))
        self._connection.execute(f'DELETE FROM main."{table}"')
        self._connection.execute(
            "UPDATE main.table_sum SET row_count = 0, total = 0 WHERE table_name = ?",
            (table,),
        )
        # What the transaction did to it before is gone, too.
        self.totals[table] = TableTotal()

    @contextmanager
    def pause_undo(self) -> Iterator[None]:
        """Keep what is changed in the block out of what `undo` puts back."""
        was_paused = self._is_paused
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = was_paused

    @contextmanager
    def keep_drafts(self) -> Iterator[None]:
        """Keep the drafts that are removed in the block, so that `undo` can give them back."""
        self._keeps_drafts = True
        try:
            yield
        finally:
            self._keeps_drafts = False

    # Called by the triggers

    def _watch_insert(self, table: str, *values: Any) -> int:
        new_sum = self._summer.sum_row(table, values)
        self._count(table, None, new_sum)
        self._note(table, None, values, new_sum)
        if table == "event" and not self._is_paused:
            self.event_ids.append(values[0])
        return new_sum

    def _watch_update(self, table: str, *values: Any) -> int:
        width = len(self.columns[table].names)
        old_values, old_sum = values[:width], values[width]
        new_values = values[width + 1 :]
        self._require_sound(table, old_values, old_sum)
        new_sum = self._summer.sum_row(table, new_values)
        self._count(table, old_sum, new_sum)
        self._note(table, old_values, new_values, new_sum)
        return new_sum

    def _watch_delete(self, table: str, *values: Any) -> None:
        *old_values, old_sum = values
        self._require_sound(table, tuple(old_values), old_sum)
        self._count(table, old_sum, None)
        self._note(table, tuple(old_values), None, None)

    def _require_sound(self, table: str, values: RowValues, row_sum: Any) -> None:
        """Raise `ValueError`, which undoes the change, if a row is not as it was written."""
        if self._is_damaged(table, values, row_sum):
            raise ValueError("damaged row")

    def _is_damaged(self, table: str, values: RowValues, row_sum: Any) -> bool:
        """Return whether a row is not as it was written; which one is kept."""
        if self._summer.sum_row(table, values) == row_sum:
            return False
        self.damaged_row = table, self.columns[table].get_key(values)
        return True

    def _count(self, table: str, old_sum: int | None, new_sum: int | None) -> None:
        total = self.totals.get(table, TableTotal())
        if old_sum is not None:
            total = total.subtract(old_sum)
        if new_sum is not None:
            total = total.add(new_sum)
        self.totals[table] = total

    def _note(
        self,
        table: str,
        old_values: RowValues | None,
        new_values: RowValues | None,
        new_sum: int | None,
    ) -> None:
        """Keep what a row was before the transaction, and what it is by now."""
        if table in self._get_searched_values:
            self._note_searched_row(table, old_values, new_values)
        if self._is_paused or not self._is_undoable(table):
            return
        get_key = self.columns[table].get_key
        if old_values is None:
            assert new_values is not None
            self._note_change(table, get_key(new_values), None, new_values, new_sum)
        elif new_values is None or get_key(old_values) == get_key(new_values):
            self._note_change(
                table, get_key(old_values), old_values, new_values, new_sum
            )
        else:
            # A key that changes is one row that goes, and another that comes.
            self._note_change(table, get_key(old_values), old_values, None, None)
            self._note_change(table, get_key(new_values), None, new_values, new_sum)

    def _note_change(
        self,
        table: str,
        key: RowKey,
        old_values: RowValues | None,
        new_values: RowValues | None,
        new_sum: int | None,
    ) -> None:
        """Keep one change of one row, as one with those that the transaction made before."""
        earlier_change = self.changes.pop((table, key), None)
        if earlier_change is not None:
            old_values = earlier_change.old_values
        if old_values != new_values:
            self.changes[table, key] = RowChange(old_values, new_values, new_sum)

    def _note_searched_row(
        self, table: str, old_values: RowValues | None, new_values: RowValues | None
    ) -> None:
        """Keep what was searched of a row before the transaction, if that is changed."""
        get_values = self._get_searched_values[table]
        old_row = get_values(old_values) if old_values else None
        new_row = get_values(new_values) if new_values else None
        if table in SESSION_LINKS:
            self._note_session_link(table, old_row, new_row)
            return
        if table == "action_event":
            old_row, new_row = map(_leave_searched_event, (old_row, new_row))
        if old_row != new_row:
            id = (old_row or new_row or (0,))[0]
            searched_values = None if old_row is None else old_row[1:]
            self.searched_rows.setdefault((table, id), searched_values)

    def _note_session_link(
        self, table: str, old_link: RowValues | None, new_link: RowValues | None
    ) -> None:
        if old_link == new_link:
            return
        if old_link is not None:
            self.searched_rows.setdefault((table, old_link), old_link)
        if new_link is not None:
            self.searched_rows.setdefault((table, new_link), None)

    def _is_undoable(self, table: str) -> bool:
        if TABLE_CLASSES[table] is TableClass.UNDOABLE:
            return True
        return self._keeps_drafts and table in ("draft", "draft_step")


def _leave_searched_event(row: RowValues | None) -> RowValues | None:
    """Return an event of a promise if it has words or the day of the promise; most have neither."""
    if row is None:
        return None
    _, _, kind, _, note = row
    return row if kind == "made" or note else None


def _build_insert_trigger(columns: TableColumns) -> str:
    table = columns.table
    return (
        f'CREATE TEMP TRIGGER "{table}_inserted" AFTER INSERT ON main."{table}" BEGIN '
        f"UPDATE \"{table}\" SET {SUM_COLUMN} = watch_insert('{table}', "
        f"{_list_row_values('NEW', columns)}) WHERE {_match_new_key(columns)}; END"
    )


def _build_update_trigger(columns: TableColumns) -> str:
    table = columns.table
    names = ", ".join(f'"{name}"' for name in columns.names)
    old_values = _list_row_values("OLD", columns)
    return (
        f'CREATE TEMP TRIGGER "{table}_updated" AFTER UPDATE OF {names} '
        f'ON main."{table}" BEGIN '
        f"UPDATE \"{table}\" SET {SUM_COLUMN} = watch_update('{table}', "
        f"{old_values}, OLD.{SUM_COLUMN}, {_list_row_values('NEW', columns)}) "
        f"WHERE {_match_new_key(columns)}; END"
    )


def _build_delete_trigger(columns: TableColumns) -> str:
    table = columns.table
    return (
        f'CREATE TEMP TRIGGER "{table}_deleted" AFTER DELETE ON main."{table}" BEGIN '
        f"SELECT watch_delete('{table}', {_list_row_values('OLD', columns)}, "
        f"OLD.{SUM_COLUMN}); END"
    )


def _list_row_values(row: str, columns: TableColumns) -> str:
    """Return the values of a row as a trigger names them: before it, or after it."""
    return ", ".join(f'{row}."{name}"' for name in columns.names)


def _match_new_key(columns: TableColumns) -> str:
    return " AND ".join(f'"{name}" = NEW."{name}"' for name in columns.key_names)


_TRIGGERS: dict[RowEvent, Callable[[TableColumns], str]] = {
    "inserted": _build_insert_trigger,
    "updated": _build_update_trigger,
    "deleted": _build_delete_trigger,
}
