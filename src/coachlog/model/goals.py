"""An outcome over many sessions, and how far it has come."""

from datetime import date
from enum import StrEnum

from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple


class GoalScale(StrEnum):
    """How a goal is rated: from 1 to 10, or by levels of attainment from -2 to +2."""

    TEN = "ten"
    ATTAINMENT = "attainment"


class GoalStatus(StrEnum):
    OPEN = "open"
    ACHIEVED = "achieved"
    DROPPED = "dropped"


class Rating(NamedTuple):
    """How far someone said a goal had come by a day."""

    on: date
    value: int
    note: str | None = None


class Goal(NamedTuple):
    """An outcome over many sessions.

    On a scale of ten, `baseline`, `now` and `target` are 1 to 10; by attainment they are -2 to +2,
    `levels` are the five descriptions, lowest first, and 0 is what was expected. `review_on` is
    None once a rating on or after it has answered it. `actions` are the numbers of the actions
    towards it; `person` is None for a goal of the journal's owner.
    """

    title: str
    why: str | None = None
    success: str | None = None
    baseline: int | None = None
    now: int | None = None
    target: int | None = None
    review_on: date | None = None
    id: int = 0
    uid: str = ""
    person: PersonRef | None = None
    scale: GoalScale = GoalScale.TEN
    levels: tuple[str, ...] = ()
    weight: int = 1
    private: bool = False
    status: GoalStatus = GoalStatus.OPEN
    opened_on: date = date.min
    closed_on: date | None = None
    ratings: tuple[Rating, ...] = ()
    actions: tuple[int, ...] = ()
