"""Workshops: their themes, and what the participants' replies say together.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date

from coachlog.model.replies import BandCounts
from coachlog.named_tuples import NamedTuple


class WorkshopTheme(NamedTuple):
    """What a workshop is about, in part: a title, and what it means in the owner's own words."""

    title: str
    lines: tuple[str, ...]


class WorkshopResults(NamedTuple):
    """What the replies say together: usefulness in bands, number by number only where that is safe.

    `usefulness_counts` and `usefulness_mean` are None where only the bands are known to anyone.
    `theme_counts` has how many chose each theme, None for what is hidden; `will_try` is how many
    said yes.
    """

    usefulness_bands: BandCounts
    usefulness_counts: tuple[int, ...] | None
    usefulness_mean: float | None
    theme_counts: tuple[int | None, ...]
    will_try: int


class Workshop(NamedTuple):
    """A workshop that the owner holds; of its participants only how they replied together.

    `replies` is how many have arrived, `shown` how many of them the results cover; `results` is
    None until there are enough.
    """

    id: int
    uid: str
    name: str
    made_on: date
    tag: str
    themes: tuple[WorkshopTheme, ...]
    replies: int = 0
    shown: int = 0
    results: WorkshopResults | None = None
