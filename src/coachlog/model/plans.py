"""A plan: a person's actions and goals, as shown to that person."""

from datetime import date

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.model.people import Person
from coachlog.model.supports import Support
from coachlog.named_tuples import NamedTuple


class Plan(NamedTuple):
    """A person's actions and goals, as shown to that person.

    `me` is the name to print for the owner; `withheld` and `goals_withheld` count what is left out.
    """

    person: Person
    me: str
    agreed_on: date | None
    review_on: date | None
    actions: tuple[Action, ...]
    goals: tuple[Goal, ...] = ()
    withheld: int = 0
    goals_withheld: int = 0
    supports: tuple[Support, ...] = ()
