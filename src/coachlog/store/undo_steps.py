"""The rows of an entry of `undo`, put back as they were; an entry is put back whole or not at all.

A step is turned round as it is done: what it has replaced stands in it then, so that the same steps
bring back what they took back.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coachlog.named_tuples import NamedTuple
from coachlog.store.compiled_rows.undo_step_row import StoredUndoStep
from coachlog.store.connections import Connection, DriverError
from coachlog.store.journal_state import TableTotal, read_state
from coachlog.store.row_sums import RowSummer
from coachlog.store.row_watch import RowKey, RowValues
from coachlog.store.table_columns import TableColumns, list_tables
from coachlog.store.transactions import Change
from coachlog.store.writing.json_columns import format_json_column

_DRAFT_TABLE = "draft"
TAKEN_BACK_TOKEN = "taken back"
"""The token of a draft that was a conversation: no window that was open then may write to it."""

RowFields = dict[str, Any]


class RowContents(NamedTuple):
    """A row by its table, with the values of its columns by name, as far as they are known."""

    table: str
    fields: RowFields


class RowConflict(Exception):
    """Rows are not as an entry of `undo` left them; one of `rows` is in the way, or all are.

    `reason` is one of `CHANGED`, `GONE`, `BACK`, `TAKEN`, `NEEDED` and `KEPT`. `other` is the row
    that needs what would go, or the one that would come back without what it needs.
    """

    CHANGED = "changed"
    GONE = "gone"
    BACK = "there again"
    TAKEN = "taken"
    NEEDED = "needed"
    KEPT = "kept"

    def __init__(
        self, reason: str, rows: Sequence[RowContents], other: RowContents | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.rows = rows
        self.other = other


class _Reference(NamedTuple):
    """A foreign key: a column of a table that holds the key of a row of another one."""

    table: str
    column: str
    parent_table: str
    parent_column: str


def swap_steps(change: Change, steps: Iterable[StoredUndoStep]) -> list[RowContents]:
    """Put the rows of each step back, in this order, and keep in it what was there instead.

    Returns the rows that stay although they were added, as a draft is with these people, or of this
    set: nothing else needs them, and what is typed in a draft is never lost.

    Raises `RowConflict` if a row is not as it was left, or cannot be put back, or if all of them
    stay for drafts: then the transaction is to be undone. Raises a driver error for a row that is
    not as it was written.
    """
    # Until all steps are done, a row may refer to one that comes later.
    change.connection.execute("PRAGMA defer_foreign_keys=ON")
    swap = _Swap(change)
    for step in steps:
        swap.run(step)
    return swap.settle_references()


class _Swap:
    """The swap of all steps of one entry."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._connection = change.connection
        self._summer = RowSummer(change.state.sum_key)
        self._removed: dict[tuple[str, RowKey], RowContents] = {}
        self._inserted: dict[tuple[str, RowKey], RowContents] = {}

    def run(self, step: StoredUndoStep) -> None:
        """Put back the rows of one step."""
        self._change.watch.watch_table(step.table_name)
        columns = self._change.watch.columns[step.table_name]
        keys: list[RowKey] = [tuple(key) for key in json.loads(step.row_keys)]
        old_values = json.loads(step.old_values) if step.old_values else None
        present_rows = self._take_rows(step, columns, keys)
        if step.total is None:
            _require_same_rows(columns.table, present_rows, old_values)
            present_rows = []
        step.old_values = None
        step.total = None
        if old_values is not None:
            step.total = self._insert_rows(columns, keys, present_rows, old_values)
        if present_rows:
            step.old_values = format_json_column(
                list(_list_replaced_values(present_rows, old_values))
            )
        self._change.rows.update(step)

    def _take_rows(
        self, step: StoredUndoStep, columns: TableColumns, keys: Sequence[RowKey]
    ) -> list[RowFields]:
        """Remove the rows of a step as they are now, and return them.

        Each is verified as it goes, so that damage is never taken for a change.
        """
        table = columns.table
        select = f"{columns.select_sql} WHERE {columns.key_condition}"
        delete = f'DELETE FROM "{table}" WHERE {columns.key_condition}'
        rows, missing_rows = [], []
        table_total = TableTotal()
        for key in keys:
            found_row = self._connection.execute(select, key).fetchone()
            if found_row is None:
                missing_rows.append(_name_missing_row(columns, key))
                continue
            _, *values, row_sum = found_row
            fields = dict(zip(columns.names, values, strict=True))
            self._connection.execute(delete, key)
            self._note_removal(table, key, fields)
            table_total = table_total.add(
                _sum_left_row(self._summer, table, fields, row_sum)
            )
            rows.append(fields)
        if step.total is not None:
            if missing_rows:
                raise RowConflict(RowConflict.GONE, missing_rows)
            require_unchanged_rows(table, rows, table_total.total, step.total)
        return rows

    def _insert_rows(
        self,
        columns: TableColumns,
        keys: Sequence[RowKey],
        present_rows: Sequence[RowFields],
        old_values: Sequence[RowFields],
    ) -> int:
        """Put rows back, and return what their sums add up to."""
        table_total = TableTotal()
        present_fields: Sequence[RowFields] = present_rows or [{} for _ in keys]
        for key, present, old in zip(keys, present_fields, old_values, strict=True):
            fields = {name: (present | old)[name] for name in columns.names}
            if columns.table == _DRAFT_TABLE:
                fields["token"] = TAKEN_BACK_TOKEN
            self._insert_row(columns.table, fields)
            self._note_insertion(columns.table, key, fields)
            values: RowValues = tuple(fields.values())
            table_total = table_total.add(self._summer.sum_row(columns.table, values))
        return table_total.total

    def _insert_row(self, table: str, fields: RowFields) -> None:
        """Put a row back; raises `RowConflict` where another has a value that no two can have."""
        names = ", ".join(f'"{name}"' for name in fields)
        places = ", ".join("?" for _ in fields)
        try:
            self._connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({places})',
                tuple(fields.values()),
            )
        except DriverError as error:
            # The driver gives no more exact code.
            if not str(error).startswith("UNIQUE constraint failed"):
                raise
            place = RowContents(table, fields)
            raise RowConflict(RowConflict.TAKEN, [place]) from None

    def _note_removal(self, table: str, key: RowKey, fields: RowFields) -> None:
        if self._inserted.pop((table, key), None) is None:
            self._removed[table, key] = RowContents(table, fields)

    def _note_insertion(self, table: str, key: RowKey, fields: RowFields) -> None:
        self._removed.pop((table, key), None)
        self._inserted[table, key] = RowContents(table, fields)

    def settle_references(self) -> list[RowContents]:
        """Put back the rows that a draft needs, and return them.

        Raises `RowConflict` where another row would refer to one that is not there: SQLite would
        refuse to commit, and say nothing of which.
        """
        references = list(_list_references(self._connection))
        needed_places: dict[tuple[str, RowKey], RowContents] = {}
        for reference in references:
            for (table, key), place in self._removed.items():
                if table == reference.parent_table and self._is_needed(
                    reference, place
                ):
                    needed_places[table, key] = place
        needed_places |= self._find_set_members(needed_places)
        for (table, key), place in needed_places.items():
            self._insert_row(table, place.fields)
            self._note_insertion(table, key, place.fields)
        for reference in references:
            for (table, _), place in self._inserted.items():
                if table == reference.table:
                    self._require_parent(reference, place)
        self._require_some_gone(needed_places)
        return list(needed_places.values())

    def _require_some_gone(
        self, needed_places: Mapping[tuple[str, RowKey], RowContents]
    ) -> None:
        """Raise `RowConflict` if the rows that stay are all that there was to put back."""
        if needed_places and not self._removed and self._inserted == needed_places:
            raise RowConflict(RowConflict.KEPT, list(needed_places.values()))

    def _find_set_members(
        self, needed_places: Mapping[tuple[str, RowKey], RowContents]
    ) -> dict[tuple[str, RowKey], RowContents]:
        """Return who is in the sets that stay, with the rows that say so."""
        set_ids = [
            place.fields["id"]
            for place in needed_places.values()
            if place.table == "learning_set"
        ]
        member_places = {
            key: place
            for key, place in self._removed.items()
            if place.table == "set_member" and place.fields["set_id"] in set_ids
        }
        person_ids = [place.fields["person_id"] for place in member_places.values()]
        person_places = {
            key: place
            for key, place in self._removed.items()
            if place.table == "person" and place.fields["id"] in person_ids
        }
        return person_places | member_places

    def _is_needed(self, reference: _Reference, place: RowContents) -> bool:
        """Return whether a draft refers to a row that is gone; raises `RowConflict` for others."""
        value = place.fields[reference.parent_column]
        is_needed = False
        for child in self._find_rows(reference.table, reference.column, value):
            if not self._is_of_draft(child):
                raise RowConflict(RowConflict.NEEDED, [place], child)
            is_needed = True
        return is_needed

    def _is_of_draft(self, place: RowContents) -> bool:
        """Return whether a row says with whom a draft is, or of which set."""
        if place.table not in ("session", "session_person", "meeting"):
            return False
        id = place.fields["id" if place.table == "session" else "session_id"]
        row = self._connection.execute(
            "SELECT 1 FROM draft WHERE session_id = ?", (id,)
        ).fetchone()
        return row is not None

    def _require_parent(self, reference: _Reference, place: RowContents) -> None:
        """Raise `RowConflict` if a row that came back refers to one that is not there."""
        key = place.fields[reference.column]
        if key is None:
            return
        parents = self._find_rows(reference.parent_table, reference.parent_column, key)
        if next(parents, None) is None:
            parent = RowContents(reference.parent_table, {reference.parent_column: key})
            raise RowConflict(RowConflict.GONE, [parent], place)

    def _find_rows(
        self, table: str, column: str, value: object
    ) -> Iterator[RowContents]:
        columns = TableColumns(self._connection, table)
        rows = self._connection.execute(
            f'{columns.select_sql} WHERE "{column}" = ?', (value,)
        )
        for _table, *values, _sum in rows:
            yield RowContents(table, dict(zip(columns.names, values, strict=True)))


