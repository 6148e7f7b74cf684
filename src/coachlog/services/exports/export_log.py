"""Every export is noted in the audit log: when, of what kind, and of whom or what by its number."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError
from coachlog.exports.contents import Contents
from coachlog.model.calendar import HandedCalendar
from coachlog.model.pages import PageKind
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.store.transactions import Change

_UNLOGGED_KINDS = (PageKind.TEMPLATE, PageKind.PROGRAMME)
"""Pages with nothing of a journal in them: a report has its line in the memory of its holder."""
_UNSAVED = "Everything saved before this is safe; this was not saved."
_LONGEST_WAIT = 1.0
"""Seconds: whoever exports a page may be waiting, and what writes meanwhile takes far less."""


def record_export(desk: Desk, contents: Contents) -> None:
    """Note that a page leaves the journal; where that cannot be noted now, say so and go on.

    A journal of its own notes it, as nothing was changed that the command could report.
    """
    if contents.kind in _UNLOGGED_KINDS:
        return
    from coachlog.store.writing.export_changes import log_export

    _log_outgoing(
        desk, lambda change: log_export(change, contents.kind, contents.row_id)
    )


def record_table_export(desk: Desk) -> None:
    """Note that a table leaves the journal, as `record_export` does."""
    from coachlog.store.writing.export_changes import log_table_export

    _log_outgoing(desk, lambda change: log_table_export(change))


def record_calendar_export(desk: Desk, calendar: HandedCalendar) -> None:
    """Note that a calendar leaves the journal, as `record_export` does, and what is in it."""
    from coachlog.store.writing.export_changes import log_calendar_export

    is_noted = _log_outgoing(desk, lambda change: log_calendar_export(change, calendar))
    if not is_noted:
        desk.tell("Write it again later: only then can what is in it be cancelled.")


def _log_outgoing(desk: Desk, log: "Callable[[Change], None]") -> bool:
    """Return whether it could be noted; otherwise it is said why not."""
    from coachlog.store.database import Journal

    journal = Journal(desk.home, find_today=lambda: desk.today)
    try:
        with journal.change(desk.now, wait=_LONGEST_WAIT) as change:
            log(change)
    except CoachlogError as error:
        # What the journal says of itself would read as if the page was not saved.
        reason = error.message.partition("\n")[0].removesuffix(_UNSAVED).rstrip()
        desk.tell(
            f"That this was exported could not be noted in the journal: {reason} "
            "The export goes on without that."
        )
        return False
    return True
