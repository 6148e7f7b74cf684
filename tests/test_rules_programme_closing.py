"""What counts in a closed quarter: whole contributions, once each, in groups of eight or more."""

from collections.abc import Sequence
from datetime import date

import pytest

from coachlog.errors import CoachlogError
from coachlog.model.programme import (
    Breakdown,
    Holder,
    HolderList,
    ListedContribution,
    Manifest,
    OmittedFile,
    Programme,
)
from coachlog.rules.programme_closing import (
    close_quarter,
    require_closable_lists,
    require_possible_invitations,
    require_publishable_manifest,
    require_sound_groups,
    split_omitted_files,
)
from coachlog.rules.programme_vector import build_usual_caps

DAY = date(2027, 1, 8)
COORDINATOR, GOVERNANCE = Holder.COORDINATOR, Holder.GOVERNANCE
PROGRAMME = Programme(
    code="north",
    name="North",
    breakdown=Breakdown.REGION,
    choices={Breakdown.REGION: ("North", "South", "Isles")},
    keys={COORDINATOR: "age1c", GOVERNANCE: "age1g"},
    caps=build_usual_caps(),
)


def build_lines(region: str, count: int) -> list[ListedContribution]:
    return [
        ListedContribution(f"{region}-{n}", f"m-{region}-{n}", 1, region, f"digest-{n}")
        for n in range(count)
    ]


def build_list(
    holder: Holder,
    lines: Sequence[ListedContribution],
    programme: str = "north",
    quarter: str = "2026Q4",
) -> HolderList:
    return HolderList(programme, quarter, holder, DAY, tuple(lines))


def close(
    coordinator: Sequence[ListedContribution],
    governance: Sequence[ListedContribution],
    **invited: int,
) -> Manifest:
    lists = [
        build_list(COORDINATOR, coordinator),
        build_list(GOVERNANCE, governance),
    ]
    return close_quarter(PROGRAMME, lists, DAY, invited)


NORTH = build_lines("North", 8)
LAST = NORTH[-1]


def list_reasons(manifest: Manifest) -> dict[str, str]:
    return {file.name: file.reason for file in manifest.omitted}


def test_whole_contributions_count_in_their_groups() -> None:
    lines = [*build_lines("South", 9), *NORTH, *build_lines("Isles", 3)]
    manifest = close(lines, lines[::-1])
    assert list(manifest.groups.items()) == [("North", 8), ("South", 9)]
    assert len(manifest.entries) == 20
    assert {entry.group for entry in manifest.entries} == {"North", "South", ""}
    assert not manifest.omitted


@pytest.mark.parametrize(
    ("governance", "reason"),
    [
        pytest.param(NORTH[:-1], "the second holder has no half of it", id="lacking"),
        pytest.param(
            [*NORTH[:-1], LAST._replace(member="somebody")],
            "its halves differ in member, edition or group",
            id="member",
        ),
        pytest.param(
            [*NORTH[:-1], LAST._replace(edition=2)],
            "its halves differ in member, edition or group",
            id="edition",
        ),
        pytest.param(
            [*NORTH[:-1], LAST._replace(group="South")],
            "its halves differ in member, edition or group",
            id="group",
        ),
        pytest.param(
            [*NORTH, LAST._replace(digest="other")],
            "one of its halves came twice, and they differ",
            id="twice",
        ),
    ],
)
def test_what_is_not_whole_counts_nowhere(
    governance: list[ListedContribution], reason: str
) -> None:
    manifest = close(NORTH, governance)
    assert manifest.groups == {}
    assert list_reasons(manifest) == {LAST.number: reason}


def test_the_latest_edition_of_a_member_counts() -> None:
    later = LAST._replace(number="later", edition=2)
    manifest = close([*NORTH, later], [later, *NORTH])
    assert manifest.groups == {"North": 8}
    assert LAST.number not in {entry.number for entry in manifest.entries}
    assert list_reasons(manifest) == {
        LAST.number: "replaced by a later one of the same member"
    }