def find_conflict(
    connection: Connection, steps: Iterable[StoredUndoStep]
) -> RowConflict | None:
    """Return what is not as these steps left it, without changing anything; None for nothing."""
    summer = RowSummer(read_state(connection).sum_key)
    for step in steps:
        if step.total is None:
            continue
        try:
            _require_left_rows(connection, summer, step, step.total)
        except RowConflict as conflict:
            return conflict
    return None


def _require_left_rows(
    connection: Connection, summer: RowSummer, step: StoredUndoStep, total: int
) -> None:
    """Raise `RowConflict` if the rows of a step are not as it left them."""
    columns = TableColumns(connection, step.table_name)
    select = f"{columns.select_sql} WHERE {columns.key_condition}"
    rows, table_total = [], TableTotal()
    for key in json.loads(step.row_keys):
        found_row = connection.execute(select, key).fetchone()
        if found_row is None:
            raise RowConflict(RowConflict.GONE, [_name_missing_row(columns, key)])
        table, *values, row_sum = found_row
        fields = dict(zip(columns.names, values, strict=True))
        table_total = table_total.add(_sum_left_row(summer, table, fields, row_sum))
        rows.append(fields)
    require_unchanged_rows(step.table_name, rows, table_total.total, total)


def _name_missing_row(columns: TableColumns, key: Sequence[Any]) -> RowContents:
    return RowContents(columns.table, dict(zip(columns.key_names, key, strict=True)))


