"""What the index of `search` holds, and what it should hold."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coachlog.store.search_index import list_entries

VOCABULARY = (
    "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search', 'instance')"
)


def read_index(path: Path) -> list[tuple[Any, ...]]:
    """Return each word of the index with the entry and the place that it is in."""
    with closing(dbapi2.connect(path, isolation_level=None)) as db:
        db.execute(VOCABULARY)
        db.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        return sorted(db.execute("SELECT doc, offset, term FROM temp.terms"))


def build_index(path: Path) -> list[tuple[Any, ...]]:
    """Return what the index would be if it were made anew."""
    with closing(dbapi2.connect(path)) as db:
        return sorted(
            (entry.number, place, word)
            for entry in list_entries(db)
            for place, word in enumerate(entry.words.split())
        )


def assert_in_step(path: Path) -> None:
    assert read_index(path) == build_index(path)
