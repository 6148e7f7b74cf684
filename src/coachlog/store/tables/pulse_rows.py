"""The tables of the pulse: counts, and never a reply.

No reply has a moment beside it, and no row tells in which order replies came in. That protects from
a look into the journal; a copy of it from before a reply, beside one from after, gives it away.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, JsonText, TableRow

WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""Rows are stored by their key: a hidden row number would tell which came first."""


class PulseRow(TableRow, table=True):
    """Two statements for a team, as JSON; `tag` and `secret` make and check its reply codes."""

    __tablename__ = "pulse"
    __table_args__ = (
        CheckConstraint("team_size >= 5", name="team_size"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    tag: str
    secret: str
    statements: str = Field(sa_type=JsonText)
    made_on: date
    created_at: datetime
    team_size: int | None = None
    row_sum: int | None = None


class PulseCodeRow(TableRow, table=True):
    """A reply code already counted, so that it counts once; the reply itself is not kept."""

    __tablename__ = "pulse_code"
    __table_args__ = WITHOUT_ROWID

    pulse_id: int = Field(primary_key=True, foreign_key="pulse.id")
    nonce: str = Field(primary_key=True)
    row_sum: int | None = None


class PulseCountRow(TableRow, table=True):
    """How many replies gave a statement this value: in the results, and still waiting."""

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
    row_sum: int | None = None