def _sum_left_row(
    summer: RowSummer, table: str, fields: RowFields, row_sum: int
) -> int:
    """Return the sum of a row as it counts for a step: who looks at a draft changes nothing."""
    if table != _DRAFT_TABLE:
        return row_sum
    return summer.sum_row(table, tuple((fields | {"token": TAKEN_BACK_TOKEN}).values()))


def require_unchanged_rows(
    table: str, rows: Sequence[RowFields], total: int, expected_total: int
) -> None:
    """Raise `RowConflict` for rows whose sums do not add up to what they did."""
    if total != expected_total:
        raise RowConflict(
            RowConflict.CHANGED, [RowContents(table, fields) for fields in rows]
        )


def _require_same_rows(
    table: str, present_rows: Sequence[RowFields], new_rows: Sequence[RowFields] | None
) -> None:
    """Raise `RowConflict` for rows that are to come back and are there, unless they are the same.

    Such a row stayed for the sake of a draft when it was taken back.
    """
    other_rows = [fields for fields in present_rows if fields not in (new_rows or [])]
    if other_rows:
        raise RowConflict(
            RowConflict.BACK, [RowContents(table, fields) for fields in other_rows]
        )


def _list_replaced_values(
    present_rows: Sequence[RowFields], old_values: Sequence[RowFields] | None
) -> Iterator[RowFields]:
    """Yield what to keep of each row: all that is gone, or only what was changed in it."""
    if old_values is None:
        yield from present_rows
        return
    for present, old in zip(present_rows, old_values, strict=True):
        yield {name: present[name] for name in old}


def _list_references(connection: Any) -> Iterator[_Reference]:
    """Yield every foreign key of the journal."""
    for table in list_tables(connection):
        rows = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        for _, _, parent_table, column, parent_column, *_ in rows:
            yield _Reference(table, column, parent_table, parent_column)
