"""Where the owner stands in the themes of a programme: before, after and six months on."""

from datetime import date

from coachlog.named_tuples import NamedTuple


class ItemRating(NamedTuple):
    """One item of a theme, as it was rated."""

    theme: str
    value: int


class HeldStanding(NamedTuple):
    """One conversation alone about the themes, at the moment that it names, None for none.

    `withheld` has the theme of each rating that is not shown.
    """

    session: int
    on: date
    moment: str | None
    ratings: tuple[ItemRating, ...] = ()
    withheld: tuple[str, ...] = ()


class MomentStanding(NamedTuple):
    """A theme at one moment: the median of the items that were rated, None of fewer than two.

    `change` is since joining, and `direction` what it comes to; both None without either value.
    """

    moment: str
    on: date | None = None
    value: float | None = None
    items: int = 0
    change: float | None = None
    direction: str | None = None


class ThemeStanding(NamedTuple):
    """One theme at each of the three moments; `withheld` counts ratings that are not shown."""

    theme: str
    title: str
    moments: tuple[MomentStanding, ...]
    withheld: int = 0


class StandingView(NamedTuple):
    """What `progress --themes` shows; no themes where nothing was ever answered.

    `not_counted` is how many conversations do not count: a later one is of the same moment, or
    they name none. `withheld` are ratings that are private or about health, of those that count.
    """

    themes: tuple[ThemeStanding, ...] = ()
    not_counted: int = 0
    withheld: int = 0
