"""What the entries of the index of `search` are made of: the words of a row, and its labels."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from coachlog.named_tuples import NamedTuple
from coachlog.rules.search_words import fold_words
from coachlog.store.connections import Connection, DriverError
from coachlog.store.failures import is_decoding_error
from coachlog.store.rows import UnreadableValue, parse_stored_json
from coachlog.store.search_labels import (
    label_person,
    label_table,
    label_tag,
    label_template,
)
from coachlog.store.search_numbers import LARGEST_ID, number_entry
from coachlog.store.search_schema import SEARCHED_COLUMNS, SESSION_LINKS

RowPlace = tuple[str, int]
"""The table of a row, and its number."""
ChangedRows = Mapping[tuple[str, Any], tuple[Any, ...] | None]
"""Rows that were changed, each by its table and its number, as `RowWatch.searched_rows` has them.

The values are those of `SEARCHED_COLUMNS` before the change; None for no row. In `SESSION_LINKS`
the two numbers of a row stand for its own.
"""
_MOST_KEPT_LABELS = 1_000


class IndexEntry(NamedTuple):
    """An entry of the index: its number, and the folded words of the row with its labels."""

    number: int
    words: str


class SearchedRows:
    """The rows that entries are built of, as they are now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._session_labels: dict[int, _SessionLabels] = {}

    def get(self, table: str, id: int) -> dict[str, Any] | None:
        """Return the row of a table with this number; None if there is none."""
        rows = self._select(("id", *SEARCHED_COLUMNS[table]), table, "id", id)
        return rows[0] if rows else None

    def find(
        self, table: str, column: str, value: int, *names: str
    ) -> list[dict[str, Any]]:
        """Return the rows of a table with a value in a column: their numbers, and those columns."""
        return self._select(("id", *names), table, column, value)

    def list_linked_ids(self, table: str, session_id: int) -> list[int]:
        """Return what a table of `SESSION_LINKS` links a conversation with."""
        rows = self._connection.execute(
            f"SELECT {SESSION_LINKS[table]} FROM {table} WHERE session_id = ?",
            (session_id,),
        )
        return [id for (id,) in rows]

    def label_session(self, id: int) -> "_SessionLabels":
        """Return the labels of a conversation; none if it is not there."""
        if id not in self._session_labels:
            if len(self._session_labels) >= _MOST_KEPT_LABELS:
                self._session_labels.clear()
            self._session_labels[id] = _build_session_labels(self, id)
        return self._session_labels[id]

    def _select(
        self, names: tuple[str, ...], table: str, column: str, value: int
    ) -> list[dict[str, Any]]:
        columns = ", ".join(f'"{name}"' for name in names)
        rows = self._connection.execute(
            f'SELECT {columns} FROM "{table}" WHERE "{column}" = ?', (value,)
        )
        return [dict(zip(names, row, strict=True)) for row in rows]


class EarlierRows(SearchedRows):
    """The rows as they were before a change, of which the values are known that it changed."""

    def __init__(self, connection: Connection, changed_rows: ChangedRows) -> None:
        super().__init__(connection)
        self._changed_rows = changed_rows
        self._changed_links: dict[tuple[str, int], dict[int, bool]] = {}
        """Of each table and conversation, whether it had a link that it has no more, or now has."""
        self._rows_by_table: dict[str, list[dict[str, Any]]] = {}
        self._rows_by_value: dict[tuple[str, str], dict[Any, list[dict[str, Any]]]] = {}
        for (table, id), values in changed_rows.items():
            if table in SESSION_LINKS:
                session_id, other_id = id
                links = self._changed_links.setdefault((table, session_id), {})
                links[other_id] = values is not None
            elif values is not None:
                row = dict(zip(SEARCHED_COLUMNS[table], values, strict=True))
                self._rows_by_table.setdefault(table, []).append({"id": id, **row})

    def list_linked_ids(self, table: str, session_id: int) -> list[int]:
        """Return what a table of `SESSION_LINKS` linked a conversation with."""
        links = dict.fromkeys(super().list_linked_ids(table, session_id), True)
        links |= self._changed_links.get((table, session_id), {})
        return [id for id, was_there in links.items() if was_there]

    def _select(
        self, names: tuple[str, ...], table: str, column: str, value: int
    ) -> list[dict[str, Any]]:
        rows = [
            row
            for row in super()._select(names, table, column, value)
            if (table, row["id"]) not in self._changed_rows
        ]
        return rows + self._find_changed_rows(table, column, value)

    def _find_changed_rows(
        self, table: str, column: str, value: int
    ) -> list[dict[str, Any]]:
        if (table, column) not in self._rows_by_value:
            rows_by_value: dict[Any, list[dict[str, Any]]] = {}
            for row in self._rows_by_table.get(table, []):
                rows_by_value.setdefault(row[column], []).append(row)
            self._rows_by_value[table, column] = rows_by_value
        return self._rows_by_value[table, column].get(value, [])


