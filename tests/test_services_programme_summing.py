"""A quarter is closed once, and each holder sums it alone: what is whole counts, once."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coachlog.errors import CoachlogError, InvalidInput, Refusal
from coachlog.model.programme import (
    Contribution,
    Holder,
    HolderSums,
    Manifest,
    OmittedFile,
)
from coachlog.rules.programme_report import join_sums
from coachlog.rules.programme_shares import add_shares
from coachlog.rules.programme_vector import NUMBERS
from coachlog.sealed.faults import FaultyFile, OtherProgramme, WrongKey
from coachlog.sealed.join_files import write_join_file
from coachlog.sealed.lists import write_list_file
from coachlog.sealed.sums import parse_sums_file
from coachlog.services.programme import folder_halves
from coachlog.services.programme.checking import check_folder
from coachlog.services.programme.closing import write_manifest
from coachlog.services.programme.holder_memory import remember_report
from coachlog.services.programme.summing import SumRun, sum_folder
from programme_support import (
    COORDINATOR,
    GOVERNANCE,
    QUARTER,
    SUMMED_AT,
    Office,
    build_contribution,
    build_programme,
    fill_office,
    open_office,
)

LATER = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path)


def check(office: Office, holder: Holder) -> Path:
    path = office.file("list.jsonl", holder)
    check_folder(
        office.desk(holder),
        office.folder(holder),
        office.key(holder),
        office.join_file,
        path,
        quarter=QUARTER,
        force=True,
    )
    return path


def close(
    office: Office,
    lists: Sequence[Path] | None = None,
    invited: Mapping[str, int] = {},
    at: datetime = SUMMED_AT,
    **options: Any,
) -> Manifest:
    if lists is None:
        lists = [check(office, holder) for holder in office.programme.keys]
    return write_manifest(
        office.desk(at=at),
        QUARTER,
        lists,
        office.join_file,
        office.root / "manifest.jsonl",
        invited=invited.items(),
        **options,
    )


def sum_up(
    office: Office,
    holder: Holder = COORDINATOR,
    at: datetime = SUMMED_AT,
    manifest: str = "manifest.jsonl",
    **options: Any,
) -> SumRun:
    return sum_folder(
        office.desk(holder, at),
        office.folder(holder),
        office.root / manifest,
        office.key(holder),
        office.join_file,
        office.file("sums.json", holder),
        **options,
    )


def add_up(sent: Sequence[Contribution]) -> tuple[int, ...]:
    return add_shares((whole.numbers for whole in sent), len(NUMBERS))


def in_region(sent: Sequence[Contribution], *regions: str) -> list[Contribution]:
    return [whole for whole in sent if set(regions) & set(whole.places.values())]


def test_both_sums_together_are_those_of_the_managers(office: Office) -> None:
    sent = fill_office(office, (3, 9, 8))
    manifest = close(office, invited={"North": 12, "Isles": 5, "South": 9})
    assert manifest.groups == {"North": 9, "South": 8}
    assert manifest.invited == {"North": 12, "South": 9}
    runs = [sum_up(office, holder) for holder in office.programme.keys]
    groups = join_sums([run.sums for run in runs])
    assert [group.sums for group in groups] == [
        add_up(in_region(sent, region)) for region in ("North", "South")
    ]
    assert [run.omitted for run in runs] == [(), ()]
    for run, holder in zip(runs, office.programme.keys, strict=True):
        data = office.file("sums.json", holder).read_bytes()
        assert parse_sums_file(data) == run.sums


def test_small_groups_are_summed_together(office: Office) -> None:
    sent = fill_office(office, (4, 9, 5))
    close(office)
    sums = [sum_up(office, holder).sums for holder in office.programme.keys]
    north, other = join_sums(sums)
    assert (north.group, other.group, other.contributions) == ("North", "other", 9)
    assert other.sums == add_up(in_region(sent, "Isles", "South"))


def test_one_holder_alone_sums_whole_numbers(tmp_path: Path) -> None:
    office = open_office(tmp_path, is_split=False)
    sent = fill_office(office, (0, 9, 0))
    close(office)
    (group,) = sum_up(office).sums.groups
    assert group.sums == add_up(sent)


def test_many_files_are_summed_as_few(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_office(office, (0, 24, 26))
    close(office)
    alone = sum_up(office).sums
    monkeypatch.setattr(folder_halves, "BATCH_FILES", 20)
    assert sum_up(office).sums == alone


def test_the_sums_of_one_holder_alone_are_noise(office: Office) -> None:
    sent = fill_office(office)
    close(office)
    (north, _south) = sum_up(office).sums.groups
    assert not set(north.sums) & set(add_up(in_region(sent, "North")))


def test_what_is_not_whole_counts_nowhere_and_is_named(office: Office) -> None:
    sent = fill_office(office, (0, 9, 8))
    alone = build_contribution(70)
    office.send(alone, [COORDINATOR])
    first_edition = build_contribution(71)
    second_edition = build_contribution(71, edition=2)
    office.send(first_edition)
    office.send(second_edition)
    manifest = close(office)
    assert {entry.number for entry in manifest.entries} == {
        *(whole.number for whole in sent),
        second_edition.number,
    }
    assert set(manifest.omitted) == {
        OmittedFile(alone.number[:12], "the second holder has no half of it"),
        OmittedFile(
            first_edition.number[:12], "replaced by a later one of the same member"
        ),
    }
    assert {file.reason for file in sum_up(office).omitted} == {
        "is not in the manifest"
    }
    assert len(sum_up(office, GOVERNANCE).omitted) == 1


@pytest.mark.parametrize("spoil", ["broken", "copied"])
def test_what_is_left_out_counts_once_whatever_both_holders_say_of_it(
    office: Office, spoil: str
) -> None:
    """A half that is no use and the lack of it, or the same said by both, are one contribution."""
    fill_office(office, (0, 9, 8))
    whole = build_contribution(70)
    # Of other quarters nothing is counted.
    office.send(build_contribution(71, quarter="2026Q3"))
    paths = office.send(whole)
    if spoil == "broken":
        paths[0].write_bytes(paths[0].read_bytes()[:-9])
    elif spoil == "copied":
        for path in paths:
            (path.parent / "Jo Bloggs.age").write_bytes(path.read_bytes())
    (omitted,) = close(office).omitted
    assert (
        omitted
        == {
            "broken": (
                whole.number[:12],
                "the coordinator: is cut short; the coordinator has no half of it",
            ),
            "copied": (
                whole.number[:12],
                "the coordinator and the second holder: is a copy of another file, which "
                "counts once",
            ),
        }[spoil]
    )


def test_files_that_are_no_contributions_are_counted_one_by_one(office: Office) -> None:
    fill_office(office, (0, 9, 8))
    for holder in office.programme.keys:
        for name in ("photo.jpg", "coachlog-2026Q4-notes.txt"):
            (office.folder(holder) / name).write_bytes(b"x")
    manifest = close(office)
    assert [file.name for file in manifest.omitted] == ["a file"] * 4
    assert {file.reason for file in manifest.omitted} == {
        "the coordinator: is not an age file",
        "the second holder: is not an age file",
    }


def test_late_and_broken_files_are_named_and_change_no_sum(office: Office) -> None:
    sent = fill_office(office)
    close(office)
    before = sum_up(office).sums
    office.send(build_contribution(80))
    north = in_region(sent, "North")[0]
    name = f"coachlog-2026Q4-{north.number[:12]}-coordinator.age"
    (office.folder() / "copy.age").write_bytes((office.folder() / name).read_bytes())
    (office.folder() / "photo.jpg").write_bytes(b"x")
    run = sum_up(office)
    assert run.sums == before
    assert sorted(file.reason for file in run.omitted) == [
        "is a copy of another file",
        "is not an age file",
        "is not in the manifest",
    ]


def spoil_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize("spoil", [Path.unlink, spoil_half])
def test_nothing_is_summed_without_a_half_that_counts(
    office: Office, spoil: Callable[[Path], object]
) -> None:
    sent = fill_office(office)
    close(office)
    north = in_region(sent, "North")[0]
    name = f"coachlog-2026Q4-{north.number[:12]}-coordinator.age"
    spoil(office.folder() / name)
    with pytest.raises(Refusal) as refusal:
        sum_up(office)
    assert refusal.value.exit_code == 4
    assert refusal.value.message == (
        f"1 contribution that the manifest counts cannot be read from {office.folder()}. "
        f"Nothing was summed:\n  - {name}"
    )
    assert not office.file("sums.json").exists()


def test_a_hidden_half_may_be_lacking(office: Office) -> None:
    sent = fill_office(office)
    close(office)
    isles = in_region(sent, "Isles")[0]
    (office.folder() / f"coachlog-2026Q4-{isles.number[:12]}-coordinator.age").unlink()
    assert sum_up(office).omitted == ()


def test_many_that_are_lacking_are_not_all_named(office: Office) -> None:
    fill_office(office, (0, 20, 0))
    close(office)
    for path in office.folder().iterdir():
        path.unlink()
    with pytest.raises(Refusal) as refusal:
        sum_up(office)
    lines = refusal.value.message.splitlines()
    assert (len(lines), lines[-1]) == (12, "  - 10 more")


def test_the_same_again_is_the_same(office: Office) -> None:
    fill_office(office)
    manifest = close(office)
    sums = sum_up(office).sums
    lists = [office.file("list.jsonl", holder) for holder in office.programme.keys]
    assert close(office, lists[::-1], at=LATER) == manifest
    assert sum_up(office, at=LATER).sums == sums


def test_a_closed_quarter_stays_as_it_is(office: Office) -> None:
    fill_office(office)
    close(office)
    before = (office.root / "manifest.jsonl").read_bytes()
    office.send(build_contribution(80))
    for force in (False, True):
        with pytest.raises(Refusal) as refusal:
            close(office, force=force)
        assert refusal.value.exit_code == 4
        assert refusal.value.message == (
            "2026Q4 was closed on 11 January 2027, with another manifest. "
            "Nothing was changed."
        )
    assert (office.root / "manifest.jsonl").read_bytes() == before


def test_a_quarter_that_was_summed_is_summed_with_no_other_manifest(
    office: Office,
) -> None:
    """Not even with one that a coordinator makes in another home."""
    fill_office(office)
    close(office)
    sum_up(office, GOVERNANCE)
    office.send(build_contribution(80))
    (office.root / "manifest.jsonl").unlink()
    (office.root / "coordinator-home/programme/k7m2p9qd.json").unlink()
    close(office)
    with pytest.raises(Refusal, match="2026Q4 is closed, with another manifest"):
        sum_up(office, GOVERNANCE, force=True)


def test_contributions_do_not_count_by_other_caps_than_their_own(
    office: Office,
) -> None:
    fill_office(office)
    close(office)
    sum_up(office)
    programme = build_programme()
    caps = {**programme.caps, "minutes": 9000}
    office.join_file.write_text(write_join_file(programme._replace(caps=caps)))
    with pytest.raises(
        Refusal, match="17 contributions that the manifest counts cannot be read"
    ):
        sum_up(office, force=True)


def test_a_quarter_is_reported_with_one_pair_of_sums(office: Office) -> None:
    fill_office(office)
    close(office)
    sums = [sum_up(office, holder).sums for holder in office.programme.keys]
    home, today = office.desk().home, SUMMED_AT.date()
    remember_report(home, sums, today)
    remember_report(home, sums[::-1], today)
    other = sums[0]._replace(caps={**sums[0].caps, "minutes": 1})
    with pytest.raises(Refusal, match="was reported with other sums"):
        remember_report(home, [other, sums[1]], today)
    with pytest.raises(Refusal, match="with another manifest"):
        remember_report(home, [other._replace(manifest="0" * 64)], today)
    memory = json.loads((home / "programme/k7m2p9qd.json").read_text())
    assert [line["deed"] for line in memory["log"]] == [
        "checked 2026Q4 as coordinator: 20 contributions, 0 left out",
        "closed 2026Q4: 20 contributions, 2 groups, 0 left out",
        "summed 2026Q4 as coordinator: 17 contributions, 2 groups, 0 files left out",
        "reported 2026Q4: 2 groups",
        "reported 2026Q4: 2 groups",
    ]


def test_nothing_of_a_contribution_is_remembered(office: Office) -> None:
    sent = fill_office(office)
    close(office)
    sum_up(office)
    text = (office.root / "coordinator-home/programme/k7m2p9qd.json").read_text()
    assert not any(whole.number in text or whole.member in text for whole in sent)


def send_too_few(office: Office) -> None:
    fill_office(office, (1, 3, 3))


@pytest.mark.parametrize(
    ("prepare", "options", "kind", "message"),
    [
        pytest.param(
            send_too_few,
            {},
            Refusal,
            "2026Q4 has 7 whole contributions, and 8 in all is the fewest of which anything is "
            "published. It was not closed.",
            id="too-few",
        ),
        pytest.param(
            fill_office,
            {"invited": {"Mars": 3}},
            InvalidInput,
            "“Mars” is not a region of this programme. Nothing was closed.",
            id="unknown-group-was-asked",
        ),
        pytest.param(
            fill_office,
            {"invited": {"North": 8}},
            InvalidInput,
            "More managers of “North” contributed (9) than were asked (8). 2026Q4 was not closed.",
            id="more-than-were-asked",
        ),
    ],
)
def test_what_cannot_be_closed_stays_open(
    office: Office,
    prepare: Callable[[Office], object],
    options: dict[str, Any],
    kind: type[CoachlogError],
    message: str,
) -> None:
    prepare(office)
    with pytest.raises(kind) as refusal:
        close(office, **options)
    assert refusal.value.message == message
    assert not (office.root / "manifest.jsonl").exists()
    fill_office(office)
    assert close(office).groups


def change_list(office: Office, **changes: Any) -> list[Path]:
    """Return the lists of both holders, the coordinator's with other values."""
    lists = [check(office, holder) for holder in office.programme.keys]
    holder_list = check_folder(
        office.desk(),
        office.folder(),
        office.key(),
        office.join_file,
        office.root / "spare.jsonl",
    )
    changed = holder_list._replace(**changes)
    lists[0].write_bytes(b"".join(write_list_file(changed)))
    return lists


