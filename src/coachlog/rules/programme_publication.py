"""Which figures of a programme are printed, so that nobody's own can be worked out from them.

Three rules, for the sums of groups of 8 and more. A *magnitude*, to which one manager can add more
than 1, is printed where the p %-rule holds for whatever managers can have (Hundepool et al.,
Statistical Disclosure Control, 2012, 4.2; p = 20): each of its parts lies at least 2.2 caps from
what there must be of it by other figures, and as far from everybody's cap. A *count* of managers is
printed by fives from 8 on, where more than one number is possible for it. A total is the sum of
what is printed beside it.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, product

from coachlog.named_tuples import NamedTuple

SMALLEST_COUNT = 8
"""Of how many managers a group, and a count within it, is shown at least."""

COUNT_STEP = 5
MARGIN_TENTHS = 22
"""How many tenths of a cap a magnitude keeps from both ends: two managers', and 20 % of one's."""


class Magnitude(NamedTuple):
    """A figure that adds up numbers of a contribution."""

    name: str
    numbers: tuple[str, ...]


class MagnitudeChoice(NamedTuple):
    """Figures that may be printed together.

    `parts` are what they tell, taken together or from each other: each has to keep the rule.
    """

    figures: tuple[Magnitude, ...]
    parts: tuple[tuple[str, ...], ...]


class MagnitudeFamily(NamedTuple):
    """Figures of the same numbers: what may be printed of them, the fullest choice first."""

    choices: tuple[MagnitudeChoice, ...]

    @property
    def numbers(self) -> frozenset[str]:
        """Return the numbers of a contribution that these figures are made of."""
        parts = (part for choice in self.choices for part in choice.parts)
        return frozenset(chain.from_iterable(parts))


def _build_promise_family(direction: str) -> MagnitudeFamily:
    kept = f"kept_{direction}"
    by_new_date = f"kept_by_new_date_{direction}"
    not_kept = f"not_kept_{direction}"
    moved = f"moved_{direction}"
    first_date = (
        Magnitude(f"first_date_kept_{direction}", (kept,)),
        Magnitude(
            f"first_date_counted_{direction}", (kept, by_new_date, not_kept, moved)
        ),
    )
    as_agreed = (
        Magnitude(f"as_agreed_kept_{direction}", (kept, by_new_date)),
        Magnitude(f"as_agreed_counted_{direction}", (kept, by_new_date, not_kept)),
    )
    both_ratios = MagnitudeChoice(
        (*first_date, *as_agreed), ((kept,), (by_new_date,), (not_kept,), (moved,))
    )
    first_only = MagnitudeChoice(first_date, ((kept,), (by_new_date, not_kept, moved)))
    agreed_only = MagnitudeChoice(as_agreed, ((kept, by_new_date), (not_kept,)))
    return MagnitudeFamily((both_ratios, first_only, agreed_only))


def _build_single_family(name: str) -> MagnitudeFamily:
    figure = Magnitude(name, (name,))
    return MagnitudeFamily((MagnitudeChoice((figure,), ((name,),)),))


def _build_part_family(whole: str, part: str, rest: str) -> MagnitudeFamily:
    """Return the family of a whole and one of its two parts; the whole may stand by itself."""
    whole_figure = Magnitude(whole, (part, rest))
    part_figure = Magnitude(part, (part,))
    both = MagnitudeChoice((whole_figure, part_figure), ((part,), (rest,)))
    whole_only = MagnitudeChoice((whole_figure,), ((part, rest),))
    return MagnitudeFamily((both, whole_only))


MAGNITUDE_FAMILIES = (
    _build_part_family(
        "conversations", "conversations_with_minutes", "conversations_without_minutes"
    ),
    _build_single_family("minutes"),
    _build_part_family("weeks_due", "weeks_on_time", "weeks_late"),
    _build_promise_family("to_team"),
    _build_promise_family("across"),
    _build_promise_family("upwards"),
    _build_single_family("days_past_first_date"),
    _build_single_family("set_meetings"),
    _build_single_family("thanks"),
    _build_single_family("met"),
)
"""Every magnitude that a report can print, with those that tell something of each other."""


WHOLES = {
    "conversations_with_minutes": "conversations",
    "weeks_on_time": "weeks_due",
}
"""The whole of each figure that is a part of another, which may be printed without it."""

LEAST_TOLD = {
    "minutes": {"conversations_with_minutes": 1},
    "days_past_first_date": {
        "kept_by_new_date_to_team": 1,
        "kept_by_new_date_across": 1,
        "kept_by_new_date_upwards": 1,
        "slip_week": 1,
        "slip_month": 8,
        "slip_longer": 32,
    },
}
"""How much of a number each unit of another figure tells at least: a slip of a month is 8 days."""


def choose_magnitudes(
    sums: Mapping[str, int],
    caps: Mapping[str, int],
    contributions: int,
    counts: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Return the magnitudes of one group that may be printed, by name.

    `sums` are those of the numbers of a contribution, `contributions` is how many were added up,
    `counts` are those printed beside them. Of a number that is not among the sums nothing is
    printed, nor of what tells something of it.
    """
    told = {**sums, **find_least_counts(counts or {})}
    printed: dict[str, int] = {}
    for family in MAGNITUDE_FAMILIES:
        if not family.numbers <= sums.keys():
            continue
        for choice in family.choices:
            if all(
                _is_safe_sum(part, told, caps, contributions) for part in choice.parts
            ):
                for figure in choice.figures:
                    printed[figure.name] = sum(sums[name] for name in figure.numbers)
                break
    return printed


