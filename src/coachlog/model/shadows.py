"""A leader's reviews of the shadow they cast, with facts from the journal about the same time.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date

from coachlog.model.actions import Action, Fate
from coachlog.model.progress import Tally, Trend
from coachlog.model.sessions import Answer
from coachlog.named_tuples import NamedTuple


class ShadowScore(NamedTuple):
    """The score of one of the four measures in one review, with the ends of its scale."""

    session: int
    measure: str
    value: int
    low: int
    high: int


class BetweenFacts(NamedTuple):
    """What is on record of how the owner treated other leaders, in the time of one review.

    `across` and `up` count the owner's promises to peers and to those above, by the relationship
    now. `thanks` counts those noted and then said, `met` the days on which anyone was spoken to.
    """

    across: Tally = Tally()
    up: Tally = Tally()
    thanks: int = 0
    met: int = 0
    met_per_week: float = 0.0


class ShadowReview(NamedTuple):
    """One review: four scores and their gap, and facts about the time since the one before.

    `promises` counts the owner's promises first due from `since` to `held_on`, by their fate today;
    `red` is how many people were far too long unseen for their rhythm on `held_on`.
    """

    session: int
    held_on: date
    since: date
    say: int | None
    act: int | None
    prioritise: int | None
    measure: int | None
    gap: int | None
    promises: Tally
    red: int
    cancelled_by_me: int
    between: BetweenFacts = BetweenFacts()


class LatestReview(NamedTuple):
    """The latest review in the owner's own words, without its four scores."""

    session: int
    held_on: date
    answers: tuple[Answer, ...]


class ReviewPromise(NamedTuple):
    """A promise made in a review, with its fate, None if it never had a date."""

    action: Action
    fate: Fate | None


class Shadow(NamedTuple):
    """All reviews of a period, oldest first.

    `actions` are the promises made in them. `low` and `high` are the ends of the latest scale;
    `other_scale` counts the scores on a different one, `withheld` the private answers left out.
    """

    reviews: tuple[ShadowReview, ...] = ()
    trends: tuple[Trend, ...] = ()
    last: LatestReview | None = None
    actions: tuple[ReviewPromise, ...] = ()
    withheld: int = 0
    other_scale: int = 0
    low: int = 1
    high: int = 10
    since: date | None = None
    until: date | None = None


class ShadowView(NamedTuple):
    """What `progress --shadow` shows; `private_promises` counts private promises of the reviews."""

    reviews: Shadow
    private_promises: int = 0
