"""An attacker on the figures of a programme: what can be worked out of one manager.

The attacker knows the rules, the caps, who is in which group, every figure ever published and one
own contribution. Published sums are taken apart as far as they go: where one covers all that
another does, their difference is a sum as well. Each of them may tell of no manager to within a
fifth, and no hidden count may have one possible value. What is hidden tells something as well: that
the rule hid it. What one figure tells of another counts too, such as days of slips.

tests/test_programme_attack.py holds it, tests/test_programme_limits.py says what is told to whoever
knows more than that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, permutations, product
from random import Random
from typing import NamedTuple

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
)
from coachlog.rules.programme_report import build_group_figures
from coachlog.rules.programme_shares import add_shares
from coachlog.rules.programme_vector import (
    NUMBERS,
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
FAMILY_PLACES = {
    figure.name: place
    for place, family in enumerate(MAGNITUDE_FAMILIES)
    for choice in family.choices
    for figure in choice.figures
}
"""Of which family each figure is: those of two families have no number in common."""
REGIONS = ("North", "South", "East", "West", "Isles")

ALWAYS = "any quarter"

Cell = tuple[str, str, str]
"""One number of one manager in one quarter; in `ALWAYS` if it is known to be that of each."""


class Member(NamedTuple):
    """A manager in one quarter."""

    name: str
    region: str
    numbers: Mapping[str, int]
    quarter: str = "2026Q4"


class PublishedSum(NamedTuple):
    """A magnitude as it was published: of which figure and managers, when, and how much."""

    figure: str
    members: frozenset[str]
    total: int
    quarter: str = "2026Q4"

    def list_cells(self, unchanged: frozenset[str]) -> frozenset[Cell]:
        """Return what was added up, for who takes some managers' numbers for unchanged."""
        return frozenset(
            (ALWAYS if name in unchanged else self.quarter, name, number)
            for name, number in product(self.members, FIGURES[self.figure])
        )


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
        PublishedSum(name, names, total, members[0].quarter)
        for name, total in figures.magnitudes.items()
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
                published.quarter,
            )
    return list(totals.values())


# The attack


def list_known_sums(
    published: Iterable[PublishedSum], unchanged: frozenset[str] = frozenset()
) -> dict[frozenset[Cell], int]:
    """Return the smallest sums that the published ones tell: taken apart as far as they go.

    Where a sum covers all that another does, what it tells beyond that is their difference. Larger
    sums tell less of anybody, so that they can be left out.
    """
    families: dict[int, dict[frozenset[Cell], int]] = defaultdict(dict)
    for item in published:
        families[FAMILY_PLACES[item.figure]][item.list_cells(unchanged)] = item.total
    return {
        cells: total
        for known in families.values()
        for cells, total in take_apart(known).items()
    }


def take_apart(known: dict[frozenset[Cell], int]) -> dict[frozenset[Cell], int]:
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
    published: Iterable[PublishedSum],
    members: Sequence[Member],
    unchanged: frozenset[str] = frozenset(),
) -> set[str]:
    """Return whose figure can be told to within a fifth from a sum, by nobody or by a colleague."""
    truth = {
        (quarter, member.name, number): value
        for member in members
        for quarter in (member.quarter, ALWAYS)
        for number, value in zip(
            NUMBERS, cap_numbers(member.numbers, CAPS), strict=True
        )
    }
    exposed: set[str] = set()
    for cells, total in list_known_sums(published, unchanged).items():
        values: Counter[str] = Counter()
        caps: Counter[str] = Counter()
        for quarter, name, number in cells:
            values[name] += truth[quarter, name, number]
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
    """Return the figures of one quarter that are of sets which differ by 1 to 7 managers."""
    return [
        first.figure
        for first, second in combinations(published, 2)
        if (first.figure, first.quarter) == (second.figure, second.quarter)
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


def draw_history(random: Random, history: Sequence[Mapping[str, int]]) -> list[Member]:
    return [
        member._replace(quarter=quarter)
        for quarter, sizes in zip(("2026Q3", "2026Q4", "2027Q1"), history, strict=False)
        for member in draw_members(random, sizes)
    ]


def publish_all(members: Sequence[Member]) -> list[PublishedSum]:
    """Return what was published of several quarters."""
    quarters = sorted({member.quarter for member in members})
    return [
        item
        for quarter in quarters
        for item in publish([m for m in members if m.quarter == quarter])
    ]