@pytest.mark.parametrize(
    ("choose", "message"),
    [
        pytest.param(
            lambda office: [check(office, COORDINATOR)],
            "A quarter of “Leading well” is closed with a list from the coordinator and one "
            "from the second holder. Nothing was closed.",
            id="one-list",
        ),
        pytest.param(
            lambda office: [check(office, COORDINATOR)] * 2,
            "Both lists are of the coordinator. Nothing was closed.",
            id="the-same-list-twice",
        ),
        pytest.param(
            lambda office: change_list(office, programme="aaaaaaaa"),
            "The list of the coordinator is of another programme. Nothing was closed.",
            id="other-programme",
        ),
        pytest.param(
            lambda office: change_list(office, quarter="2026Q3"),
            "The list of the coordinator is of 2026Q3, not of 2026Q4. Nothing was closed.",
            id="other-quarter",
        ),
    ],
)
def test_lists_that_are_not_of_the_quarter_close_nothing(
    office: Office, choose: Callable[[Office], list[Path]], message: str
) -> None:
    fill_office(office)
    with pytest.raises(InvalidInput) as refusal:
        close(office, choose(office))
    assert refusal.value.message == message


def test_a_list_with_a_region_of_no_programme_closes_nothing(office: Office) -> None:
    fill_office(office)
    lists = change_list(office)
    text = lists[0].read_text().replace("Isles", "Mars")
    lists[0].write_text(text)
    with pytest.raises(InvalidInput, match="has a region that the programme does not"):
        close(office, lists)


