"""The tables of what must stay, and of what must not come back."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.person_rows  # noqa: F401
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, TableRow


class HoldRow(TableRow, table=True):
    """A hold on what is recorded about a person: until it ends, nothing of it is changed."""

    __tablename__ = "hold"
    __table_args__ = (
        Index("ix_hold_person", "person_id", sqlite_where=text("ended_on IS NULL")),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    person_id: int = Field(foreign_key="person.id")
    placed_on: date
    ended_on: date | None = None
    row_sum: int | None = None


class TombstoneRow(TableRow, table=True):
    """The mark of something that was erased, by which it is kept from coming back."""

    __tablename__ = "tombstone"

    digest: str = Field(primary_key=True)
    made_on: date
    row_sum: int | None = None
