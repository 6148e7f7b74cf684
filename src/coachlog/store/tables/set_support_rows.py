"""The tables of what a set does between two meetings."""

from datetime import date

from sqlalchemy import Index, Text
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.set_rows  # noqa: F401
from coachlog.model.set_support import SupportKind
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.base import AUTOINCREMENT, TableRow, build_enum_column


class SetSupportRow(TableRow, table=True):
    """What a member offers the others of a set, or asks of them; `done_on` closes it."""

    __tablename__ = "set_support"
    __table_args__ = (
        Index("ix_set_support_set", "set_id"),
        Index("ix_set_support_member", "member_id"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    set_id: int = Field(foreign_key="learning_set.id")
    member_id: int = Field(foreign_key="set_member.id")
    kind: SupportKind = Field(sa_column=build_enum_column(SupportKind, "kind"))
    words: str = Field(sa_type=Text)
    written_on: date
    done_on: date | None = None
    row_sum: int | None = None


class SetCheckInRow(TableRow, table=True):
    """The day on which a member and their buddy check in, after so many meetings of the set.

    Who the buddy is follows from the members and from `meetings` (`rules/buddies`). The latest row
    of a pair counts; without a day, they have none.
    """

    __tablename__ = "set_check_in"
    __table_args__ = (
        Index("ix_set_check_in_set", "set_id", "meetings"),
        Index("ix_set_check_in_member", "member_id"),
        Index("ix_set_check_in_on", "on"),
        AUTOINCREMENT,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=generate_uid, unique=True)
    set_id: int = Field(foreign_key="learning_set.id")
    member_id: int = Field(foreign_key="set_member.id")
    meetings: int
    on: date | None = None
    row_sum: int | None = None
