"""What happened with a person, conversation by conversation."""

from datetime import date

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Person
from coachlog.model.sessions import Session
from coachlog.named_tuples import NamedTuple


class Episode(NamedTuple):
    """One session of a history; `gap_days` is how long before it the previous talk was, if any."""

    session: Session
    measures: tuple[MeasureReading, ...] = ()
    gap_days: int | None = None


class History(NamedTuple):
    """What happened with a person, oldest first: since a day, or from the start.

    `actions` are the promises made between sessions, `me` is the owner's name, `earlier` counts the
    sessions before `since`, and `last_held` is the day of the last talk of all. `withheld` counts
    the entries left out as private or about health; `health_withheld` is true if answers about
    health are among them.
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
