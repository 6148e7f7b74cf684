"""The table of recurrences: when a conversation comes back by itself."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.session_rows  # noqa: F401
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, TableRow


class RecurrenceRow(TableRow, table=True):
    """A day on which a conversation comes back: the length `after`, counted from its own day.

    It was held again in the session `again_id`, which may be deleted, or declined.
    """

    __tablename__ = "recurrence"
    __table_args__ = (
        Index("ix_recurrence_session", "session_id"),
        Index(
            "ix_recurrence_again", "again_id", sqlite_where=text("again_id IS NOT NULL")
        ),
        Index(
            "ix_recurrence_waiting",
            "back_on",
            sqlite_where=text("declined_on IS NULL"),
        ),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    session_id: int = Field(foreign_key="session.id")
    after: str
    back_on: date
    declined_on: date | None = None
    again_id: int | None = Field(default=None, foreign_key="session.id")
    row_sum: int | None = None
