"""An attacker on the figures of a programme works out nothing of any one manager.

Weaker rules than coachlog's are found out, each for a reason of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from random import Random

import pytest

import programme_attack
from coachlog.model.programme import GroupFigures, GroupSums
from coachlog.rules import programme_publication
from coachlog.rules.programme_publication import (
    choose_counts,
    choose_magnitudes,
    round_contributions,
)
from coachlog.rules.programme_report import build_group_figures
from coachlog.rules.programme_shares import add_shares
from coachlog.rules.programme_vector import (
    NUMBERS,
    SLIP_INDICATORS,
    USUAL_FIGURES,
    cap_numbers,
)
from programme_attack import (
    CAPS,
    FIGURES,
    Member,
    PublishedSum,
    draw_history,
    draw_members,
    draw_sizes,
    form_groups,
    list_exposed_managers,
    list_set_faults,
    publish,
    publish_all,
    publish_group,
)

Publisher = Callable[[Sequence[Member]], list[PublishedSum]]

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_exposed_by_a_quarter(seed: int) -> None:
    random = Random(seed)
    members = draw_members(random, draw_sizes(random))
    published = publish(members)
    assert not list_exposed_managers(published, members)
    assert not list_set_faults(published)


def test_the_attack_has_something_to_work_on() -> None:
    printed = Counter(
        published.figure
        for seed in SEEDS
        for random in [Random(seed)]
        for published in publish(draw_members(random, draw_sizes(random)))
    )
    assert printed.keys() == FIGURES.keys()


HISTORIES = [
    pytest.param([{"North": 19}, {"North": 20}], id="joiner"),
    pytest.param([{"North": 20, "South": 9}, {"North": 19, "South": 9}], id="leaver"),
    pytest.param([{"North": 8, "South": 9}, {"North": 7, "South": 9}], id="dissolved"),
    pytest.param([{"North": 12, "Isles": 6}] * 2, id="six"),
    pytest.param(
        [
            {"North": 12, "Isles": 7, "East": 5, "West": 3},
            {"North": 12, "Isles": 8, "East": 5, "West": 3},
            {"North": 12, "Isles": 7, "East": 4, "West": 3},
        ],
        id="other-of-other-regions",
    ),
]
"""Sizes of regions, quarter by quarter; those who come first stay longest."""


@pytest.mark.parametrize("history", HISTORIES)
def test_nobody_is_exposed_by_all_quarters_together(
    history: Sequence[Mapping[str, int]],
) -> None:
    for seed in range(30):
        members = draw_history(Random(seed), history)
        published = publish_all(members)
        # What somebody did in a quarter is told in that quarter alone.
        assert not list_exposed_managers(published, members)
        assert not list_set_faults(published)


def test_eight_usual_managers_have_every_figure_printed() -> None:
    members = [Member(f"m{n}", "North", USUAL_FIGURES) for n in range(8)]
    printed = {published.figure for published in publish(members)}
    assert printed == FIGURES.keys()


# Variants that have to be found out


def publish_with_hidden_in_totals(members: Sequence[Member]) -> list[PublishedSum]:
    """Publish totals over all, with the groups that are hidden."""
    sums = [item for item in publish(members) if not is_total(item)]
    return sums + publish_group("all", members)


def is_total(published: PublishedSum) -> bool:
    return len({name.split("-")[0] for name in published.members}) > 1


def publish_twice(members: Sequence[Member]) -> list[PublishedSum]:
    """Publish a quarter, and once more with somebody who came late."""
    return publish(members[1:]) + publish(members)


def publish_uncut(members: Sequence[Member]) -> list[PublishedSum]:
    """Publish sums of numbers that are not cut at their caps."""
    sums = []
    for group in form_groups(members).values():
        names = frozenset(member.name for member in group)
        for name, numbers in FIGURES.items():
            total = sum(
                member.numbers[number] for member in group for number in numbers
            )
            if 10 * total >= 22 * sum(CAPS[number] for number in numbers):
                sums.append(PublishedSum(name, names, total))
    return sums


def publish_from_eight_on(members: Sequence[Member]) -> list[PublishedSum]:
    """Publish every figure of a group of eight or more, whatever it is."""
    sums = []
    for group in form_groups(members).values():
        names = frozenset(member.name for member in group)
        for name, numbers in FIGURES.items():
            total = sum(
                min(member.numbers[number], CAPS[number])
                for member in group
                for number in numbers
            )
            sums.append(PublishedSum(name, names, total))
    return sums


def attack_variant(
    publish_variant: Publisher, sizes: Mapping[str, int]
) -> tuple[set[str], set[str]]:
    """Return who is exposed by a variant, and the figures of which two sets differ by few."""
    exposed: set[str] = set()
    faults: set[str] = set()
    for seed in range(20):
        members = draw_members(Random(seed), sizes)
        published = publish_variant(members)
        exposed |= list_exposed_managers(published, members)
        faults |= set(list_set_faults(published))
    return exposed, faults


def test_totals_over_a_hidden_region_of_one_are_found_out() -> None:
    sizes = {"North": 12, "Isles": 1}
    exposed, faults = attack_variant(publish_with_hidden_in_totals, sizes)
    assert exposed == {"Isles-0"}
    assert faults == FIGURES.keys()
    assert attack_variant(publish, sizes) == (set(), set())


def test_a_quarter_that_is_opened_again_is_found_out() -> None:
    exposed, faults = attack_variant(publish_twice, {"North": 20})
    # Who came late is the difference, and nobody else is told.
    assert exposed == {"North-0"}
    assert faults == FIGURES.keys()


def test_numbers_that_are_not_cut_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programme_attack, "cap_numbers", take_numbers)
    exposed, faults = attack_variant(publish_uncut, {"North": 8})
    # The one who has five caps of each number; the sets are as they should be.
    assert "North-0" in exposed
    assert not faults


def test_a_bare_group_size_is_found_out() -> None:
    exposed, faults = attack_variant(publish_from_eight_on, {"North": 8})
    assert len(exposed) == 8
    assert not faults


def take_numbers(
    numbers: Mapping[str, int], _caps: Mapping[str, int]
) -> tuple[int, ...]:
    """Return the numbers as they are, above the cap or not."""
    return tuple(numbers.get(name, 0) for name in NUMBERS)


# Counts of managers


def list_rows(contributions: int, width: int) -> list[tuple[int, ...]]:
    """Return every way in which managers can be in one at most of so many counts."""
    return [
        row
        for row in product(range(contributions + 1), repeat=width)
        if sum(row) <= contributions
    ]


@cache
def print_row(row: tuple[int, ...], contributions: int) -> tuple[int | None, ...]:
    return choose_counts(row, contributions, is_exclusive=True)


@pytest.mark.parametrize("contributions", range(8, 60))
def test_no_count_by_itself_has_one_possible_value(contributions: int) -> None:
    possible: dict[tuple[int | None, ...], list[int]] = {}
    for count in range(contributions + 1):
        printed = choose_counts([count], contributions)
        possible.setdefault(printed, []).append(count)
    for printed, counts in possible.items():
        # Whoever looks knows whether they are one of these themselves.
        assert len(set(counts) - {0}) > 1, printed
        assert len(set(counts) - {contributions}) > 1, printed


@pytest.mark.parametrize(
    ("contributions", "width"),
    [(8, 4), (10, 4), (13, 3), (17, 3), (21, 3), (23, 3)],
)
def test_no_exclusive_count_has_one_possible_value(
    contributions: int, width: int
) -> None:
    possible: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
    for row in list_rows(contributions, width):
        possible.setdefault(print_row(row, contributions), []).append(row)
    for printed, rows in possible.items():
        for own in range(width + 1):
            # The attacker is in one of the counts, or in none.
            seen = [
                row
                for row in rows
                if (row[own] >= 1 if own < width else sum(row) < contributions)
            ]
            for column in zip(*seen, strict=True):
                assert len(set(column)) > 1, printed


def test_a_count_is_rounded_as_the_number_of_contributions_is() -> None:
    assert [round_contributions(number) for number in (8, 12, 13, 250)] == [
        10,
        10,
        15,
        250,
    ]
    assert len(SLIP_INDICATORS) == 4


# What is hidden tells that the rule hid it


@pytest.mark.parametrize("contributions", [8, 9])
@pytest.mark.parametrize("caps", [(2, 2), (5, 2), (2, 7), (6, 3)])
def test_hidden_parts_are_no_bound_on_anybody(
    caps: Sequence[int], contributions: int
) -> None:
    numbers = ("weeks_on_time", "weeks_late")
    assert_no_bounds(dict(zip(numbers, caps, strict=True)), contributions)


def test_hidden_parts_of_promises_are_no_bound_on_anybody() -> None:
    numbers = FIGURES["first_date_counted_across"]
    assert_no_bounds(dict.fromkeys(numbers, 2), 8)


def assert_no_bounds(caps: Mapping[str, int], contributions: int) -> None:
    """Search all sums that may be behind each publication, hidden ones by the rule.

    To whoever knows one contribution, anybody else may have anything from none to the cap: of each
    number, and of all together.
    """
    by_publication: dict[tuple[tuple[str, int], ...], list[tuple[int, ...]]] = {}
    for totals in product(*(range(contributions * cap + 1) for cap in caps.values())):
        printed = choose_magnitudes(
            dict(zip(caps, totals, strict=True)), caps, contributions
        )
        by_publication.setdefault(tuple(printed.items()), []).append(totals)
    assert len(by_publication) > 1
    everything = tuple(caps.values())
    nothing = (0,) * len(caps)
    for printed_figures, possible in by_publication.items():
        for own in product(*((0, cap) for cap in everything)):
            if not is_possible(possible, [own], contributions, everything):
                continue
            for other in (everything, nothing):
                assert is_possible(possible, [own, other], contributions, everything), (
                    printed_figures,
                    own,
                    other,
                )


def is_possible(
    possible_totals: Iterable[Sequence[int]],
    known_rows: Sequence[Sequence[int]],
    contributions: int,
    caps: Sequence[int],
) -> bool:
    """Return whether managers of whom some have these rows can have any of these totals."""
    least = [sum(column) for column in zip(*known_rows, strict=True)]
    others = contributions - len(known_rows)
    bounds = [(low, low + others * cap) for low, cap in zip(least, caps, strict=True)]
    return any(
        all(
            low <= total <= high
            for total, (low, high) in zip(totals, bounds, strict=True)
        )
        for totals in possible_totals
    )


# What one figure tells of another


DAYS = "days_past_first_date"
BY_NEW_DATE = "kept_by_new_date_to_team"
LEAST_DAYS = {"slip_none": 0, "slip_week": 1, "slip_month": 8, "slip_longer": 32}


def draw_late_members(random: Random) -> list[Member]:
    """Return managers whose days past the first date are often little above what a slip tells."""
    most = random.choice([0, 2, 120])
    slips = random.choices(
        [*LEAST_DAYS],
        weights=random.choice([(8, 1, 1, 4), (1, 1, 8, 1), (0, 1, 1, 8)]),
        k=random.choice([10, 13, 20, 40]),
    )
    members = []
    for place, slip in enumerate(slips):
        least = LEAST_DAYS[slip]
        days = least and min(CAPS[DAYS], least + random.randint(0, most))
        # Promises of all four parts, so that both ratios are printed.
        numbers = {"kept_to_team": 10, "not_kept_to_team": 5, "moved_to_team": 2}
        numbers |= {slip: 1, DAYS: days, BY_NEW_DATE: min(days, random.randint(0, 9))}
        members.append(Member(f"m{place}", "North", numbers))
    return members


def list_exposed_by_slips(members: Sequence[Member]) -> set[str]:
    """Return whose days a colleague can tell to within a fifth, by all that is printed together."""
    rows = [cap_numbers(member.numbers, CAPS) for member in members]
    sums = GroupSums("North", len(rows), add_shares(rows, len(NUMBERS)))
    figures = build_group_figures(sums, CAPS)
    if DAYS not in figures.magnitudes:
        return set()
    exposed = set()
    for own in members:
        highest = find_highest_days(figures, own)
        can_be_none = is_none_possible(figures, own, len(members))
        for other in members:
            days = other.numbers[DAYS]
            is_bounded = highest < min(1.2 * days, CAPS[DAYS]) or not can_be_none
            if other != own and days >= 5 and is_bounded:
                exposed.add(other.name)
    return exposed


def find_highest_days(figures: GroupFigures, own: Member) -> int:
    """Return how many days anybody else can have, for a colleague: the rest has the fewest.

    Each of the rest has a day for each promise kept by a new date, and what the typical slip of
    so many managers tells.
    """
    printed = figures.magnitudes
    kept_by_new_date = 0
    if "as_agreed_kept_to_team" in printed:
        kept_by_new_date = (
            printed["as_agreed_kept_to_team"] - printed["first_date_kept_to_team"]
        )
    rest_kept = kept_by_new_date - own.numbers[BY_NEW_DATE] - CAPS[BY_NEW_DATE]
    return max(
        printed[DAYS]
        - own.numbers[DAYS]
        - find_fewest_days(figures, (own_slip, other_slip), rest_kept)
        for own_slip in LEAST_DAYS
        if own_slip in own.numbers
        for other_slip in LEAST_DAYS
    )


def find_fewest_days(
    figures: GroupFigures, known_slips: Sequence[str], kept_by_new_date: int
) -> int:
    """Return how many days all others have at least, beside those whose slips are known."""
    fewest = 0
    kept_within = 0
    for slip, least in LEAST_DAYS.items():
        if slip in figures.counts:
            count = max(8, figures.counts[slip] - 2) - known_slips.count(slip)
            fewest += count * least
            kept_within += count * min(least, CAPS[BY_NEW_DATE])
    return fewest + max(0, kept_by_new_date - kept_within)


def is_none_possible(figures: GroupFigures, own: Member, members: int) -> bool:
    """Return whether anybody else can have no day at all, for a colleague."""
    none = max(8, figures.counts.get("slip_none", -10) - 2)
    if "slip_none" not in figures.counts:
        none = 1
    others_with_days = members - 1 - max(1, none - own.numbers.get("slip_none", 0))
    rest = figures.magnitudes[DAYS] - own.numbers[DAYS]
    return rest <= others_with_days * CAPS[DAYS]


def list_exposed_in_all(seeds: Iterable[int]) -> set[str]:
    return {
        name
        for seed in seeds
        for name in list_exposed_by_slips(draw_late_members(Random(seed)))
    }


def test_nobody_is_exposed_by_slips_and_days_together() -> None:
    assert not list_exposed_in_all(range(300))


def test_figures_that_are_looked_at_one_by_one_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programme_publication, "LEAST_TOLD", {})
    assert list_exposed_in_all(range(300))


def test_ten_managers_just_over_a_month_late_have_no_sum_of_days() -> None:
    late = {"slip_longer": 1, DAYS: 33}
    members = [Member(f"m{n}", "North", late if n < 8 else {}) for n in range(10)]
    # 264 days are 2.2 caps, and eight managers with 32 each leave 8 of them.
    assert DAYS not in {item.figure for item in publish(members)}
    members[0] = Member("m0", "North", {**late, DAYS: 120})
    members[1:4] = [Member(f"m{n}", "North", {**late, DAYS: 120}) for n in (1, 2, 3)]
    assert DAYS in {item.figure for item in publish(members)}
