"""The tables of goals, their ratings, and the notes kept between conversations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.action_rows
import coachlog.store.tables.person_rows
import coachlog.store.tables.session_rows  # noqa: F401
from coachlog.model.goals import GoalScale, GoalStatus
from coachlog.model.notes import NoteKind
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import (
    AUTOINCREMENT,
    JsonText,
    TableRow,
    build_enum_column,
)


class GoalRow(TableRow, table=True):
    """An outcome over many sessions. `levels` are JSON: five texts, from -2 to +2."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 9", name="weight"),
        Index("ix_goal_person", "person_id", "status"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    title: str = Field(sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    success: str | None = Field(default=None, sa_type=Text)
    scale: GoalScale = Field(sa_column=build_enum_column(GoalScale, "scale"))
    baseline: int | None = None
    target: int | None = None
    levels: str | None = Field(default=None, sa_type=JsonText)
    weight: int = 1
    review_on: date | None = None
    private: bool = False
    status: GoalStatus = Field(sa_column=build_enum_column(GoalStatus, "status"))
    opened_on: date
    closed_on: date | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    row_sum: int | None = None


class GoalActionRow(TableRow, table=True):
    """Which goal an action serves.

    A table of its own, so that closing an action needs none of the tables of goals.
    """

    __tablename__ = "goal_action"
    __table_args__ = (Index("ix_goal_action_goal", "goal_id"),)

    action_id: int = Field(primary_key=True, foreign_key="action.id")
    goal_id: int = Field(foreign_key="goal.id")
    row_sum: int | None = None


class RatingRow(TableRow, table=True):
    """How far a goal had come by a day: 1 to 10, or -2 to +2."""

    __tablename__ = "rating"
    __table_args__ = (Index("ix_rating_goal", "goal_id", "on", "id"), AUTOINCREMENT)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    goal_id: int = Field(foreign_key="goal.id")
    at: datetime
    on: date
    value: int
    note: str | None = Field(default=None, sa_type=Text)
    row_sum: int | None = None


class NoteRow(TableRow, table=True):
    """One line about a person, kept between conversations; settled once it was said or dropped.

    `link` says where a piece of evidence can be found. It was said in the session, or else on
    `said_on`; settled without either, it was dropped.
    """

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_waiting", "person_id", sqlite_where=text("settled_at IS NULL")),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    person_id: int = Field(foreign_key="person.id")
    words: str = Field(sa_type=Text)
    written_on: date
    created_at: datetime
    settled_at: datetime | None = None
    session_id: int | None = Field(default=None, foreign_key="session.id")
    kind: NoteKind = Field(sa_column=build_enum_column(NoteKind, "kind"))
    link: str | None = Field(default=None, sa_type=Text)
    said_on: date | None = None
    row_sum: int | None = None
