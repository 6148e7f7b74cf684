"""What the owner has set."""

from sqlalchemy import Text
from sqlmodel import Field

from coachlog.store.tables.base import TableRow


class SettingRow(TableRow, table=True):
    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
