"""What was changed when; never a word of it."""

from datetime import datetime

from sqlmodel import Field

from coachlog.store.tables.base import AUTOINCREMENT, TableRow


class AuditEventRow(TableRow, table=True):
    """The audit log: when, what kind, which row. Never a word that anyone wrote."""

    __tablename__ = "event"
    __table_args__ = AUTOINCREMENT

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    kind: str
    row_id: int | None = None
