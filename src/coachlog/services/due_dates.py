"""Due dates that people type: none that looks like a slip is taken without a word."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import Refusal
from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.model.actions import Promise
    from coachlog.model.records import SessionRecord
    from coachlog.services.desk import Desk

REMARKS_SETTING = "dates.remarks"
RECORD_DOUBT_QUESTION = "Save it all the same?"


def take_due_date(desk: "Desk", text: str) -> tuple[date, tuple[str, ...]]:
    """Return the due date that a text means, and the doubts about it that nobody was asked about.

    Where somebody can be asked, a date that looks like a slip is asked about instead. Raises
    InvalidInput if it is not a date, and Refusal if it is not the right one.
    """
    from coachlog.dates import doubts

    day = desk.parse_future_day(text)
    due_doubts = doubts.list_due_doubts(day, desk.today)
    with_remarks = not due_doubts or desk.settings.get_switch(REMARKS_SETTING)
    if not desk.interactive:
        return day, tuple(due_doubts if with_remarks else ())
    due_doubts = doubts.list_typed_due_doubts(
        day, desk.today, text, with_remarks=with_remarks
    )
    if due_doubts:
        desk.asker.tell(" ".join(due_doubts))
        if not desk.asker.agrees(doubts.DOUBT_QUESTION):
            raise Refusal("Nothing was changed.")
    return day, ()


def list_record_remarks(
    desk: "Desk", record: "SessionRecord", today: date
) -> list[str]:
    """Return a remark on each due date of a conversation that looks like a slip, seen from a day.

    None where the owner's settings leave them out.
    """
    remarks = list(_list_promise_remarks(record, today))
    if remarks and not desk.settings.get_switch(REMARKS_SETTING):
        return []
    return remarks


def _list_promise_remarks(record: "SessionRecord", today: date) -> Iterator[str]:
    from coachlog.rules.disclosure import veil_everyday_words

    for promise in _list_open_promises(record):
        words = veil_everyday_words(promise.what, private=promise.private)
        for remark in _list_due_remarks(promise.due, today):
            yield (
                f"“{shorten_text(words, 40)}”: {remark} "
                "(coachlog action list shows its number)"
            )
    for review in record.reviews:
        for remark in _list_due_remarks(review.due, today, review.action):
            yield f"Promise {review.action}: {remark}"


def confirm_record_doubts(
    desk: "Desk", doubts: Sequence[str], record: "SessionRecord", today: date
) -> None:
    """Ask about what was doubtful in the words of a conversation, and about its due dates.

    Raises Refusal if it is not what was meant.
    """
    lines = list(doubts)
    if desk.settings.get_switch(REMARKS_SETTING):
        lines += _list_date_doubts(record, today)
    if not lines:
        return
    for line in lines:
        desk.asker.tell(line)
    if not desk.asker.agrees(RECORD_DOUBT_QUESTION):
        raise Refusal("Nothing is saved yet.")


def _list_date_doubts(record: "SessionRecord", today: date) -> Iterator[str]:
    """Yield each due date that looks like a slip, with the promise that has it."""
    from coachlog.dates import doubts
    from coachlog.rules.disclosure import veil_everyday_words

    for promise in _list_open_promises(record):
        words = veil_everyday_words(promise.what, private=promise.private)
        due_doubts = doubts.list_due_doubts(promise.due, today) if promise.due else []
        if due_doubts:
            yield f"“{shorten_text(words, 40)}”: {' '.join(due_doubts)}"
    for review in record.reviews:
        due_doubts = doubts.list_due_doubts(review.due, today) if review.due else []
        if due_doubts:
            yield f"Promise {review.action}: {' '.join(due_doubts)}"


def _list_open_promises(record: "SessionRecord") -> "Iterator[Promise]":
    """Yield the promises that are not done already."""
    for place, promise in enumerate(record.list_promises()):
        if place not in record.done_promises:
            yield promise


def phrase_due_remarks(
    due_doubts: Sequence[str], ids: Iterable[int]
) -> tuple[str, ...]:
    """Return the remark on a due date that was taken for these promises; none without doubts."""
    from coachlog.dates import doubts

    if not due_doubts:
        return ()
    return (doubts.phrase_due_doubts(due_doubts, " ".join(map(str, ids))),)


def _list_due_remarks(
    day: date | None, today: date, id: int | None = None
) -> Iterator[str]:
    """Yield the remark on a due date if it looks like a slip; `id` is None before it is saved."""
    from coachlog.dates import doubts

    due_doubts = doubts.list_due_doubts(day, today) if day else []
    if due_doubts:
        number = "NUMBER" if id is None else str(id)
        yield doubts.phrase_due_doubts(due_doubts, number)
