"""Notices a conversation that is recorded already, so that no promise is stored twice."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import Refusal
from coachlog.model import Action, Answer, Promise, Session
from coachlog.services.desk import Desk
from coachlog.store import reading

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord
    from coachlog.store.writing.session_changes import SessionStart


def refuse_repeated_record(
    desk: Desk, session_start: "SessionStart", record: "SessionRecord", *, again: bool
) -> None:
    """Return if this conversation is new, or `again` or the owner says that it is another one.

    The same conversation is one with the same person or set, template, day, answers and promises.
    Raises Refusal otherwise.
    """
    is_with_someone_new = session_start.new_person is not None
    if again or is_with_someone_new or not desk.journal.exists():
        return
    repeated_session = _find_repeated_session(desk, session_start, record)
    if repeated_session is None:
        return
    day = dates.format_long_day(record.held_on)
    words = (
        f"This is conversation {repeated_session.id}, {repeated_session.title} on {day}"
    )
    if desk.interactive and desk.asker.agrees(
        f"{words}. Record it again, as another one?"
    ):
        return
    raise Refusal(
        f"{words}: the same answers and promises. Nothing was saved.",
        f"See: coachlog session show {repeated_session.id}. "
        "If there were two conversations alike, add --again.",
    )


def _find_repeated_session(
    desk: Desk, session_start: "SessionStart", record: "SessionRecord"
) -> Session | None:
    """Return the first session on record that has the same contents; None if there is none."""
    contents = _count_record_contents(record)
    with desk.read() as db:
        ids = reading.read_same_day_session_ids(
            db,
            session_start.template.id,
            record.held_on,
            person_id=session_start.person_id,
            set_id=session_start.set_id,
        )
        for id in ids:
            session = reading.read_session(db, id)
            if _count_session_contents(session) == contents:
                return session
    return None


def _count_record_contents(record: "SessionRecord") -> Counter[str]:
    contents = _count_contents(record.answers, record.promises)
    if record.meeting is None:
        return contents
    contents += _count_contents((), [promise for _, promise in record.meeting.promises])
    for slot in record.meeting.slots:
        contents += _count_contents(
            slot.answers, [promise for _, promise in slot.promises]
        )
    return contents


def _count_session_contents(session: Session) -> Counter[str]:
    contents = _count_contents(session.answers, session.actions)
    for slot in session.slots:
        contents += _count_contents(slot.answers, ())
    return contents


def _count_contents(
    answers: Iterable[Answer], promises: Iterable[Action | Promise]
) -> Counter[str]:
    """Return how often each answer was given and each promise made."""
    answer_texts = [
        f"{answer.stage}.{answer.prompt}: {answer.value!r}"
        for answer in answers
        if answer.value is not None
    ]
    return Counter(answer_texts) + Counter(
        f"promise: {promise.what}" for promise in promises
    )
