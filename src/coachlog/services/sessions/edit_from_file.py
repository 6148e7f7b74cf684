"""Reads the changes to a held conversation from an answers file, and checks each of them."""

from dataclasses import replace
from datetime import date
from typing import Any

from coachlog.answers import AnswersFile
from coachlog.answers.private_lines import build_private_line_fault, has_private_words
from coachlog.errors import InvalidInput
from coachlog.interview import keys, meeting
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Question
from coachlog.interview.keys import ISSUE, MINUTES
from coachlog.interview.scripted import Fault, FileAnswerer, veil_quoted_words
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.sessions import Session
from coachlog.model.sets import OWNER_HANDLE, Member, Slot
from coachlog.names.matching import match_by_name
from coachlog.services.desk import Desk
from coachlog.services.sessions.edit_partner import list_partners
from coachlog.services.sessions.edit_questions import (
    build_edit_day_question,
    build_edit_minutes_question,
    load_answers_by_key,
    rebuild_asked_question,
    rebuild_slot_questions,
)
from coachlog.services.sessions.partner_names import combine_names
from coachlog.services.sessions.record import build_answers_error, load_answers_file
from coachlog.services.sessions.session_edits import (
    SessionChanges,
    require_held_session,
)
from coachlog.store.reading import person_queries, session_queries
from coachlog.text import find_nearest_words

_UNCHANGEABLE_FIELDS = (
    "relationship",
    "me",
    "template",
    "actions",
    "review",
    "notes",
    "corrections",
    "set",
    "present",
)


def merge_answers_file(
    desk: Desk, id: int, source: str, changes: SessionChanges
) -> SessionChanges:
    """Return the changes, completed with those of an answers file; an option overrides the file.

    Raises `FaultyAnswers`, which lists all faults at once, and `Refusal` unless the session was
    held.
    """
    answers_file = load_answers_file(source)
    require_held_session(desk, id)
    session, members = _load_session_and_members(desk, id)
    questions = _load_session_questions(desk, session, members)
    faults = list(answers_file.faults)
    for name in _UNCHANGEABLE_FIELDS:
        if getattr(answers_file, name):
            faults.append(
                Fault("cannot be changed once a conversation has been held", name, name)
            )
    slot_answers = _collect_slot_answers(session, members, answers_file, faults)
    new_values = answers_file.answers | slot_answers
    checked = _check_new_values(id, new_values, questions, faults)
    day_question = build_edit_day_question(desk.today)
    held_on = _check_new_answer(day_question, answers_file.held_on, faults)
    minutes = _check_new_answer(
        build_edit_minutes_question(), answers_file.minutes, faults
    )
    if faults:
        raise build_answers_error(source, faults)
    changes = replace(
        changes, answers=checked, tags=(*changes.tags, *answers_file.tags)
    )
    if changes.held_on is None and held_on is not None:
        changes = replace(changes, held_on=date.fromisoformat(str(held_on)))
    if changes.minutes is None and isinstance(minutes, int):
        changes = replace(changes, minutes=minutes)
    if not changes.with_names:
        names = _list_new_names(desk, session, answers_file)
        changes = replace(changes, with_names=names)
    return changes


def _list_new_names(
    desk: Desk, session: Session, answers_file: AnswersFile
) -> tuple[str, ...]:
    """Return who the conversation was with, as the file has it; none if it says what is on record.

    Raises `InvalidInput` for one name twice, and for more than two.
    """
    names = combine_names(answers_file.person, answers_file.with_names)
    partners = list_partners(session)
    with desk.read() as db:
        matches = [
            match_by_name(person_queries.read_people(db), name) for name in names
        ]
    named_ids = [people[0].id for people in matches if len(people) == 1]
    if len(named_ids) == len(names) and named_ids == [ref.id for ref in partners]:
        return ()
    return names


