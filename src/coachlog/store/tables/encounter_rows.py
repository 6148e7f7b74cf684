"""The table of encounters: days on which somebody was seen and spoken to."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.person_rows  # noqa: F401
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, TableRow


class EncounterRow(TableRow, table=True):
    """A day on which the owner spoke to a person, without a conversation on record."""

    __tablename__ = "encounter"
    __table_args__ = (
        Index("ix_encounter_person", "person_id", "on", unique=True),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    person_id: int = Field(foreign_key="person.id")
    on: date
    created_at: datetime
    row_sum: int | None = None
