"""Changes to a conversation that was held: its day, minutes, tags and answers."""

from dataclasses import dataclass, field, replace
from datetime import date

from coachlog import dates, interview
from coachlog.cli import filing
from coachlog.cli.environment import Environment
from coachlog.errors import Invalid, Refused
from coachlog.interview import HELD_ON, MINUTES, Back, Fault, Question, Scripted
from coachlog.model import Answer, Kind, Session, SessionStatus, Value
from coachlog.render import pages
from coachlog.store import reading
from coachlog.text import nearest, plural


@dataclass(frozen=True)
class Changes:
    """What to change of a session; what is None or empty stays."""

    held_on: date | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    answers: dict[str, Value] = field(default_factory=dict)


def from_file(env: Environment, id: int, source: str, changes: Changes) -> Changes:
    """Return the changes with those of an answers file; `FaultyAnswers` lists all its faults."""
    given = filing.parse(source)
    asked = _asked_before(env, id)
    faults = list(given.faults)
    kept = ("person", "relationship", "me", "template", "actions", "review", "notes", "corrections")
    for name in kept:
        if getattr(given, name):
            faults.append(Fault("a session that was held keeps its own", name, name))
    found: dict[str, Value] = {}
    for key, value in given.answers.items():
        if key not in asked:
            near = nearest(key, list(asked))
            hint = f"; did you mean “{near[0]}”?" if near else ""
            faults.append(Fault(f"was not asked in session {id}{hint}", key, key))
            continue
        if asked[key].kind is Kind.PROMISES:
            faults.append(Fault("is counted by coachlog; the next review can correct it", key, key))
            continue
        _checked(_question(asked[key], env.today), value, found, faults)
    _checked(_day_question(env.today), given.held_on, found, faults)
    _checked(_minutes_question(), given.minutes, found, faults)
    if faults:
        raise filing.faulty(source, faults)
    held_on, minutes = found.pop(HELD_ON, None), found.pop(MINUTES, None)
    return replace(
        changes,
        held_on=changes.held_on or (date.fromisoformat(str(held_on)) if held_on else None),
        minutes=changes.minutes or (minutes if isinstance(minutes, int) else None),
        tags=(*changes.tags, *given.tags),
        answers={key: found[key] for key in given.answers},
    )


def _checked(
    question: Question, value: object, found: dict[str, Value], faults: list[Fault]
) -> None:
    try:
        found[question.key] = interview.check(question, value)
    except Invalid as error:
        words = f"{error.message} {error.hint}" if error.hint else error.message
        faults.append(Fault(words, question.key, Scripted.name(question.key)))


def at_terminal(env: Environment, id: int) -> str:
    """Ask what to change, keep each change at once, and return the line that says what changed."""
    _require_held(env, id)
    made = 0
    while True:
        with env.read() as db:
            session = reading.session(db, id)
            answers = reading.answers(db, id)
        before = {f"{a.stage}.{a.prompt}": a for a in answers if a.kind is not Kind.PROMISES}
        rows: list[tuple[str, str | None]] = [
            (f"finish; {plural(made, 'change')} kept" if made else "leave all as it is", None),
            (f"the day: {dates.long(session.held_on)}", HELD_ON),
            (f"the minutes: {session.minutes or '–'}", MINUTES),
            *((f"{a.question} {pages.value(a) or '(skipped)'}", key) for key, a in before.items()),
        ]
        key = env.terminal.choose("What is to change?", rows)
        if not isinstance(key, str):
            break
        made += _changed(env, id, key, session, before.get(key))
    if not made:
        raise Refused("Nothing was changed.")
    return f"Changed session {id}. Look at it: coachlog session show {id}"


def _changed(env: Environment, id: int, key: str, session: Session, answer: Answer | None) -> int:
    """Ask for one new value and keep it; return how many changes that was."""
    if answer is not None:
        question, value = _question(answer, env.today), answer.value
    elif key == HELD_ON:
        question, value = _day_question(env.today), session.held_on.isoformat()
    else:
        question, value = _minutes_question(), session.minutes
    reply = env.terminal.again(question, value)
    if isinstance(reply, Back) or reply == value or (answer is None and reply is None):
        return 0
    if key == HELD_ON:
        changes = Changes(held_on=date.fromisoformat(str(reply)))
    elif key == MINUTES:
        changes = Changes(minutes=reply if isinstance(reply, int) else None)
    else:
        changes = Changes(answers={key: reply})
    apply(env, id, changes)
    return 1


def apply(env: Environment, id: int, changes: Changes) -> str:
    """Make the changes in one transaction and return the line that says so."""
    if changes == Changes():
        raise Refused("There is nothing in it to change.")
    _require_held(env, id)
    from coachlog.store import writing

    with env.change() as change:
        if changes.held_on or changes.minutes:
            writing.edit_session(change, id, held_on=changes.held_on, minutes=changes.minutes)
        for key, value in changes.answers.items():
            writing.edit_answer(change, id, key, value)
        writing.tag_session(change, id, changes.tags, changes.untags)
    parts = [plural(len(changes.answers), "answer")] if changes.answers else []
    parts += ["day"] if changes.held_on else []
    parts += ["minutes"] if changes.minutes else []
    parts += ["tags"] if changes.tags or changes.untags else []
    return f"Changed session {id}: {', '.join(parts)}. Look at it: coachlog session show {id}"


def _asked_before(env: Environment, id: int) -> dict[str, Answer]:
    _require_held(env, id)
    with env.read() as db:
        return {f"{a.stage}.{a.prompt}": a for a in reading.answers(db, id)}


def _require_held(env: Environment, id: int) -> None:
    with env.read() as db:
        status = reading.session(db, id).status
    if status is SessionStatus.DRAFT:
        raise Refused(f"Session {id} is a draft.", f"Go on with it: coachlog session resume {id}")
    if status is SessionStatus.CANCELLED:
        raise Refused(
            f"Session {id} was cancelled: nothing was said in it.",
            f"If that was a slip: coachlog session delete {id}",
        )


def _question(answer: Answer, today: date) -> Question:
    return Question(
        f"{answer.stage}.{answer.prompt}",
        answer.question,
        answer.kind,
        private=answer.private,
        low=answer.low if answer.low is not None else 1,
        high=answer.high if answer.high is not None else 10,
        options=answer.options,
        base=today,
    )


def _minutes_question() -> Question:
    return Question(MINUTES, "How many minutes did it take?", Kind.NUMBER)


def _day_question(today: date) -> Question:
    return Question(HELD_ON, "When did you talk?", Kind.DATE, base=today, ahead=False, until=today)
