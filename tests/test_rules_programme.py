"""What a report of a programme prints: counts from 8 on, parts with their wholes, the response."""

from datetime import date

import pytest

from coachlog.model.programme import GroupFigures, GroupSums, Holder, HolderSums
from coachlog.rules.programme_closing import join_small_groups
from coachlog.rules.programme_publication import (
    WHOLES,
    choose_counts,
    choose_magnitudes,
)
from coachlog.rules.programme_report import (
    add_up_printed,
    build_group_figures,
    build_total_figures,
    compute_percents,
    join_sums,
    judge_response,
)
from coachlog.rules.programme_vector import (
    NUMBERS,
    SLIP_INDICATORS,
    USUAL_FIGURES,
    build_usual_caps,
)


@pytest.mark.parametrize(
    ("count", "printed"),
    [(0, None), (3, None), (7, None), (8, 10), (12, 10), (13, 15), (18, 20), (20, 20)],
)
def test_a_count_of_twenty_managers_is_printed_from_eight_on(
    count: int, printed: int | None
) -> None:
    assert choose_counts([count], 20) == (printed,)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"North": 8, "South": 20}, {"North": "North", "South": "South"}),
        ({"North": 20, "South": 7}, {"North": "North", "South": ""}),
        (
            {"North": 20, "South": 4, "Isles": 4},
            {"North": "North", "South": "other", "Isles": "other"},
        ),
        (
            {"North": 20, "South": 4, "Isles": 3},
            {"North": "North", "South": "", "Isles": ""},
        ),
        ({"North": 9, "South": 0}, {"North": "North", "South": ""}),
    ],
)
def test_small_groups_count_together_or_not_at_all(
    sizes: dict[str, int], groups: dict[str, str]
) -> None:
    assert join_small_groups(sizes) == groups


def test_a_part_has_no_total_where_a_group_prints_its_whole_alone() -> None:
    north = {"weeks_due": 1056, "weeks_on_time": 866, "thanks": 40}
    south = {"weeks_due": 880}
    assert add_up_printed([north, south]) == {"weeks_due": 1936, "thanks": 40}
    assert add_up_printed([north, {"thanks": 30}]) == {
        "weeks_due": 1056,
        "weeks_on_time": 866,
        "thanks": 70,
    }


def test_a_share_is_of_the_sums_that_are_printed() -> None:
    """And hidden where either of them is, or there is nothing that it could be a share of."""
    magnitudes = {"weeks_due": 1936, "weeks_on_time": 866, "thanks": 40}
    magnitudes |= {"as_agreed_counted_across": 0, "as_agreed_kept_across": 0}
    assert compute_percents(magnitudes) == {"weeks_on_time": 45}
    assert compute_percents({"weeks_due": 1936}) == {}
    groups = [
        GroupFigures(name, 20, {"weeks_due": 100, "weeks_on_time": on_time}, {})
        for name, on_time in (("North", 80), ("South", 55))
    ]
    assert build_total_figures(groups).percents == {"weeks_on_time": 68}


@pytest.mark.parametrize(
    ("contributions", "invited", "share"),
    [
        (12, 12, 90),
        (8, 11, 70),
        (8, 10, 80),
        (1, 20, 0),
        (30, 20, 90),
        (8, None, None),
        (8, 0, None),
    ],
)
def test_a_response_is_never_more_than_it_was(
    contributions: int, invited: int | None, share: int | None
) -> None:
    assert judge_response(contributions, invited) == share


def test_a_response_does_not_tell_all_from_all_but_one() -> None:
    for invited in range(10, 300):
        all_but_one = judge_response(invited - 1, invited)
        assert judge_response(invited, invited) == all_but_one == 90


def test_a_sum_that_cannot_be_is_spoilt_with_all_that_tells_of_it() -> None:
    caps = build_usual_caps()
    usual = {name: 8 * number for name, number in USUAL_FIGURES.items()}
    sums = dict.fromkeys(NUMBERS, 0) | usual
    sums |= {"weeks_late": 8 * caps["weeks_late"] + 1, "slip_week": 9}
    group = GroupSums("North", 8, tuple(sums.values()))
    figures = build_group_figures(group, caps)
    assert figures.spoilt == ("weeks_late", "slip_week")
    assert not {"weeks_due", "weeks_on_time"} & figures.magnitudes.keys()
    assert figures.magnitudes["thanks"] == usual["thanks"]
    assert not {*SLIP_INDICATORS} & figures.counts.keys()


