"""What happened with a person, conversation by conversation."""

from datetime import date
from typing import NamedTuple

from coachlog.model.actions import Action
from coachlog.model.brief import MeasureReading
from coachlog.model.goals import Goal
from coachlog.model.people import Person
from coachlog.model.sessions import Session


class Episode(NamedTuple):
    """One session of a history; `gap_days` lie between it and the talk before, if there was one."""

    session: Session
    measures: tuple[MeasureReading, ...] = ()
    gap_days: int | None = None


class History(NamedTuple):
    """What happened with a person since a day, or ever; the oldest first.

    `actions` are the promises made between the sessions, `me` is the owner's name, `earlier` counts
    the sessions before `since`, `withheld` what is private or about health; `last_held` is the last
    talk, whenever it was. With `health_withheld`, answers about health were left out of a session.
    """

    person: Person
    since: date | None
    sessions: tuple[Episode, ...]
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    withheld: int = 0
    me: str = ""
    last_held: date | None = None
    earlier: int = 0
    health_withheld: bool = False
