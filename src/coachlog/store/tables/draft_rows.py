"""The tables of conversations under way: their answers, and any half-typed one."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.session_rows  # noqa: F401
from coachlog.store.tables.base import AUTOINCREMENT, JsonText, TableRow


class DraftRow(TableRow, table=True):
    """A session that was started: its template's text then, and the answer being typed.

    `token` belongs to the window that is writing; a second window takes the draft over.
    """

    __tablename__ = "draft"

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    template_text: str = Field(sa_type=Text)
    token: str
    tags: str = Field(default="[]", sa_type=JsonText)
    half_key: str | None = None
    half_text: str | None = Field(default=None, sa_type=Text)
    updated_at: datetime
    row_sum: int | None = None


class DraftStepRow(TableRow, table=True):
    """One question answered in a draft; `value` is JSON, null when it was skipped."""

    __tablename__ = "draft_step"
    __table_args__ = (
        Index("ix_draft_step_key", "session_id", "key", unique=True),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="draft.session_id")
    key: str
    value: str = Field(sa_type=JsonText)
    row_sum: int | None = None
