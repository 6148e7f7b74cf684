"""The tables from which damage is told: what this journal is, and what each of its tables holds."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from coachlog.store.tables.base import TableRow


class JournalStateRow(TableRow, table=True):
    """The journal itself, in one row.

    `sum_key` (in hex) makes the sums of its rows its own. `epoch` is new after each restore, and
    `change_count` goes up by one with each change. `changed_on` is the local day of the last one.
    """

    __tablename__ = "journal_state"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str
    sum_key: str
    epoch: str
    change_count: int = 0
    changed_on: date | None = None
    row_sum: int | None = None


class TableSumRow(TableRow, table=True):
    """How many rows a table has, and the total of their sums (modulo 2 to the 56th)."""

    __tablename__ = "table_sum"

    table_name: str = Field(primary_key=True)
    row_count: int
    total: int
    row_sum: int | None = None
