"""What a change leaves for `undo`: which rows were changed, and what was in them before."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from coachlog.named_tuples import NamedTuple
from coachlog.store.compiled_rows.undo_entry_row import StoredUndoEntry
from coachlog.store.compiled_rows.undo_step_row import StoredUndoStep
from coachlog.store.failures import is_decoding_error
from coachlog.store.journal_state import TableTotal
from coachlog.store.row_store import format_stored_value
from coachlog.store.row_sums import RowSummer
from coachlog.store.row_watch import RowChange, RowKey
from coachlog.store.rows import parse_stored_json, parse_stored_moment
from coachlog.store.table_classes import UNDO_TABLES
from coachlog.store.table_columns import TableColumns
from coachlog.store.transactions import Change
from coachlog.store.writing.json_columns import format_json_column

LONGEST_REACH = timedelta(days=90)
MOST_ENTRIES = 500
_DRAFT_TABLES = ("session", "session_person", "meeting")
"""Tables whose rows say with whom a draft is, or of which set; their keys begin with its number."""


class _Group(NamedTuple):
    """The rows of one table that were all removed, all changed, or all added."""

    table: str
    rows: list[tuple[RowKey, RowChange]]


def record_undo(change: Change, entry_id: int | None) -> int:
    """Add what a transaction has changed to an entry of `undo`; return the number of the entry.

    What is kept already is emptied if damage is met in it: it must not stop a change. It is the
    entry that the same command has made before, if that is the newest still; otherwise a
    new one, with which what was taken back can no longer be brought back.
    """
    try:
        return _add_to_entry(change, entry_id)
    except Exception as error:
        if not _is_log_damage(change, error):
            raise
    empty_undo_log(change)
    return _add_to_entry(change, None)


def mend_undo_log(change: Change) -> None:
    """Empty what `undo` keeps if anything in it is damaged."""
    from coachlog.store.row_checks import list_undo_findings

    if next(list_undo_findings(change.connection), None) is not None:
        empty_undo_log(change)


def empty_undo_log(change: Change) -> None:
    """Forget all that can be taken back or brought back, as it is damaged."""
    for table in UNDO_TABLES:
        change.watch.empty_table(table)
    change.watch.damaged_row = None
    change.has_lost_undo_log = True


def _is_log_damage(change: Change, error: Exception) -> bool:
    """Return whether an error, met where only what `undo` keeps was touched, is from damage."""
    if change.watch.damaged_row is not None:
        return change.watch.damaged_row[0] in UNDO_TABLES
    # The driver's errors are those of the disk, too; text that is not UTF-8 is none.
    return isinstance(error, ValueError) or is_decoding_error(error)


def _add_to_entry(change: Change, entry_id: int | None) -> int:
    entry = _get_newest_entry(change, entry_id)
    event_ids = change.watch.event_ids
    if entry is None:
        _delete_outdated_entries(change)
        entry = StoredUndoEntry(at=change.now, event_ids=format_json_column(event_ids))
        change.rows.insert(entry)
    else:
        earlier_ids = parse_stored_json(entry.event_ids)
        entry.event_ids = format_json_column([*earlier_ids, *event_ids])
        change.rows.update(entry)
    for step in _list_steps(change, entry.id):
        change.rows.insert(step)
    return entry.id


def _get_newest_entry(change: Change, entry_id: int | None) -> StoredUndoEntry | None:
    """Return the entry of this number, if nothing was changed or taken back since."""
    if entry_id is None:
        return None
    (newest_id,) = change.connection.execute(
        "SELECT max(id) FROM undo_entry"
    ).fetchone()
    if newest_id != entry_id:
        return None
    entry = change.rows.get(StoredUndoEntry, entry_id)
    return entry if entry and entry.undone_at is None else None


def forget_draft(change: Change, session_id: int) -> None:
    """Forget the rows of a draft that is about to be discarded, and all that was taken back.

    What was taken back may be this very conversation, with every word of it. Other entries no
    longer say anything of its rows, so that these are not in the way when they are gone. All that
    is kept is emptied if damage is met in it.
    """
    try:
        _delete_undone_entries(change)
        _forget_draft_rows(change, session_id)
    except Exception as error:
        if not _is_log_damage(change, error):
            raise
        empty_undo_log(change)


def _forget_draft_rows(change: Change, session_id: int) -> None:
    """Take the rows of a draft out of every step, from the newest, and its sum with each."""
    forgetting = _Forgetting(change, session_id)
    for step in _list_draft_steps(change, session_id):
        forgetting.forget_rows(step)


class _Forgetting:
    """Takes the rows of a draft out of steps; these come from the newest to the oldest.

    What a row was after an earlier step is known from what the later ones put back.
    """

    def __init__(self, change: Change, session_id: int) -> None:
        self._change = change
        self._session_id = session_id
        self._summer = RowSummer(change.state.sum_key)
        self._columns = {
            table: TableColumns(change.connection, table) for table in _DRAFT_TABLES
        }
        self._rows: dict[tuple[str, RowKey], dict[str, Any]] = {}
        for table, columns in self._columns.items():
            for _table, *values, _sum in change.connection.execute(
                f'{columns.select_sql} WHERE "{columns.key_names[0]}" = ?',
                (session_id,),
            ).fetchall():
                key = columns.get_key(values)
                self._rows[table, key] = dict(zip(columns.names, values, strict=True))

    def forget_rows(self, step: StoredUndoStep) -> None:
        """Take the draft's rows out of one step; without any others, the step goes."""
        keys = [tuple(key) for key in parse_stored_json(step.row_keys)]
        old_values = parse_stored_json(step.old_values) if step.old_values else None
        for key in [key for key in keys if key[0] == self._session_id]:
            place = keys.index(key)
            del keys[place]
            fields = self._subtract_sum(step, key)
            if old_values is not None:
                self._rows[step.table_name, key] = fields | old_values.pop(place)
        _keep_step_rows(self._change, step, keys, old_values)

    def _subtract_sum(self, step: StoredUndoStep, key: RowKey) -> dict[str, Any]:
        """Take the sum of a row out of a step's, and return what the row was after the step."""
        fields = self._rows.pop((step.table_name, key), {})
        if step.total is not None and fields:
            names = self._columns[step.table_name].names
            values = tuple(fields[name] for name in names)
            row_sum = self._summer.sum_row(step.table_name, values)
            step.total = TableTotal(0, step.total).subtract(row_sum).total
        return fields


