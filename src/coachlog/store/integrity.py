"""What SQLite itself finds in the pages, indexes and rows of a journal."""

import re
from collections.abc import Iterator

from coachlog.model.findings import Finding, FindingKind
from coachlog.store.connections import Connection

_INDEX_WORDS = (
    r"row \d+ (?:missing from|values differ from) index ",
    r"(?:wrong # of entries|non-unique entry) in index ",
    r"rowid not at end-of-record for row \d+ of index ",
)
_ROW_WORDS = (r"CHECK constraint failed in ", r"(?:NULL|NUMERIC|TEXT) value in ")


def list_integrity_findings(connection: Connection) -> Iterator[Finding]:
    """Yield the tables whose pages, indexes or rows are not as SQLite expects them.

    Raises a driver error if it cannot go on.
    """
    tables = dict(
        connection.execute("SELECT name, tbl_name FROM sqlite_schema").fetchall()
    )
    roots = dict(
        connection.execute("SELECT rootpage, tbl_name FROM sqlite_schema").fetchall()
    )
    for (words,) in connection.execute("PRAGMA integrity_check"):
        if words != "ok":
            table = _find_named_table(words, tables, roots)
            yield Finding(_judge_words(words) if table else FindingKind.FILE, table)


def is_of_readable_file(finding: Finding) -> bool:
    """Return whether SQLite can read and write all rows in spite of what it found."""
    return finding.kind is not FindingKind.FILE


def _judge_words(words: str) -> FindingKind:
    """Return what SQLite's words are about: an index, the values of a row, or the file itself."""
    if any(re.match(pattern, words) for pattern in _INDEX_WORDS):
        return FindingKind.INDEX
    if any(re.match(pattern, words) for pattern in _ROW_WORDS):
        return FindingKind.VALUE
    return FindingKind.FILE


def _find_named_table(
    words: str, tables: dict[str, str], roots: dict[int, str]
) -> str | None:
    """Return the table that SQLite says something about, by its name, its tree or an index."""
    tree = re.match(r"Tree (\d+) ", words)
    if tree:
        return roots.get(int(tree[1]))
    names = (name for name in re.split(r"[^\w]+", words) if name in tables)
    return tables.get(next(names, ""))
