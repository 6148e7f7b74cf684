"""Keeps the index of `search` in step with the rows that a change writes, and makes it anew.

FTS5 keeps the folded words only. To take an entry out it has to be told what is in it, so each is
built twice: from the rows as they were before the change, and as they are now.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from coachlog.rules.search_words import fold_words
from coachlog.store.connections import Connection, DriverError
from coachlog.store.failures import is_decoding_error
from coachlog.store.rows import parse_stored_json
from coachlog.store.search_numbers import LARGEST_ID, number_entry
from coachlog.store.search_schema import SEARCH_SQL, SEARCHED_COLUMNS, is_index_error

RowPlace = tuple[str, int]
"""The table of a row, and its number."""
SearchedValues = tuple[Any, ...]
"""The values of a row in `SEARCHED_COLUMNS`."""

_FILLING_BYTES = 32 * 1024 * 1024
_USUAL_BYTES = 1024 * 1024
"""Memory for entries that are not yet written; the first is for making the index anew."""
_INSERT = "INSERT INTO search(rowid, words) VALUES (?, ?)"
_REMOVE = "INSERT INTO search(search, rowid, words) VALUES ('delete', ?, ?)"


class IndexEntry(NamedTuple):
    """An entry of the index: its number, and the folded words of the row."""

    number: int
    words: str


class _Rows:
    """The rows that entries are built of, as they are now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, table: str, id: int) -> dict[str, Any] | None:
        """Return the row of a table with this number; None if there is none."""
        rows = self._select(("id", *SEARCHED_COLUMNS[table]), table, "id", id)
        return rows[0] if rows else None

    def find(
        self, table: str, column: str, value: int, *names: str
    ) -> list[dict[str, Any]]:
        """Return the rows of a table with a value in a column: their numbers, and those columns."""
        return self._select(("id", *names), table, column, value)

    def _select(
        self, names: tuple[str, ...], table: str, column: str, value: int
    ) -> list[dict[str, Any]]:
        columns = ", ".join(f'"{name}"' for name in names)
        rows = self._connection.execute(
            f'SELECT {columns} FROM "{table}" WHERE "{column}" = ?', (value,)
        )
        return [dict(zip(names, row, strict=True)) for row in rows]


class _EarlierRows(_Rows):
    """The rows as they were before a change, of which the values are known that it changed."""

    def __init__(
        self,
        connection: Connection,
        changed_rows: Mapping[RowPlace, SearchedValues | None],
    ) -> None:
        super().__init__(connection)
        self._changed_rows = changed_rows
        self._earlier_rows: dict[str, list[dict[str, Any]]] = {}
        for (table, id), values in changed_rows.items():
            if values is not None:
                row = dict(zip(SEARCHED_COLUMNS[table], values, strict=True))
                self._earlier_rows.setdefault(table, []).append({"id": id, **row})

    def _select(
        self, names: tuple[str, ...], table: str, column: str, value: int
    ) -> list[dict[str, Any]]:
        rows = [
            row
            for row in super()._select(names, table, column, value)
            if (table, row["id"]) not in self._changed_rows
        ]
        earlier_rows = self._earlier_rows.get(table, [])
        return rows + [row for row in earlier_rows if row[column] == value]


# What an entry is made of

_UNREADABLE = (TypeError, AttributeError, KeyError, ValueError)
"""What reading a value raises that is not of the kind that its column holds."""


def _build_entry(rows: _Rows, table: str, id: int) -> IndexEntry | None:
    """Return the entry of a row; None if it is not there, or nothing in it is to be found.

    What cannot be read has none either: it is neither put in nor taken out.
    """
    if not 0 < id <= LARGEST_ID:
        return None
    try:
        row = rows.get(table, id)
        day = _DAY_FINDERS[table](rows, row) if row else None
        words = _fold_row(table, row) if row and day else ""
    except _UNREADABLE:
        return None
    except DriverError as error:
        if not is_decoding_error(error):
            raise
        return None
    return IndexEntry(number_entry(table, id, day), words) if words and day else None


def _fold_row(table: str, row: Mapping[str, Any]) -> str:
    """Return the folded words of a row, with blanks between them."""
    return " ".join(
        word for text in _list_searched_texts(table, row) for word in fold_words(text)
    )


def _list_searched_texts(table: str, row: Mapping[str, Any]) -> list[str]:
    """Return the texts of a row that are searched."""
    if table == "answer":
        return list_answer_texts(row["kind"], row["value"])
    texts = [row[name] for name in _TEXT_COLUMNS[table] if row[name]]
    if table == "goal" and row["levels"]:
        texts += [level for level in parse_stored_json(row["levels"]) if level]
    return texts


_TEXT_COLUMNS = {
    "session": ("title",),
    "slot": ("issue",),
    "action": ("what", "done_when", "support", "if_then"),
    "action_event": ("note",),
    "goal": ("title", "why", "success"),
    "rating": ("note",),
    "note": ("words", "link"),
}


def list_answer_texts(kind: str, value: str) -> list[str]:
    """Return the texts in the stored value of an answer: none of a number, a day or yes and no."""
    if kind == "date" or value[:1] not in ('"', "["):
        return []
    parsed_value = parse_stored_json(value)
    if isinstance(parsed_value, str):
        return [parsed_value]
    texts = []
    for part in parsed_value:
        # Of the questions asked in a meeting, each is an object.
        text = part.get("question") if isinstance(part, dict) else part
        if isinstance(text, str):
            texts.append(text)
    return texts


