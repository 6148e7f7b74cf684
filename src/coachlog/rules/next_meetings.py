"""On which day a set meets next: the one that was agreed, or the one that its rhythm gives."""

from datetime import date

from coachlog.model.sets import MeetingDays
from coachlog.rules.rhythm import Rhythmic, find_next_talk


def find_next_meeting(days: MeetingDays, rhythm: Rhythmic) -> date | None:
    """Return the day of the next meeting, which can be past; None where nothing gives one.

    The day agreed at the last meeting comes before the rhythm, unless that meeting was cancelled or
    another one after it. From a cancelled meeting the rhythm counts on as from one that was held.
    """
    past_days = [day for day in (days.last_held, *days.cancelled) if day is not None]
    start = max(past_days, default=None)
    if days.agreed is not None and (start is None or days.agreed > start):
        return days.agreed
    return find_next_talk(start, rhythm)
