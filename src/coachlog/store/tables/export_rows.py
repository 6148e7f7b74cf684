"""The table of what left the journal for calendars, which hold it until they are told otherwise."""

from datetime import date

from sqlmodel import Field

from coachlog.store.tables.base import TableRow


class CalendarEntryRow(TableRow, table=True):
    """An entry as the last calendar file held it, cancelled or not: by its uid, without words."""

    __tablename__ = "calendar_entry"

    entry_uid: str = Field(primary_key=True)
    day: date
    sequence: int
    cancelled_on: date | None = None
    row_sum: int | None = None
