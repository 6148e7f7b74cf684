"""What differs between two journals: which people, conversations and promises, and what else.

Things are known by their uid. What belongs to one, such as the answers of a conversation, is part
of it; what was deleted, and so is in no list, counts as gone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coachlog.model.backups import RestoredChange, RestoreDifference, RestoredThing
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.store.connections import Connection, attach_file, open_file
from coachlog.store.rows import parse_stored_date

_PRESENT, _RESTORED = "present", "main"
"""The names of two journals on one connection: the one in use, and the one to restore."""

_SUM_COLUMN = "row_sum"


class _Kind(NamedTuple):
    """A kind of thing: its table, which rows are in lists, and how one is read.

    `parts` are tables with the column in which each has the number of the thing. `columns` are
    words, somebody's number, a day, whether it is private, its state, and the day it is due.
    """

    name: str
    table: str
    is_listed: str
    columns: str
    parts: tuple[tuple[str, str], ...]


_KINDS = (
    _Kind(
        "people",
        "person",
        "1",
        "name, NULL, NULL, 0, iif(archived_at IS NULL, 'current', 'archived'), NULL",
        (("person_handle", "person_id"),),
    ),
    _Kind(
        "conversations",
        "session",
        "deleted_at IS NULL",
        "title, person_id, held_on, 0, status, NULL",
        (
            *(("answer", "session_id"), ("session_tag", "session_id")),
            *(("session_person", "session_id"), ("meeting", "session_id")),
            *(("participant", "session_id"), ("slot", "session_id")),
            *(("draft", "session_id"), ("draft_step", "session_id")),
        ),
    ),
    _Kind(
        "promises",
        "action",
        "deleted_at IS NULL",
        "what, person_id, NULL, private, status, due",
        (("action_event", "action_id"), ("set_action", "action_id")),
    ),
)
_OTHER_TABLES = {
    "goals": ("goal", "goal_action", "rating"),
    "notes": ("note",),
    "meetings without a conversation": ("encounter",),
    "sets": ("learning_set", "set_member", "set_support", "set_check_in"),
    "tags": ("tag",),
    "what the programme was worth": ("benefit", "worth_story"),
    "conversations that come back": ("recurrence",),
    "your own name and settings in the journal": ("setting",),
}
"""What else can differ, in words, with its tables."""


class JournalDifferences(NamedTuple):
    """What would change if one journal took the place of another; `others` is the rest in words."""

    differences: tuple[RestoreDifference, ...]
    others: tuple[str, ...]

    @property
    def are_none(self) -> bool:
        """Return whether nothing would change."""
        changes = [each.back + each.gone + each.different for each in self.differences]
        return not (self.others or any(changes))


def compare_journals(present: Path, restored: Path) -> JournalDifferences:
    """Return what would change if `restored` took the place of the `present` journal.

    Both are of the newest schema. Private words are veiled. Raises a driver error.
    """
    with _open_both(present, restored) as connection:
        differences = tuple(_compare_kind(connection, kind) for kind in _KINDS)
        others = tuple(
            words
            for words, tables in _OTHER_TABLES.items()
            if any(_differs(connection, table) for table in tables)
        )
    return JournalDifferences(differences, others)


@contextmanager
def _open_both(present: Path, restored: Path) -> Iterator[Connection]:
    with open_file(restored, "ro") as connection:
        attach_file(connection, present, _PRESENT)
        connection.execute("BEGIN")
        yield connection


def _compare_kind(connection: Connection, kind: _Kind) -> RestoreDifference:
    present = _read_things(connection, kind, _PRESENT)
    restored = _read_things(connection, kind, _RESTORED)
    changed_uids = _list_changed_keys(connection, kind.table, ("uid",))
    changed_ids = {
        owner
        for table, column in kind.parts
        for owner in _list_changed_owners(connection, table, column)
    }

    def is_different(uid: str, thing: RestoredThing) -> bool:
        return (uid,) in changed_uids or thing.id in changed_ids

    return _compare_things(kind.name, present, restored, is_different)


def _compare_things(
    name: str,
    present: dict[str, RestoredThing],
    restored: dict[str, RestoredThing],
    is_different: Callable[[str, RestoredThing], bool],
) -> RestoreDifference:
    """Return how two sets of things by uid differ."""
    return RestoreDifference(
        name,
        back=tuple(restored[uid] for uid in restored if uid not in present),
        gone=tuple(present[uid] for uid in present if uid not in restored),
        different=tuple(
            RestoredChange(_veil_either(thing, restored[uid]), restored[uid])
            for uid, thing in present.items()
            if uid in restored and is_different(uid, thing)
        ),
    )


def _veil_either(present: RestoredThing, restored: RestoredThing) -> RestoredThing:
    """Return a thing as it is now, without its words if it is private in either journal."""
    return restored if restored.private else present


def _read_things(
    connection: Connection, kind: _Kind, journal: str
) -> dict[str, RestoredThing]:
    """Return the things of a kind by uid."""
    names = dict(connection.execute(f"SELECT id, name FROM {journal}.person"))
    rows = connection.execute(
        f"SELECT uid, id, {kind.columns} FROM {journal}.{kind.table} "
        f"WHERE {kind.is_listed} ORDER BY id"
    )
    return {
        uid: RestoredThing(
            id,
            disclosure.veil_everyday_words(words, private=bool(private)),
            names.get(person_id),
            parse_stored_date(day),
            bool(private),
            state,
            parse_stored_date(due),
        )
        for uid, id, words, person_id, day, private, state, due in rows
    }


def _list_changed_owners(
    connection: Connection, table: str, column: str
) -> Iterator[Any]:
    """Yield the numbers in a column of every row that is not the same in both journals."""
    keys = _list_key_columns(connection, table)
    columns = _list_columns(connection, table)
    for one, other in ((_PRESENT, _RESTORED), (_RESTORED, _PRESENT)):
        rows = connection.execute(
            f"SELECT one.{column} FROM {one}.{table} AS one "
            f"LEFT JOIN {other}.{table} AS other ON {_join_on(keys)} "
            f"WHERE {_is_missing_or_different(keys, columns)}"
        )
        for (owner,) in rows:
            yield owner


def _list_changed_keys(
    connection: Connection, table: str, keys: Sequence[str]
) -> set[tuple[Any, ...]]:
    """Return the keys of the rows that are in both journals, and not the same."""
    columns = [name for name in _list_columns(connection, table) if name != "id"]
    rows = connection.execute(
        f"SELECT {', '.join(f'one.{key}' for key in keys)} FROM {_PRESENT}.{table} AS one "
        f"JOIN {_RESTORED}.{table} AS other ON {_join_on(keys)} "
        f"WHERE {_is_different(columns)}"
    )
    return set(rows)


def _differs(connection: Connection, table: str) -> bool:
    first_key = _list_key_columns(connection, table)[0]
    changed_owners = _list_changed_owners(connection, table, first_key)
    return next(changed_owners, None) is not None


def _join_on(keys: Sequence[str]) -> str:
    return " AND ".join(f'other."{key}" = one."{key}"' for key in keys)


def _is_different(columns: Sequence[str]) -> str:
    one = ", ".join(f'one."{name}"' for name in columns)
    other = ", ".join(f'other."{name}"' for name in columns)
    return f"({one}) IS NOT ({other})"


def _is_missing_or_different(keys: Sequence[str], columns: Sequence[str]) -> str:
    return f'other."{keys[0]}" IS NULL OR {_is_different(columns)}'


def _list_columns(connection: Connection, table: str) -> list[str]:
    """Return the columns in which something is recorded."""
    rows = connection.execute(f"PRAGMA {_RESTORED}.table_info({table})")
    return [row[1] for row in rows if row[1] != _SUM_COLUMN]


def _list_key_columns(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA {_RESTORED}.table_info({table})")
    return [name for _, name, _, _, _, place in rows if place]
