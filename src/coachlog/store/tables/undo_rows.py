"""The tables from which changes are taken back."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from coachlog.store.tables.base import AUTOINCREMENT, JsonText, TableRow


class UndoEntryRow(TableRow, table=True):
    """What one command changed. `event_ids` (JSON) are its lines in the audit log."""

    __tablename__ = "undo_entry"
    __table_args__ = AUTOINCREMENT

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    event_ids: str = Field(default="[]", sa_type=JsonText)
    undone_at: datetime | None = None
    row_sum: int | None = None


class UndoStepRow(TableRow, table=True):
    """Rows of one table, as they are to be put back, if they still are as they were left.

    `row_keys` (JSON) are the keys of the rows. `total` is what their sums have to add up to (modulo
    2 to the 56th), NULL where none of them is there. `old_values` (JSON) are, for each row, the
    values to put back by column, NULL where the rows are to be removed.
    """

    __tablename__ = "undo_step"
    __table_args__ = (Index("ix_undo_step_entry", "entry_id"), AUTOINCREMENT)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="undo_entry.id")
    table_name: str
    row_keys: str = Field(sa_type=JsonText)
    total: int | None = None
    old_values: str | None = Field(default=None, sa_type=JsonText)
    row_sum: int | None = None