def test_what_counts_all_the_same_is_not_lost() -> None:
    """A copy, a faulty file of what is whole elsewhere, and an edition that was replaced."""
    later = LAST._replace(number="later", edition=2)
    alone = LAST._replace(number="alone", member="alone")
    files = [
        OmittedFile(NORTH[0].number, "is a copy of another file, which counts once"),
        OmittedFile(NORTH[1].number, "is cut short"),
        OmittedFile(LAST.number, "is a copy of another file, which counts once"),
        OmittedFile("a file", "is not an age file"),
    ]
    lines = [*NORTH, later]
    lists = [
        build_list(COORDINATOR, [*lines, alone])._replace(omitted=tuple(files)),
        build_list(GOVERNANCE, lines),
    ]
    lost, needless = split_omitted_files(close_quarter(PROGRAMME, lists, DAY, {}))
    assert [file.name for file in lost] == ["alone", "a file"]
    assert [file.name for file in needless] == [
        NORTH[0].number,
        NORTH[1].number,
        LAST.number,
    ]


SECOND = LAST._replace(number="second", edition=2)
THIRD = LAST._replace(number="third", edition=3)
LACKS_SECOND = "the second holder has no half of it"
LACKS_FIRST = "the coordinator has no half of it"


@pytest.mark.parametrize(
    ("coordinator", "governance", "reasons", "lost_names"),
    [
        pytest.param(
            [LAST, SECOND],
            [LAST],
            {"second": f"{LACKS_SECOND}; edition 1 counts in its place"},
            ["second"],
            id="older-counts",
        ),
        pytest.param(
            [LAST, SECOND],
            [LAST, THIRD],
            {
                "third": f"{LACKS_FIRST}; nor are others of the same member whole: second; "
                "edition 1 counts in its place"
            },
            ["third"],
            id="two-later",
        ),
        pytest.param(
            [LAST],
            [SECOND],
            {
                "second": f"{LACKS_FIRST}; nor are others of the same member whole: North-7"
            },
            ["second"],
            id="none-whole",
        ),
        pytest.param(
            [LAST, SECOND],
            [SECOND],
            {LAST.number: "replaced by a later one of the same member"},
            [],
            id="mended",
        ),
        pytest.param(
            [LAST, SECOND],
            [LAST._replace(member="a"), SECOND._replace(member="a")],
            dict.fromkeys(
                (LAST.number, "second"), "its halves differ in member, edition or group"
            ),
            [LAST.number, "second"],
            id="whose",
        ),
    ],
)
def test_what_a_member_sent_in_vain_is_one_line(
    coordinator: list[ListedContribution],
    governance: list[ListedContribution],
    reasons: dict[str, str],
    lost_names: list[str],
) -> None:
    lines = build_lines("South", 8)
    manifest = close([*lines, *coordinator], [*lines, *governance])
    assert list_reasons(manifest) == reasons
    lost, _ = split_omitted_files(manifest)
    assert [file.name for file in lost] == lost_names


def test_a_broken_half_of_an_older_edition_adds_no_line() -> None:
    lines = build_lines("South", 8)
    files = (OmittedFile(LAST.number, "is cut short"),)
    lists = [
        build_list(COORDINATOR, [*lines, LAST, SECOND]),
        build_list(GOVERNANCE, lines)._replace(omitted=files),
    ]
    manifest = close_quarter(PROGRAMME, lists, DAY, {})
    assert list_reasons(manifest) == {
        "second": f"{LACKS_SECOND}; nor are others of the same member whole: North-7"
    }


def test_of_many_editions_few_are_named() -> None:
    lines = build_lines("South", 8)
    sent = [LAST._replace(number=f"n{each}", edition=each) for each in range(1, 7)]
    manifest = close([*lines, *sent], lines)
    assert list_reasons(manifest) == {
        "n6": f"{LACKS_SECOND}; nor are others of the same member whole: n5, n4, n3 and 2 more"
    }


def test_two_of_the_same_edition_count_nowhere() -> None:
    same = LAST._replace(number="same")
    manifest = close([*NORTH, same], [same, *NORTH])
    assert manifest.groups == {}
    assert list_reasons(manifest).keys() == {LAST.number, "same"}


