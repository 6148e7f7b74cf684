"""What is printed of a closed quarter, from the sums of its holders."""

from collections.abc import Mapping, Sequence

from coachlog.model.programme import GroupFigures, GroupSums, HolderSums
from coachlog.rules.chance import round_percent
from coachlog.rules.programme_publication import (
    WHOLES,
    choose_counts,
    choose_magnitudes,
    round_contributions,
)
from coachlog.rules.programme_shares import add_shares
from coachlog.rules.programme_vector import (
    INDICATORS,
    NUMBERS,
    SLIP_INDICATORS,
    USUAL_FIGURES,
)

RATIOS = {
    "weeks_on_time": "weeks_due",
    **{
        f"{ratio}_kept_{direction}": f"{ratio}_counted_{direction}"
        for ratio in ("first_date", "as_agreed")
        for direction in ("to_team", "across", "upwards")
    },
}
"""The magnitudes of which a share is printed, each with what it is a share of."""


def join_sums(holder_sums: Sequence[HolderSums]) -> tuple[GroupSums, ...]:
    """Return the sums of each group from those of every holder, of the same manifest."""
    return tuple(
        GroupSums(
            halves[0].group,
            halves[0].contributions,
            add_shares((half.sums for half in halves), len(NUMBERS)),
        )
        for halves in zip(*(sums.groups for sums in holder_sums), strict=True)
    )


def build_group_figures(group: GroupSums, caps: Mapping[str, int]) -> GroupFigures:
    """Return what may be printed of one group.

    A sum that its managers cannot have is *spoilt*, as by a contribution that was edited: it is
    named and not printed.
    """
    sums = dict(zip(NUMBERS, group.sums, strict=True))
    spoilt = [
        name for name, total in sums.items() if total > group.contributions * caps[name]
    ]
    sound_sums = {name: total for name, total in sums.items() if name not in spoilt}
    counts = _choose_indicators(sound_sums, group.contributions)
    magnitudes = choose_magnitudes(
        _take_magnitudes(sound_sums), caps, group.contributions, counts
    )
    return GroupFigures(
        group=group.group,
        contributions=round_contributions(group.contributions),
        magnitudes=magnitudes,
        counts=counts,
        percents=compute_percents(magnitudes),
        spoilt=tuple(spoilt),
    )


def compute_percents(magnitudes: Mapping[str, int]) -> dict[str, int]:
    """Return the printed shares, in whole per cent, of the printed magnitudes of the same group."""
    return {
        name: round_percent(magnitudes[name], magnitudes[whole])
        for name, whole in RATIOS.items()
        if name in magnitudes and magnitudes.get(whole)
    }


def build_total_figures(groups: Sequence[GroupFigures]) -> GroupFigures:
    """Return the total of the groups shown: of each figure, over those that print it."""
    magnitudes = add_up_printed([group.magnitudes for group in groups])
    return GroupFigures(
        group="",
        contributions=sum(group.contributions for group in groups),
        magnitudes=magnitudes,
        counts=add_up_printed([group.counts for group in groups]),
        percents=compute_percents(magnitudes),
    )


def _take_magnitudes(sums: Mapping[str, int]) -> dict[str, int]:
    """Return the sums of what one manager can add more than 1 to."""
    return {name: total for name, total in sums.items() if name in USUAL_FIGURES}


def _choose_indicators(sums: Mapping[str, int], contributions: int) -> dict[str, int]:
    """Return the indicators that may be printed, by fives."""
    printed: dict[str, int | None] = {}
    for name in INDICATORS:
        if name in sums and name not in SLIP_INDICATORS and name != "contributed":
            (printed[name],) = choose_counts([sums[name]], contributions)
    if all(name in sums for name in SLIP_INDICATORS):
        counts = [sums[name] for name in SLIP_INDICATORS]
        choices = choose_counts(counts, contributions, is_exclusive=True)
        printed |= zip(SLIP_INDICATORS, choices, strict=True)
    return {name: count for name, count in printed.items() if count is not None}


def add_up_printed(columns: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return the total of each figure over the groups in which it is printed.

    A part has none where one of these groups prints its whole alone: the two would be of other
    managers, and their ratio of nobody.
    """
    totals: dict[str, int] = {}
    for column in columns:
        for name, value in column.items():
            totals[name] = totals.get(name, 0) + value
    return {
        name: total
        for name, total in totals.items()
        if not _is_left_out_somewhere(name, columns)
    }


def _is_left_out_somewhere(name: str, columns: Sequence[Mapping[str, int]]) -> bool:
    """Return whether a group prints the whole of this figure, and not the figure."""
    whole = WHOLES.get(name)
    return any(whole in column and name not in column for column in columns)


def judge_response(contributions: int, invited: int | None) -> int | None:
    """Return how many per cent of those asked contributed at least, in whole tens up to 90.

    From the exact counts, as rounded ones would make it wrong by up to 18 in a hundred. None where
    it is not known how many were asked.
    """
    if not invited:
        return None
    return min(90, 100 * contributions // invited // 10 * 10)
