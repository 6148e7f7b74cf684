"""Makes changes to a conversation that was held: its day, minutes, tags and answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from coachlog import dates
from coachlog.errors import Refusal
from coachlog.interview import keys
from coachlog.interview.keys import ISSUE, MINUTES
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.references import PersonRef
from coachlog.model.sessions import SessionStatus
from coachlog.model.sets import Slot
from coachlog.rules.three_way import find_plan
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.edit_partner import (
    find_new_partners,
    list_partner_remarks,
    list_renamed_questions,
)
from coachlog.services.sessions.session_names import name_session
from coachlog.store.reading import session_queries
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.store.transactions import Change
    from coachlog.store.writing.session_day_changes import DayEffects


@dataclass(frozen=True)
class SessionChanges:
    """What to change in a session; what is None or empty stays as it is.

    The key of an answer given in a slot begins with the number of the slot: `2:act.sure`. So do
    the keys of what is recorded of the slot itself: `2:issue`, `2:minutes`.
    """

    held_on: date | None = None
    minutes: int | None = None
    with_names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    answers: dict[str, AnswerValue] = field(default_factory=dict)


def require_held_session(desk: Desk, id: int) -> None:
    """Raise `Refusal` unless the session was held, and `NotFound` if there is none.

    Raises `DamagedJournal` if something in it is not as it was written.
    """
    from coachlog.store.shown_rows import require_sound_sessions

    with desk.read() as db:
        session = session_queries.read_session(db, id)
        require_sound_sessions(db, [session])
    status = session.status
    if status is SessionStatus.DRAFT:
        raise Refusal(
            f"Conversation {id} is still a draft.",
            f"To carry on: coachlog session resume {id}",
        )
    if status is SessionStatus.CANCELLED:
        raise Refusal(
            f"Conversation {id} was cancelled, so there is nothing in it to change.",
            f"If it was recorded by mistake: coachlog session delete {id}",
        )


def apply_session_changes(desk: Desk, id: int, changes: SessionChanges) -> Result:
    """Make all the changes in one transaction and return what was changed.

    Raises `Refusal` if there are none, or the session was not held.
    """
    if changes == SessionChanges():
        raise Refusal("No change was given.")
    require_held_session(desk, id)
    with desk.read() as db:
        session = session_queries.read_session(db, id)
    slots = {slot.number: slot for slot in session.slots}
    people: tuple[Person, ...] = ()
    questions: dict[str, str] = {}
    if changes.with_names:
        people = find_new_partners(desk, session, changes.with_names)
        questions = list_renamed_questions(desk, session, people)
    from coachlog.store.writing.session_changes import (
        edit_session_tags,
        update_session,
    )
    from coachlog.store.writing.session_day_changes import DayEffects

    effects = DayEffects()
    remarks: list[str] = []
    with desk.change() as change:
        if changes.held_on or changes.minutes:
            effects = update_session(
                change, id, held_on=changes.held_on, minutes=changes.minutes
            )
        for key, value in changes.answers.items():
            _save_new_value(change, id, key, value, slots)
        edit_session_tags(change, id, changes.tags, changes.untags)
        if people:
            remarks += _move_session(change, id, people, questions)
            refs = tuple(PersonRef(person.id, person.name) for person in people)
            session = session._replace(people=refs)
    facts = _describe_changed_parts(changes)
    return Result(
        f"Changed {name_session(session)}: {facts}. See: coachlog session show {id}",
        (*_list_day_remarks(effects), *remarks),
    )


def _move_session(
    change: "Change", id: int, people: Sequence[Person], questions: dict[str, str]
) -> list[str]:
    """File a conversation under other people, and return what there is to say about it."""
    from coachlog.store.writing.session_partners import update_session_people

    action_ids = update_session_people(change, id, people, questions)
    return list_partner_remarks(people, find_plan(people), action_ids)


def _list_day_remarks(effects: "DayEffects") -> Iterator[str]:
    """Yield what another day of a conversation does to its promises."""
    for id in effects.dropped_carries:
        yield (
            f"Promise {id} was not open on that day, so this conversation no longer counts as "
            "one in which it was carried over."
        )
    for id, due in effects.made_late:
        yield (
            f"Promise {id} was first due on {dates.format_long_day(due)}, before that day. "
            f"See: coachlog action show {id}"
        )


def _describe_changed_parts(changes: SessionChanges) -> str:
    parts: list[str] = []
    if changes.answers:
        parts.append(format_count(len(changes.answers), "answer"))
    if changes.held_on:
        parts.append("day")
    if changes.minutes:
        parts.append("minutes")
    if changes.with_names:
        parts.append("person" if len(changes.with_names) == 1 else "people")
    if changes.tags or changes.untags:
        parts.append("tags")
    return ", ".join(parts)


def _save_new_value(
    change: "Change", id: int, key: str, value: AnswerValue, slots: dict[int, Slot]
) -> None:
    """Save one new answer, or the new issue or minutes of a slot; `slots` is kept up to date."""
    from coachlog.store.writing.session_changes import update_answer
    from coachlog.store.writing.set_changes import update_slot

    answer_key = keys.parse_key(key)
    slot = slots[int(answer_key.slot)] if answer_key.slot else None
    if slot is None or answer_key.field not in (ISSUE, MINUTES):
        update_answer(change, id, answer_key.bare_key, value, slot.id if slot else None)
        return
    new_fields: dict[str, Any] = {answer_key.field: value}
    new_slot = slot._replace(**new_fields)
    slots[slot.number] = new_slot
    update_slot(change, id, slot.number, issue=new_slot.issue, minutes=new_slot.minutes)
