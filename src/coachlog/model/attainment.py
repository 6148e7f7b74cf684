"""How far the goals with levels of one person, or of the owner, were reached together.

In a module of its own because every command would pay for creating this class.
"""

from datetime import date

from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple


class Attainment(NamedTuple):
    """The T-score of three goals or more: now, and at the start, which is their first ratings.

    `goals` counts those rated and not dropped; `includes_closed` says that some of them are closed.
    `rated_on` is the day of the latest of their ratings, and `dropped` counts the goals given up,
    which are in neither score. `person` is None for the owner.
    """

    person: PersonRef | None
    t_score: float
    t_score_at_start: float
    goals: int
    includes_closed: bool
    rated_on: date
    dropped: int
