"""What is told of one manager to whoever knows more than a colleague does, and what is not.

A programme cannot hold these: docs/programme-privacy.md says so. Each test has exactly what is
reached, so that the page stays true.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from coachlog.model.programme import GroupSums
from coachlog.rules.programme_publication import choose_magnitudes
from coachlog.rules.programme_report import build_group_figures
from coachlog.rules.programme_vector import NUMBERS, USUAL_FIGURES
from programme_attack import (
    CAPS,
    FIGURES,
    Member,
    PublishedSum,
    draw_members,
    list_exposed_managers,
    publish,
    publish_all,
)


def name_members(region: str, places: range) -> set[str]:
    return {f"{region}-{place}" for place in places}


HISTORIES = {
    "joiner": ([{"North": 19}, {"North": 20}], {"North-19"}, set()),
    "leaver": (
        [{"North": 20, "South": 9}, {"North": 19, "South": 9}],
        {"North-19"},
        set(),
    ),
    "dissolved": ([{"North": 8, "South": 9}, {"North": 7, "South": 9}], set(), set()),
    "six": ([{"North": 12, "Isles": 6}] * 2, set(), set()),
    "eight-joiners": (
        [{"North": 12}, {"North": 20}],
        set(),
        name_members("North", range(12, 20)),
    ),
    "other-of-other-regions": (
        [
            {"North": 12, "Isles": 7, "East": 5, "West": 3},
            {"North": 12, "Isles": 8, "East": 5, "West": 3},
            {"North": 12, "Isles": 7, "East": 4, "West": 3},
        ],
        {"Isles-7", "East-4"},
        {
            *name_members("Isles", range(7)),
            *name_members("East", range(4)),
            *name_members("West", range(3)),
        },
    ),
}
"""Sizes of regions, quarter by quarter; whose own numbers are a difference of sums; and in whose
few together, by a difference too, one can be nearly known to another."""


def draw_unchanged_history(
    random: Random, history: Sequence[Mapping[str, int]]
) -> list[Member]:
    """Return managers who have the same in each quarter in which they take part."""
    sizes = {
        region: max(sizes.get(region, 0) for sizes in history)
        for region in sorted({region for sizes in history for region in sizes})
    }
    members = draw_members(random, sizes)
    return [
        member._replace(quarter=quarter)
        for quarter, quarter_sizes in zip(
            ("2026Q3", "2026Q4", "2027Q1"), history, strict=False
        )
        for member in members
        if int(member.name.split("-")[1]) < quarter_sizes.get(member.region, 0)
    ]


# Who takes everybody else for unchanged


@pytest.mark.parametrize(
    ("history", "told", "few"), HISTORIES.values(), ids=HISTORIES.keys()
)
def test_unchanged_colleagues_tell_who_came_and_who_left(
    history: Sequence[Mapping[str, int]], told: set[str], few: set[str]
) -> None:
    exposed: set[str] = set()
    alone: set[str] = set()
    for seed in range(12):
        members = draw_unchanged_history(Random(seed), history)
        published = publish_all(members)
        assert not list_exposed_managers(published, members)
        names = frozenset(member.name for member in members)
        exposed |= list_exposed_managers(published, members, names)
        alone |= {
            name for group in list_told_groups(published, most=1) for name in group
        }
    assert alone == told
    assert told <= exposed <= told | few
    assert bool(exposed) is bool(told | few)


def list_told_groups(
    published: Iterable[PublishedSum], most: int
) -> set[frozenset[str]]:
    """Return the groups of so many managers at most of whom a sum can be worked out.

    An exact search: whether a group's sum is made of published ones, added and taken away in
    whatever multiples, if everybody has the same in each quarter.
    """
    by_figure: dict[str, set[frozenset[str]]] = {}
    for item in published:
        by_figure.setdefault(item.figure, set()).add(item.members)
    told: set[frozenset[str]] = set()
    for sets in map(frozenset, {frozenset(sets) for sets in by_figure.values()}):
        atoms = list_atoms(sets)
        rows = [[int(atom <= each) for atom in atoms] for each in sets]
        rank = find_rank(rows)
        for count in range(1, len(atoms) + 1):
            for chosen in combinations(range(len(atoms)), count):
                group = frozenset().union(*(atoms[place] for place in chosen))
                wanted = [int(place in chosen) for place in range(len(atoms))]
                if len(group) <= most and find_rank([*rows, wanted]) == rank:
                    told.add(group)
    return told


def list_atoms(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the managers in lots that no published sum tells apart."""
    ordered = sorted(sets, key=sorted)
    lots: dict[tuple[bool, ...], set[str]] = {}
    for name in frozenset().union(*ordered):
        lots.setdefault(tuple(name in each for each in ordered), set()).add(name)
    return [frozenset(lot) for lot in lots.values()]


