"""The tables of action learning sets: their members, meetings and slots."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.person_rows
import coachlog.store.tables.session_rows  # noqa: F401
from coachlog.model.sets import SetRole
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import (
    AUTOINCREMENT,
    RHYTHM_CHECK,
    TableRow,
    build_enum_column,
)


class SetRow(TableRow, table=True):
    """An action learning set; its meetings are sessions."""

    __tablename__ = "learning_set"
    __table_args__ = (CheckConstraint(RHYTHM_CHECK, name="rhythm"), AUTOINCREMENT)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    name: str
    slug: str = Field(unique=True)
    every_days: int | None = None
    rules_agreed_on: date | None = None
    created_at: datetime
    archived_at: datetime | None = None
    every_months: int | None = None
    row_sum: int | None = None


class SetMemberRow(TableRow, table=True):
    """One person's time in a set, in one role; without a person, it is the owner's.

    Someone who leaves and comes back has two rows.
    """

    __tablename__ = "set_member"
    __table_args__ = (Index("ix_set_member_set", "set_id"), AUTOINCREMENT)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    set_id: int = Field(foreign_key="learning_set.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    role: SetRole = Field(sa_column=build_enum_column(SetRole, "role"))
    joined_on: date
    left_on: date | None = None
    row_sum: int | None = None


class MeetingRow(TableRow, table=True):
    """Which set a session is a meeting of.

    A table of its own, so that other sessions need none of the tables of sets.
    """

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_set", "set_id"),)

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    set_id: int = Field(foreign_key="learning_set.id")
    row_sum: int | None = None


class ParticipantRow(TableRow, table=True):
    """A member who was present at a meeting."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_member", "member_id"),)

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    member_id: int = Field(primary_key=True, foreign_key="set_member.id")
    row_sum: int | None = None


class SlotRow(TableRow, table=True):
    """One member's turn to present in a meeting; `position` counts from 1."""

    __tablename__ = "slot"
    __table_args__ = (
        Index("ix_slot_session", "session_id", "position", unique=True),
        Index("ix_slot_member", "member_id"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    session_id: int = Field(foreign_key="session.id")
    position: int
    member_id: int = Field(foreign_key="set_member.id")
    issue: str | None = Field(default=None, sa_type=Text)
    minutes: int | None = None
    row_sum: int | None = None
