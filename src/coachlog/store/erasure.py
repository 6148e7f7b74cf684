"""Takes out of a journal what was erased: each row with a tombstone, and what belongs to it."""

import json
from collections.abc import Iterable, Iterator

from coachlog.named_tuples import NamedTuple
from coachlog.rules.tombstones import Tombstone, pick_erased_uids
from coachlog.store.connections import Connection
from coachlog.store.journal_state import JournalState
from coachlog.store.row_sums import RowSummer
from coachlog.store.table_columns import list_tables
from coachlog.store.transactions import Change

MENTIONS = {
    ("action_event", "session_id"),
    ("note", "session_id"),
    ("recurrence", "again_id"),
    ("set_action", "slot_id"),
}
"""Columns that only mention another row: emptied when that goes. What refers to a row in any other
way belongs to it, and goes with it."""
_THINGS_OF_SETS = (
    ("learning_set", "session", "SELECT session_id FROM meeting WHERE set_id = ?"),
    ("learning_set", "action", "SELECT action_id FROM set_action WHERE set_id = ?"),
)
"""What belongs to a set although it does not refer to it: its meetings and their promises."""
_WITHOUT_TOMBSTONES = ("journal_state", "hold")


class _RowReference(NamedTuple):
    table: str
    column: str
    owner_table: str


def read_tombstones(
    connection: Connection, state: JournalState, journal: str = "main"
) -> list[Tombstone]:
    """Return the tombstones in a journal that are as they were written. Raises a driver error."""
    from datetime import date

    summer = RowSummer(state.sum_key)
    rows = connection.execute(
        f"SELECT digest, made_on, row_sum FROM {journal}.tombstone"
    )
    return [
        Tombstone(digest, date.fromisoformat(made_on))
        for digest, made_on, row_sum in rows
        if summer.sum_row("tombstone", (digest, made_on)) == row_sum
    ]


def replace_tombstones(change: Change, tombstones: Iterable[Tombstone]) -> None:
    """Let these be all the tombstones of a journal."""
    change.watch.watch_table("tombstone")
    change.connection.execute("DELETE FROM tombstone")
    change.connection.executemany(
        "INSERT INTO tombstone (digest, made_on) VALUES (?, ?)",
        [(digest, made_on.isoformat()) for digest, made_on in tombstones],
    )


def erase_rows(
    change: Change, tombstones: list[Tombstone], uids_on_hold: Iterable[str]
) -> int:
    """Remove every row that has a tombstone with what belongs to it; return how many have one.

    A person with a hold is kept, as the hold is about them. Foreign keys are not to be enforced by
    the connection: rows go table by table.
    """
    if not tombstones:
        return 0
    connection = change.connection
    erased_rows: dict[str, set[int]] = {}
    for table in list_tables(connection):
        numbers = _list_erased_numbers(connection, table, tombstones, uids_on_hold)
        if numbers:
            erased_rows[table] = numbers
    count = sum(map(len, erased_rows.values()))
    _add_what_belongs(connection, erased_rows)
    for table in erased_rows:
        change.watch.watch_table(table)
    for reference in _list_row_references(connection):
        if (reference.table, reference.column) in MENTIONS:
            _empty_mentions(change, reference, erased_rows)
    for table, numbers in erased_rows.items():
        connection.execute(
            f'DELETE FROM "{table}" WHERE rowid IN (SELECT value FROM json_each(?))',
            (json.dumps(sorted(numbers)),),
        )
    return count


def _list_erased_numbers(
    connection: Connection,
    table: str,
    tombstones: list[Tombstone],
    uids_on_hold: Iterable[str],
) -> set[int]:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    if table in _WITHOUT_TOMBSTONES or "uid" not in [column[1] for column in columns]:
        return set()
    numbers = dict(connection.execute(f'SELECT uid, rowid FROM "{table}"').fetchall())
    erased_uids = set(pick_erased_uids(tombstones, table, numbers))
    if table == "person":
        erased_uids -= {*uids_on_hold}
    return {numbers[uid] for uid in erased_uids}


def _add_what_belongs(connection: Connection, erased_rows: dict[str, set[int]]) -> None:
    """Add the rows that belong to those, and what belongs to these, until there are no more."""
    references = [
        reference
        for reference in _list_row_references(connection)
        if (reference.table, reference.column) not in MENTIONS
    ]
    new_rows = [(table, id) for table, ids in erased_rows.items() for id in ids]
    while new_rows:
        owner_table, owner_id = new_rows.pop()
        for table, id in _list_own_rows(connection, references, owner_table, owner_id):
            ids = erased_rows.setdefault(table, set())
            if id not in ids:
                ids.add(id)
                new_rows.append((table, id))


def _list_own_rows(
    connection: Connection,
    references: list[_RowReference],
    owner_table: str,
    owner_id: int,
) -> Iterator[tuple[str, int]]:
    """Yield the rows that belong to one."""
    for table, column, referred_table in references:
        if referred_table == owner_table:
            query = f'SELECT rowid FROM "{table}" WHERE "{column}" = ?'
            for (id,) in connection.execute(query, (owner_id,)).fetchall():
                yield table, id
    for set_table, table, query in _THINGS_OF_SETS:
        if set_table == owner_table:
            for (id,) in connection.execute(query, (owner_id,)).fetchall():
                yield table, id


def _empty_mentions(
    change: Change, reference: _RowReference, erased_rows: dict[str, set[int]]
) -> None:
    numbers = erased_rows.get(reference.owner_table)
    if numbers:
        change.watch.watch_table(reference.table)
        change.connection.execute(
            f'UPDATE "{reference.table}" SET "{reference.column}" = NULL '
            f'WHERE "{reference.column}" IN (SELECT value FROM json_each(?))',
            (json.dumps(sorted(numbers)),),
        )


def _list_row_references(connection: Connection) -> Iterator[_RowReference]:
    """Yield every foreign key of the journal; each refers to the number of a row."""
    for table in list_tables(connection):
        rows = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        for _, _, owner_table, column, *_ in rows:
            yield _RowReference(table, column, owner_table)
