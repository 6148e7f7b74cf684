"""Notices a conversation that is recorded already, so that no promise is stored twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import Refusal
from coachlog.model.actions import Action, Promise
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer, Session
from coachlog.rules.three_way import is_owner_plan
from coachlog.services.desk import Desk
from coachlog.services.sessions.record_differences import (
    RecordDifference,
    list_record_differences,
)
from coachlog.store.reading import action_queries, person_queries, session_queries

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord
    from coachlog.store.database import Connection
    from coachlog.store.writing.session_start_changes import SessionStart


def refuse_repeated_record(
    desk: Desk,
    session_start: "SessionStart",
    record: "SessionRecord",
    tags: Sequence[str],
    *,
    again: bool,
) -> None:
    """Return if this conversation is new, or `again` or the owner says that it is another one.

    The same conversation is one with the same person or set, template, day, answers and words of
    promises. Raises Refusal otherwise, which says what else differs: to store a corrected file
    would double its promises.
    """
    new_people = (session_start.new_person, session_start.new_third)
    is_with_someone_new = any(new_people)
    if again or is_with_someone_new or not desk.journal.exists():
        return
    with desk.read() as db:
        repeats = _list_repeats(db, session_start, record, tags)
    if not repeats:
        return
    # Of several on record, the most alike.
    session, differences = min(repeats, key=lambda repeat: len(repeat[1]))
    day = dates.format_long_day(record.held_on)
    words = f"This is conversation {session.id}, {session.title} on {day}"
    if differences:
        words += f": the same words; {_phrase_differences(differences)}"
    if desk.interactive and desk.asker.agrees(
        f"{words}. Record it again, as another one?"
    ):
        return
    raise _build_repeat_error(words, session, differences)


def _build_repeat_error(
    words: str, session: Session, differences: Sequence[RecordDifference]
) -> Refusal:
    advice = "If there were two conversations alike, add --again."
    if not differences:
        return Refusal(
            f"{words}: the same answers and promises. Nothing was saved.",
            f"See: coachlog session show {session.id}. {advice}",
        )
    commands = dict.fromkeys(difference.command for difference in differences)
    lines = "".join(f"\n  {command}" for command in commands)
    return Refusal(
        f"{words}. Nothing was saved.",
        f"To see or change what is on record:{lines}\n{advice}",
    )


def _phrase_differences(differences: Sequence[RecordDifference]) -> str:
    *earlier, last = [difference.what for difference in differences]
    if not earlier:
        return f"{last} differs"
    return f"{', '.join(earlier)} and {last} differ"


def _list_repeats(
    db: "Connection",
    session_start: "SessionStart",
    record: "SessionRecord",
    tags: Sequence[str],
) -> list[tuple[Session, list[RecordDifference]]]:
    """Return the sessions on record with the same contents, each with what differs all the same."""
    contents = _count_record_contents(record)
    ids = session_queries.read_same_day_session_ids(
        db,
        session_start.template.id,
        record.held_on,
        person_id=session_start.person_id,
        set_id=session_start.set_id,
        third_id=session_start.third_id,
    )
    repeats = []
    for id in ids:
        session = session_queries.read_session(db, id)
        if _count_session_contents(session) == contents:
            events = {
                review.action: action_queries.read_action(db, review.action).events
                for review in record.reviews
            }
            differences = [
                *_list_plan_difference(db, session, session_start.person_id),
                *list_record_differences(
                    session,
                    record,
                    tags,
                    events,
                    them=_find_partner_name(session, session_start),
                ),
            ]
            repeats.append((session, differences))
    return repeats


def _find_partner_name(session: Session, session_start: "SessionStart") -> str | None:
    """Return the name of whom a record of a conversation of three calls `them`; None for others."""
    if session_start.third_id is None:
        return None
    names = [
        person.name
        for person in session.people
        if isinstance(person, PersonRef) and person.id == session_start.person_id
    ]
    return names[0] if names else None


def _list_plan_difference(
    db: "Connection", session: Session, first_id: int | None
) -> list[RecordDifference]:
    """Return whose plan it is, where a record names the two others of a session in another order.

    It makes no difference where the plan is the owner's both times, or nothing was promised.
    """
    people = [person for person in session.people if isinstance(person, PersonRef)]
    is_same_order = len(people) < 2 or people[0].id == first_id
    if is_same_order or not session.actions:
        return []
    first, third = [person_queries.read_person(db, person.id) for person in people]
    if is_owner_plan(first.relationship) and is_owner_plan(third.relationship):
        return []
    names = f"--with {third.slug} --with {first.slug}"
    command = f"coachlog session edit {session.id} {names}"
    return [RecordDifference("whose plan it is", command)]


def _count_record_contents(record: "SessionRecord") -> Counter[str]:
    return _count_contents(record.list_answers(), record.list_promises())


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
