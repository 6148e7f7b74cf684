"""Tombstones: what was erased is known by its digest, and a list that is damaged says so."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.rules.tombstones import (
    Tombstone,
    TombstoneFault,
    TombstoneList,
    build_tombstone_digest,
    format_tombstone_list,
    parse_tombstone_list,
    pick_erased_uids,
    unite_tombstones,
)

PRIYA = "2cb1e19e-f201-47cc-be36-c1b4c2b2cf4c"
SAM = "9a0a3b57-98d5-4b0e-9a57-0d7f6f2f3c11"
DAY = date(2026, 11, 30)
STONE = Tombstone(build_tombstone_digest("person", PRIYA), DAY)
LATER = Tombstone("f" * 64, date(2026, 12, 1))
TEXT = (
    f"coachlog tombstones 1\n{STONE.digest} 2026-11-30\n{'f' * 64} 2026-12-01\nend 2\n"
)

UIDS = st.uuids(version=4).map(str)
TABLES = st.sampled_from(["person", "session", "action", "note"])
STONES = st.lists(
    st.builds(
        Tombstone,
        st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
        | st.sampled_from(["0" * 64, "1" * 64]),
        st.dates(),
    ),
    max_size=8,
)


def test_a_digest_as_it_is_for_ever() -> None:
    """Another one would bring back what was erased."""
    assert STONE.digest == sha256(b"coachlog person\0" + PRIYA.encode()).hexdigest()
    assert (
        STONE.digest
        == "8f9537f492b16b8f9c9523aec31346f7d9011dce271ad40400a9c5400d330094"
    )


def test_a_row_of_another_table_is_another_row() -> None:
    assert pick_erased_uids([STONE], "person", [SAM, PRIYA]) == [PRIYA]
    assert pick_erased_uids([STONE], "session", [SAM, PRIYA]) == []
    assert pick_erased_uids([], "person", [PRIYA]) == []


@given(st.lists(st.tuples(TABLES, UIDS)), TABLES, st.lists(UIDS))
def test_what_has_a_tombstone_must_not_come_back(
    erased: list[tuple[str, str]], table: str, others: list[str]
) -> None:
    stones = [Tombstone(build_tombstone_digest(*row), DAY) for row in erased]
    uids = [*(uid for _, uid in erased), *others]
    assert pick_erased_uids(stones, table, uids) == [
        uid for uid in uids if (table, uid) in erased
    ]


# Lists


def test_a_list_as_a_file() -> None:
    assert format_tombstone_list([LATER, STONE, LATER]) == TEXT
    assert parse_tombstone_list(TEXT.encode()) == TombstoneList([STONE, LATER], [])
    assert format_tombstone_list([]) == "coachlog tombstones 1\nend 0\n"


def test_the_line_ends_of_windows_are_read() -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    assert parse_tombstone_list(data) == TombstoneList([STONE, LATER], [])


@given(STONES)
def test_what_is_written_is_read(stones: list[Tombstone]) -> None:
    data = format_tombstone_list(stones).encode()
    assert parse_tombstone_list(data) == TombstoneList(unite_tombstones(stones), [])


HEADING_FAULT = TombstoneFault(1, "the first line is not “coachlog tombstones 1”")
NOT_ONE = "it is not a tombstone"
NO_END = "the last line does not say how many there are"

END_FAULTS = [TombstoneFault(4, NOT_ONE), TombstoneFault(4, NO_END)]
GAP_FAULTS = [
    TombstoneFault(4, NOT_ONE),
    TombstoneFault(5, NOT_ONE),
    TombstoneFault(5, NO_END),
]


@pytest.mark.parametrize(
    ("old", "new", "stones", "faults"),
    [
        ("coachlog tombstones 1", "coachlog tombstones 2", [], [HEADING_FAULT]),
        ("coachlog tombstones 1", " coachlog tombstones 1", [], [HEADING_FAULT]),
        (TEXT, "", [], [HEADING_FAULT]),
        ("f 2026-12-01", "g 2026-12-01", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("f 2026-12-01", "F 2026-12-01", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("2026-12-01", "2026-13-01", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("2026-12-01", "2026-12-01 ", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("2026-12-01", "2026-12-01é", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("2026-12-01", "２026-12-01", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("f 2026-12-01", "f", [STONE], [TombstoneFault(3, NOT_ONE)]),
        ("end 2\n", "", [STONE, LATER], [TombstoneFault(3, NO_END)]),
        ("end 2\n", "end 2", [STONE, LATER], END_FAULTS),
        ("end 2", "end 3", [STONE, LATER], END_FAULTS),
        ("end 2", "end 02", [STONE, LATER], END_FAULTS),
        ("end 2\n", "end 2\n\n", [STONE, LATER], GAP_FAULTS),
        ("f 2026-12-01\n", "f 2026-12-01\n\n", [STONE, LATER], GAP_FAULTS),
    ],
)
def test_what_cannot_be_read_is_a_fault_and_the_rest_is_kept(
    old: str, new: str, stones: list[Tombstone], faults: list[TombstoneFault]
) -> None:
    read = parse_tombstone_list(TEXT.replace(old, new).encode())
    assert read == TombstoneList(stones, faults)


@given(STONES, st.data())
def test_no_change_to_a_list_goes_unnoticed(
    stones: list[Tombstone], data: st.DataObject
) -> None:
    """A lost end, a lost or an added line: none is read as if it were whole."""
    lines = format_tombstone_list(stones).splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    without = "".join(lines[:place] + lines[place + 1 :])
    twice = "".join([*lines[:place], lines[place], *lines[place:]])
    cut = data.draw(st.integers(0, len("".join(lines)) - 1))
    for text in (without, twice, "".join(lines)[:cut]):
        assert parse_tombstone_list(text.encode()).faults


@given(st.binary())
def test_other_bytes_are_a_fault_and_no_error(content: bytes) -> None:
    assert parse_tombstone_list(content).faults == [HEADING_FAULT]
    assert parse_tombstone_list(b"coachlog tombstones 1\n" + content).faults


# The union


def test_the_earliest_day_stays() -> None:
    late = STONE._replace(made_on=date(2027, 1, 1))
    assert unite_tombstones([late, LATER], [STONE]) == [STONE, LATER]


@given(STONES, STONES, STONES)
def test_a_union_has_no_order_and_no_ends(
    first: list[Tombstone], second: list[Tombstone], third: list[Tombstone]
) -> None:
    united = unite_tombstones(first, second, third)
    assert united == unite_tombstones(third, unite_tombstones(second, first))
    assert united == unite_tombstones(united, united)
    assert {stone.digest for stone in united} == {
        stone.digest for stone in (*first, *second, *third)
    }