def test_a_list_that_is_damaged_is_named(office: Office) -> None:
    fill_office(office)
    lists = [check(office, holder) for holder in office.programme.keys]
    lists[1].write_bytes(lists[1].read_bytes()[:-30])
    with pytest.raises(FaultyFile) as refusal:
        close(office, lists)
    assert refusal.value.message.startswith(f"{lists[1]} is damaged")


def forge(office: Office, change: Callable[[list[Any]], object]) -> None:
    """Change the manifest as somebody could who wants one manager's numbers."""
    path = office.root / "manifest.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    lines[0]["entries"] = sum("number" in line for line in lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def leave_out_of_north(lines: list[Any]) -> None:
    """Leave seven managers, without saying so."""
    north = [line for line in lines[1:] if line["group"] == "North"]
    for line in north[7:]:
        lines.remove(line)


def count_seven(lines: list[Any]) -> None:
    leave_out_of_north(lines)
    lines[0]["groups"]["North"] = 7


def count_one_eight_times(lines: list[Any]) -> None:
    count_seven(lines)
    north = [line for line in lines[1:] if line["group"] == "North"]
    lines.append(north[0])
    lines[0]["groups"]["North"] = 8


def move_into_north(lines: list[Any]) -> None:
    isles = next(line for line in lines[1:] if not line["group"])
    isles["group"] = "North"
    lines[0]["groups"]["North"] += 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            leave_out_of_north,
            "The manifest does not have as many contributions in each group as it says.",
            id="fewer-than-it-says",
        ),
        pytest.param(
            count_seven,
            "The manifest has a group of fewer than 8: “North”.",
            id="seven",
        ),
        pytest.param(
            count_one_eight_times,
            "The manifest counts the same contribution twice.",
            id="one-twice",
        ),
        pytest.param(
            move_into_north,
            "The manifest does not group the contributions of “Isles” as they are.",
            id="moved",
        ),
        pytest.param(
            lambda lines: (
                lines[0].update(groups={}) or lines.__delitem__(slice(1, None))
            ),
            "The manifest has no group to publish.",
            id="none",
        ),
    ],
)
def test_a_manifest_that_would_expose_somebody_is_not_summed(
    office: Office, change: Callable[[list[Any]], object], message: str
) -> None:
    fill_office(office)
    close(office)
    forge(office, change)
    with pytest.raises(Refusal) as refusal:
        sum_up(office, GOVERNANCE)
    assert refusal.value.message == f"{message} Nothing was summed."
    assert not office.file("sums.json", GOVERNANCE).exists()


