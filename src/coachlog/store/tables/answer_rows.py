"""The table of answers."""

from sqlalchemy import Index, Text, text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.session_rows
import coachlog.store.tables.set_rows  # noqa: F401
from coachlog.model.answers import PromptKind
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import (
    AUTOINCREMENT,
    JsonText,
    TableRow,
    build_enum_column,
)


class AnswerRow(TableRow, table=True):
    """The answer to one prompt, with the question as it was asked; `value` is JSON.

    `kind` has no CHECK, so that a new kind of prompt needs no migration.
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
        Index(
            "ix_answer_measured",
            "session_id",
            "measure",
            "value",
            sqlite_where=text("measure IS NOT NULL"),
        ),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    session_id: int = Field(foreign_key="session.id")
    position: int
    stage: str
    stage_title: str
    prompt: str
    question: str = Field(sa_type=Text)
    kind: PromptKind = Field(
        sa_column=build_enum_column(PromptKind, "kind", with_check=False)
    )
    value: str = Field(sa_type=JsonText)
    private: bool = False
    key: bool = False
    health: bool = False
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    options: str | None = Field(default=None, sa_type=JsonText)
    slot_id: int | None = Field(default=None, foreign_key="slot.id")
    row_sum: int | None = None
