"""What a review of one's own looks at beforehand, and what it leads to."""

from datetime import date

from coachlog.interview import corrections
from coachlog.model import Action
from coachlog.model.records import SessionRecord
from coachlog.model.templates import Template
from coachlog.rules import shadows
from coachlog.services.desk import Desk


def load_correctable_actions(desk: Desk, template: Template, day: date) -> tuple[Action, ...]:
    """Return the owner's promises that this template looks at again, as of the day of the talk."""
    if corrections.find_promises_prompt(template) is None or not desk.journal.exists():
        return ()
    from coachlog.store.reading.promises_due_queries import read_promises_due

    with desk.read() as db:
        return read_promises_due(db, day)


def suggest_review_command(record: SessionRecord) -> str | None:
    """Return what to type after a review; None after any other talk."""
    if any(answer.measure in shadows.SHADOW_MEASURES for answer in record.answers):
        return "coachlog progress --shadow"
    return "coachlog progress --ledger" if record.corrections else None


def compare_shadow_review(desk: Desk, session_id: int, record: SessionRecord) -> None:
    """Tell the owner how a shadow review differs from the one before.

    Only once it is saved: to see the last scores first would pull the new ones towards them.
    """
    if not any(answer.measure in shadows.SHADOW_MEASURES for answer in record.answers):
        return
    from coachlog.phrasing.shadows import describe_review_changes
    from coachlog.store.reading import shadow_queries

    with desk.read() as db:
        reviews = shadow_queries.read_shadow(db, desk.today, private=True).reviews
    for words in describe_review_changes(reviews, session_id, desk.today):
        desk.asker.tell(words, dim=True)
