"""What an examination of the journal finds, what it is about, and what a backup has there."""

from datetime import date
from enum import StrEnum
from typing import Any

from coachlog.named_tuples import NamedTuple


class FindingKind(StrEnum):
    """What is wrong with a part of the journal."""

    FILE = "file"
    """SQLite cannot read its pages or indexes as they should be."""
    INDEX = "index"
    """An index does not fit the rows of its table."""
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
    workshop: int | None = None


class BackupRow(StrEnum):
    """What a backup has in the place of a row."""

    SAME = "the same as now"
    AS_WRITTEN = "as it was written"
    """It has the row as it was last written: the sum tells."""
    OTHER = "other"
    """It has the row as it was before a later change, as far as that can be told."""
    ABSENT = "not there"
    UNKNOWN = "unknown"
    """It is not about one row, or the backup cannot say."""


class ColumnDifference(NamedTuple):
    """A column in which a backup has something else than the journal.

    The values are there only where they may be said (`is_shown`): no words are. Something that
    `is_odd` in the journal is not what the column holds, and not said either. Of words,
    `differing_count` and `character_count` tell how many characters differ, where they are of the
    same length.
    """

    column: str
    is_shown: bool = False
    present: int | str | None = None
    kept: int | str | None = None
    is_odd: bool = False
    differing_count: int | None = None
    character_count: int | None = None


class ColumnValue(NamedTuple):
    """What a row of the journal has in a column; None where those are words (`is_shown`: no)."""

    column: str
    is_shown: bool = False
    value: int | str | None = None


class KeptRow(NamedTuple):
    """A row that a backup has and the journal lacks; `is_certain` if the total lacks just that."""

    place: RowPlace
    is_certain: bool


class Remedy(StrEnum):
    """What can be done about a finding."""

    PUT_BACK = "put back"
    """The newest good backup has what was written last."""
    OFFER = "offer"
    """The backup has an earlier state of it: only a person can tell whether that will do."""
    RENEW = "renew"
    """It is worked out from the rest, and can be made anew."""
    LET_GO = "let go"
    """It refers to what is not there, and means nothing without it."""
    UNLINK = "unlink"
    """It refers to what is not there, and can be kept without that reference."""
    ACCEPT = "accept"
    """It can only be taken as it is."""
    HEAD = "accept all"
    """The journal as a whole can be taken as it is."""
    RESTORE = "restore"
    """A backup can be put in the journal's place; nothing less helps."""


class LocatedFinding(NamedTuple):
    """A finding: what it belongs to, what the newest good backup has there, and what helps.

    `differences` are the columns in which a row differs from the backup, `kept_rows` those that the
    backup has where rows are missing. `is_acceptable` if it can be taken as it is; where no backup
    tells what differs, `values` are what would be taken. Of a row that refers to one that is not
    there, `lost` is the table and the key of that one; where rows are missing, `hanging` are the
    rows that refer to them, and that no backup row helps. `deleted_at` is the moment, as
    it is stored, at which a row was deleted by the audit log that is not deleted in the backup.
    """

    finding: Finding
    place: RowPlace | None = None
    backup: BackupRow = BackupRow.UNKNOWN
    differences: tuple[ColumnDifference, ...] = ()
    kept_rows: tuple[KeptRow, ...] = ()
    remedy: Remedy = Remedy.RESTORE
    is_acceptable: bool = False
    values: tuple[ColumnValue, ...] = ()
    lost: tuple[str, Any] | None = None
    deleted_at: str | None = None
    hanging: tuple[RowPlace, ...] = ()


class GoodBackup(NamedTuple):
    """The newest backup in which nothing is damaged, and the day on which it was made.

    `restore_command` puts it in the journal's place.
    """

    path: str
    made_on: date
    restore_command: str = "coachlog backup restore"


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