def find_rank(rows: Sequence[Sequence[int]]) -> int:
    left = [[Fraction(value) for value in row] for row in rows]
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        rank += 1
        left = [
            [
                value - row[column] / pivot[column] * own
                for value, own in zip(row, pivot, strict=True)
            ]
            for row in left
        ]
    return rank


@pytest.mark.parametrize("change", [0, 3, -4])
def test_a_newcomer_is_told_as_exactly_as_the_others_are_unchanged(change: int) -> None:
    before = [Member(f"m{n}", "North", {"thanks": 4}) for n in range(19)]
    other = Member("m18", "North", {"thanks": 4 + change})
    newcomer = Member("new", "North", {"thanks": 9})
    first, second = (
        {item.figure: item.total for item in publish(members)}["thanks"]
        for members in (before, [*before[:18], other, newcomer])
    )
    assert second - first == 9 + change


# Who knows more than one contribution


def list_exposed_to_several(members: Sequence[Member], known_count: int) -> set[str]:
    """Return who is known to within a fifth to whoever has so many of the other contributions."""
    exposed = set()
    for item in publish(members):
        values = {
            member.name: sum(
                min(member.numbers.get(number, 0), CAPS[number])
                for number in FIGURES[item.figure]
            )
            for member in members
            if member.name in item.members
        }
        largest_first = sorted(values, key=lambda name: values[name], reverse=True)
        for name, value in values.items():
            others = [other for other in largest_first if other != name]
            known = sum(values[other] for other in others[:known_count])
            if value >= 5 and 10 * (item.total - known - value) < 2 * value:
                exposed.add(name)
    return exposed


@pytest.mark.parametrize(
    ("known_count", "is_exposed"), [(1, False), (2, True), (7, True)]
)
def test_the_rule_holds_against_one_colleague_and_not_against_two(
    known_count: int, *, is_exposed: bool
) -> None:
    exposed: set[str] = set()
    for seed in range(40):
        members = draw_members(Random(seed), {"North": 9})
        exposed |= list_exposed_to_several(members, known_count)
    assert bool(exposed) is is_exposed


def test_seven_invented_members_tell_the_eighth_exactly() -> None:
    """They are in no number of the eighth's own, and each has what the rule asks for."""
    invented = [Member(f"m{n}", "North", USUAL_FIGURES) for n in range(7)]
    numbers = {name: usual // 2 + 1 for name, usual in USUAL_FIGURES.items()}
    real = Member("real", "North", numbers)
    published = {item.figure: item.total for item in publish([*invented, real])}
    told = {
        name: total - sum(7 * USUAL_FIGURES[number] for number in FIGURES[name])
        for name, total in published.items()
    }
    assert told == {
        name: sum(numbers[number] for number in FIGURES[name]) for name in published
    }
    assert "minutes" in told


def test_a_lie_within_the_cap_tells_no_more_than_an_own_contribution() -> None:
    for seed in range(40):
        members = draw_members(Random(seed), {"North": 9})
        for value in ("cap", "nothing"):
            numbers = CAPS if value == "cap" else {}
            liar = members[0]._replace(numbers=numbers)
            lied_to = [liar, *members[1:]]
            assert not list_exposed_managers(publish(lied_to), lied_to)


def test_a_lie_beyond_the_cap_opens_a_sum_that_is_hidden() -> None:
    """Halves are noise, so that nobody sees it: only a sum that cannot be is found."""
    victim = Member("victim", "North", {"thanks": 9})
    others = [Member(f"m{n}", "North", {}) for n in range(6)]
    honest = [victim, *others, Member("own", "North", {"thanks": 9})]
    assert "thanks" not in {item.figure for item in publish(honest)}
    own = 30
    rows = [member.numbers.get("thanks", 0) for member in [victim, *others]]
    sums = {"thanks": sum(rows) + own}
    assert choose_magnitudes(sums, CAPS, 8) == {"thanks": 9 + own}
    # What comes to more than all can have is spoilt, and is not printed.
    total = 8 * CAPS["thanks"] + 1
    spoilt = build_group_figures(
        GroupSums("North", 8, build_row({"thanks": total})), CAPS
    )
    assert spoilt.spoilt == ("thanks",)
    assert spoilt.magnitudes == {}


def build_row(numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(numbers.get(name, 0) for name in NUMBERS)
