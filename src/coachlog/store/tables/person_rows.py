"""The people of the journal."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from coachlog.model import (
    Relationship,
)
from coachlog.store.tables.base import NUMBERED, RHYTHM, Row, by_value, new_uid


class PersonRow(Row, table=True):
    __tablename__ = "person"
    __table_args__ = (CheckConstraint(RHYTHM, name="rhythm"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    name: str
    slug: str = Field(unique=True)
    relationship: Relationship = Field(sa_column=by_value(Relationship, "relationship"))
    role: str | None = None
    team: str | None = None
    every_days: int | None = None
    created_at: datetime
    archived_at: datetime | None = None
    paused_until: date | None = None
    every_months: int | None = None