@pytest.mark.parametrize(
    ("beside", "counts", "least"),
    [
        ({}, {}, 0),
        ({"kept_by_new_date_to_team": 7}, {}, 7),
        ({"kept_by_new_date_across": 5, "kept_by_new_date_upwards": 2}, {}, 7),
        ({}, {"slip_none": 10, "slip_week": 10}, 8),
        ({}, {"slip_month": 15}, 13 * 8),
        ({}, {"slip_longer": 10}, 8 * 32),
    ],
)
def test_days_keep_their_distance_from_what_other_figures_tell_of_them(
    beside: dict[str, int], counts: dict[str, int], least: int
) -> None:
    caps = build_usual_caps()
    numbers = {name: beside.get(name, 0) for name in USUAL_FIGURES}
    # 264 are 2.2 caps.
    for days, is_printed in ((264 + least, True), (263 + least, False)):
        sums = {**numbers, "days_past_first_date": days}
        printed = choose_magnitudes(sums, caps, 40, counts)
        assert ("days_past_first_date" in printed) is is_printed


@pytest.mark.parametrize(("minutes", "is_printed"), [(5252, True), (5251, False)])
def test_minutes_keep_their_distance_from_the_conversations_they_are_of(
    minutes: int, *, is_printed: bool
) -> None:
    caps = build_usual_caps()
    sums = dict.fromkeys(USUAL_FIGURES, 0)
    sums |= {"minutes": minutes, "conversations_with_minutes": 500}
    assert ("minutes" in choose_magnitudes(sums, caps, 40)) is is_printed


def build_group(contributions: int, **sums: int) -> GroupSums:
    return GroupSums(
        "North", contributions, tuple(sums.get(name, 0) for name in NUMBERS)
    )


def test_seven_managers_have_no_sum_whatever_it_is() -> None:
    caps = build_usual_caps()
    sums = {"thanks": 30}
    assert choose_magnitudes(sums, caps, 7) == {}
    assert choose_magnitudes(sums, caps, 8) == {"thanks": 30}


@pytest.mark.parametrize(
    ("thanks", "printed"),
    [(19, {}), (20, {"thanks": 20}), (52, {"thanks": 52}), (53, {})],
)
def test_a_sum_keeps_its_distance_from_both_ends(
    thanks: int, printed: dict[str, int]
) -> None:
    # 19.8 are 2.2 caps of 9 each, and 72 is what eight managers can have.
    assert choose_magnitudes({"thanks": thanks}, build_usual_caps(), 8) == printed


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        pytest.param((50, 25, 25, 12), {"first_date", "as_agreed"}, id="both"),
        pytest.param((50, 25, 25, 0), {"first_date"}, id="none-moved"),
        pytest.param((10, 40, 25, 0), {"as_agreed"}, id="few-by-first-date"),
        pytest.param((10, 5, 25, 12), set(), id="few-kept"),
        pytest.param((50, 30, 5, 0), {"first_date"}, id="few-not-kept"),
        pytest.param((50, 2, 2, 2), set(), id="nearly-all-kept"),
    ],
)
def test_of_promises_only_the_ratios_are_printed_whose_parts_may_be(
    parts: tuple[int, ...], names: set[str]
) -> None:
    numbers = ("kept", "kept_by_new_date", "not_kept", "moved")
    sums = {f"{name}_across": total for name, total in zip(numbers, parts, strict=True)}
    printed = choose_magnitudes(sums, build_usual_caps(), 20)
    ratios = {name.removesuffix("_across").rsplit("_", 1)[0] for name in printed}
    assert ratios == names
    assert len(printed) == 2 * len(names)


@pytest.mark.parametrize(
    ("noted", "not_noted", "names"),
    [
        (140, 40, {"conversations", "conversations_with_minutes"}),
        (140, 10, {"conversations"}),
        (100, 10, set()),
    ],
)
def test_a_whole_is_printed_without_its_parts_if_it_may_be(
    noted: int, not_noted: int, names: set[str]
) -> None:
    sums = {
        "conversations_with_minutes": noted,
        "conversations_without_minutes": not_noted,
    }
    assert choose_magnitudes(sums, build_usual_caps(), 8).keys() == names


