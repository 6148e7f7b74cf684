"""Records a conversation that did not take place."""

from datetime import date, timedelta

from coachlog import dates, interview
from coachlog.errors import Invalid
from coachlog.interview import Back, Question
from coachlog.model import Kind, Person
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing
from coachlog.services.results import Result
from coachlog.store import reading
from coachlog.text import first_name

AHEAD = timedelta(days=366)
BEHIND = timedelta(days=731)


def cancel(desk: Desk, name: str | None, by: str | None, on: str | None) -> Result:
    """Record that a talk was called off; what is missing is asked."""
    day = _checked(dates.future(on, desk.today), desk.today) if on else None
    who = _who(desk, name)
    if by is None:
        by = _by(desk, who)
        day = day or _day(desk)
    day = day or desk.today
    from coachlog.store.writing import session_changes

    with desk.change() as change:
        id = session_changes.cancel(change, who.id, by=by, on=day, zone=desk.zone)
    culprit = "you" if by == interview.ME else first_name(who.name)
    return Result(
        f"Recorded session {id}: the talk with {who.name} on {dates.long(day)} was cancelled by "
        f"{culprit}. Next: coachlog brief {who.slug}"
    )


def _checked(day: date, today: date) -> date:
    if day > today + AHEAD:
        raise Invalid(f"{dates.long(day)} is more than a year ahead; is that a slip?")
    if day < today - BEHIND:
        raise Invalid(f"{dates.long(day)} is more than two years ago; is that a slip?")
    return day


def _who(desk: Desk, name: str | None) -> Person:
    if name is not None:
        with desk.read() as db:
            return reading.person(db, name)
    if not desk.interactive:
        raise missing("With whom it was to be", "NAME")
    return people.ask_for_person(desk, "With whom was it to be?")


def _by(desk: Desk, who: Person) -> str:
    if not desk.interactive:
        raise missing("Who called it off", "--by me or --by them")
    rows = [(first_name(who.name), interview.THEM), ("me", interview.ME)]
    found = desk.asker.choose("Who called it off?", rows)
    if isinstance(found, Back):
        raise Invalid("Nobody was chosen. Nothing was changed.")
    return str(found)


def _day(desk: Desk) -> date:
    question = Question(
        "",
        "Which day was it to be?",
        Kind.DATE,
        help="yesterday, fri, 12 May: a weekday is the next one.",
        base=desk.today,
        since=desk.today - BEHIND,
        until=desk.today + AHEAD,
        default=desk.today.isoformat(),
    )
    return date.fromisoformat(str(desk.asker.again(question, None, back=False)))