def test_a_manifest_that_counts_a_member_twice_is_not_summed(office: Office) -> None:
    fill_office(office, (0, 8, 8))
    later = build_contribution(3, edition=2)
    office.send(later)
    manifest = close(office)
    number = build_contribution(3).number
    assert [file.name for file in manifest.omitted] == [number[:12]]
    lists = [check(office, holder) for holder in office.programme.keys]
    digests = {}
    for holder, path in zip(office.programme.keys, lists, strict=True):
        (digests[holder],) = re.findall(
            rf'"{number}".*"digest": "(\w+)"', path.read_text()
        )

    def count_both_editions(lines: list[Any]) -> None:
        entry = {"number": number, "group": "North", "digests": digests}
        lines.insert(1, entry)
        lines[0]["groups"]["North"] += 1

    forge(office, count_both_editions)
    with pytest.raises(Refusal, match="counts two contributions of one member"):
        sum_up(office, GOVERNANCE)


@pytest.mark.parametrize(
    ("header", "kind", "words"),
    [
        ({"programme": "aaaaaaaa"}, OtherProgramme, "is for another programme"),
        ({"breakdown": "band"}, FaultyFile, "groups by band, not by region"),
        (
            {"holders": ["coordinator"]},
            FaultyFile,
            "is not made with the lists of the coordinator and the second holder",
        ),
    ],
)
def test_the_manifest_of_something_else_is_named(
    office: Office, header: dict[str, Any], kind: type[FaultyFile], words: str
) -> None:
    fill_office(office)
    close(office)
    forge(office, lambda lines: lines[0].update(header))
    with pytest.raises(kind) as refusal:
        sum_up(office)
    file = office.root / "manifest.jsonl"
    assert refusal.value.message == f"{file} {words}. Nothing was changed."


