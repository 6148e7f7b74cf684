"""The tables of the programmes that the owner has joined, and of what was sent to them."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, JsonText, TableRow


class ProgrammeSecretRow(TableRow, table=True):
    """The one secret (in hex) from which the owner's id in each programme is made."""

    __tablename__ = "programme_secret"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int | None = Field(default=None, primary_key=True)
    secret: str
    row_sum: int | None = None


class ProgrammeMembershipRow(TableRow, table=True):
    """A programme that was joined, as its join file says (`terms`), and where the owner is in it.

    The days are local ones. Whoever joins once more after leaving has another row.
    """

    __tablename__ = "programme_membership"
    __table_args__ = (Index("ix_programme_membership_code", "code"), AUTOINCREMENT)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    code: str
    name: str
    terms: str = Field(sa_type=JsonText)
    cohort: str | None = None
    region: str | None = None
    band: str | None = None
    joined_on: date
    left_on: date | None = None
    row_sum: int | None = None


class ProgrammeContributionRow(TableRow, table=True):
    """A quarter that was sent to a programme: when, and under which number; none of its figures."""

    __tablename__ = "programme_contribution"
    __table_args__ = (
        Index("ix_programme_contribution_membership", "membership_id", "quarter"),
        CheckConstraint("edition > 0", name="edition"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    membership_id: int = Field(foreign_key="programme_membership.id")
    quarter: str
    edition: int
    number: str
    made_on: date
    row_sum: int | None = None