def _find_session_day(_rows: _Rows, row: Mapping[str, Any]) -> date | None:
    if row["status"] != "held" or row["deleted_at"] is not None:
        return None
    return date.fromisoformat(row["held_on"])


def _find_day_in_session(rows: _Rows, row: Mapping[str, Any]) -> date | None:
    session = rows.get("session", row["session_id"])
    return None if session is None else _find_session_day(rows, session)


def _find_action_day(rows: _Rows, row: Mapping[str, Any]) -> date | None:
    if row["deleted_at"] is not None:
        return None
    for event in rows.find("action_event", "action_id", row["id"], "kind", "on"):
        if event["kind"] == "made":
            return date.fromisoformat(event["on"])
    return date.fromisoformat(row["created_at"][:10])


def _find_event_day(rows: _Rows, row: Mapping[str, Any]) -> date | None:
    action = rows.get("action", row["action_id"])
    if not row["note"] or action is None or action["deleted_at"] is not None:
        return None
    return date.fromisoformat(row["on"])


def _find_goal_day(_rows: _Rows, row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["opened_on"]) if row["deleted_at"] is None else None


def _find_rating_day(rows: _Rows, row: Mapping[str, Any]) -> date | None:
    goal = rows.get("goal", row["goal_id"])
    if not row["note"] or goal is None or goal["deleted_at"] is not None:
        return None
    return date.fromisoformat(row["on"])


def _find_note_day(_rows: _Rows, row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["written_on"])


_DAY_FINDERS = {
    "session": _find_session_day,
    "slot": _find_day_in_session,
    "answer": _find_day_in_session,
    "action": _find_action_day,
    "action_event": _find_event_day,
    "goal": _find_goal_day,
    "rating": _find_rating_day,
    "note": _find_note_day,
}
"""For each table, what returns the day of a row; None if it is not to be found."""


# After a change


def update_index(
    connection: Connection, changed_rows: Mapping[RowPlace, SearchedValues | None]
) -> bool:
    """Bring the index in step with the rows that were changed, given as they were before.

    Returns False if it is damaged, and so was left as it is: it is never a reason to lose a change.
    """
    earlier_rows, rows = _EarlierRows(connection, changed_rows), _Rows(connection)
    steps: list[tuple[int, str, str]] = []
    for table, id in _list_touched_rows(changed_rows, earlier_rows, rows):
        earlier_entry = _build_entry(earlier_rows, table, id)
        entry = _build_entry(rows, table, id)
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


def bring_index_in_step(
    connection: Connection, changed_rows: Mapping[RowPlace, SearchedValues | None]
) -> None:
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
    changed_rows: Mapping[RowPlace, SearchedValues | None],
    earlier_rows: _Rows,
    rows: _Rows,
) -> list[RowPlace]:
    """Return the rows whose entries may have changed: those changed, and those that hang on them.

    A conversation that moves to another day, or is hidden, takes along all that was said in it.
    """
    touched_rows = dict.fromkeys(changed_rows)
    for table, id in changed_rows:
        earlier_row, row = earlier_rows.get(table, id), rows.get(table, id)
        if table == "action_event":
            for event in filter(None, (earlier_row, row)):
                touched_rows["action", event["action_id"]] = None
            continue
        if _get_standing(table, earlier_row) == _get_standing(table, row):
            continue
        for other_table, column in _DEPENDENT_TABLES.get(table, ()):
            for state in (earlier_rows, rows):
                for other_row in state.find(other_table, column, id):
                    touched_rows[other_table, other_row["id"]] = None
    return list(touched_rows)


_DEPENDENT_TABLES = {
    "session": (("answer", "session_id"), ("slot", "session_id")),
    "action": (("action_event", "action_id"),),
    "goal": (("rating", "goal_id"),),
}


def _get_standing(table: str, row: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    """Return what decides whether, and under which day, the rows that hang on one are found."""
    if row is None:
        return None
    is_deleted = row.get("deleted_at") is not None
    if table == "session":
        return row["status"], row["held_on"], is_deleted
    return (is_deleted,)


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
    rows = _Rows(connection)
    places_by_day = _list_scattered_rows(connection)
    days = {row[0] for row in connection.execute(_SELECT_DAYS)}
    for day in sorted(days | places_by_day.keys()):
        places = places_by_day.get(day, [])
        try:
            entries = [*_list_day_entries(connection, day)]
        except _UNREADABLE:
            entries, places = [], [*places, *_list_day_places(connection, day)]
        except DriverError as error:
            if not is_decoding_error(error):
                raise
            entries, places = [], [*places, *_list_day_places(connection, day)]
        built_entries = (_build_entry(rows, *place) for place in places)
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


def _list_day_entries(connection: Connection, day: str) -> Iterator[IndexEntry]:
    """Yield the entries of one day but for the scattered ones."""
    for table, source in _ROWS_OF_DAY.items():
        names = ("id", *SEARCHED_COLUMNS[table])
        columns = ", ".join(f'{table}."{name}"' for name in names)
        first_number = number_entry(table, 0, date.fromisoformat(day))
        for values in connection.execute(f"SELECT {columns} FROM {source}", (day,)):
            words = _fold_row(table, dict(zip(names, values, strict=True)))
            if words and 0 < values[0] <= LARGEST_ID:
                yield IndexEntry(first_number + values[0], words)
