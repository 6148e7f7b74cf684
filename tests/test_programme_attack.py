"""An attacker on the figures of a programme: what can be worked out of one manager.

The attacker knows the rules, the caps, who is in which group, every figure ever published and one
own contribution. Published sums are taken apart as far as they go: where one covers all that
another does, their difference is a sum as well. Each of them may tell of no manager to within a
fifth, and no hidden count may have one possible value.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import permutations, product
from random import Random
from typing import NamedTuple

import pytest

from coachlog.model.programme import (
    Breakdown,
    GroupSums,
    Holder,
    HolderList,
    ListedContribution,
    Programme,
)
from coachlog.rules.programme_closing import close_quarter
from coachlog.rules.programme_publication import (
    MAGNITUDE_FAMILIES,
    choose_counts,
    round_contributions,
)
from coachlog.rules.programme_report import build_group_figures
from coachlog.rules.programme_shares import add_shares
from coachlog.rules.programme_vector import (
    NUMBERS,
    SLIP_INDICATORS,
    USUAL_FIGURES,
    build_usual_caps,
    cap_numbers,
)

CAPS = build_usual_caps()
FIGURES = {
    figure.name: figure.numbers
    for family in MAGNITUDE_FAMILIES
    for choice in family.choices
    for figure in choice.figures
}
REGIONS = ("North", "South", "East", "West", "Isles")

Cell = tuple[str, str]
"""One number of one manager."""


class Member(NamedTuple):
    name: str
    region: str
    numbers: Mapping[str, int]


class PublishedSum(NamedTuple):
    """A magnitude as it was published: of which figure and managers, and how much."""

    figure: str
    members: frozenset[str]
    total: int

    @property
    def cells(self) -> frozenset[Cell]:
        return frozenset(product(self.members, FIGURES[self.figure]))


Publisher = Callable[[Sequence[Member]], list[PublishedSum]]


def publish(members: Sequence[Member]) -> list[PublishedSum]:
    """Return every magnitude of a closed quarter, of groups and in all, as coachlog prints them."""
    sums = []
    for group, group_members in form_groups(members).items():
        sums += publish_group(group, group_members)
    return sums + add_totals(sums)


def form_groups(members: Sequence[Member]) -> dict[str, list[Member]]:
    lines = tuple(
        ListedContribution(member.name, member.name, 1, member.region, "digest")
        for member in members
    )
    day = date(2026, 12, 31)
    programme = Programme(
        code="north",
        name="North",
        breakdown=Breakdown.REGION,
        choices={Breakdown.REGION: REGIONS},
        keys={Holder.COORDINATOR: "age1"},
        caps=CAPS,
    )
    lists = [HolderList("north", "2026Q4", Holder.COORDINATOR, day, lines)]
    manifest = close_quarter(programme, lists, day, {})
    by_name = {member.name: member for member in members}
    groups: dict[str, list[Member]] = {group: [] for group in manifest.groups}
    for entry in manifest.entries:
        if entry.group:
            groups[entry.group].append(by_name[entry.number])
    return groups


def publish_group(group: str, members: Sequence[Member]) -> list[PublishedSum]:
    rows = [cap_numbers(member.numbers, CAPS) for member in members]
    sums = GroupSums(group, len(rows), add_shares(rows, len(NUMBERS)))
    figures = build_group_figures(sums, CAPS)
    names = frozenset(member.name for member in members)
    return [
        PublishedSum(name, names, total) for name, total in figures.magnitudes.items()
    ]


def add_totals(sums: Iterable[PublishedSum]) -> list[PublishedSum]:
    totals: dict[str, PublishedSum] = {}
    for published in sums:
        total = totals.get(published.figure)
        if total is None:
            totals[published.figure] = published
        else:
            totals[published.figure] = PublishedSum(
                published.figure,
                total.members | published.members,
                total.total + published.total,
            )
    return list(totals.values())


# The attack


def list_known_sums(published: Iterable[PublishedSum]) -> dict[frozenset[Cell], int]:
    """Return the smallest sums that the published ones tell: taken apart as far as they go.

    Where a sum covers all that another does, what it tells beyond that is their difference. Larger
    sums tell less of anybody, so that they can be left out.
    """
    known = {item.cells: item.total for item in published}
    while True:
        nested = next(
            (
                (large, small)
                for large, small in permutations(known, 2)
                if small < large
            ),
            None,
        )
        if nested is None:
            return known
        large, small = nested
        rest = known.pop(large) - known[small]
        assert known.setdefault(large - small, rest) == rest


def list_exposed_managers(
    published: Iterable[PublishedSum], members: Sequence[Member]
) -> set[str]:
    """Return whose figure can be told to within a fifth from a sum, by nobody or by a colleague."""
    truth = {
        (member.name, number): value
        for member in members
        for number, value in zip(
            NUMBERS, cap_numbers(member.numbers, CAPS), strict=True
        )
    }
    exposed: set[str] = set()
    for cells, total in list_known_sums(published).items():
        values: Counter[str] = Counter()
        caps: Counter[str] = Counter()
        for name, number in cells:
            values[name] += truth[name, number]
            caps[name] += CAPS[number]
        assert sum(values.values()) == total
        exposed |= list_nearly_known(values, total)
        # What is missing to the cap is told as well as what there is.
        room = Counter({name: caps[name] - values[name] for name in caps})
        exposed |= list_nearly_known(room, sum(caps.values()) - total)
    return exposed


def list_nearly_known(values: Mapping[str, int], total: int) -> set[str]:
    """Return who has 5 or more and is known to within a fifth by whoever has most of the rest."""
    exposed = set()
    for name, value in values.items():
        largest = max(
            (other for who, other in values.items() if who != name), default=0
        )
        if value >= 5 and 10 * (total - largest - value) < 2 * value:
            exposed.add(name)
    return exposed


def list_set_faults(published: Sequence[PublishedSum]) -> list[str]:
    """Return the figures that were published of sets that differ by 1 to 7 managers."""
    return [
        first.figure
        for first, second in product(published, repeat=2)
        if first.figure == second.figure
        and 1 <= len(first.members ^ second.members) <= 7
    ]


# Programmes


def draw_members(random: Random, sizes: Mapping[str, int]) -> list[Member]:
    """Return managers of whom some have nothing, some the cap, and one at times far more."""
    kind = random.choice(["usual", "wild", "sparse", "one-large"])
    return [
        Member(f"{region}-{place}", region, draw_numbers(random, kind, place))
        for region, size in sizes.items()
        for place in range(size)
    ]


def draw_numbers(random: Random, kind: str, place: int) -> dict[str, int]:
    numbers = {}
    for name, usual in USUAL_FIGURES.items():
        cap = CAPS[name]
        if kind == "usual":
            numbers[name] = random.randint(usual // 2, usual * 2)
        elif kind == "wild":
            numbers[name] = random.choice([0, 1, usual, cap, random.randint(0, cap)])
        elif kind == "sparse":
            numbers[name] = random.choice([0, 0, 0, random.randint(0, cap)])
        else:
            numbers[name] = 5 * cap if place == 0 else random.randint(0, usual)
    return numbers


def draw_sizes(random: Random) -> dict[str, int]:
    return {region: random.choice([1, 3, 6, 8, 9, 12, 20]) for region in REGIONS}


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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"North": 19, "South": 9}, {"North": 20, "South": 9}, id="joiner"),
        pytest.param({"North": 20, "South": 9}, {"North": 19, "South": 9}, id="leaver"),
        pytest.param(
            {"North": 8, "South": 9}, {"North": 7, "South": 9}, id="dissolved"
        ),
        pytest.param({"North": 12, "Isles": 6}, {"North": 12, "Isles": 6}, id="six"),
    ],
)
def test_nobody_is_exposed_across_quarters(
    before: Mapping[str, int], after: Mapping[str, int]
) -> None:
    for seed in range(30):
        random = Random(seed)
        for sizes in (before, after):
            # What somebody did in a quarter is told in that quarter alone.
            members = draw_members(random, sizes)
            published = publish(members)
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


@pytest.mark.parametrize(
    ("publish_variant", "sizes"),
    [
        pytest.param(
            publish_with_hidden_in_totals,
            {"North": 12, "Isles": 1},
            id="totals-over-all",
        ),
        pytest.param(publish_twice, {"North": 20}, id="quarter-opened-again"),
        pytest.param(publish_from_eight_on, {"North": 8}, id="eight-alone"),
    ],
)
def test_a_weaker_rule_is_found_out(
    publish_variant: Publisher, sizes: Mapping[str, int]
) -> None:
    assert any(
        list_exposed_managers(publish_variant(members), members)
        for seed in range(20)
        for members in [draw_members(Random(seed), sizes)]
    )


def test_numbers_that_are_not_cut_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(globals(), "cap_numbers", take_numbers)
    assert any(
        list_exposed_managers(publish_uncut(members), members)
        for seed in range(20)
        for members in [draw_members(Random(seed), {"North": 8})]
    )


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


@pytest.mark.parametrize("contributions", [8, 9, 13, 17, 21, 23])
def test_no_exclusive_count_has_one_possible_value(contributions: int) -> None:
    width = 3
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
