"""The table of the audit log."""

from datetime import datetime

from sqlmodel import Field

from coachlog.store.tables.base import AUTOINCREMENT, TableRow


class AuditEventRow(TableRow, table=True):
    """One change: when, of what kind, to which row. Never a word that anyone wrote."""

    __tablename__ = "event"
    __table_args__ = AUTOINCREMENT

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    kind: str
    row_id: int | None = None
    row_sum: int | None = None
