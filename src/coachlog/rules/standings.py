"""The themes of a programme as the owner rates them: which answers count, and what changed."""

from collections.abc import Iterable

from coachlog.model.standings import (
    HeldStanding,
    MomentStanding,
    StandingView,
    ThemeStanding,
)
from coachlog.rules.figures import compute_median
from coachlog.rules.measure_trends import judge_direction

STANDING = "where-i-stand"
"""The template; its items have no measure, so that no list of measures or figures has them."""

MOMENT_STAGE = "moment"
MOMENTS = ("at joining", "at the end", "six months on")
"""The answers to the first question, in their order."""

THEMES = {
    "coaching": "Coaching talks",
    "sets": "Action learning",
    "shadow": "The shadow I cast",
    "words": "Words and deeds",
    "resilience": "Own resilience",
    "change": "Change adds up",
}
"""The stages with items, and what each theme is called."""

LOWEST, HIGHEST = 1, 10
"""The ends of the scale; values on another, of a template of the owner's own, are not counted."""

FEWEST_ITEMS = 2
"""Of fewer rated items, a theme has no value."""


def sum_up_standings(standings: Iterable[HeldStanding]) -> StandingView:
    """Return each theme at each moment; of conversations about the same one, the last counts.

    They come in the order in which they were held.
    """
    standings = list(standings)
    if not standings:
        return StandingView()
    last_by_moment = {
        standing.moment: standing for standing in standings if standing.moment
    }
    themes = []
    for theme, title in THEMES.items():
        moments = [
            _sum_up_moment(theme, moment, last_by_moment.get(moment))
            for moment in MOMENTS
        ]
        compared = (_compare_with_joining(moment, moments[0]) for moment in moments)
        withheld = sum(
            standing.withheld.count(theme) for standing in last_by_moment.values()
        )
        themes.append(ThemeStanding(theme, title, tuple(compared), withheld))
    return StandingView(
        tuple(themes),
        len(standings) - len(last_by_moment),
        sum(theme.withheld for theme in themes),
    )


def _sum_up_moment(
    theme: str, moment: str, standing: HeldStanding | None
) -> MomentStanding:
    if standing is None:
        return MomentStanding(moment)
    values = [rating.value for rating in standing.ratings if rating.theme == theme]
    median = None
    if len(values) >= FEWEST_ITEMS:
        median = _drop_zeros(compute_median(values))
    return MomentStanding(moment, standing.on, median, len(values))


def _compare_with_joining(
    standing: MomentStanding, joining: MomentStanding
) -> MomentStanding:
    if standing is joining or standing.value is None or joining.value is None:
        return standing
    change = _drop_zeros(standing.value - joining.value)
    direction = judge_direction(change, LOWEST, HIGHEST)
    return standing._replace(change=change, direction=direction)


def _drop_zeros(number: float) -> float:
    """Return a number of halves, as a whole number where it is one."""
    return int(number) if number == int(number) else number
