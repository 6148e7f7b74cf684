"""What leaves the journal is on record: a line in the audit log, and nothing else."""

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


def log_calendar_export(change: Change) -> None:
    """Record that a calendar was exported."""
    with change.outside_undo():
        log_change(change, "calendar.exported")
