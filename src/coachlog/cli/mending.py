"""Changes to a conversation that was held: its day, minutes, tags and answers."""

from dataclasses import dataclass, field, replace
from datetime import date

from coachlog import interview
from coachlog.cli import filing
from coachlog.cli.environment import Environment
from coachlog.errors import Invalid, Refused
from coachlog.interview import HELD_ON, MINUTES, Back, Question
from coachlog.model import Answer, Kind, SessionStatus, Value
from coachlog.store import reading
from coachlog.text import nearest, plural, short


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
    for name in ("person", "relationship", "me", "template", "actions", "review"):
        if getattr(given, name):
            faults.append(f"{name}: a session that was held keeps its own")
    found: dict[str, Value] = {}
    for key, value in given.answers.items():
        if key not in asked:
            near = nearest(key, list(asked))
            hint = f"; did you mean “{near[0]}”?" if near else ""
            faults.append(f"{key}: was not asked in session {id}{hint}")
            continue
        _checked(_question(asked[key], env.today), value, found, faults)
    _checked(_day_question(env.today), given.held_on, found, faults)
    _checked(Question(MINUTES, "", Kind.NUMBER), given.minutes, found, faults)
    if faults:
        raise filing.faulty(source, faults)
    held_on, minutes = found.pop(HELD_ON, None), found.pop(MINUTES, None)
    return replace(
        changes,
        held_on=date.fromisoformat(str(held_on)) if held_on else changes.held_on,
        minutes=minutes if isinstance(minutes, int) else changes.minutes,
        tags=(*changes.tags, *given.tags),
        answers={key: found[key] for key in given.answers},
    )


def _checked(question: Question, value: object, found: dict[str, Value], faults: list[str]) -> None:
    try:
        found[question.key] = interview.check(question, value)
    except Invalid as error:
        faults.append(f"{question.key}: {error.message}")


def asked(env: Environment, id: int) -> Changes:
    """Return what the owner changes at the terminal, one answer after the other."""
    before = _asked_before(env, id)
    found: dict[str, Value] = {}
    while True:
        rows = [
            (short(f"{answer.question}  {_said(found.get(key, answer.value))}", 200), key)
            for key, answer in before.items()
        ]
        key = env.terminal.choose("Which answer?", [("nothing more, save", None), *rows])
        if key is None or isinstance(key, Back):
            break
        reply = env.terminal.again(
            _question(before[key], env.today), found.get(key, before[key].value)
        )
        if not isinstance(reply, Back):
            found[key] = reply
    if not found:
        raise Refused("Nothing was changed.")
    return Changes(answers=found)


def _said(value: Value) -> str:
    if value is None:
        return "(skipped)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def apply(env: Environment, id: int, changes: Changes) -> str:
    """Make the changes in one transaction and return the line that says so."""
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
    what = ", ".join(parts) or "nothing"
    return f"Changed session {id}: {what}. Look at it: coachlog session show {id}"


def _asked_before(env: Environment, id: int) -> dict[str, Answer]:
    _require_held(env, id)
    with env.read() as db:
        return {f"{a.stage}.{a.prompt}": a for a in reading.answers(db, id)}


def _require_held(env: Environment, id: int) -> None:
    with env.read() as db:
        if reading.session(db, id).status is SessionStatus.DRAFT:
            raise Refused(
                f"Session {id} is a draft.", f"Go on with it: coachlog session resume {id}"
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


def _day_question(today: date) -> Question:
    return Question(HELD_ON, "", Kind.DATE, base=today, ahead=False, until=today)
