"""Changes to a conversation that was held: its day, minutes, tags and answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from coachlog import dates, interview
from coachlog.answers import AnswersFile
from coachlog.errors import InvalidInput, Refusal
from coachlog.interview import HELD_ON, MINUTES, Back, Fault, FileAnswerer, Question, keys, meeting
from coachlog.interview.keys import ISSUE
from coachlog.model import Answer, AnswerValue, AskedQuestion, PromptKind, Session, SessionStatus
from coachlog.model.sets import OWNER_HANDLE, Member, Slot
from coachlog.phrasing.answers import describe_answer
from coachlog.rules import question_tags
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.results import Result
from coachlog.services.sessions import record
from coachlog.store import reading
from coachlog.text import find_nearest_words, format_count

if TYPE_CHECKING:
    from coachlog.store.database import Change


@dataclass(frozen=True)
class SessionChanges:
    """What to change of a session; what is None or empty stays.

    The key of an answer given in a slot begins with its number, as in the interview: `2:act.sure`.
    So do those of a slot itself: `2:issue`, `2:minutes`.
    """

    held_on: date | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    answers: dict[str, AnswerValue] = field(default_factory=dict)


def edit_session(desk: Desk, id: int, source: str | None, changes: SessionChanges) -> Result:
    """Change a session that was held, by an answers file as well; without a change, each is asked.

    `Refused` for a draft or a cancelled session; `FaultyAnswers` lists all faults of the file.
    """
    if source is not None:
        return apply_session_changes(desk, id, _merge_answers_file(desk, id, source, changes))
    if changes != SessionChanges():
        return apply_session_changes(desk, id, changes)
    if not desk.interactive:
        raise build_missing_error(
            "What to change", "--on, --minutes, --tag, --untag or --answers FILE"
        )
    return _ask_session_changes(desk, id)


def _merge_answers_file(
    desk: Desk, id: int, source: str, changes: SessionChanges
) -> SessionChanges:
    """Return the changes with those of an answers file; `FaultyAnswers` lists all its faults."""
    given = record.load_answers_file(source)
    asked = _load_session_questions(desk, id)
    faults = list(given.faults)
    for name in _UNCHANGEABLE_FIELDS:
        if getattr(given, name):
            faults.append(Fault("a session that was held keeps its own", name, name))
    found: dict[str, AnswerValue] = {}
    answers = given.answers | _collect_slot_answers(desk, id, given, faults)
    for key, value in answers.items():
        if key not in asked:
            near = find_nearest_words(key, list(asked))
            hint = f"; did you mean “{keys.parse_key(near[0]).bare_key}”?" if near else ""
            problem = f"was not asked in session {id}{hint}"
            faults.append(Fault(problem, key, FileAnswerer.name_key(key)))
            continue
        if asked[key].kind is PromptKind.PROMISES:
            faults.append(Fault("is counted by coachlog; the next review can correct it", key, key))
            continue
        _check_new_answer(asked[key], value, found, faults)
    _check_new_answer(_build_edit_day_question(desk.today), given.held_on, found, faults)
    _check_new_answer(_build_edit_minutes_question(), given.minutes, found, faults)
    if faults:
        raise record.build_answers_error(source, faults)
    held_on, minutes = found.pop(HELD_ON, None), found.pop(MINUTES, None)
    return replace(
        changes,
        held_on=changes.held_on or (date.fromisoformat(str(held_on)) if held_on else None),
        minutes=changes.minutes or (minutes if isinstance(minutes, int) else None),
        tags=(*changes.tags, *given.tags),
        answers={key: found[key] for key in answers},
    )


_UNCHANGEABLE_FIELDS = (
    *("person", "relationship", "me", "template", "actions", "review", "notes", "corrections"),
    *("set", "present"),
)


def _collect_slot_answers(
    desk: Desk, id: int, answers_file: AnswersFile, faults: list[Fault]
) -> dict[str, object]:
    """Return what a file changes in slots, each found by its presenter."""
    session, members = _load_session_and_members(desk, id)
    slots = session.slots
    found: dict[str, object] = {}
    seen: list[Slot] = []
    for number, row in enumerate(answers_file.slots, start=1):
        presenters = meeting.match_members(members, str(row.get("presenter") or ""))
        people = {member.person for member in presenters}
        meant = [slot for slot in slots if slot.presenter.person in people]
        where = f"[[slots]] number {number}"
        if len(meant) == 1 and meant[0] in seen:
            faults.append(
                Fault(f"presenter: {meant[0].presenter.name} stands here twice", name=where)
            )
            continue
        if len(meant) != 1:
            known = ", ".join(slot.presenter.name for slot in slots) or "nobody"
            faults.append(Fault(f"presenter: there presented {known}", name=where))
            continue
        if row["actions"]:
            faults.append(Fault("actions: a session that was held keeps its own", name=where))
        seen.append(meant[0])
        said = row["answers"] | {key: row[key] for key in (ISSUE, MINUTES) if key in row}
        slot = str(meant[0].number)
        found |= {keys.build_slot_key(slot, key): value for key, value in said.items()}
    return found


def _check_new_answer(
    question: Question, value: object, answers: dict[str, AnswerValue], faults: list[Fault]
) -> None:
    try:
        answers[question.key] = interview.check_answer(question, value)
    except InvalidInput as error:
        problem = f"{error.message} {error.hint}" if error.hint else error.message
        faults.append(Fault(problem, question.key, FileAnswerer.name_key(question.key)))


def _ask_session_changes(desk: Desk, id: int) -> Result:
    """Ask what to change and keep each change at once."""
    _require_held_session(desk, id)
    made = 0
    while True:
        with desk.read() as db:
            session = reading.read_session(db, id)
        known = _load_answers_by_key(desk, session)
        before = {key: one for key, one in known.items() if one.kind is not PromptKind.PROMISES}
        rows: list[tuple[str, str | None]] = [
            (
                f"finish; {format_count(made, 'change')} kept" if made else "leave all as it is",
                None,
            ),
            (f"the day: {dates.format_long_day(session.held_on)}", HELD_ON),
            (f"the minutes: {session.minutes or '–'}", MINUTES),
            *_build_answer_rows(session, before),
        ]
        key = desk.asker.choose("What is to change?", rows)
        if not isinstance(key, str):
            break
        made += _ask_new_value(desk, id, key, session, before)
    if not made:
        raise Refusal("Nothing was changed.")
    return Result(f"Changed session {id}. Look at it: coachlog session show {id}")


def _build_answer_rows(session: Session, answers: dict[str, Answer]) -> Iterator[tuple[str, str]]:
    """Yield each answer with its key, those of a slot under its presenter."""
    for slot in session.slots:
        number, name = str(slot.number), slot.presenter.name
        yield f"{name}: issue: {slot.issue or '–'}", keys.build_slot_key(number, ISSUE)
        yield f"{name}: minutes: {slot.minutes or '–'}", keys.build_slot_key(number, MINUTES)
    names = {str(slot.number): f"{slot.presenter.name}: " for slot in session.slots}
    for key, answer in answers.items():
        whose = names.get(keys.parse_key(key).slot, "")
        yield f"{whose}{answer.question} {describe_answer(answer) or '(skipped)'}", key


def _ask_new_value(
    desk: Desk, id: int, key: str, session: Session, answers: dict[str, Answer]
) -> int:
    """Ask for one new value and keep it; return how many changes that was."""
    answer = answers.get(key)
    if answer is not None and answer.kind is PromptKind.QUESTIONS and answer.value:
        return _ask_question_tags(desk, id, key, answer)
    if answer is not None:
        question, value = _rebuild_asked_question(key, answer, desk.today), answer.value
    elif number := keys.parse_key(key).slot:
        slot = session.slots[int(number) - 1]
        question = _rebuild_slot_questions(slot)[key]
        value = slot.issue if keys.parse_key(key).field == ISSUE else slot.minutes
    elif key == HELD_ON:
        question, value = _build_edit_day_question(desk.today), session.held_on.isoformat()
    else:
        question, value = _build_edit_minutes_question(), session.minutes
    reply = desk.asker.ask_again(question, value)
    kept = answer is None and reply is None and key in (HELD_ON, MINUTES)
    if isinstance(reply, Back) or reply == value or kept:
        return 0
    if key == HELD_ON:
        changes = SessionChanges(held_on=date.fromisoformat(str(reply)))
    elif key == MINUTES:
        changes = SessionChanges(minutes=reply if isinstance(reply, int) else None)
    else:
        changes = SessionChanges(answers={key: reply})
    apply_session_changes(desk, id, changes)
    return 1


def _ask_question_tags(desk: Desk, id: int, key: str, answer: Answer) -> int:
    """Let the person tag questions that were asked, one key each; return how many were changed."""
    given = answer.value if isinstance(answer.value, list) else []
    asked: list[AskedQuestion] = [dict(one) for one in given if isinstance(one, dict)]
    made = 0
    while True:
        left = [number for number, one in enumerate(asked) if not one["tag"]]
        rows: list[tuple[str, int]] = [("these are right", -1)]
        rows += [(f"tag those without, one after the other ({len(left)})", -2)] if left else []
        rows += [
            (question_tags.format_asked_question(one), number) for number, one in enumerate(asked)
        ]
        chosen = desk.asker.choose("Which question?", rows)
        if not isinstance(chosen, int) or chosen == -1:
            return made
        for number in left if chosen == -2 else [chosen]:
            reply = desk.asker.ask_again(_build_tag_question(asked[number]), asked[number]["tag"])
            if isinstance(reply, Back):
                break
            if reply != asked[number]["tag"]:
                asked[number]["tag"] = str(reply) if reply else None
                apply_session_changes(desk, id, SessionChanges(answers={key: asked}))
                made += 1


def _build_tag_question(question: AskedQuestion) -> Question:
    hint = question_tags.propose_question_tag(str(question["question"]))
    return Question(
        "tag",
        str(question["question"]),
        PromptKind.CHOICE,
        help=f"Perhaps {hint[0]}: {hint[1]}. You decide." if hint else None,
        options=question_tags.QUESTION_TAGS,
        by_letter=True,
    )


def apply_session_changes(desk: Desk, id: int, changes: SessionChanges) -> Result:
    """Make the changes in one transaction."""
    if changes == SessionChanges():
        raise Refusal("There is nothing in it to change.")
    _require_held_session(desk, id)
    with desk.read() as db:
        slots = {one.number: one for one in reading.read_session(db, id).slots}
    from coachlog.store.writing import session_changes

    with desk.change() as change:
        if changes.held_on or changes.minutes:
            session_changes.update_session(
                change, id, held_on=changes.held_on, minutes=changes.minutes
            )
        for key, value in changes.answers.items():
            _save_new_value(change, id, key, value, slots)
        session_changes.update_session_tags(change, id, changes.tags, changes.untags)
    parts = [format_count(len(changes.answers), "answer")] if changes.answers else []
    parts += ["day"] if changes.held_on else []
    parts += ["minutes"] if changes.minutes else []
    parts += ["tags"] if changes.tags or changes.untags else []
    parts_changed = ", ".join(parts)
    return Result(f"Changed session {id}: {parts_changed}. Look at it: coachlog session show {id}")


def _save_new_value(
    change: "Change", id: int, key: str, value: AnswerValue, slots: dict[int, Slot]
) -> None:
    """Keep one new answer, or what is known of a slot."""
    from coachlog.store.writing import session_changes
    from coachlog.store.writing.set_changes import update_slot

    named = keys.parse_key(key)
    slot = slots[int(named.slot)] if named.slot else None
    if slot and named.field in (ISSUE, MINUTES):
        known: dict[str, Any] = {"issue": slot.issue, "minutes": slot.minutes}
        known[named.field] = value
        slots[slot.number] = slot._replace(**known)
        update_slot(change, id, slot.number, **known)
    else:
        session_changes.update_answer(change, id, named.bare_key, value, slot and slot.id)


def _load_answers_by_key(desk: Desk, session: Session) -> dict[str, Answer]:
    """Return the answers of a session by key, those given in a slot with its number before."""
    numbers: dict[int | None, str] = {slot.id: str(slot.number) for slot in session.slots}
    with desk.read() as db:
        found = reading.read_answers_by_slot(db, session.id)
    return {keys.build_answer_key(a.stage, a.prompt, numbers.get(slot, "")): a for slot, a in found}


def _load_session_questions(desk: Desk, id: int) -> dict[str, Question]:
    """Return what was asked in a session, by key, and what is known of each slot."""
    _require_held_session(desk, id)
    session, members = _load_session_and_members(desk, id)
    names = tuple(dict.fromkeys(who.name for who in members or session.people))
    names = (*names, OWNER_HANDLE) if members else names
    known = _load_answers_by_key(desk, session).items()
    asked = {key: _rebuild_asked_question(key, a, desk.today, names) for key, a in known}
    for slot in session.slots:
        asked |= _rebuild_slot_questions(slot)
    return asked


def _load_session_and_members(desk: Desk, id: int) -> tuple[Session, tuple[Member, ...]]:
    """Return a session and, of a set's meeting, everyone who ever was in the set, once each."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        session = reading.read_session(db, id)
        members = set_queries.read_set(db, session.set.id).members if session.set else ()
    return session, tuple({one.slug: one for one in members}.values())


