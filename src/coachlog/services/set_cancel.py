"""Records that a set does not meet when it was going to."""

from datetime import date

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.model.sets import LearningSet, MeetingDays
from coachlog.rules.next_meetings import find_next_meeting
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.cancel import parse_cancelled_day
from coachlog.services.sets import require_active_set
from coachlog.store.reading import set_queries


def cancel_meeting(desk: Desk, name: str, on: str | None) -> Result:
    """Record that a meeting of a set was cancelled: the next one, unless `on` is another day.

    Returns what was recorded and when the set meets next. Raises `NotFound` for an unknown set,
    `InvalidInput` where no day is known, and `Refusal` if it is on record, or the set has met
    since.
    """
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
        days = set_queries.read_meeting_days(db, learning_set.id)
    require_active_set(learning_set)
    day = _choose_cancelled_day(desk, learning_set, days, on)
    from coachlog.store.writing.set_changes import insert_cancelled_meeting

    with desk.change() as change:
        id = insert_cancelled_meeting(change, learning_set.id, on=day, zone=desk.zone)
    next_day = find_next_meeting(
        days._replace(cancelled=(*days.cancelled, day)), learning_set
    )
    return Result(
        f"Recorded conversation {id}: the meeting of {learning_set.name} on "
        f"{dates.format_long_day(day)} was cancelled. {_describe_next(next_day)} "
        f"See: coachlog set show {learning_set.slug}"
    )


def _choose_cancelled_day(
    desk: Desk, learning_set: LearningSet, days: MeetingDays, on: str | None
) -> date:
    if on:
        day = parse_cancelled_day(on, desk.today)
    else:
        next_day = find_next_meeting(days, learning_set)
        if next_day is None:
            raise InvalidInput(
                f"When {learning_set.name} meets next is not known. Nothing was changed.",
                "Say which day it was going to be: --on DATE",
            )
        day = next_day
    if days.last_held is not None and day <= days.last_held:
        raise Refusal(
            f"{learning_set.name} has met since, on {dates.format_long_day(days.last_held)}. "
            "Nothing was changed."
        )
    return day


def _describe_next(next_day: date | None) -> str:
    if next_day is None:
        return "No day for the next one is known."
    return f"The next one is on {dates.format_long_day(next_day)}."
