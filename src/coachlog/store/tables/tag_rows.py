"""The themes of sessions."""

from sqlalchemy import Index
from sqlmodel import Field

from coachlog.store.tables.base import NUMBERED, Row, new_uid


class TagRow(Row, table=True):
    __tablename__ = "tag"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    name: str = Field(unique=True)


class SessionTagRow(Row, table=True):
    __tablename__ = "session_tag"
    __table_args__ = (Index("ix_session_tag_tag", "tag_id"),)

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    tag_id: int = Field(primary_key=True, foreign_key="tag.id")
