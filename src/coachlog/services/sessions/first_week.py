"""What is said after the very first conversation: what comes back by itself, and when."""

from datetime import date

from coachlog import dates
from coachlog.model.records import SessionRecord
from coachlog.rules.disclosure import veil_everyday_words
from coachlog.services.desk import Desk
from coachlog.services.sessions.saved_session import SavedSession
from coachlog.text import shorten_text

_QUOTED_CHARACTERS = 60


def list_first_remarks(
    desk: Desk, saved_session: SavedSession, record: SessionRecord
) -> tuple[str, ...]:
    """Return what to expect from here on; nothing after any conversation but the first.

    Only a person at a terminal is told: a script has no first week.
    """
    if not saved_session.is_first or not desk.interactive:
        return ()
    remarks = [*_list_first_due_remarks(record, desk.today)]
    if saved_session.handle:
        remarks.append(
            f"Before you next meet: coachlog brief {saved_session.handle}. To be reminded every "
            f"two weeks: coachlog person edit {saved_session.handle} --every 2w"
        )
    return tuple(remarks)


def _list_first_due_remarks(record: SessionRecord, today: date) -> list[str]:
    """Return the sentence on the promise that is due first; none where none has a date.

    A private one, whose words are not shown, is named only where there is no other.
    """
    dated_promises = [
        (promise.due, promise)
        for place, promise in enumerate(record.promises)
        if promise.due is not None and place not in record.done_promises
    ]
    if not dated_promises:
        return []
    due, promise = min(dated_promises, key=lambda dated: (dated[1].private, dated[0]))
    words = veil_everyday_words(promise.what, private=promise.private)
    return [
        f"Type coachlog on any day: it shows what is due, such as "
        f"“{shorten_text(words, _QUOTED_CHARACTERS)}” by {dates.format_short_day(due, today)}."
    ]