def test_the_other_holder_has_a_key_for_their_own_halves_only(office: Office) -> None:
    fill_office(office)
    close(office)
    with pytest.raises(WrongKey) as refusal:
        sum_folder(
            office.desk(),
            office.folder(GOVERNANCE),
            office.root / "manifest.jsonl",
            office.key(COORDINATOR),
            office.join_file,
            office.root / "sums.json",
        )
    assert refusal.value.message == (
        f"None of the 20 files in {office.folder(GOVERNANCE)} can be opened with this key, "
        "which is that of the coordinator. Nothing was changed."
    )
    office.key().write_text("AGE-SECRET-KEY-1" + "Q" * 58)
    with pytest.raises(FaultyFile):
        sum_up(office)


def test_a_home_sums_the_folder_of_one_holder_only(office: Office) -> None:
    fill_office(office)
    close(office)
    sum_up(office)
    with pytest.raises(Refusal) as refusal:
        sum_folder(
            office.desk(COORDINATOR),
            office.folder(GOVERNANCE),
            office.root / "manifest.jsonl",
            office.key(GOVERNANCE),
            office.join_file,
            office.file("sums.json", GOVERNANCE),
        )
    assert refusal.value.exit_code == 4
    assert refusal.value.message == (
        "This home has already summed 2026Q4 as the coordinator. Nobody may hold both folders "
        "and both keys: whoever does can read every manager's numbers. Nothing was summed."
    )
    assert not office.file("sums.json", GOVERNANCE).exists()


def test_a_range_above_its_cap_is_left_out_where_there_is_one_holder(
    tmp_path: Path,
) -> None:
    office = open_office(tmp_path, is_split=False)
    fill_office(office, (0, 9, 0))
    liar = build_contribution(90)
    numbers = [liar.numbers[0], 10**6, *liar.numbers[2:]]
    office.send(liar._replace(numbers=numbers))
    manifest = close(office)
    assert manifest.groups == {"North": 9}
    (omitted,) = manifest.omitted
    assert omitted.reason.startswith(
        "has more than 12 for conversations_without_minutes"
    )


def test_no_output_is_written_where_the_memory_cannot_be(office: Office) -> None:
    fill_office(office)
    close(office)
    home = office.root / "governance-home"
    for path in sorted(home.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    home.rmdir()
    home.write_text("a file")
    with pytest.raises(CoachlogError, match="cannot be created"):
        sum_up(office, GOVERNANCE)
    assert not office.file("sums.json", GOVERNANCE).exists()


def test_sums_say_which_manifest_they_are_of(office: Office) -> None:
    fill_office(office)
    close(office)
    sums: HolderSums = sum_up(office).sums
    other = sum_up(office, GOVERNANCE).sums
    assert sums.manifest == other.manifest
    assert (sums.holder, other.holder) == (COORDINATOR, GOVERNANCE)