def _list_draft_steps(change: Change, session_id: int) -> Iterator[StoredUndoStep]:
    """Yield the steps with rows that say with whom a draft is, or of which set, from the newest."""
    names = ", ".join(f"'{table}'" for table in _DRAFT_TABLES)
    ids = change.connection.execute(
        f"SELECT id FROM undo_step WHERE table_name IN ({names}) AND EXISTS (SELECT 1 FROM "
        "json_each(row_keys) WHERE json_extract(value, '$[0]') = ?) ORDER BY id DESC",
        (session_id,),
    ).fetchall()
    for (id,) in ids:
        step = change.rows.get(StoredUndoStep, id)
        assert step is not None
        yield step


def _keep_step_rows(
    change: Change,
    step: StoredUndoStep,
    keys: Sequence[RowKey],
    old_values: Sequence[dict[str, Any]] | None,
) -> None:
    """Let a step be about these rows alone; without any, it goes."""
    if not keys:
        change.rows.delete(step)
        return
    step.row_keys = format_json_column([list(key) for key in keys])
    if old_values is not None:
        step.old_values = format_json_column(list(old_values))
    change.rows.update(step)


def delete_entry(change: Change, id: int) -> None:
    """Forget an entry: what it changed stays as it is."""
    _delete_entries(change, [id])


def _delete_undone_entries(change: Change) -> None:
    rows = change.connection.execute(
        "SELECT id FROM undo_entry WHERE undone_at IS NOT NULL"
    ).fetchall()
    _delete_entries(change, [id for (id,) in rows])


def _delete_outdated_entries(change: Change) -> None:
    """Remove what was taken back, and what is too old or too much, with one more to come.

    How old it is counts from the newest that is kept, if the clock is ahead of that: one run under
    a clock that is years ahead would throw away all.
    """
    now = format_stored_value(change.now)
    (newest_at,) = change.connection.execute(
        "SELECT max(at) FROM undo_entry WHERE at <= ?", (now,)
    ).fetchone()
    newest_moment = parse_stored_moment(newest_at) if newest_at else change.now
    rows = change.connection.execute(
        "SELECT id FROM undo_entry WHERE undone_at IS NOT NULL OR at < ? "
        "OR id <= (SELECT id FROM undo_entry ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (format_stored_value(newest_moment - LONGEST_REACH), MOST_ENTRIES - 1),
    ).fetchall()
    _delete_entries(change, [id for (id,) in rows])


def _delete_entries(change: Change, ids: Sequence[int]) -> None:
    for id in ids:
        for step in change.rows.find(StoredUndoStep, entry_id=id):
            change.rows.delete(step)
        entry = change.rows.get(StoredUndoEntry, id)
        assert entry is not None
        change.rows.delete(entry)


def _list_steps(change: Change, entry_id: int) -> Iterator[StoredUndoStep]:
    """Yield the steps in an order in which they can be brought back: what was removed comes first.

    In the reverse order they can be taken back. So no two rows ever have the same unique value.
    """
    watch = change.watch
    removed: dict[str, _Group] = {}
    updated: dict[str, _Group] = {}
    added: dict[str, _Group] = {}
    for (table, key), row in watch.changes.items():
        groups = updated
        if row.old_values is None:
            groups = added
        elif row.new_values is None:
            groups = removed
        groups.setdefault(table, _Group(table, [])).rows.append((key, row))
    for groups in (removed, updated, added):
        for group in groups.values():
            yield _build_step(entry_id, group, watch.columns[group.table])


def _build_step(entry_id: int, group: _Group, columns: TableColumns) -> StoredUndoStep:
    total: int | None = None
    old_values: str | None = None
    first_change = group.rows[0][1]
    if first_change.new_values is not None:
        table_total = TableTotal()
        for _, row in group.rows:
            assert row.new_sum is not None
            table_total = table_total.add(row.new_sum)
        total = table_total.total
    if first_change.old_values is not None:
        old_values = format_json_column(
            [_list_old_values(row, columns) for _, row in group.rows]
        )
    return StoredUndoStep(
        entry_id=entry_id,
        table_name=group.table,
        row_keys=format_json_column([list(key) for key, _ in group.rows]),
        total=total,
        old_values=old_values,
    )


def _list_old_values(row: RowChange, columns: TableColumns) -> dict[str, Any]:
    """Return the old values of the columns that were changed, or of all if the row is gone."""
    assert row.old_values is not None
    new_values = row.new_values
    return {
        name: value
        for place, (name, value) in enumerate(
            zip(columns.names, row.old_values, strict=True)
        )
        if new_values is None or new_values[place] != value
    }
