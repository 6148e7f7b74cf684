"""The tables of what a programme was worth: benefits, and stories of five lines."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from coachlog.model.worth import AmountUnit
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, TableRow, build_enum_column


class BenefitRow(TableRow, table=True):
    """Something that changed; with an amount there are a unit, a share and how sure."""

    __tablename__ = "benefit"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("months > 0", name="months"),
        CheckConstraint("share BETWEEN 0 AND 100", name="share"),
        CheckConstraint("sure BETWEEN 0 AND 100", name="sure"),
        CheckConstraint(
            "(amount IS NULL) = (unit IS NULL) AND (amount IS NULL) = (share IS NULL) "
            "AND (amount IS NULL) = (sure IS NULL)",
            name="whole_amount",
        ),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    recorded_on: date
    what: str = Field(sa_type=Text)
    noticed_by: str | None = Field(default=None, sa_type=Text)
    evidence: str | None = Field(default=None, sa_type=Text)
    gain: str | None = Field(default=None, sa_type=Text)
    amount: int | None = None
    unit: AmountUnit | None = Field(
        default=None, sa_column=build_enum_column(AmountUnit, "unit", nullable=True)
    )
    months: int | None = None
    share: int | None = None
    sure: int | None = None
    row_sum: int | None = None


class WorthStoryRow(TableRow, table=True):
    """A story of five lines, as it was cleared of names."""

    __tablename__ = "worth_story"
    __table_args__ = (AUTOINCREMENT,)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    written_on: date
    before: str = Field(sa_type=Text)
    event: str = Field(sa_type=Text)
    response: str = Field(sa_type=Text)
    outcome: str = Field(sa_type=Text)
    lesson: str = Field(sa_type=Text)
    row_sum: int | None = None
