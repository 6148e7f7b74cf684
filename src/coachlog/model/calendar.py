"""Days of the journal as a calendar holds them."""

from datetime import date
from typing import NamedTuple

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.model.own_plans import ReviewDay
from coachlog.model.people import Person


class DueDay(NamedTuple):
    """A day on which something is due: a promise, the review of a goal, a 1:1, or a look back.

    `uid` is the same in every calendar file, and `changes` is never less than in an earlier one: it
    counts what may have moved the day. A 1:1 has a person for its `subject`.
    """

    uid: str
    on: date
    changes: int
    subject: Action | Goal | Person | ReviewDay
    is_cancelled: bool = False


class CalendarEntry(NamedTuple):
    """One entry of a calendar file, in words. With `reminds`, it has an alarm."""

    uid: str
    on: date
    sequence: int
    title: str
    note: str
    is_cancelled: bool = False
    reminds: bool = True