def _check_new_values(
    id: int,
    new_values: dict[str, object],
    questions: dict[str, Question],
    faults: list[Fault],
) -> dict[str, AnswerValue]:
    """Return the values as they are stored; add to `faults` what is wrong with any of them."""
    checked: dict[str, AnswerValue] = {}
    for key, value in new_values.items():
        question = questions.get(key)
        if question is None:
            faults.append(_build_not_asked_fault(id, key, questions))
        elif question.kind is PromptKind.PROMISES:
            faults.append(
                Fault(
                    "is counted by coachlog; the next review can correct it", key, key
                )
            )
        elif not question.private and has_private_words(question.kind, value):
            # The private answer of that day is not in the file: it is better seen than added to.
            faults.append(build_private_line_fault(key))
        else:
            checked[key] = _check_new_answer(question, value, faults)
    return checked


def _build_not_asked_fault(id: int, key: str, questions: dict[str, Question]) -> Fault:
    problem = f"was not asked in conversation {id}"
    near = find_nearest_words(key, list(questions))
    if near:
        problem += f"; did you mean “{keys.parse_key(near[0]).bare_key}”?"
    return Fault(problem, key, FileAnswerer.name_key(key))


def _check_new_answer(
    question: Question, value: object, faults: list[Fault]
) -> AnswerValue:
    """Return the value as it is stored; None, and a new fault, if it does not fit the question."""
    try:
        return check_answer(question, value)
    except InvalidInput as error:
        problem = f"{error.message} {error.hint or ''}".rstrip()
        if question.private:
            problem = veil_quoted_words(problem, value)
        faults.append(Fault(problem, question.key, FileAnswerer.name_key(question.key)))
        return None


def _collect_slot_answers(
    session: Session,
    members: tuple[Member, ...],
    answers_file: AnswersFile,
    faults: list[Fault],
) -> dict[str, object]:
    """Return the new values of a file's slots by key; each slot is found by its presenter."""
    new_values: dict[str, object] = {}
    changed_slots: list[Slot] = []
    for position, row in enumerate(answers_file.slots, start=1):
        place = f"[[slots]] number {position}"
        slot = _find_presented_slot(session, members, str(row.get("presenter") or ""))
        if slot is None:
            names = ", ".join(slot.presenter.name for slot in session.slots) or "nobody"
            faults.append(
                Fault(f"presenter: those who presented were {names}", name=place)
            )
            continue
        if slot in changed_slots:
            faults.append(
                Fault(f"presenter: {slot.presenter.name} appears twice", name=place)
            )
            continue
        if row["actions"]:
            faults.append(
                Fault(
                    "actions: cannot be changed once a conversation has been held",
                    name=place,
                )
            )
        changed_slots.append(slot)
        new_values |= _key_slot_values(slot, row)
    return new_values


def _find_presented_slot(
    session: Session, members: tuple[Member, ...], presenter_name: str
) -> Slot | None:
    """Return the slot of the one presenter whom the name fits; None if it fits none or several."""
    presenters = {
        member.person for member in meeting.match_members(members, presenter_name)
    }
    slots = [slot for slot in session.slots if slot.presenter.person in presenters]
    return slots[0] if len(slots) == 1 else None


def _key_slot_values(slot: Slot, row: dict[str, Any]) -> dict[str, object]:
    """Return the answers in a slot's row, its issue and its minutes, each by its key."""
    values = dict(row["answers"])
    for name in (ISSUE, MINUTES):
        if name in row:
            values[name] = row[name]
    return {
        keys.build_slot_key(str(slot.number), key): value
        for key, value in values.items()
    }


def _load_session_questions(
    desk: Desk, session: Session, members: tuple[Member, ...]
) -> dict[str, Question]:
    """Return what was asked in a session, by key, with what is recorded of each slot."""
    names = tuple(
        dict.fromkeys(attendee.name for attendee in members or session.people)
    )
    if members:
        names = (*names, OWNER_HANDLE)
    questions = {
        key: rebuild_asked_question(key, answer, desk.today, names)
        for key, answer in load_answers_by_key(desk, session).items()
    }
    for slot in session.slots:
        questions |= rebuild_slot_questions(slot)
    return questions


def _load_session_and_members(
    desk: Desk, id: int
) -> tuple[Session, tuple[Member, ...]]:
    """Return a session and, for a meeting, everyone who was ever in its set, once each."""
    from coachlog.store.reading.set_queries import read_set

    with desk.read() as db:
        session = session_queries.read_session(db, id)
        if session.set is None:
            return session, ()
        members = read_set(db, session.set.id).members
    return session, tuple({member.slug: member for member in members}.values())
