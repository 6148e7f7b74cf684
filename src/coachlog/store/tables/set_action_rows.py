"""The table of promises made in sets."""

from sqlalchemy import Index
from sqlmodel import Field

# Foreign keys refer to these tables, so they have to be loaded too.
import coachlog.store.tables.action_rows
import coachlog.store.tables.set_rows  # noqa: F401
from coachlog.store.tables.base import TableRow


class SetActionRow(TableRow, table=True):
    """Which set an action was promised in, and in which slot, if in one.

    A table of its own, so that closing an action needs none of the tables of sets.
    """

    __tablename__ = "set_action"
    __table_args__ = (
        Index("ix_set_action_set", "set_id"),
        Index("ix_set_action_slot", "slot_id"),
    )

    action_id: int = Field(primary_key=True, foreign_key="action.id")
    set_id: int = Field(foreign_key="learning_set.id")
    slot_id: int | None = Field(default=None, foreign_key="slot.id")
    row_sum: int | None = None
