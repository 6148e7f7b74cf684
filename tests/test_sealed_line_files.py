"""Lists, manifests and sums: read as they were written, and refused with the reason."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.programme import (
    Breakdown,
    GroupSums,
    HolderList,
    HolderSums,
    ListedContribution,
    Manifest,
    ManifestEntry,
    OmittedFile,
)
from coachlog.rules.programme_shares import SHARE_MODULUS
from coachlog.rules.programme_vector import NUMBERS, build_usual_caps
from coachlog.sealed.faults import CutFile, FaultyFile, NewerFile, NumberOutOfRange
from coachlog.sealed.fields import find_kind
from coachlog.sealed.lists import parse_list_file, write_list_file
from coachlog.sealed.manifests import (
    ManifestReader,
    digest_manifest,
    parse_manifest_file,
    write_manifest_file,
)
from coachlog.sealed.sums import digest_sums, parse_sums_file, write_sums_file
from coachlog.text import clean_line
from programme_support import COORDINATOR, GOVERNANCE, QUARTER

DAY = date(2027, 1, 11)
words = st.text(min_size=1, max_size=30).map(clean_line).filter(bool)
omitted_files = st.lists(st.builds(OmittedFile, words, words), max_size=3).map(tuple)
days = st.dates(date(2026, 1, 1), date(2099, 1, 1))


def hexes(digits: int) -> st.SearchStrategy[str]:
    return st.integers(0, 16**digits - 1).map(lambda value: f"{value:0{digits}x}")


listed = st.builds(
    ListedContribution, hexes(32), hexes(16), st.integers(1, 9999), words, hexes(64)
)
entries = st.builds(
    ManifestEntry,
    hexes(32),
    st.one_of(st.just(""), words),
    st.fixed_dictionaries({COORDINATOR: hexes(64), GOVERNANCE: hexes(64)}),
)
counts = st.dictionaries(words, st.integers(1, 10**7), max_size=3)


@given(lines=st.lists(listed, max_size=3), omitted=omitted_files, day=days)
def test_a_list_is_read_as_it_was_written(
    lines: list[ListedContribution], omitted: tuple[OmittedFile, ...], day: date
) -> None:
    written = HolderList("k7m2p9qd", QUARTER, COORDINATOR, day, tuple(lines), omitted)
    data = b"".join(write_list_file(written))
    assert parse_list_file(BytesIO(data)) == written


@given(
    lines=st.lists(entries, max_size=3),
    omitted=omitted_files,
    groups=counts,
    invited=counts,
)
def test_a_manifest_is_read_as_it_was_written(
    lines: list[ManifestEntry],
    omitted: tuple[OmittedFile, ...],
    groups: dict[str, int],
    invited: dict[str, int],
) -> None:
    written = Manifest(
        "k7m2p9qd",
        QUARTER,
        Breakdown.BAND,
        (COORDINATOR, GOVERNANCE),
        DAY,
        groups,
        tuple(lines),
        omitted,
        invited,
    )
    data = b"".join(write_manifest_file(written))
    assert parse_manifest_file(BytesIO(data)) == (written, digest_manifest(written))
    mailed = BytesIO(data.replace(b"\n", b"\r\n") + b"\r\n")
    assert parse_manifest_file(mailed) == (written, digest_manifest(written))
    reader = ManifestReader(BytesIO(data))
    assert tuple(reader.read_entries()) == written.entries
    assert reader.finish() == digest_manifest(written)


def build_sums(
    total: int = 5, groups: Iterable[str] = ("North", "other")
) -> HolderSums:
    return HolderSums(
        "k7m2p9qd",
        QUARTER,
        GOVERNANCE,
        "0" * 64,
        DAY,
        tuple(GroupSums(group, 9, (total,) * len(NUMBERS)) for group in groups),
        build_usual_caps() | {"minutes": 3000},
    )


@pytest.mark.parametrize("total", [0, 5, SHARE_MODULUS - 1])
def test_sums_are_read_as_they_were_written(total: int) -> None:
    sums = build_sums(total)
    assert parse_sums_file(write_sums_file(sums)) == sums
    assert digest_sums(sums) != digest_sums(build_sums(total, ["North"]))


LIST = HolderList(
    "k7m2p9qd",
    QUARTER,
    COORDINATOR,
    DAY,
    (ListedContribution("1" * 32, "2" * 16, 1, "North", "3" * 64),),
    (OmittedFile("photo.jpg", "is not an age file"),),
)
MANIFEST = Manifest(
    "k7m2p9qd",
    QUARTER,
    Breakdown.REGION,
    (COORDINATOR, GOVERNANCE),
    DAY,
    {"North": 8},
    (ManifestEntry("1" * 32, "North", {COORDINATOR: "3" * 64, GOVERNANCE: "4" * 64}),),
)


def read_list(data: bytes) -> object:
    return parse_list_file(BytesIO(data))


def read_manifest(data: bytes) -> object:
    return parse_manifest_file(BytesIO(data))


def change_line(lines: Iterable[bytes], place: int, **changes: Any) -> bytes:
    """Return the lines with other values in one of them."""
    changed = list(lines)
    changed[place] = json.dumps(json.loads(changed[place]) | changes).encode() + b"\n"
    return b"".join(changed)


def change_list(place: int, **changes: Any) -> bytes:
    return change_line(write_list_file(LIST), place, **changes)


def change_manifest(place: int, **changes: Any) -> bytes:
    return change_line(write_manifest_file(MANIFEST), place, **changes)


def change_sums(**changes: Any) -> bytes:
    return json.dumps(json.loads(write_sums_file(build_sums())) | changes).encode()


WHOLE_LIST = b"".join(write_list_file(LIST))


@pytest.mark.parametrize(
    ("read", "data", "kind", "reason"),
    [
        pytest.param(read_list, b"", CutFile, "is cut short", id="empty"),
        pytest.param(
            read_list,
            WHOLE_LIST[: WHOLE_LIST.rindex(b"{")],
            CutFile,
            "is cut short",
            id="a-line-less",
        ),
        pytest.param(
            read_list,
            WHOLE_LIST[:-9],
            FaultyFile,
            "is damaged, or was changed: it is not whole JSON",
            id="cut-in-a-line",
        ),
        pytest.param(
            read_list,
            WHOLE_LIST * 2,
            FaultyFile,
            "has more lines than it says",
            id="twice",
        ),
        pytest.param(
            read_list,
            b"".join(write_manifest_file(MANIFEST)),
            FaultyFile,
            "is the manifest of a closed quarter, not a list of contributions",
            id="manifest-as-list",
        ),
        pytest.param(
            read_manifest,
            WHOLE_LIST,
            FaultyFile,
            "is a list of contributions, not the manifest of a closed quarter",
            id="list-as-manifest",
        ),
        pytest.param(
            read_list,
            change_list(0, schema=2),
            NewerFile,
            "is from a newer coachlog",
            id="newer",
        ),
        pytest.param(
            read_list,
            b'{"a": "' + b"x" * 70_000 + b'"}\n',
            FaultyFile,
            "is not as coachlog writes it: a line is too long",
            id="long-line",
        ),
        pytest.param(
            read_list,
            change_list(1, value=5),
            FaultyFile,
            "is not as coachlog writes it: “value” is not known",
            id="list-with-a-value",
        ),
        pytest.param(
            read_list,
            change_list(2, reason="a\nb"),
            FaultyFile,
            "is not as coachlog writes it: see “reason”",
            id="two-lines",
        ),
        pytest.param(
            read_manifest,
            change_manifest(0, holders=["coordinator", "coordinator"]),
            FaultyFile,
            "is not as coachlog writes it: see “holders”",
            id="one-holder-twice",
        ),
        pytest.param(
            read_manifest,
            change_manifest(0, groups={"North": 0}),
            FaultyFile,
            "is not as coachlog writes it: see “groups”",
            id="empty-group",
        ),
        pytest.param(
            read_manifest,
            change_manifest(1, group=None),
            FaultyFile,
            "is not as coachlog writes it: see “group”",
            id="no-group",
        ),
        pytest.param(
            read_manifest,
            change_manifest(1, digests={"coordinator": "3" * 64}),
            FaultyFile,
            "is not complete: it has no “digests.governance”",
            id="one-digest",
        ),
        pytest.param(
            parse_sums_file,
            change_sums(vector=2),
            NewerFile,
            "is from a newer coachlog",
            id="newer-vector",
        ),
        pytest.param(
            parse_sums_file,
            change_sums(caps={"minutes": 5}),
            FaultyFile,
            "is not as coachlog writes it: see “caps”",
            id="caps",
        ),
        pytest.param(
            parse_sums_file,
            change_sums(groups=[5]),
            FaultyFile,
            "is not as coachlog writes it: see “groups”",
            id="no-group-of-sums",
        ),
        pytest.param(
            parse_sums_file,
            write_sums_file(build_sums(groups=("South", "North"))),
            FaultyFile,
            "is not as coachlog writes it: see “groups”",
            id="groups-out-of-order",
        ),
        pytest.param(
            parse_sums_file,
            write_sums_file(build_sums(SHARE_MODULUS)),
            NumberOutOfRange,
            "has a number that no contribution can have",
            id="2^64",
        ),
        pytest.param(
            parse_sums_file,
            write_sums_file(build_sums())[:500],
            FaultyFile,
            "is damaged, or was changed: it is not whole JSON",
            id="sums-cut",
        ),
    ],
)
def test_what_coachlog_does_not_write_is_refused(
    read: Callable[[bytes], object],
    data: bytes,
    kind: type[FaultyFile],
    reason: str,
) -> None:
    with pytest.raises(FaultyFile) as refusal:
        read(data)
    assert (type(refusal.value), refusal.value.reason) == (kind, reason)


@given(junk=st.binary(max_size=200))
def test_no_junk_ends_in_a_crash(junk: bytes) -> None:
    for read in (read_list, read_manifest, parse_sums_file):
        with pytest.raises(FaultyFile):
            read(junk)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (WHOLE_LIST, "a list of contributions"),
        (write_sums_file(build_sums()), "a file of sums"),
        (b'# A comment\ncoachlog = "programme"\n', "the file of a programme"),
        (b'{"coachlog": "spell"}', ""),
        (b"age-encryption.org/v1\n", ""),
    ],
)
def test_what_a_file_is_can_be_seen_at_its_beginning(data: bytes, kind: str) -> None:
    assert find_kind(data) == kind