def _rebuild_slot_questions(slot: Slot) -> dict[str, Question]:
    number = str(slot.number)
    issue, minutes = keys.build_slot_key(number, ISSUE), keys.build_slot_key(number, MINUTES)
    return {
        issue: Question(issue, f"What did {slot.presenter.name} bring?", PromptKind.LINE),
        minutes: Question(minutes, "How many minutes did this slot take?", PromptKind.NUMBER),
    }


def _require_held_session(desk: Desk, id: int) -> None:
    with desk.read() as db:
        status = reading.read_session(db, id).status
    if status is SessionStatus.DRAFT:
        raise Refusal(f"Session {id} is a draft.", f"Go on with it: coachlog session resume {id}")
    if status is SessionStatus.CANCELLED:
        raise Refusal(
            f"Session {id} was cancelled: nothing was said in it.",
            f"If that was a slip: coachlog session delete {id}",
        )


def _rebuild_asked_question(
    key: str, answer: Answer, today: date, asker_names: tuple[str, ...] = ()
) -> Question:
    """Return a question as it was asked; `names` are those who can have asked something in it."""
    return Question(
        key,
        answer.question,
        answer.kind,
        private=answer.private,
        low=answer.low if answer.low is not None else 1,
        high=answer.high if answer.high is not None else 10,
        options=asker_names if answer.kind is PromptKind.QUESTIONS else answer.options,
        base=today,
    )


def _build_edit_minutes_question() -> Question:
    return Question(MINUTES, "How many minutes did it take?", PromptKind.NUMBER)


def _build_edit_day_question(today: date) -> Question:
    return Question(
        HELD_ON, "When did you talk?", PromptKind.DATE, base=today, ahead=False, until=today
    )
