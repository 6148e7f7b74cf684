"""Has SQLite look whether the pages of a file fit together, and says which table a fault is in."""

import re
from collections.abc import Iterator

from coachlog.named_tuples import NamedTuple
from coachlog.store.connections import Connection, DriverError
from coachlog.store.search_schema import (
    SEARCH_TABLE,
    is_index_error,
    is_search_table,
)

_SOUND = "ok"


class PageFault(NamedTuple):
    """One thing that SQLite finds, in its words, and the table that it is in, if it says so."""

    words: str
    table: str | None


def list_page_faults(
    connection: Connection, check: str = "integrity_check"
) -> Iterator[PageFault]:
    """Yield what SQLite finds; `quick_check` does not compare indexes with their tables.

    What is wrong with a part of the index of `search` is said of the index. Raises a driver error.
    """
    tables = dict(
        connection.execute("SELECT name, tbl_name FROM sqlite_schema").fetchall()
    )
    roots = dict(
        connection.execute("SELECT rootpage, tbl_name FROM sqlite_schema").fetchall()
    )
    for words in _list_faults(connection, check, roots):
        table = _find_named_table(words, tables, roots)
        if table is not None and is_search_table(table):
            table = SEARCH_TABLE
        yield PageFault(words, table)


def _list_faults(
    connection: Connection, check: str, roots: dict[int, str]
) -> Iterator[str]:
    """Yield SQLite's words; where it cannot open the index of `search`, of each other table."""
    try:
        for (words,) in connection.execute(f"PRAGMA {check}"):
            if words != _SOUND:
                yield words
        return
    except DriverError as error:
        if not is_index_error(error):
            raise
    yield f"unable to open {SEARCH_TABLE}"
    # A virtual table has no page of its own.
    for table in sorted({name for root, name in roots.items() if root}):
        for (words,) in connection.execute(f'PRAGMA {check}("{table}")'):
            if words != _SOUND:
                yield words


def has_sound_pages(connection: Connection, check: str = "integrity_check") -> bool:
    """Return whether SQLite finds nothing wrong but with the index of `search`, if with anything.

    That can be made anew from the rest. Raises a driver error.
    """
    faults = list_page_faults(connection, check)
    return all(fault.table == SEARCH_TABLE for fault in faults)


def _find_named_table(
    words: str, tables: dict[str, str], roots: dict[int, str]
) -> str | None:
    """Return the table that SQLite says something about, by its name, its tree or an index."""
    tree = re.match(r"Tree (\d+) ", words)
    if tree:
        return roots.get(int(tree[1]))
    names = (name for name in re.split(r"[^\w]+", words) if name in tables)
    return tables.get(next(names, ""))
