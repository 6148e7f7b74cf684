"""What an examination of the journal finds."""

from enum import StrEnum
from typing import Any, NamedTuple


class FindingKind(StrEnum):
    """What is wrong with a part of the journal."""

    FILE = "file"
    """SQLite cannot read its pages or indexes as they should be."""
    SCHEMA = "schema"
    STATE = "state"
    """What the journal says about itself is missing, or not as it was written."""
    ROW = "row"
    """A row is not as it was written."""
    MISSING_ROWS = "missing rows"
    EXTRA_ROWS = "extra rows"
    EARLIER_ROWS = "earlier rows"
    """Rows are as they were at an earlier time."""
    POINTER = "pointer"
    """A row points to another that is not there."""
    VALUE = "value"
    """A value is not of the kind that belongs in its place."""


class Finding(NamedTuple):
    """One thing that is wrong: where, as far as that is known, and how many rows it is about."""

    kind: FindingKind
    table: str | None = None
    key: tuple[Any, ...] | None = None
    row_count: int = 1