def test_of_a_number_that_is_not_known_nothing_is_printed() -> None:
    sums = {"weeks_on_time": 700, "thanks": 40}
    assert choose_magnitudes(sums, build_usual_caps(), 8) == {"thanks": 40}


def test_what_all_can_have_together_is_not_spoilt() -> None:
    caps = build_usual_caps()
    assert build_group_figures(build_group(8, thanks=72), caps).spoilt == ()
    assert build_group_figures(build_group(8, thanks=73), caps).spoilt == ("thanks",)


def test_counts_of_a_group_are_printed_by_fives_without_who_contributed() -> None:
    # Nine and eight of seventeen are told by their sum.
    group = build_group(
        17, contributed=17, used_grow=9, measure_up=7, slip_none=9, slip_week=8
    )
    figures = build_group_figures(group, build_usual_caps())
    assert figures.contributions == 15
    assert figures.counts == {"used_grow": 10}
    group = build_group(31, slip_none=9, slip_week=11, used_clear=23)
    figures = build_group_figures(group, build_usual_caps())
    assert figures.counts == {"slip_none": 10, "slip_week": 10, "used_clear": 25}


@pytest.mark.parametrize(
    ("count", "contributions", "printed"),
    [
        (8, 8, None),
        (8, 9, None),
        (8, 10, 10),
        (10, 10, 10),
        (13, 14, None),
        (14, 15, 15),
        (15, 15, 15),
    ],
)
def test_a_count_of_nearly_all_is_printed_where_it_has_two_values_for_the_rest(
    count: int, contributions: int, printed: int | None
) -> None:
    assert choose_counts([count], contributions) == (printed,)


@pytest.mark.parametrize(
    ("counts", "contributions", "printed"),
    [
        # All rows that print like this are told by whoever is in neither count.
        ((8, 8), 16, (None, None)),
        ((8, 8), 17, (None, None)),
        ((8, 9), 18, (10, 10)),
        ((8, 13), 22, (None, None)),
        ((8, 13), 23, (10, 15)),
        ((12, 7), 20, (10, None)),
    ],
)
def test_exclusive_counts_are_printed_where_several_are_possible(
    counts: tuple[int, ...], contributions: int, printed: tuple[int | None, ...]
) -> None:
    assert choose_counts(counts, contributions, is_exclusive=True) == printed


def test_of_slips_with_a_spoilt_count_none_is_printed() -> None:
    caps = build_usual_caps()
    group = build_group(31, slip_none=9, slip_week=32, used_clear=23)
    assert build_group_figures(group, caps).counts == {"used_clear": 25}


def test_days_are_kept_from_the_slips_that_are_printed_and_not_from_hidden_ones() -> (
    None
):
    caps = build_usual_caps()
    hidden = build_group(20, slip_longer=7, days_past_first_date=300)
    assert "days_past_first_date" in build_group_figures(hidden, caps).magnitudes
    printed = build_group(20, slip_longer=8, days_past_first_date=300)
    assert "days_past_first_date" not in build_group_figures(printed, caps).magnitudes


def test_the_sums_of_both_holders_are_joined_group_by_group() -> None:
    day = date(2027, 1, 8)
    modulus = 1 << 64
    halves = [
        HolderSums(
            "north",
            "2026Q4",
            holder,
            "digest",
            day,
            tuple(
                GroupSums(group, 8, (share,) * len(NUMBERS))
                for group, share in shares.items()
            ),
            build_usual_caps(),
        )
        for holder, shares in (
            (Holder.COORDINATOR, {"North": modulus - 5, "South": 3}),
            (Holder.GOVERNANCE, {"North": 12, "South": 4}),
        )
    ]
    assert join_sums(halves) == (
        GroupSums("North", 8, (7,) * len(NUMBERS)),
        GroupSums("South", 8, (7,) * len(NUMBERS)),
    )


@pytest.mark.parametrize("part", WHOLES)
def test_each_part_with_a_whole_is_left_out_of_the_total_without_it(part: str) -> None:
    both = {WHOLES[part]: 30, part: 20}
    assert add_up_printed([both, {WHOLES[part]: 40}]) == {WHOLES[part]: 70}
    assert add_up_printed([both, {"thanks": 40}]) == {**both, "thanks": 40}


def test_the_parts_with_a_whole_are_those_of_families() -> None:
    assert WHOLES == {
        "conversations_with_minutes": "conversations",
        "weeks_on_time": "weeks_due",
    }
