"""The tables of the pulse. None has a moment beside a reply, and rows have no order of arrival."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from coachlog.store.tables.base import AUTOINCREMENT, TableRow, generate_uid

WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""Rows lie by their key: a hidden number would tell which came first."""


class PulseRow(TableRow, table=True):
    """Two statements for the team, as JSON; `tag` and `secret` make and check its codes."""

    __tablename__ = "pulse"
    __table_args__ = AUTOINCREMENT

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    tag: str
    secret: str
    statements: str = Field(sa_type=Text)
    made_on: date
    created_at: datetime


class PulseCodeRow(TableRow, table=True):
    """A code that was read, so that it counts once; not what it said."""

    __tablename__ = "pulse_code"
    __table_args__ = WITHOUT_ROWID

    pulse_id: int = Field(primary_key=True, foreign_key="pulse.id")
    nonce: str = Field(primary_key=True)


class PulseCountRow(TableRow, table=True):
    """How often a value was given to a statement: in the results, and in replies that wait."""

    __tablename__ = "pulse_count"
    __table_args__ = (
        CheckConstraint("statement IN (1, 2)", name="statement"),
        CheckConstraint("value BETWEEN 1 AND 5", name="value"),
        CheckConstraint("shown >= 0", name="shown"),
        CheckConstraint("waiting >= 0", name="waiting"),
        WITHOUT_ROWID,
    )

    pulse_id: int = Field(primary_key=True, foreign_key="pulse.id")
    statement: int = Field(primary_key=True)
    value: int = Field(primary_key=True)
    shown: int = 0
    waiting: int = 0
