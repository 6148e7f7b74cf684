"""Changes to a conversation that was held: its day, minutes, tags and answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from coachlog import dates, interview
from coachlog.answers import AnswersFile
from coachlog.errors import Invalid, Refused
from coachlog.interview import HELD_ON, MINUTES, Back, Fault, Question, Scripted, keys, meeting
from coachlog.interview.keys import ISSUE
from coachlog.model import Answer, Asked, Kind, Session, SessionStatus, Value
from coachlog.model.sets import ME, Member, Slot
from coachlog.phrasing.answers import answer_words
from coachlog.rules import question_tags
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing
from coachlog.services.results import Result
from coachlog.services.sessions import record
from coachlog.store import reading
from coachlog.text import nearest, plural

if TYPE_CHECKING:
    from coachlog.store.database import Change


@dataclass(frozen=True)
class Changes:
    """What to change of a session; what is None or empty stays.

    The key of an answer given in a slot begins with its number, as in the interview: `2:act.sure`.
    So do those of a slot itself: `2:issue`, `2:minutes`.
    """

    held_on: date | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    answers: dict[str, Value] = field(default_factory=dict)


def edit(desk: Desk, id: int, source: str | None, changes: Changes) -> Result:
    """Change a session that was held, by an answers file as well; without a change, each is asked.

    `Refused` for a draft or a cancelled session; `FaultyAnswers` lists all faults of the file.
    """
    if source is not None:
        return apply(desk, id, _with_file(desk, id, source, changes))
    if changes != Changes():
        return apply(desk, id, changes)
    if not desk.interactive:
        raise missing("What to change", "--on, --minutes, --tag, --untag or --answers FILE")
    return _at_terminal(desk, id)


def _with_file(desk: Desk, id: int, source: str, changes: Changes) -> Changes:
    """Return the changes with those of an answers file; `FaultyAnswers` lists all its faults."""
    given = record.parse(source)
    asked = _asked_before(desk, id)
    faults = list(given.faults)
    for name in _KEPT:
        if getattr(given, name):
            faults.append(Fault("a session that was held keeps its own", name, name))
    found: dict[str, Value] = {}
    answers = given.answers | _in_slots(desk, id, given, faults)
    for key, value in answers.items():
        if key not in asked:
            near = nearest(key, list(asked))
            hint = f"; did you mean “{keys.parse(near[0]).bare}”?" if near else ""
            problem = f"was not asked in session {id}{hint}"
            faults.append(Fault(problem, key, Scripted.name(key)))
            continue
        if asked[key].kind is Kind.PROMISES:
            faults.append(Fault("is counted by coachlog; the next review can correct it", key, key))
            continue
        _checked(asked[key], value, found, faults)
    _checked(_day_question(desk.today), given.held_on, found, faults)
    _checked(_minutes_question(), given.minutes, found, faults)
    if faults:
        raise record.faulty(source, faults)
    held_on, minutes = found.pop(HELD_ON, None), found.pop(MINUTES, None)
    return replace(
        changes,
        held_on=changes.held_on or (date.fromisoformat(str(held_on)) if held_on else None),
        minutes=changes.minutes or (minutes if isinstance(minutes, int) else None),
        tags=(*changes.tags, *given.tags),
        answers={key: found[key] for key in answers},
    )


_KEPT = (
    *("person", "relationship", "me", "template", "actions", "review", "notes", "corrections"),
    *("set", "present"),
)


def _in_slots(desk: Desk, id: int, given: AnswersFile, faults: list[Fault]) -> dict[str, object]:
    """Return what a file changes in slots, each found by its presenter."""
    session, members = _set_of(desk, id)
    slots = session.slots
    found: dict[str, object] = {}
    seen: list[Slot] = []
    for number, row in enumerate(given.slots, start=1):
        presenters = meeting.named(members, str(row.get("presenter") or ""))
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
        found |= {keys.in_slot(slot, key): value for key, value in said.items()}
    return found


def _checked(
    question: Question, value: object, found: dict[str, Value], faults: list[Fault]
) -> None:
    try:
        found[question.key] = interview.check(question, value)
    except Invalid as error:
        problem = f"{error.message} {error.hint}" if error.hint else error.message
        faults.append(Fault(problem, question.key, Scripted.name(question.key)))


def _at_terminal(desk: Desk, id: int) -> Result:
    """Ask what to change and keep each change at once."""
    _require_held(desk, id)
    made = 0
    while True:
        with desk.read() as db:
            session = reading.session(db, id)
        known = _answers_of(desk, session)
        before = {key: one for key, one in known.items() if one.kind is not Kind.PROMISES}
        rows: list[tuple[str, str | None]] = [
            (f"finish; {plural(made, 'change')} kept" if made else "leave all as it is", None),
            (f"the day: {dates.long(session.held_on)}", HELD_ON),
            (f"the minutes: {session.minutes or '–'}", MINUTES),
            *_rows(session, before),
        ]
        key = desk.asker.choose("What is to change?", rows)
        if not isinstance(key, str):
            break
        made += _changed(desk, id, key, session, before)
    if not made:
        raise Refused("Nothing was changed.")
    return Result(f"Changed session {id}. Look at it: coachlog session show {id}")


def _rows(session: Session, before: dict[str, Answer]) -> Iterator[tuple[str, str]]:
    """Yield each answer with its key, those of a slot under its presenter."""
    for slot in session.slots:
        number, name = str(slot.number), slot.presenter.name
        yield f"{name}: issue: {slot.issue or '–'}", keys.in_slot(number, ISSUE)
        yield f"{name}: minutes: {slot.minutes or '–'}", keys.in_slot(number, MINUTES)
    names = {str(slot.number): f"{slot.presenter.name}: " for slot in session.slots}
    for key, answer in before.items():
        whose = names.get(keys.parse(key).slot, "")
        yield f"{whose}{answer.question} {answer_words(answer) or '(skipped)'}", key


def _changed(desk: Desk, id: int, key: str, session: Session, before: dict[str, Answer]) -> int:
    """Ask for one new value and keep it; return how many changes that was."""
    answer = before.get(key)
    if answer is not None and answer.kind is Kind.QUESTIONS and answer.value:
        return _tagged(desk, id, key, answer)
    if answer is not None:
        question, value = _question(key, answer, desk.today), answer.value
    elif number := keys.parse(key).slot:
        slot = session.slots[int(number) - 1]
        question = _slot_questions(slot)[key]
        value = slot.issue if keys.parse(key).field == ISSUE else slot.minutes
    elif key == HELD_ON:
        question, value = _day_question(desk.today), session.held_on.isoformat()
    else:
        question, value = _minutes_question(), session.minutes
    reply = desk.asker.again(question, value)
    kept = answer is None and reply is None and key in (HELD_ON, MINUTES)
    if isinstance(reply, Back) or reply == value or kept:
        return 0
    if key == HELD_ON:
        changes = Changes(held_on=date.fromisoformat(str(reply)))
    elif key == MINUTES:
        changes = Changes(minutes=reply if isinstance(reply, int) else None)
    else:
        changes = Changes(answers={key: reply})
    apply(desk, id, changes)
    return 1


def _tagged(desk: Desk, id: int, key: str, answer: Answer) -> int:
    """Let the person tag questions that were asked, one key each; return how many were changed."""
    given = answer.value if isinstance(answer.value, list) else []
    asked: list[Asked] = [dict(one) for one in given if isinstance(one, dict)]
    made = 0
    while True:
        left = [number for number, one in enumerate(asked) if not one["tag"]]
        rows: list[tuple[str, int]] = [("these are right", -1)]
        rows += [(f"tag those without, one after the other ({len(left)})", -2)] if left else []
        rows += [(question_tags.asked(one), number) for number, one in enumerate(asked)]
        chosen = desk.asker.choose("Which question?", rows)
        if not isinstance(chosen, int) or chosen == -1:
            return made
        for number in left if chosen == -2 else [chosen]:
            reply = desk.asker.again(_tag_question(asked[number]), asked[number]["tag"])
            if isinstance(reply, Back):
                break
            if reply != asked[number]["tag"]:
                asked[number]["tag"] = str(reply) if reply else None
                apply(desk, id, Changes(answers={key: asked}))
                made += 1


def _tag_question(one: Asked) -> Question:
    hint = question_tags.proposed(str(one["question"]))
    return Question(
        "tag",
        str(one["question"]),
        Kind.CHOICE,
        help=f"Perhaps {hint[0]}: {hint[1]}. You decide." if hint else None,
        options=question_tags.TAGS,
        by_letter=True,
    )


def apply(desk: Desk, id: int, changes: Changes) -> Result:
    """Make the changes in one transaction."""
    if changes == Changes():
        raise Refused("There is nothing in it to change.")
    _require_held(desk, id)
    with desk.read() as db:
        slots = {one.number: one for one in reading.session(db, id).slots}
    from coachlog.store.writing import session_changes

    with desk.change() as change:
        if changes.held_on or changes.minutes:
            session_changes.edit_session(
                change, id, held_on=changes.held_on, minutes=changes.minutes
            )
        for key, value in changes.answers.items():
            _keep(change, id, key, value, slots)
        session_changes.tag_session(change, id, changes.tags, changes.untags)
    parts = [plural(len(changes.answers), "answer")] if changes.answers else []
    parts += ["day"] if changes.held_on else []
    parts += ["minutes"] if changes.minutes else []
    parts += ["tags"] if changes.tags or changes.untags else []
    parts_changed = ", ".join(parts)
    return Result(f"Changed session {id}: {parts_changed}. Look at it: coachlog session show {id}")


def _keep(change: "Change", id: int, key: str, value: Value, slots: dict[int, Slot]) -> None:
    """Keep one new answer, or what is known of a slot."""
    from coachlog.store.writing import session_changes
    from coachlog.store.writing.set_changes import edit_slot

    named = keys.parse(key)
    slot = slots[int(named.slot)] if named.slot else None
    if slot and named.field in (ISSUE, MINUTES):
        known: dict[str, Any] = {"issue": slot.issue, "minutes": slot.minutes}
        known[named.field] = value
        slots[slot.number] = slot._replace(**known)
        edit_slot(change, id, slot.number, **known)
    else:
        session_changes.edit_answer(change, id, named.bare, value, slot and slot.id)


def _answers_of(desk: Desk, session: Session) -> dict[str, Answer]:
    """Return the answers of a session by key, those given in a slot with its number before."""
    numbers: dict[int | None, str] = {slot.id: str(slot.number) for slot in session.slots}
    with desk.read() as db:
        found = reading.answers_by_slot(db, session.id)
    return {keys.answer(a.stage, a.prompt, numbers.get(slot, "")): a for slot, a in found}


def _asked_before(desk: Desk, id: int) -> dict[str, Question]:
    """Return what was asked in a session, by key, and what is known of each slot."""
    _require_held(desk, id)
    session, members = _set_of(desk, id)
    names = tuple(dict.fromkeys(who.name for who in members or session.people))
    names = (*names, ME) if members else names
    known = _answers_of(desk, session).items()
    asked = {key: _question(key, a, desk.today, names) for key, a in known}
    for slot in session.slots:
        asked |= _slot_questions(slot)
    return asked


def _set_of(desk: Desk, id: int) -> tuple[Session, tuple[Member, ...]]:
    """Return a session and, of a set's meeting, everyone who ever was in the set, once each."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        session = reading.session(db, id)
        members = set_queries.set_by_id(db, session.set.id).members if session.set else ()
    return session, tuple({one.slug: one for one in members}.values())


