"""A leader's reviews of the shadow they cast, beside what the journal knows of the same time.

Apart from the rest, because every command pays for making a class.
"""

from datetime import date
from typing import NamedTuple

from coachlog.model.actions import Action, Fate
from coachlog.model.progress import Tally, Trend
from coachlog.model.sessions import Answer


class ShadowScore(NamedTuple):
    """What was said to one of the four measures in one review, on its own scale."""

    session: int
    measure: str
    value: int
    low: int
    high: int


class ShadowReview(NamedTuple):
    """One review: the four scores and their gap, and three facts of the time since the one before.

    `promises` are the owner's first due from `since` to `held_on`, with their fate as of today;
    `red` is how many people were past 1.5 times their rhythm on `held_on`.
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


class LatestReview(NamedTuple):
    """The latest review in the owner's own words; its four scores stand elsewhere."""

    session: int
    held_on: date
    answers: tuple[Answer, ...]


class ReviewPromise(NamedTuple):
    """A promise made in a review, and how it ended; None for one that never had a date."""

    action: Action
    fate: Fate | None


class Shadow(NamedTuple):
    """All reviews of a time, the oldest first.

    `actions` are the promises made in them. `withheld` counts the private answers left out,
    `other_scale` the scores on another scale than the latest; `low` and `high` are its ends.
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
    """What `progress --shadow` shows; `private_promises` counts those made in the reviews."""

    reviews: Shadow
    private_promises: int = 0
