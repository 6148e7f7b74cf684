"""What a talk with oneself about promises or shadows looks at first, and what it leads to."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from coachlog.errors import CoachlogError
from coachlog.interview import corrections
from coachlog.model.actions import Action
from coachlog.model.records import SessionRecord
from coachlog.model.shadows import ShadowReview
from coachlog.model.templates import Template
from coachlog.rules.promises import find_promise_day
from coachlog.rules.shadows import SHADOW_MEASURES
from coachlog.services.desk import Desk


def load_correctable_actions(
    desk: Desk, template: Template, day: date
) -> tuple[Action, ...]:
    """Return the owner's promises that this template looks at again, as of the day of the talk."""
    if corrections.find_promises_prompt(template) is None or not desk.journal.exists():
        return ()
    from coachlog.store.reading.promises_due_queries import read_promises_due

    with desk.read() as db:
        actions = read_promises_due(db, day)
    # A conversation written down late says nothing of what was promised after it.
    return tuple(action for action in actions if find_promise_day(action) <= day)


def suggest_review_command(record: SessionRecord) -> str | None:
    """Return the command to type after a review; None after any other talk."""
    if _is_shadow_review(record):
        return "coachlog progress --shadow"
    if record.corrections:
        return "coachlog progress --ledger"
    return None


def compare_shadow_review(desk: Desk, session_id: int, record: SessionRecord) -> None:
    """Tell the owner how a shadow review differs from the one before it.

    Only once it is saved: earlier scores, seen first, would pull the new ones towards them. Where
    they cannot be read, nothing is said: the next command, which shows them, will say why.
    """
    if not _is_shadow_review(record):
        return
    from coachlog.phrasing.shadows import describe_review_changes
    from coachlog.store.reading.shadow_queries import read_shadow

    reviews: Sequence[ShadowReview] = ()
    with suppress(CoachlogError), desk.read() as db:
        reviews = read_shadow(db, desk.today, private=True).reviews
    for sentence in describe_review_changes(reviews, session_id, desk.today):
        desk.asker.tell(sentence, dim=True)


def _is_shadow_review(record: SessionRecord) -> bool:
    return any(answer.measure in SHADOW_MEASURES for answer in record.answers)
