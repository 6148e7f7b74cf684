"""The words of the index of `search`, read as a table, and whether they are as many as there were.

The table is the connection's own: nothing in the journal is changed by it.
"""

from collections.abc import Iterator

from coachlog.store.connections import Connection, DriverError
from coachlog.store.search_schema import is_index_error

VOCABULARY = "temp.search_word"
_MORE_BYTES = 0x80


def open_vocabulary(connection: Connection) -> None:
    """Let the connection read `VOCABULARY`: each `term`, and how often it is there as `cnt`.

    Raises a driver error if the index cannot be opened.
    """
    (is_query_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only=OFF")
    try:
        connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {VOCABULARY} "
            "USING fts5vocab('main', 'search', 'row')"
        )
    finally:
        connection.execute(f"PRAGMA query_only={is_query_only}")


def has_all_words(connection: Connection) -> bool:
    """Return whether the index has as many words as were put into it.

    SQLite's own check finds no fault in an index that has lost some. Raises a driver error.
    """
    try:
        open_vocabulary(connection)
        (word_count,) = connection.execute(
            f"SELECT coalesce(sum(cnt), 0) FROM {VOCABULARY}"
        ).fetchone()
        sizes = connection.execute("SELECT sz FROM search_docsize")
        return bool(word_count == sum(_decode_size(size) for (size,) in sizes))
    except (TypeError, ValueError):
        return False
    except DriverError as error:
        if not is_index_error(error):
            raise
        return False


def _decode_size(size: bytes) -> int:
    """Return the number of words of an entry from SQLite's variable-length integer."""
    number = 0
    for byte in _list_used_bytes(size):
        number = number << 7 | byte & ~_MORE_BYTES
    return number


def _list_used_bytes(size: bytes) -> Iterator[int]:
    for byte in size:
        yield byte
        if not byte & _MORE_BYTES:
            return
    raise ValueError
