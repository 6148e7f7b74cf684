"""Records a conversation that did not take place."""

from datetime import date, timedelta

from coachlog import dates, interview
from coachlog.errors import InvalidInput
from coachlog.interview import Back, Question
from coachlog.model import Person, PromptKind
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.results import Result
from coachlog.store import reading
from coachlog.text import extract_first_name

MAX_AHEAD = timedelta(days=366)
MAX_BEHIND = timedelta(days=731)


def cancel_session(desk: Desk, name: str | None, by: str | None, on: str | None) -> Result:
    """Record that a talk was called off; what is missing is asked."""
    day = (
        _validate_cancelled_day(dates.parse_future_day(on, desk.today), desk.today) if on else None
    )
    who = _find_cancelled_partner(desk, name)
    if by is None:
        by = _ask_who_cancelled(desk, who)
        day = day or _ask_cancelled_day(desk)
    day = day or desk.today
    from coachlog.store.writing import session_changes

    with desk.change() as change:
        id = session_changes.insert_cancelled_session(
            change, who.id, cancelled_by=by, on=day, zone=desk.zone
        )
    culprit = "you" if by == interview.ME else extract_first_name(who.name)
    return Result(
        f"Recorded session {id}: the talk with {who.name} on {dates.format_long_day(day)} was cancelled by "
        f"{culprit}. Next: coachlog brief {who.slug}"
    )


def _validate_cancelled_day(day: date, today: date) -> date:
    if day > today + MAX_AHEAD:
        raise InvalidInput(
            f"{dates.format_long_day(day)} is more than a year ahead; is that a slip?"
        )
    if day < today - MAX_BEHIND:
        raise InvalidInput(
            f"{dates.format_long_day(day)} is more than two years ago; is that a slip?"
        )
    return day


def _find_cancelled_partner(desk: Desk, name: str | None) -> Person:
    if name is not None:
        with desk.read() as db:
            return reading.find_person(db, name)
    if not desk.interactive:
        raise build_missing_error("With whom it was to be", "NAME")
    return people.ask_for_person(desk, "With whom was it to be?")


def _ask_who_cancelled(desk: Desk, person: Person) -> str:
    if not desk.interactive:
        raise build_missing_error("Who called it off", "--by me or --by them")
    rows = [(extract_first_name(person.name), interview.THEM), ("me", interview.ME)]
    found = desk.asker.choose("Who called it off?", rows)
    if isinstance(found, Back):
        raise InvalidInput("Nobody was chosen. Nothing was changed.")
    return str(found)


def _ask_cancelled_day(desk: Desk) -> date:
    question = Question(
        "",
        "Which day was it to be?",
        PromptKind.DATE,
        help="yesterday, fri, 12 May: a weekday is the next one.",
        base=desk.today,
        since=desk.today - MAX_BEHIND,
        until=desk.today + MAX_AHEAD,
        default=desk.today.isoformat(),
    )
    return date.fromisoformat(str(desk.asker.ask_again(question, None, back=False)))
