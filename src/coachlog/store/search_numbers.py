"""How the entries of the index of `search` are numbered.

The number of an entry has the day of it, its table and the number of its row: the newest come first
without being sorted, a range of days is a range of numbers, and the row is found without a table in
between.
"""

from datetime import date

from coachlog.named_tuples import NamedTuple
from coachlog.store.search_schema import SEARCHED_COLUMNS

TABLE_CODES = {table: code for code, table in enumerate(SEARCHED_COLUMNS)}
"""The number of each table, which is part of stored numbers: new tables go to the end."""
_TABLES = list(SEARCHED_COLUMNS)

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
