"""The table of settings."""

from sqlalchemy import Text
from sqlmodel import Field

from coachlog.store.tables.base import TableRow


class SettingRow(TableRow, table=True):
    """One setting; `me` is the owner's name."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
    row_sum: int | None = None
