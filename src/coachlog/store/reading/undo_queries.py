"""Queries of what can be taken back, and of what has been taken back last."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from coachlog.model.undo import UndoChange, UndoEntry
from coachlog.named_tuples import NamedTuple
from coachlog.store.database import Connection
from coachlog.store.row_store import format_stored_value
from coachlog.store.rows import parse_stored_moment
from coachlog.store.undo_log import LONGEST_REACH
from coachlog.text import clean_line

_SELECT_ENTRIES = "SELECT id, at, undone_at, event_ids FROM undo_entry"


class _Subject(NamedTuple):
    """Where the words of a thing are: its table, their column, and a query of whose it is."""

    table: str
    words: str | None = None
    person: str = "SELECT person.name FROM person WHERE person.id = :person_id"
    private: str | None = "private"


_ALWAYS_PRIVATE = None
_NOBODY = "SELECT NULL"
_OWN_NAME = "setting.me"
_SUBJECTS = {
    "action": _Subject("action", "what"),
    "benefit": _Subject("benefit", "what", person=_NOBODY, private=_ALWAYS_PRIVATE),
    "encounter": _Subject("encounter"),
    "goal": _Subject("goal", "title"),
    "note": _Subject("note", "words", private=_ALWAYS_PRIVATE),
    "person": _Subject("person", person="SELECT :name"),
    "session": _Subject(
        "session",
        person="SELECT coalesce((SELECT learning_set.name FROM meeting JOIN learning_set "
        "ON learning_set.id = meeting.set_id WHERE meeting.session_id = :id), "
        "(SELECT group_concat(name, ' and ') FROM (SELECT name FROM person "
        "WHERE id = :person_id OR id IN (SELECT person_id FROM session_person "
        "WHERE session_id = :id) ORDER BY id = :person_id DESC)))",
    ),
    "set": _Subject("learning_set", person="SELECT :name"),
    "story": _Subject("worth_story", "before", person=_NOBODY, private=_ALWAYS_PRIVATE),
}
"""What is shown of the things that a command changes, by the first part of the kind of change."""


def read_undo_entries(
    db: Connection, now: datetime, *, limit: int | None = None
) -> list[UndoEntry]:
    """Return what can be taken back or brought back, the newest first; `limit` at most."""
    rows = db.execute(
        f"{_SELECT_ENTRIES} WHERE at >= ? ORDER BY id DESC LIMIT ?",
        (format_stored_value(now - LONGEST_REACH), -1 if limit is None else limit),
    ).fetchall()
    reader = _EntryReader(db)
    return [reader.read(row) for row in rows]


def count_undo_entries(db: Connection, now: datetime) -> int:
    """Return how many entries can be taken back or brought back."""
    (count,) = db.execute(
        "SELECT count(*) FROM undo_entry WHERE at >= ?",
        (format_stored_value(now - LONGEST_REACH),),
    ).fetchone()
    return int(count)


def read_undo_entry(db: Connection, id: int) -> UndoEntry:
    """Return one entry, which is there."""
    row = db.execute(f"{_SELECT_ENTRIES} WHERE id = ?", (id,)).fetchone()
    return _EntryReader(db).read(row)


def is_new_from_backup(db: Connection) -> bool:
    """Return whether nothing that `undo` keeps was done since a backup was restored."""
    row = db.execute(
        "SELECT 1 FROM event WHERE kind = 'journal.restored' AND at >= coalesce((SELECT max(at) "
        "FROM undo_entry), '')"
    ).fetchone()
    return row is not None


def is_draft(db: Connection, session_id: int) -> bool:
    """Return whether a conversation is a draft."""
    row = db.execute(
        "SELECT 1 FROM draft WHERE session_id = ?", (session_id,)
    ).fetchone()
    return row is not None


def read_draft_newcomers(db: Connection, session_id: int) -> list[str]:
    """Return the names of those with whom a draft is, and who came into the journal with it."""
    rows = db.execute(
        "SELECT person.name FROM session JOIN person ON person.id = session.person_id "
        "OR person.id IN (SELECT person_id FROM session_person WHERE session_id = session.id) "
        "WHERE session.id = ? AND person.created_at >= session.created_at ORDER BY person.id",
        (session_id,),
    )
    return [clean_line(name) for (name,) in rows]


class _EntryReader:
    """Reads entries; what several of them are about is read once."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._rows: dict[tuple[str, int], dict[str, Any] | None] = {}
        self._people: dict[tuple[str, object, object], str | None] = {}

    def read(self, row: tuple[Any, ...]) -> UndoEntry:
        """Return the entry that a row of `undo_entry` holds."""
        id, at, undone_at, event_ids = row
        return UndoEntry(
            id=id,
            at=parse_stored_moment(at),
            taken_back=undone_at is not None,
            changes=tuple(self._list_changes(id, event_ids)),
        )

    def _list_changes(self, entry_id: int, event_ids: str) -> Iterator[UndoChange]:
        """Yield what a command did, each kind once, in the order in which it came first."""
        events = self._db.execute(
            "SELECT event.kind, event.row_id FROM event "
            "WHERE event.id IN (SELECT value FROM json_each(?)) ORDER BY event.id",
            (event_ids,),
        ).fetchall()
        numbers_by_kind: dict[str, dict[int, None]] = {}
        for kind, row_id in events:
            numbers = numbers_by_kind.setdefault(kind, {})
            if row_id is not None:
                numbers[row_id] = None
        for kind, numbers in numbers_by_kind.items():
            yield self._build_change(entry_id, kind, tuple(numbers))

    def _build_change(
        self, entry_id: int, kind: str, numbers: tuple[int, ...]
    ) -> UndoChange:
        if kind == _OWN_NAME:
            return UndoChange(kind, numbers, self._read_own_name(entry_id))
        others = tuple(self._list_others(entry_id, kind, numbers))
        subject = _SUBJECTS.get(kind.partition(".")[0])
        if subject is None or len(numbers) != 1:
            return UndoChange(kind, numbers, others=others)
        fields = self._read_row_fields(entry_id, subject.table, numbers[0])
        if fields is None:
            return UndoChange(kind, numbers, others=others)
        words, is_private = None, False
        if subject.words is not None:
            words = fields.get(subject.words)
            is_private = subject.private is None or bool(
                fields.get(subject.private, True)
            )
        person = self._read_person(subject.person, fields)
        return UndoChange(kind, numbers, words, is_private, person, others)

    def _read_own_name(self, entry_id: int) -> str | None:
        """Return the owner's name as an entry left it: it is as the next one found it, or is now.

        Where the entry itself was taken back, it holds the name.
        """
        row = self._db.execute(
            "SELECT json_extract(old_values, '$[0].value') FROM undo_step "
            "JOIN undo_entry ON undo_entry.id = entry_id WHERE table_name = 'setting' "
            "AND CASE WHEN entry_id = ?1 THEN undone_at IS NOT NULL "
            "ELSE entry_id > ?1 AND undone_at IS NULL END ORDER BY entry_id, undo_step.id",
            (entry_id,),
        ).fetchone()
        row = (
            row
            or self._db.execute("SELECT value FROM setting WHERE key = 'me'").fetchone()
        )
        return row[0] if row else None

    def _list_others(
        self, entry_id: int, kind: str, numbers: tuple[int, ...]
    ) -> Iterator[str]:
        """Yield the names of who else a change is about, as `UndoChange.others` says."""
        for id in dict.fromkeys(self._list_other_people(entry_id, kind, numbers)):
            if id is None:
                yield "you"
            elif fields := self._read_row_fields(entry_id, "person", id):
                yield fields["name"]

    def _list_other_people(
        self, entry_id: int, kind: str, numbers: tuple[int, ...]
    ) -> list[int | None]:
        """Return the numbers of who else a change is about; None is the owner."""
        if kind == "person.merged":
            keys = self._list_step_keys(entry_id, "person")
            return [key for key in keys if key not in numbers]
        if kind in ("set.joined", "set.left"):
            is_updated = kind == "set.left"
            keys = self._list_step_keys(entry_id, "set_member", is_updated=is_updated)
            return self._list_people_of_rows(entry_id, "set_member", keys)
        if len(numbers) > 1 and kind.startswith("encounter."):
            return self._list_people_of_rows(entry_id, "encounter", numbers)
        if len(numbers) > 1 and kind.startswith("person."):
            return list(numbers)
        return []

    def _list_people_of_rows(
        self, entry_id: int, table: str, keys: Iterable[int]
    ) -> list[int | None]:
        rows = [self._read_row_fields(entry_id, table, key) for key in keys]
        return [row["person_id"] for row in rows if row]

    def _list_step_keys(
        self, entry_id: int, table: str, *, is_updated: bool | None = None
    ) -> list[int]:
        """Return the numbers of the rows of a table that an entry added, removed or updated."""
        steps = self._db.execute(
            "SELECT row_keys, total IS NOT NULL AND old_values IS NOT NULL FROM undo_step "
            "WHERE entry_id = ? AND table_name = ? ORDER BY id",
            (entry_id, table),
        )
        return [
            key
            for row_keys, was_updated in steps
            if is_updated is None or is_updated == bool(was_updated)
            for (key,) in json.loads(row_keys)
        ]

    def _read_person(self, statement: str, fields: dict[str, Any]) -> str | None:
        parameters = _Parameters(fields)
        key = statement, parameters["person_id"], None
        if ":id" in statement or ":name" in statement:
            key = statement, parameters["id"], parameters["name"]
        if key not in self._people:
            row = self._db.execute(statement, parameters).fetchone()
            self._people[key] = row[0] if row else None
        return self._people[key]

    def _read_row_fields(
        self, entry_id: int, table: str, number: int
    ) -> dict[str, Any] | None:
        """Return the columns of a row as it is, or as it was kept; None if nothing has it."""
        if (table, number) not in self._rows:
            cursor = self._db.execute(
                f'SELECT * FROM "{table}" WHERE id = ?', (number,)
            )
            row = cursor.fetchone()
            names = [column[0] for column in cursor.description]
            fields = dict(zip(names, row, strict=True)) if row else None
            self._rows[table, number] = fields
        return self._rows[table, number] or _read_kept_fields(
            self._db, entry_id, table, number
        )


class _Parameters(dict[str, Any]):
    """The columns of a row as parameters; of one that it does not have, None."""

    def __missing__(self, key: str) -> None:
        return None


def _read_kept_fields(
    db: Connection, entry_id: int, table: str, number: int
) -> dict[str, Any] | None:
    """Return the columns of a row that is gone as an entry keeps it, or else another; or None."""
    steps = db.execute(
        "SELECT row_keys, old_values FROM undo_step "
        "WHERE table_name = ? AND old_values IS NOT NULL AND total IS NULL "
        "ORDER BY entry_id <> ?, id",
        (table, entry_id),
    )
    for row_keys, old_values in steps:
        keys = json.loads(row_keys)
        if [number] in keys:
            fields: dict[str, Any] = json.loads(old_values)[keys.index([number])]
            return fields
    return None
