"""What leaves the journal is on record: a line in the audit log, and nothing else."""

from datetime import date

from coachlog.model.calendar import HandedCalendar
from coachlog.model.pages import PageKind
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change


def log_export(change: Change, page: PageKind, row_id: int | None) -> None:
    """Record that a page of something was exported, by its number; nothing of what is on it."""
    with change.outside_undo():
        log_change(change, f"{page.value}.exported", row_id)


def log_table_export(change: Change) -> None:
    """Record that a table was exported."""
    with change.outside_undo():
        log_change(change, "table.exported")


def log_calendar_export(change: Change, calendar: HandedCalendar) -> None:
    """Record that a calendar was exported, and what calendars may hold from now on.

    What was cancelled so long ago that it is no longer in the file is forgotten.
    """
    sequence = calendar.sequence
    rows = [
        (
            entry.uid,
            entry.on.isoformat(),
            sequence,
            _format_handed_day(entry.cancelled_on),
        )
        for entry in calendar.entries
    ]
    with change.outside_undo():
        log_change(change, "calendar.exported")
        change.watch.watch_table("calendar_entry")
        # Another file may have been handed over meanwhile.
        change.connection.executemany(
            """
            INSERT INTO calendar_entry (entry_uid, day, sequence, cancelled_on)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (entry_uid) DO UPDATE SET day = excluded.day,
            sequence = excluded.sequence, cancelled_on = excluded.cancelled_on
            WHERE excluded.sequence > sequence
            """,
            rows,
        )
        change.connection.execute(
            "DELETE FROM calendar_entry WHERE cancelled_on NOT NULL AND sequence < ?",
            (sequence,),
        )


def _format_handed_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
