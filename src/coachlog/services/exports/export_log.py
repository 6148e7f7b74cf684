"""Every export is noted in the audit log: when, of what kind, and of whom or what by its number."""

from coachlog.errors import CoachlogError
from coachlog.exports.contents import Contents
from coachlog.model.pages import PageKind
from coachlog.services.desk import Desk

_LONGEST_WAIT = 1.0
"""Seconds: whoever exports a page may be waiting, and what writes meanwhile takes far less."""


def record_export(desk: Desk, contents: Contents) -> None:
    """Note that a page leaves the journal; where that cannot be noted now, say so and go on.

    A journal of its own notes it, as nothing was changed that the command could report.
    """
    if contents.kind is PageKind.TEMPLATE:
        return
    from coachlog.store.database import Journal
    from coachlog.store.writing.export_changes import log_export

    journal = Journal(desk.home, find_today=lambda: desk.today)
    try:
        with journal.change(desk.now, wait=_LONGEST_WAIT) as change:
            log_export(change, contents.kind, contents.row_id)
    except CoachlogError as error:
        reason = error.message.partition("\n")[0]
        desk.tell(f"That this was exported could not be noted in the journal: {reason}")