# What an entry is made of


@contextmanager
def guarding_values() -> Iterator[None]:
    """Raise `UnreadableValue` for whatever the block meets that its column does not hold."""
    try:
        yield
    except (TypeError, AttributeError, KeyError, ValueError):
        raise UnreadableValue from None
    except DriverError as error:
        if not is_decoding_error(error):
            raise
        raise UnreadableValue from None


def build_entry(rows: SearchedRows, table: str, id: int) -> IndexEntry | None:
    """Return the entry of a row; None if it is not there, or nothing in it is to be found.

    What cannot be read has none either: it is neither put in nor taken out.
    """
    if not 0 < id <= LARGEST_ID:
        return None
    try:
        with guarding_values():
            row = rows.get(table, id)
            day = _DAY_FINDERS[table](rows, row) if row else None
            words = list_entry_words(rows, table, row) if row and day else ""
    except UnreadableValue:
        return None
    return IndexEntry(number_entry(table, id, day), words) if words and day else None


def list_entry_words(rows: SearchedRows, table: str, row: Mapping[str, Any]) -> str:
    """Return the folded words of a row and then its labels, with blanks between them.

    Without words it has no labels either.
    """
    texts = _list_searched_texts(table, row)
    words = [word for text in texts for word in fold_words(text)]
    return " ".join([*words, *_label_row(rows, table, row)]) if words else ""


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


# Its labels


class _SessionLabels(NamedTuple):
    """The labels of a conversation: those of the people, and those of its template and tags."""

    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def _build_session_labels(rows: SearchedRows, id: int) -> _SessionLabels:
    session = rows.get("session", id)
    if session is None:
        return _SessionLabels()
    people = [session["person_id"], *rows.list_linked_ids("session_person", id)]
    tags = map(label_tag, rows.list_linked_ids("session_tag", id))
    template = session["template"]
    return _SessionLabels(
        _label_people(people),
        (*([label_template(template)] if template else []), *tags),
    )


def _label_people(ids: Iterable[int | None]) -> tuple[str, ...]:
    return tuple(label_person(id) for id in dict.fromkeys(ids) if id is not None)


def _label_row(rows: SearchedRows, table: str, row: Mapping[str, Any]) -> Iterator[str]:
    # Nearly all entries are answers: that an entry is one narrows nothing.
    if table != "answer":
        yield label_table(table)
    yield from _ROW_LABELS[table](rows, row)


def _label_talk(rows: SearchedRows, row: Mapping[str, Any]) -> Iterator[str]:
    labels = rows.label_session(row["id"])
    yield from labels.people
    yield from labels.others


def _label_part_of_talk(rows: SearchedRows, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _label_talk(rows, {"id": row["session_id"]})


def _label_action(rows: SearchedRows, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _label_people([row["person_id"], row["owner_id"]])
    if row["session_id"] is not None:
        yield from rows.label_session(row["session_id"]).others


def _label_event(rows: SearchedRows, row: Mapping[str, Any]) -> Iterator[str]:
    action = rows.get("action", row["action_id"])
    if action is not None:
        yield from _label_action(rows, action)


def _label_row_of_person(_rows: SearchedRows, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _label_people([row["person_id"]])


def _label_rating(rows: SearchedRows, row: Mapping[str, Any]) -> Iterator[str]:
    goal = rows.get("goal", row["goal_id"])
    if goal is not None:
        yield from _label_row_of_person(rows, goal)


_ROW_LABELS = {
    "session": _label_talk,
    "slot": _label_part_of_talk,
    "answer": _label_part_of_talk,
    "action": _label_action,
    "action_event": _label_event,
    "goal": _label_row_of_person,
    "rating": _label_rating,
    "note": _label_row_of_person,
}
"""For each table, what yields the labels of a row but for that of the table."""


# Its day


def _find_session_day(_rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
    if row["status"] != "held" or row["deleted_at"] is not None:
        return None
    return date.fromisoformat(row["held_on"])


def _find_day_in_session(rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
    session = rows.get("session", row["session_id"])
    return None if session is None else _find_session_day(rows, session)


def _find_action_day(rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
    if row["deleted_at"] is not None:
        return None
    for event in rows.find("action_event", "action_id", row["id"], "kind", "on"):
        if event["kind"] == "made":
            return date.fromisoformat(event["on"])
    return date.fromisoformat(row["created_at"][:10])


def _find_event_day(rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
    action = rows.get("action", row["action_id"])
    if not row["note"] or action is None or action["deleted_at"] is not None:
        return None
    return date.fromisoformat(row["on"])


def _find_goal_day(_rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["opened_on"]) if row["deleted_at"] is None else None


def _find_rating_day(rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
    goal = rows.get("goal", row["goal_id"])
    if not row["note"] or goal is None or goal["deleted_at"] is not None:
        return None
    return date.fromisoformat(row["on"])


def _find_note_day(_rows: SearchedRows, row: Mapping[str, Any]) -> date | None:
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
