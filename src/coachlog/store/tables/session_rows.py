"""The tables of sessions and of the people in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.person_rows  # noqa: F401
from coachlog.model.sessions import SessionStatus
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import (
    AUTOINCREMENT,
    TableRow,
    build_enum_column,
)


class SessionRow(TableRow, table=True):
    """One conversation. `held_on` is the local day in `zone`; other times are moments in UTC.

    `of_three` is set where somebody else was there besides the person it is filed under.
    """

    __tablename__ = "session"
    __table_args__ = (
        Index(
            "ix_session_held", "held_on", "id", sqlite_where=text("deleted_at IS NULL")
        ),
        Index(
            "ix_session_person",
            "person_id",
            "status",
            "held_on",
            "id",
            "minutes",
            "cancelled_by",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_session_deleted",
            "held_on",
            "id",
            sqlite_where=text("deleted_at IS NOT NULL"),
        ),
        Index("ix_session_of_three", "person_id", sqlite_where=text("of_three = 1")),
        CheckConstraint("cancelled_by IN ('me', 'them')", name="cancelled_by"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    status: SessionStatus = Field(sa_column=build_enum_column(SessionStatus, "status"))
    template: str
    title: str
    template_hash: str
    held_on: date
    zone: str
    minutes: int | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    cancelled_by: str | None = Field(default=None, sa_type=String(16))
    of_three: bool | None = None
    row_sum: int | None = None


class SessionPersonRow(TableRow, table=True):
    """Someone else in a conversation, besides the person it is filed under."""

    __tablename__ = "session_person"
    __table_args__ = (Index("ix_session_person_person", "person_id"),)

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    row_sum: int | None = None