def find_least_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many managers there are at least by each count as it is printed."""
    return {name: count - COUNT_STEP // 2 for name, count in counts.items()}


def _is_safe_sum(
    numbers: Sequence[str],
    told: Mapping[str, int],
    caps: Mapping[str, int],
    contributions: int,
) -> bool:
    """Return whether a sum lies far enough from what there must be, and can be at most."""
    if contributions < SMALLEST_COUNT:
        return False
    total = sum(told[name] for name in numbers)
    cap = sum(caps[name] for name in numbers)
    least = sum(_find_least_sum(name, told) for name in numbers)
    room = contributions * cap - total
    return 10 * min(total - least, room) >= MARGIN_TENTHS * cap


def _find_least_sum(name: str, told: Mapping[str, int]) -> int:
    """Return how much of a number there must be, by what is told of others."""
    least = LEAST_TOLD.get(name, {})
    return sum(units * told.get(other, 0) for other, units in least.items())


def choose_counts(
    counts: Sequence[int], contributions: int, *, is_exclusive: bool = False
) -> tuple[int | None, ...]:
    """Return counts of managers as they are printed, by fives; None for what is hidden.

    Each manager is in one at most of counts that are exclusive. Where what is printed would leave
    only one possible number for any of them, all of them are hidden.
    """
    printed = tuple(_round_count(count, contributions) for count in counts)
    if not is_exclusive:
        return printed
    # Of these, whoever is in none of them can rule out most: not all managers are in one.
    possible_rows = [
        row
        for row in product(*(_list_possible(value, contributions) for value in printed))
        if sum(row) < contributions
    ]
    is_open = all(len(set(column)) > 1 for column in zip(*possible_rows, strict=True))
    return printed if possible_rows and is_open else (None,) * len(counts)


def round_contributions(contributions: int) -> int:
    """Return how many contributions a group has, to the nearest five."""
    return (contributions + COUNT_STEP // 2) // COUNT_STEP * COUNT_STEP


def _round_count(count: int, contributions: int) -> int | None:
    """Return a count rounded to the nearest five; None if it is small, or could be but one.

    Whoever is not among those counted knows that they are not everybody.
    """
    if count < SMALLEST_COUNT:
        return None
    rounded = round_contributions(count)
    return rounded if len(_list_rounded(rounded, contributions - 1)) > 1 else None


def _list_rounded(rounded: int, contributions: int) -> range:
    """Return the counts that are rounded to this one, which is 10 at least: 8 is the first."""
    furthest = COUNT_STEP // 2
    return range(rounded - furthest, min(contributions, rounded + furthest) + 1)


def _list_possible(printed: int | None, contributions: int) -> Sequence[int]:
    """Return the counts that are printed, or hidden, like this one."""
    if printed is not None:
        return _list_rounded(printed, contributions)
    return [
        count
        for count in range(contributions + 1)
        if _round_count(count, contributions) is None
    ]
