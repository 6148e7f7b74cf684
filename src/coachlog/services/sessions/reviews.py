"""What a review of one's own looks at beforehand, and what it leads to."""

from datetime import date

from coachlog.interview import corrections
from coachlog.model import Action
from coachlog.model.records import Record
from coachlog.model.templates import Template
from coachlog.rules import shadows
from coachlog.services.desk import Desk


def due(desk: Desk, template: Template, day: date) -> tuple[Action, ...]:
    """Return the owner's promises that this template looks at again, as of the day of the talk."""
    if corrections.prompt_of(template) is None or not desk.journal.exists():
        return ()
    from coachlog.store.reading.promises_due_queries import promises_due

    with desk.read() as db:
        return promises_due(db, day)


def next_step(record: Record) -> str | None:
    """Return what to type after a review; None after any other talk."""
    if any(answer.measure in shadows.MEASURES for answer in record.answers):
        return "coachlog progress --shadow"
    return "coachlog progress --ledger" if record.corrections else None


def compare(desk: Desk, session_id: int, record: Record) -> None:
    """Tell the owner how a shadow review differs from the one before.

    Only once it is saved: to see the last scores first would pull the new ones towards them.
    """
    if not any(answer.measure in shadows.MEASURES for answer in record.answers):
        return
    from coachlog.phrasing.shadows import compared
    from coachlog.store.reading import shadow_queries

    with desk.read() as db:
        reviews = shadow_queries.shadow(db, desk.today, private=True).reviews
    for words in compared(reviews, session_id, desk.today):
        desk.asker.tell(words, dim=True)
