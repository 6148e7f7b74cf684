"""What the index of `search` consists of, and how its entries are numbered.

The number of an entry has the day of it, its table and the number of its row: the newest come first
without being sorted, a range of days is a range of numbers, and the row is found without a table in
between.
"""

from datetime import date
from typing import NamedTuple

from coachlog.store.connections import DriverError

SEARCH_VERSION = 17
"""The first version of the schema that has the index."""
SEARCH_TABLE = "search"
SEARCH_SQL = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='ascii')"
)
"""The text of the one virtual table that is coachlog's; a test compares it with the migration."""

SEARCHED_COLUMNS: dict[str, tuple[str, ...]] = {
    "session": ("status", "title", "held_on", "deleted_at"),
    "slot": ("session_id", "issue"),
    "answer": ("session_id", "kind", "value"),
    "action": (
        *("what", "done_when", "support", "if_then"),
        *("created_at", "deleted_at"),
    ),
    "action_event": ("action_id", "kind", "on", "note"),
    "goal": ("title", "why", "success", "levels", "opened_on", "deleted_at"),
    "rating": ("goal_id", "on", "note"),
    "note": ("words", "link", "written_on"),
}
"""The tables whose words are found, each with the columns that its entries are made of."""
TABLE_CODES = {table: code for code, table in enumerate(SEARCHED_COLUMNS)}
"""The number of each table, which is part of stored numbers: new tables go to the end."""
_TABLES = list(SEARCHED_COLUMNS)

_DAMAGE_CODES = ("SQLITE_CORRUPT", "SQLITE_CONSTRAINT", "SQLITE_ERROR")

ID_BITS, TABLE_BITS = 36, 4
DAY_BITS = ID_BITS + TABLE_BITS
LARGEST_ID = (1 << ID_BITS) - 1
"""Rows with a higher number are not found: no journal comes near to so many."""


class EntryPlace(NamedTuple):
    """Which row an entry of the index is of, and its day."""

    table: str
    id: int
    on: date


def number_entry(table: str, id: int, on: date) -> int:
    """Return the number of the entry of a row."""
    return on.toordinal() << DAY_BITS | TABLE_CODES[table] << ID_BITS | id


def locate_entry(number: int) -> EntryPlace:
    """Return the row that the entry with this number is of."""
    code = number >> ID_BITS & (1 << TABLE_BITS) - 1
    day = date.fromordinal(number >> DAY_BITS)
    return EntryPlace(_TABLES[code], number & LARGEST_ID, day)


def is_search_table(name: str) -> bool:
    """Return whether a table is the index, or one of those in which FTS5 keeps it."""
    return name == SEARCH_TABLE or name.startswith(f"{SEARCH_TABLE}_")


def is_index_error(error: DriverError) -> bool:
    """Return whether an error of a statement about the index alone says that it is damaged."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(_DAMAGE_CODES)
