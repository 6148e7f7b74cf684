"""Keeps the index of `search` in step with the rows that a change writes, and makes it anew.

FTS5 keeps the folded words only. To take an entry out it has to be told what is in it, so each is
built twice: from the rows as they were before the change, and as they are now.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from coachlog.store.connections import Connection, DriverError
from coachlog.store.rows import UnreadableValue
from coachlog.store.search_entries import (
    ChangedRows,
    EarlierRows,
    IndexEntry,
    RowPlace,
    SearchedRows,
    build_entry,
    guarding_values,
    list_entry_words,
)
from coachlog.store.search_numbers import LARGEST_ID, number_entry
from coachlog.store.search_schema import (
    SEARCH_SQL,
    SEARCHED_COLUMNS,
    SESSION_LINKS,
    is_index_error,
)

_FILLING_BYTES = 32 * 1024 * 1024
_USUAL_BYTES = 1024 * 1024
"""Memory for entries that are not yet written; the first is for making the index anew."""
_INSERT = "INSERT INTO search(rowid, words) VALUES (?, ?)"
_REMOVE = "INSERT INTO search(search, rowid, words) VALUES ('delete', ?, ?)"


# After a change


def update_index(connection: Connection, changed_rows: ChangedRows) -> bool:
    """Bring the index in step with the rows that were changed, given as they were before.

    Returns False if it is damaged, and so was left as it is: it is never a reason to lose a change.
    """
    earlier_rows, rows = EarlierRows(connection, changed_rows), SearchedRows(connection)
    steps: list[tuple[int, str, str]] = []
    for table, id in _list_touched_rows(changed_rows, earlier_rows, rows):
        earlier_entry = build_entry(earlier_rows, table, id)
        entry = build_entry(rows, table, id)
        if earlier_entry == entry:
            continue
        if earlier_entry is not None:
            steps.append((*earlier_entry, _REMOVE))
        if entry is not None:
            steps.append((*entry, _INSERT))
    if not steps:
        return True
    # In the order of their numbers they are written in one go; what goes goes first.
    steps.sort(key=lambda step: (step[0], step[2] == _INSERT))
    return _try_steps(connection, steps)


def bring_index_in_step(connection: Connection, changed_rows: ChangedRows) -> None:
    """Bring the index in step with changed rows, or make it anew where it is damaged.

    For a change after which no word may be left that is in no row. Raises as `rebuild_index`.
    """
    if changed_rows and not update_index(connection, changed_rows):
        rebuild_index(connection)


def _try_steps(connection: Connection, steps: Iterable[tuple[int, str, str]]) -> bool:
    connection.execute("SAVEPOINT search_index")
    try:
        for number, words, statement in steps:
            connection.execute(statement, (number, words))
        # FTS5 writes what it has gathered when another savepoint opens, and else only at the end:
        # where it is damaged, that would undo the whole change.
        connection.execute("SAVEPOINT search_written")
        connection.execute("RELEASE search_written")
    except DriverError as error:
        if not is_index_error(error):
            raise
        connection.execute("ROLLBACK TO search_index")
        connection.execute("RELEASE search_index")
        return False
    connection.execute("RELEASE search_index")
    return True


def _list_touched_rows(
    changed_rows: ChangedRows,
    earlier_rows: SearchedRows,
    rows: SearchedRows,
) -> list[RowPlace]:
    """Return the rows whose entries may have changed: those changed, and those that hang on them.

    A conversation that moves to another day, or is hidden, takes along all that was said in it.
    """
    states = (earlier_rows, rows)
    touched_rows: dict[RowPlace, None] = {}
    for table, id in changed_rows:
        if table in SESSION_LINKS:
            session_id, _ = id
            touched_rows["session", session_id] = None
            hanging_rows = _list_hanging_rows(states, "session", session_id)
            touched_rows |= dict.fromkeys(hanging_rows)
            continue
        touched_rows[table, id] = None
        earlier_row, row = (state.get(table, id) for state in states)
        if table == "action_event":
            for event in filter(None, (earlier_row, row)):
                touched_rows["action", event["action_id"]] = None
        elif _get_standing(table, earlier_row) != _get_standing(table, row):
            touched_rows |= dict.fromkeys(_list_hanging_rows(states, table, id))
    return list(touched_rows)


def _list_hanging_rows(
    states: Iterable[SearchedRows], table: str, id: int
) -> Iterator[RowPlace]:
    """Yield the rows whose days or labels are those of another one, before a change and after."""
    for hanging_table, column in _HANGING_TABLES.get(table, ()):
        for state in states:
            for row in state.find(hanging_table, column, id):
                yield hanging_table, row["id"]
                yield from _list_hanging_rows(states, hanging_table, row["id"])


_HANGING_TABLES = {
    "session": (
        *(("answer", "session_id"), ("slot", "session_id")),
        ("action", "session_id"),
    ),
    "action": (("action_event", "action_id"),),
    "goal": (("rating", "goal_id"),),
}


def _get_standing(table: str, row: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    """Return what decides whether the rows that hang on one are found, and when and for whom."""
    if row is None or table not in _HANGING_TABLES:
        return None
    columns = _STANDING_COLUMNS[table]
    return row["deleted_at"] is None, *(row[column] for column in columns)


_STANDING_COLUMNS = {
    "session": ("status", "held_on", "person_id", "template"),
    "action": ("person_id", "owner_id", "session_id"),
    "goal": ("person_id",),
}


# The whole index


def rebuild_index(connection: Connection) -> int:
    """Make the index anew from all rows, within the caller's transaction; return its entries.

    What cannot be read is left out; `check` names it. Raises a driver error if even that fails.
    """
    _restore_settings(connection)
    connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
    connection.execute(
        "INSERT INTO search(search, rank) VALUES ('hashsize', ?)", (_FILLING_BYTES,)
    )
    count = 0
    for entry in list_entries(connection):
        connection.execute(_INSERT, entry)
        count += 1
    if count:
        # Otherwise one of the next small changes would have the whole index to merge.
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")
    for name, value in (("hashsize", _USUAL_BYTES), ("secure-delete", 1)):
        connection.execute(
            "INSERT INTO search(search, rank) VALUES (?, ?)", (name, value)
        )
    return count


def _restore_settings(connection: Connection) -> None:
    """Write what FTS5 reads before anything else, without which it would not even empty itself."""
    connection.execute(
        SEARCH_SQL.replace("VIRTUAL TABLE", "VIRTUAL TABLE IF NOT EXISTS")
    )
    (version,) = connection.execute(
        "SELECT max(v) FROM search_config WHERE k = 'version'"
    ).fetchone()
    if version not in (4, 5):
        connection.execute("INSERT OR REPLACE INTO search_config VALUES ('version', 4)")


def list_entries(connection: Connection) -> Iterator[IndexEntry]:
    """Yield the entry of each row that can be read, in the order of their numbers."""
    rows = SearchedRows(connection)
    places_by_day = _list_scattered_rows(connection)
    days = {row[0] for row in connection.execute(_SELECT_DAYS)}
    for day in sorted(days | places_by_day.keys()):
        places = places_by_day.get(day, [])
        try:
            with guarding_values():
                entries = [*_list_day_entries(rows, connection, day)]
        except UnreadableValue:
            # Then one by one, without those that cannot be read.
            entries, places = [], [*places, *_list_day_places(connection, day)]
        built_entries = (build_entry(rows, *place) for place in places)
        entries += filter(None, built_entries)
        yield from sorted(entries)


# Of another day, there is none to be read.
_DAY_LIKE = f"GLOB '{'-'.join('[0-9]' * count for count in (4, 2, 2))}'"
_SELECT_DAYS = (
    f"SELECT DISTINCT held_on FROM session WHERE held_on {_DAY_LIKE} AND deleted_at IS NULL "
    f'UNION SELECT DISTINCT "on" FROM action_event WHERE "on" {_DAY_LIKE} AND kind = \'made\''
)
_HELD_THEN = (
    "session.held_on = ? AND session.status = 'held' AND session.deleted_at IS NULL"
)
_ROWS_OF_DAY = {
    "session": f"session WHERE {_HELD_THEN}",
    "slot": "session CROSS JOIN slot ON slot.session_id = session.id "
    f"WHERE {_HELD_THEN}",
    "answer": "session CROSS JOIN answer ON answer.session_id = session.id "
    f"WHERE {_HELD_THEN}",
    "action": "action_event AS made CROSS JOIN action ON action.id = made.action_id "
    "WHERE made.\"on\" = ? AND made.kind = 'made' AND action.deleted_at IS NULL",
}
"""Where the rows of nearly all entries are, by their day: of these, there are too many to keep."""
_SCATTERED_DAYS = {
    "action": "substr(created_at, 1, 10)",
    "action_event": '"on"',
    "goal": "opened_on",
    "rating": '"on"',
    "note": "written_on",
}
_SCATTERED_CONDITIONS = {
    "action": "NOT EXISTS (SELECT 1 FROM action_event "
    "WHERE action_id = action.id AND kind = 'made')",
    "action_event": "note IS NOT NULL",
    "rating": "note IS NOT NULL",
}


def _list_scattered_rows(connection: Connection) -> dict[str, list[RowPlace]]:
    """Return the rows of the tables that no index has by the day, by their day: few have words."""
    places_by_day: dict[str, list[RowPlace]] = {}
    for table, day_column in _SCATTERED_DAYS.items():
        condition = _SCATTERED_CONDITIONS.get(table, "1")
        for id, day in connection.execute(
            f"SELECT id, {day_column} FROM {table} "
            f"WHERE {day_column} {_DAY_LIKE} AND {condition}"
        ):
            places_by_day.setdefault(day, []).append((table, id))
    return places_by_day


def _list_day_places(connection: Connection, day: str) -> list[RowPlace]:
    """Return the rows of one day but for the scattered ones."""
    return [
        (table, id)
        for table, source in _ROWS_OF_DAY.items()
        for (id,) in connection.execute(f"SELECT {table}.id FROM {source}", (day,))
    ]


def _list_day_entries(
    rows: SearchedRows, connection: Connection, day: str
) -> Iterator[IndexEntry]:
    """Yield the entries of one day but for the scattered ones."""
    for table, source in _ROWS_OF_DAY.items():
        names = ("id", *SEARCHED_COLUMNS[table])
        columns = ", ".join(f'{table}."{name}"' for name in names)
        first_number = number_entry(table, 0, date.fromisoformat(day))
        for values in connection.execute(f"SELECT {columns} FROM {source}", (day,)):
            row = dict(zip(names, values, strict=True))
            words = list_entry_words(rows, table, row)
            if words and 0 < values[0] <= LARGEST_ID:
                yield IndexEntry(first_number + values[0], words)
