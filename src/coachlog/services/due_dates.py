"""Due dates that people type: none that looks like a slip is taken without a word."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import Refusal
from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord
    from coachlog.services.desk import Desk


def take_due_date(desk: "Desk", text: str) -> tuple[date, tuple[str, ...]]:
    """Return the due date that a text means, and the remarks on it.

    Where somebody can be asked, a date that looks like a slip is asked about instead. Raises
    InvalidInput if it is not a date, and Refusal if it is not the right one.
    """
    from coachlog.dates import doubts

    day = desk.parse_future_day(text)
    if not desk.interactive:
        return day, tuple(list_due_remarks(day, desk.today))
    due_doubts = doubts.list_typed_due_doubts(day, desk.today, text)
    if due_doubts:
        desk.asker.tell(" ".join(due_doubts))
        if not desk.asker.agrees(doubts.DOUBT_QUESTION):
            raise Refusal("Nothing was changed.")
    return day, ()


def list_record_remarks(record: "SessionRecord", today: date) -> Iterator[str]:
    """Yield a remark on each due date of a conversation that looks like a slip, seen from a day."""
    from coachlog.rules.disclosure import veil_everyday_words

    promises = list(record.promises)
    if record.meeting:
        for slot in record.meeting.slots:
            promises += [promise for _, promise in slot.promises]
        promises += [promise for _, promise in record.meeting.promises]
    for promise in promises:
        words = veil_everyday_words(promise.what, private=promise.private)
        yield from list_due_remarks(
            promise.due, today, f"“{shorten_text(words, 40)}”: "
        )
    for review in record.reviews:
        yield from list_due_remarks(review.due, today, f"Promise {review.action}: ")


def list_due_remarks(day: date | None, today: date, prefix: str = "") -> Iterator[str]:
    """Yield the remark on a due date, after the prefix, if it looks like a slip."""
    from coachlog.dates import doubts

    due_doubts = doubts.list_due_doubts(day, today) if day else []
    if due_doubts:
        yield prefix + doubts.phrase_due_doubts(due_doubts)