@pytest.mark.parametrize(
    ("sizes", "invited", "told"),
    [
        ({"North": 8}, {"North": 12, "South": 4}, {"North": 12}),
        ({"North": 8}, {"North": 12, "South": 4, "Isles": 3}, {"North": 12}),
        (
            {"North": 8, "South": 4, "Isles": 4},
            {"North": 12, "South": 6, "Isles": 5},
            {"North": 12, "other": 11},
        ),
        # Of a group that is not known, all of "other" is not.
        ({"South": 4, "Isles": 4}, {"South": 6, "Isles": 5}, {}),
        ({"South": 4, "Isles": 4}, {"South": 6, "Isles": 5, "North": 3}, {"other": 14}),
    ],
)
def test_how_many_were_asked_goes_with_the_groups_that_are_shown(
    sizes: dict[str, int], invited: dict[str, int], told: dict[str, int]
) -> None:
    lines = [
        line for region, size in sizes.items() for line in build_lines(region, size)
    ]
    assert close(lines, lines, **invited).invited == told


def test_the_lists_of_both_holders_close_a_quarter_in_the_order_of_the_programme() -> (
    None
):
    lists = [build_list(GOVERNANCE, NORTH), build_list(COORDINATOR, NORTH)]
    ordered = require_closable_lists(PROGRAMME, "2026Q4", lists)
    assert [each.holder for each in ordered] == [COORDINATOR, GOVERNANCE]


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        pytest.param(
            [build_list(COORDINATOR, NORTH)], "is closed with a list from", id="lacking"
        ),
        pytest.param(
            [build_list(COORDINATOR, NORTH)] * 2, "Both lists are", id="twice"
        ),
        pytest.param(
            [
                build_list(COORDINATOR, NORTH),
                build_list(GOVERNANCE, NORTH, quarter="2026Q3"),
            ],
            "is of 2026Q3",
            id="quarter",
        ),
        pytest.param(
            [
                build_list(COORDINATOR, NORTH),
                build_list(GOVERNANCE, NORTH, programme="south"),
            ],
            "of another programme",
            id="programme",
        ),
        pytest.param(
            [
                build_list(COORDINATOR, NORTH),
                build_list(GOVERNANCE, [LAST._replace(group="Moon")]),
            ],
            "has a region that",
            id="group",
        ),
    ],
)
def test_lists_that_do_not_belong_together_close_nothing(
    lists: list[HolderList], words: str
) -> None:
    with pytest.raises(CoachlogError, match=words):
        require_closable_lists(PROGRAMME, "2026Q4", lists)


def test_a_quarter_with_nothing_to_publish_stays_open() -> None:
    require_publishable_manifest(close(NORTH, NORTH))
    with pytest.raises(CoachlogError, match="8 in all is the fewest"):
        require_publishable_manifest(close(NORTH[:7], NORTH[:7]))


def test_no_fewer_were_asked_than_have_sent_something() -> None:
    lists = [build_list(COORDINATOR, NORTH[:7]), build_list(GOVERNANCE, NORTH)]
    require_possible_invitations(lists, {"North": 8, "South": 1})
    with pytest.raises(CoachlogError, match="than were asked"):
        require_possible_invitations(lists, {"North": 7})


@pytest.mark.parametrize(
    ("groups", "contributions", "words"),
    [
        ({}, {}, "no group to publish"),
        ({"North": 8}, {"North": 9}, "as many contributions"),
        ({"North": 8}, {"North": 8, "South": 8}, "as many contributions"),
        ({"North": 8, "South": 7}, {"North": 8, "South": 7}, "fewer than 8: “South”"),
    ],
)
def test_a_holder_sums_no_group_that_is_not_what_the_manifest_says(
    groups: dict[str, int], contributions: dict[str, int], words: str
) -> None:
    manifest = close(NORTH, NORTH)
    require_sound_groups(manifest, {"North": 8})
    with pytest.raises(CoachlogError, match=words):
        require_sound_groups(manifest._replace(groups=groups), contributions)
