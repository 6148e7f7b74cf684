"""The table of people."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from coachlog.model.people import Relationship
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import (
    AUTOINCREMENT,
    RHYTHM_CHECK,
    TableRow,
    build_enum_column,
)


class PersonRow(TableRow, table=True):
    """Someone the owner works with. The `slug` stays when the name changes.

    `added_on` and `archived_on` are local days; `created_at` and `archived_at` are moments in UTC.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(RHYTHM_CHECK, name="rhythm"), AUTOINCREMENT)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    name: str
    slug: str = Field(unique=True)
    relationship: Relationship = Field(
        sa_column=build_enum_column(Relationship, "relationship")
    )
    role: str | None = None
    team: str | None = None
    every_days: int | None = None
    created_at: datetime
    archived_at: datetime | None = None
    paused_until: date | None = None
    every_months: int | None = None
    added_on: date | None = None
    archived_on: date | None = None
    row_sum: int | None = None


class PersonHandleRow(TableRow, table=True):
    """A handle that finds somebody besides their own: that of a person merged with them.

    `uid` was that person's, by which rows from another journal still find their way.
    """

    __tablename__ = "person_handle"
    __table_args__ = (Index("ix_person_handle_person", "person_id"),)

    slug: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    uid: str = Field(unique=True)
    row_sum: int | None = None
