"""The tables of promises and of what happened to each."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.person_rows
import coachlog.store.tables.session_rows  # noqa: F401
from coachlog.model.actions import ActionStatus, EventKind
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import (
    AUTOINCREMENT,
    TableRow,
    build_enum_column,
)


class ActionRow(TableRow, table=True):
    """A promise. `owner` is `me`, `them` or a name; `person_id` says whose plan it is in.

    `owner_id` is the person of that name, if they were in the conversation in which it was made.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index(
            "ix_action_open",
            "due",
            "id",
            sqlite_where=text("status = 'open' AND deleted_at IS NULL"),
        ),
        Index("ix_action_person", "person_id", "status", "closed_on"),
        Index("ix_action_first_due", "original_due"),
        Index(
            "ix_action_closed",
            "person_id",
            "owner",
            "status",
            "original_due",
            "closed_on",
            sqlite_where=text("status IN ('done', 'dropped') AND deleted_at IS NULL"),
        ),
        Index(
            "ix_action_deleted",
            "original_due",
            sqlite_where=text("deleted_at IS NOT NULL"),
        ),
        Index("ix_action_own_closed", "closed_on", sqlite_where=text("owner = 'me'")),
        Index("ix_action_session", "session_id"),
        Index("ix_action_owner", "owner_id", sqlite_where=text("owner_id IS NOT NULL")),
        CheckConstraint("confidence BETWEEN 1 AND 10", name="confidence"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
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
    status: ActionStatus = Field(sa_column=build_enum_column(ActionStatus, "status"))
    closed_on: date | None = None
    carried: int = 0
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    row_sum: int | None = None


class ActionEventRow(TableRow, table=True):
    """One change to an action: recorded `at` a moment, happened `on` a day, perhaps in a session.

    `recorded_on` is the local day on which `on` was recorded: that of `at`, which is UTC, unless
    its conversation was given another day later.
    `fate` is what a correction says happened to the action; `old_owner` and `new_owner` are set
    where it changed hands.
    """

    __tablename__ = "action_event"
    __table_args__ = (
        Index("ix_action_event_action", "action_id"),
        Index(
            "ix_action_event_made",
            "on",
            "action_id",
            sqlite_where=text("kind = 'made'"),
        ),
        Index(
            "ix_action_event_moved", "action_id", sqlite_where=text("kind = 'moved'")
        ),
        Index(
            "ix_action_event_corrected",
            "action_id",
            sqlite_where=text("kind = 'corrected'"),
        ),
        Index(
            "ix_action_event_later",
            "action_id",
            "kind",
            "on",
            "due",
            "recorded_on",
            "session_id",
            "old_owner",
            sqlite_where=text(
                "kind IN ('moved', 'corrected', 'reopened') OR old_owner IS NOT NULL"
            ),
        ),
        Index(
            "ix_action_event_undated",
            "action_id",
            sqlite_where=text("kind = 'made' AND due IS NULL"),
        ),
        Index(
            "ix_action_event_handed_over",
            "action_id",
            "old_owner",
            sqlite_where=text("old_owner IS NOT NULL"),
        ),
        Index(
            "ix_action_event_afterwards",
            "action_id",
            sqlite_where=text("recorded_on > \"on\" AND kind IN ('done', 'dropped')"),
        ),
        CheckConstraint(
            "fate IN ('kept', 'kept_as_reagreed', 'kept_late', 'missed', 'released')",
            name="fate",
        ),
        CheckConstraint("(old_owner IS NULL) = (new_owner IS NULL)", name="owners"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    action_id: int = Field(foreign_key="action.id")
    session_id: int | None = Field(default=None, foreign_key="session.id")
    at: datetime
    on: date
    kind: EventKind = Field(sa_column=build_enum_column(EventKind, "kind"))
    due: date | None = None
    note: str | None = Field(default=None, sa_type=Text)
    fate: str | None = Field(default=None, sa_type=String(16))
    old_owner: str | None = None
    new_owner: str | None = None
    recorded_on: date | None = None
    row_sum: int | None = None
