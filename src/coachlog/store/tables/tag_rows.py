"""The tables of tags, which are the themes of sessions."""

from sqlalchemy import Index
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.session_rows  # noqa: F401
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, TableRow


class TagRow(TableRow, table=True):
    """A tag; names are unique, whatever their case."""

    __tablename__ = "tag"
    __table_args__ = AUTOINCREMENT

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    name: str = Field(unique=True)
    row_sum: int | None = None


class SessionTagRow(TableRow, table=True):
    """A tag of a session."""

    __tablename__ = "session_tag"
    __table_args__ = (Index("ix_session_tag_tag", "tag_id"),)

    session_id: int = Field(primary_key=True, foreign_key="session.id")
    tag_id: int = Field(primary_key=True, foreign_key="tag.id")
    row_sum: int | None = None
