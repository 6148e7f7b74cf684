"""What SQLite itself finds in the pages, indexes and rows of a journal."""

import re
from collections.abc import Iterator

from coachlog.model.findings import Finding, FindingKind
from coachlog.store.connections import Connection
from coachlog.store.page_checks import list_page_faults
from coachlog.store.row_checks import is_about_search
from coachlog.store.search_schema import SEARCH_TABLE

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
    for words, table in list_page_faults(connection):
        is_of_rows = table is not None and table != SEARCH_TABLE
        yield Finding(_judge_words(words) if is_of_rows else FindingKind.FILE, table)


def is_of_readable_file(finding: Finding) -> bool:
    """Return whether SQLite can read and write all rows in spite of what it found."""
    return finding.kind is not FindingKind.FILE or is_about_search(finding)


def _judge_words(words: str) -> FindingKind:
    """Return what SQLite's words are about: an index, the values of a row, or the file itself."""
    if any(re.match(pattern, words) for pattern in _INDEX_WORDS):
        return FindingKind.INDEX
    if any(re.match(pattern, words) for pattern in _ROW_WORDS):
        return FindingKind.VALUE
    return FindingKind.FILE
