"""What an examination of the journal finds, what it is about, and what a backup has there."""

from datetime import date
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
    LOST_CHANGES = "lost changes"
    """The head knows of changes that are not in the journal; `row_count` is their number."""


class Finding(NamedTuple):
    """One thing that is wrong: where, as far as that is known, and how many rows it is about."""

    kind: FindingKind
    table: str | None = None
    key: tuple[Any, ...] | None = None
    row_count: int = 1


class RowPlace(NamedTuple):
    """What a row belongs to, as far as the journal can still tell; words are not among it.

    Whether they are private is told by the same row, and that may be what is damaged. `people` are
    the names of the others in its conversation, or of whom it is about; `key` is that of the row.
    """

    table: str
    key: tuple[Any, ...] = ()
    session: int | None = None
    held_on: date | None = None
    people: tuple[str, ...] = ()
    action: int | None = None
    goal: int | None = None
    set: str | None = None
    pulse: int | None = None


class BackupRow(StrEnum):
    """What a backup has in the place of a row."""

    SAME = "the same as now"
    OTHER = "other"
    ABSENT = "not there"
    UNKNOWN = "unknown"
    """It is not about one row, or the backup cannot say."""


class LocatedFinding(NamedTuple):
    """A finding with what it belongs to, and what the newest good backup has in its place."""

    finding: Finding
    place: RowPlace | None = None
    backup: BackupRow = BackupRow.UNKNOWN


class GoodBackup(NamedTuple):
    """The newest backup in which nothing is damaged, and the day on which it was made."""

    path: str
    made_on: date


class JournalReport(NamedTuple):
    """What `check` found: nothing in `findings` where the journal is sound.

    `reason` is why it could not be opened as usual; None if it could. `is_moved` tells whether it
    is another journal than the one last changed here, `is_accepted` whether it is taken as it is
    from now on, `kept_log` where a log is kept of which something is lost. Of a journal without
    findings, no backup is looked for.
    """

    findings: tuple[LocatedFinding, ...] = ()
    row_count: int = 0
    table_count: int = 0
    backup: GoodBackup | None = None
    reason: str | None = None
    is_moved: bool = False
    is_accepted: bool = False
    kept_log: str | None = None
    is_acceptable: bool = False
    """Whether only the head, and what undo keeps, speaks against changing it as it is.

    A change to one that is damaged as well would be lost in it, or make the damage worse.
    """