def _slot_questions(slot: Slot) -> dict[str, Question]:
    number = str(slot.number)
    issue, minutes = keys.in_slot(number, ISSUE), keys.in_slot(number, MINUTES)
    return {
        issue: Question(issue, f"What did {slot.presenter.name} bring?", Kind.LINE),
        minutes: Question(minutes, "How many minutes did this slot take?", Kind.NUMBER),
    }


def _require_held(desk: Desk, id: int) -> None:
    with desk.read() as db:
        status = reading.session(db, id).status
    if status is SessionStatus.DRAFT:
        raise Refused(f"Session {id} is a draft.", f"Go on with it: coachlog session resume {id}")
    if status is SessionStatus.CANCELLED:
        raise Refused(
            f"Session {id} was cancelled: nothing was said in it.",
            f"If that was a slip: coachlog session delete {id}",
        )


def _question(key: str, answer: Answer, today: date, names: tuple[str, ...] = ()) -> Question:
    """Return a question as it was asked; `names` are those who can have asked something in it."""
    return Question(
        key,
        answer.question,
        answer.kind,
        private=answer.private,
        low=answer.low if answer.low is not None else 1,
        high=answer.high if answer.high is not None else 10,
        options=names if answer.kind is Kind.QUESTIONS else answer.options,
        base=today,
    )


def _minutes_question() -> Question:
    return Question(MINUTES, "How many minutes did it take?", Kind.NUMBER)


def _day_question(today: date) -> Question:
    return Question(HELD_ON, "When did you talk?", Kind.DATE, base=today, ahead=False, until=today)
