"""The tables of workshops: counts, and never a reply nor who was there.

As with the pulse, no reply has a moment beside it, and no row tells in which order replies came in.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, JsonText, TableRow
from coachlog.store.tables.pulse_rows import WITHOUT_ROWID


class WorkshopRow(TableRow, table=True):
    """A workshop's name and its themes, as JSON; `tag` and `secret` make and check reply codes."""

    __tablename__ = "workshop"
    __table_args__ = (AUTOINCREMENT,)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    tag: str
    secret: str
    name: str
    themes: str = Field(sa_type=JsonText)
    made_on: date
    created_at: datetime
    row_sum: int | None = None


class WorkshopCodeRow(TableRow, table=True):
    """A reply code already counted, so that it counts once; the reply itself is not kept."""

    __tablename__ = "workshop_code"
    __table_args__ = WITHOUT_ROWID

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    nonce: str = Field(primary_key=True)
    row_sum: int | None = None


class WorkshopCountRow(TableRow, table=True):
    """How many replies gave a question this answer: in the results, and still waiting."""

    __tablename__ = "workshop_count"
    __table_args__ = (
        CheckConstraint("question IN (1, 2, 3)", name="question"),
        CheckConstraint("value BETWEEN 1 AND 12", name="value"),
        CheckConstraint("shown >= 0", name="shown"),
        CheckConstraint("waiting >= 0", name="waiting"),
        WITHOUT_ROWID,
    )

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    question: int = Field(primary_key=True)
    value: int = Field(primary_key=True)
    shown: int = 0
    waiting: int = 0
    row_sum: int | None = None
