"""The tables that every change may touch: people, sessions, actions, events."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, Column, Enum, Index, String, Text, text
from sqlmodel import Field, SQLModel

from coachlog.model import (
    ActionStatus,
    EventKind,
    Relationship,
    SessionStatus,
)

NUMBERED = {"sqlite_autoincrement": True}


def new_uid() -> str:
    return str(uuid4())


def by_value(kinds: type[StrEnum], name: str) -> Any:
    """Return a column that stores an enum by its value, with a CHECK (SQLModel stores the name)."""
    stored = Enum(
        kinds,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        name=name,
        length=16,
    )
    return Column(name, stored, nullable=False)


class Row(SQLModel):
    """What every table has in common.

    SQLModel does not validate tables (checks live in `interview` and `dates`), so the validators
    that pydantic would build for each class are never built: 18 of 41 ms of importing this module.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]


class PersonRow(Row, table=True):
    __tablename__ = "person"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    name: str
    slug: str = Field(unique=True)
    relationship: Relationship = Field(sa_column=by_value(Relationship, "relationship"))
    role: str | None = None
    team: str | None = None
    every_days: int | None = None
    created_at: datetime
    archived_at: datetime | None = None
    paused_until: date | None = None


class SessionRow(Row, table=True):
    """`zone` and `held_on` say when it was for those who met; the rest are moments in UTC."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_held", "held_on", "id", sqlite_where=text("deleted_at IS NULL")),
        Index(
            "ix_session_person",
            "person_id",
            "status",
            "held_on",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        CheckConstraint("cancelled_by IN ('me', 'them')", name="cancelled_by"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    status: SessionStatus = Field(sa_column=by_value(SessionStatus, "status"))
    template: str
    title: str
    template_hash: str
    held_on: date
    zone: str
    minutes: int | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    cancelled_by: str | None = Field(default=None, sa_type=String(16))


class ActionRow(Row, table=True):
    """A promise. `owner` is `me`, `them` or a name; `person_id` says whose plan it stands in."""

    __tablename__ = "action"
    __table_args__ = (
        Index(
            "ix_action_open",
            "due",
            "id",
            sqlite_where=text("status = 'open' AND deleted_at IS NULL"),
        ),
        Index("ix_action_person", "person_id", "status"),
        Index("ix_action_session", "session_id"),
        CheckConstraint("confidence BETWEEN 1 AND 10", name="confidence"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    session_id: int | None = Field(default=None, foreign_key="session.id")
    what: str = Field(sa_type=Text)
    owner: str
    due: date | None = None
    original_due: date | None = None
    done_when: str | None = Field(default=None, sa_type=Text)
    support: str | None = Field(default=None, sa_type=Text)
    if_then: str | None = Field(default=None, sa_type=Text)
    confidence: int | None = None
    private: bool = False
    status: ActionStatus = Field(sa_column=by_value(ActionStatus, "status"))
    closed_on: date | None = None
    carried: int = 0
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


class ActionEventRow(Row, table=True):
    """One change of an action: `at` it was recorded, `on` it happened, in which session.

    `fate` is what a correction says that became of it.
    """

    __tablename__ = "action_event"
    __table_args__ = (
        Index("ix_action_event_action", "action_id"),
        Index("ix_action_event_moved", "action_id", sqlite_where=text("kind = 'moved'")),
        Index("ix_action_event_corrected", "action_id", sqlite_where=text("kind = 'corrected'")),
        CheckConstraint(
            "fate IN ('kept', 'kept_as_reagreed', 'kept_late', 'missed', 'released')", name="fate"
        ),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    session_id: int | None = Field(default=None, foreign_key="session.id")
    at: datetime
    on: date
    kind: EventKind = Field(sa_column=by_value(EventKind, "kind"))
    due: date | None = None
    note: str | None = Field(default=None, sa_type=Text)
    fate: str | None = Field(default=None, sa_type=String(16))


class EventRow(Row, table=True):
    """The audit log: when, what kind, which row. Never a word that anyone wrote."""

    __tablename__ = "event"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    kind: str
    row_id: int | None = None
