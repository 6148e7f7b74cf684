"""Records a conversation that did not take place."""

from datetime import date, timedelta

from coachlog import dates
from coachlog.dates.parsing import parse_start_day
from coachlog.errors import InvalidInput, NotFound
from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.model.actions import ME, THEM
from coachlog.model.answers import PromptKind
from coachlog.model.people import Person
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.person_choice import ask_for_person
from coachlog.services.results import Result
from coachlog.store.reading import person_queries
from coachlog.text import extract_first_name

MAX_AHEAD = timedelta(days=366)
MAX_BEHIND = timedelta(days=731)


def cancel_session(
    desk: Desk, name: str | None, by: str | None, on: str | None
) -> Result:
    """Record that a conversation was cancelled, asking for what is missing.

    Returns what was recorded. Raises `InvalidInput` for a day too far away or an answer that is
    missing where nobody can be asked, and `NotFound` if nobody is called `name`.
    """
    day = None
    if on:
        day = parse_cancelled_day(on, desk.today)
    person = _find_cancelled_partner(desk, name)
    if by is None:
        by = _ask_who_cancelled(desk, person)
        day = day or _ask_cancelled_day(desk)
    day = day or desk.today
    from coachlog.store.writing.session_changes import insert_cancelled_session

    with desk.change() as change:
        id = insert_cancelled_session(
            change, person.id, cancelled_by=by, on=day, zone=desk.zone
        )
    canceller = "you" if by == ME else extract_first_name(person.name)
    return Result(
        f"Recorded conversation {id}: the one with {person.name} on {dates.format_long_day(day)} "
        f"was cancelled by {canceller}. Next: coachlog brief {person.slug}"
    )


def parse_cancelled_day(text: str, today: date) -> date:
    """Return the day for which something was planned; `InvalidInput` if that is too far off."""
    day = parse_start_day(text, today)
    if day > today + MAX_AHEAD:
        raise InvalidInput(
            f"{dates.format_long_day(day)} is more than a year ahead. Is that right?"
        )
    if day < today - MAX_BEHIND:
        raise InvalidInput(
            f"{dates.format_long_day(day)} is more than two years ago. Is that right?"
        )
    return day


def _find_cancelled_partner(desk: Desk, name: str | None) -> Person:
    if name is not None:
        with desk.read() as db:
            try:
                return person_queries.find_person(db, name)
            except NotFound as error:
                if name.strip().isdecimal():
                    number = name.strip()
                    error.hint = (
                        "Say who it was with: coachlog session cancel NAME. "
                        f"A draft is thrown away with: coachlog session discard {number}"
                    )
                raise
    if not desk.interactive:
        raise build_missing_error("to know who it was with", "NAME")
    return ask_for_person(desk, "Who was it going to be with?")


def _ask_who_cancelled(desk: Desk, person: Person) -> str:
    """Return `them` or `me`."""
    if not desk.interactive:
        raise build_missing_error("to know who cancelled it", "--by me or --by them")
    rows = [(extract_first_name(person.name), THEM), ("me", ME)]
    choice = desk.asker.choose("Who cancelled it?", rows, is_statement=True)
    if isinstance(choice, Back):
        raise InvalidInput("Nobody was chosen. Nothing was changed.")
    return str(choice)


def _ask_cancelled_day(desk: Desk) -> date:
    question = Question(
        "",
        "Which day was it planned for?",
        PromptKind.DATE,
        help="yesterday, fri, 12 May. A weekday means the coming one.",
        base=desk.today,
        since=desk.today - MAX_BEHIND,
        until=desk.today + MAX_AHEAD,
        default=desk.today.isoformat(),
    )
    return date.fromisoformat(str(desk.asker.ask_again(question, None, back=False)))
