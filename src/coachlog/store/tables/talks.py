"""The tables of what is said in a session: drafts, answers, tags; and the settings."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from coachlog.model import Kind
from coachlog.store.tables import sets as sets
from coachlog.store.tables.promises import NUMBERED, Row, by_value


class DraftRow(Row, table=True):
    """A session that was begun: the template it began with, and what is typed but not sent.

    `token` belongs to the window that writes it; a second window takes the draft over.
    """

    __tablename__ = "draft"

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    template_text: str = Field(sa_type=Text)
    token: str
    tags: str = Field(default="[]", sa_type=Text)
    half_key: str | None = None
    half_text: str | None = Field(default=None, sa_type=Text)
    updated_at: datetime


class DraftStepRow(Row, table=True):
    """One question answered in a draft; `value` is JSON, null when it was skipped."""

    __tablename__ = "draft_step"
    __table_args__ = (Index("ix_draft_step_key", "session_id", "key", unique=True), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="draft.session_id")
    key: str
    value: str = Field(sa_type=Text)


class AnswerRow(Row, table=True):
    """What was said to one prompt, with the prompt as it was asked; `value` is JSON.

    Its column `slot_id` is why the tables of sets are loaded with these.
    """

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_session", "session_id", "position", unique=True),
        Index(
            "ix_answer_measure",
            "measure",
            "session_id",
            sqlite_where=text("measure IS NOT NULL"),
        ),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="session.id")
    position: int
    stage: str
    stage_title: str
    prompt: str
    question: str = Field(sa_type=Text)
    kind: Kind = Field(sa_column=by_value(Kind, "kind"))
    value: str = Field(sa_type=Text)
    private: bool = False
    key: bool = False
    health: bool = False
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    options: str | None = Field(default=None, sa_type=Text)
    slot_id: int | None = Field(default=None, foreign_key="slot.id")


class TagRow(Row, table=True):
    __tablename__ = "tag"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class SessionTagRow(Row, table=True):
    __tablename__ = "session_tag"
    __table_args__ = (Index("ix_session_tag_tag", "tag_id"),)

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    tag_id: int = Field(primary_key=True, foreign_key="tag.id")


class SettingRow(Row, table=True):
    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
