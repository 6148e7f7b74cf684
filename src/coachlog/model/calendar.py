"""Days of the journal as a calendar holds them."""

from datetime import date

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.model.own_plans import ReviewDay
from coachlog.model.people import Person
from coachlog.model.sets import LearningSet
from coachlog.named_tuples import NamedTuple


class DueDay(NamedTuple):
    """A day on which something is due: a promise, the review of a goal, a 1:1, or a look back.

    `uid` is the same in every calendar file. A 1:1 has a person for its `subject`, the meeting of a
    set the set.
    """

    uid: str
    on: date
    subject: Action | Goal | Person | LearningSet | ReviewDay


class HandedEntry(NamedTuple):
    """An entry as a calendar file holds it, and since when it is cancelled if it is."""

    uid: str
    on: date
    cancelled_on: date | None = None


class HandedCalendar(NamedTuple):
    """What a calendar file holds, without words, and the sequence of all its entries."""

    sequence: int
    entries: tuple[HandedEntry, ...]


class CalendarEntry(NamedTuple):
    """One entry of a calendar file, in words. With `reminds`, it has an alarm."""

    uid: str
    on: date
    sequence: int
    title: str
    note: str
    is_cancelled: bool = False
    reminds: bool = True
