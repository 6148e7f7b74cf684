"""What a report of a programme prints: counts from 8 on, parts with their wholes, the response."""

import pytest

from coachlog.model.programme import GroupSums
from coachlog.rules.programme_closing import join_small_groups
from coachlog.rules.programme_publication import choose_counts, choose_magnitudes
from coachlog.rules.programme_report import (
    add_up_printed,
    build_group_figures,
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
