"""Halves of contributions: what is in them, that they are alike, and that each alone is noise."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.programme import Breakdown, Contribution
from coachlog.rules.programme_shares import SHARE_MODULUS, add_shares, split_numbers
from coachlog.rules.programme_vector import NUMBERS
from coachlog.sealed.age_files import AgeKey, seal_alike
from coachlog.sealed.faults import (
    CutFile,
    FaultyFile,
    NewerFile,
    NumberOutOfRange,
    OtherHolder,
    OtherProgramme,
    OtherQuarter,
    OversizeFile,
    WrongKey,
)
from coachlog.sealed.halves import (
    find_number_start,
    name_half_file,
    open_half,
    parse_half,
    require_fitting_half,
    seal_halves,
    write_halves,
)
from programme_support import (
    ANY_TERMS,
    COORDINATOR,
    GOVERNANCE,
    KEYS,
    QUARTER,
    build_contribution,
    build_programme,
    split_contribution_of,
)

PROGRAMME = build_programme()
SINGLE = build_programme(is_split=False)
WHOLE = build_contribution(7)
AGE_KEYS = {holder: AgeKey(key.secret) for holder, key in KEYS.items()}

ids = st.text("0123456789abcdef", min_size=32, max_size=32)
places = st.fixed_dictionaries(
    {Breakdown.REGION: st.sampled_from(("North", "Île-de-France", "中部", "x" * 120))}
)


def draw_numbers(seed: int) -> tuple[int, ...]:
    """Return numbers by a seed, the least and the most among them."""
    random = Random(seed)
    return tuple(
        random.choice((0, SHARE_MODULUS - 1, random.randrange(SHARE_MODULUS)))
        for _ in NUMBERS
    )


contributions = st.builds(
    Contribution,
    programme=st.just("k7m2p9qd"),
    quarter=st.sampled_from(("2026Q1", "2026Q4", "2031Q2")),
    holder=st.just(COORDINATOR),
    number=ids,
    member=ids.map(lambda id: id[:16]),
    edition=st.integers(1, 9999),
    places=places,
    made_on=st.dates(date(2026, 1, 1), date(2099, 1, 1)),
    numbers=st.integers(0, 2**32).map(draw_numbers),
    terms=st.just(ANY_TERMS),
    vector=st.just(1),
)


@given(whole=contributions)
def test_a_half_is_read_as_it_was_written(whole: Contribution) -> None:
    (content,) = write_halves([whole])
    assert parse_half(content) == whole
    assert len(content) % 4096 == 0


@given(whole=contributions, seed=st.integers(0, 9))
def test_both_halves_have_the_same_length_and_add_up(
    whole: Contribution, seed: int
) -> None:
    halves = split_contribution_of(whole, seed)
    contents = write_halves(halves)
    assert len({len(content) for content in contents}) == 1
    numbers = [parse_half(content).numbers for content in contents]
    assert add_shares(numbers, len(NUMBERS)) == tuple(whole.numbers)


@pytest.mark.parametrize("value", [0, 1, 2160, SHARE_MODULUS - 1])
def test_halves_are_alike_to_the_byte_whatever_is_in_them(value: int) -> None:
    whole = WHOLE._replace(numbers=[value] * len(NUMBERS))
    sealed = seal_halves(split_contribution_of(whole), PROGRAMME)
    assert set(sealed) == {COORDINATOR, GOVERNANCE}
    assert len({len(data) for data in sealed.values()}) == 1


def test_a_half_is_opened_by_its_holder_alone() -> None:
    halves = split_contribution_of(WHOLE)
    sealed = seal_halves(halves, PROGRAMME)
    for half in halves:
        opened = open_half(sealed[half.holder], AGE_KEYS[half.holder])
        assert opened.half == half
        require_fitting_half(opened.half, PROGRAMME, half.holder, QUARTER)
    with pytest.raises(WrongKey):
        open_half(sealed[COORDINATOR], AGE_KEYS[GOVERNANCE])


def test_the_digest_is_of_what_was_sealed_not_of_the_file() -> None:
    first, second = (seal_halves([WHOLE], SINGLE)[COORDINATOR] for _ in range(2))
    digests = [
        open_half(sealed, AGE_KEYS[COORDINATOR]).digest for sealed in (first, second)
    ]
    assert first != second
    assert digests[0] == digests[1]


def test_names_tell_nobody() -> None:
    names = [
        name_half_file(QUARTER, "3fa91c02b7d4" + "0" * 20, holder, programme)
        for holder, programme in [
            (COORDINATOR, PROGRAMME),
            (GOVERNANCE, PROGRAMME),
            (COORDINATOR, SINGLE),
        ]
    ]
    assert names == [
        "coachlog-2026Q4-3fa91c02b7d4-coordinator.age",
        "coachlog-2026Q4-3fa91c02b7d4-governance.age",
        "coachlog-2026Q4-3fa91c02b7d4.age",
    ]
    assert {find_number_start(name) for name in names} == {"3fa91c02b7d4"}
    for name in ("Jo Bloggs.age", "coachlog-2026Q4-3fa91c02.age", ""):
        assert find_number_start(name) == ""


@cache
def draw_shares(value: int, holder: int, count: int = 20_000) -> list[int]:
    """Return the shares of one holder of a value, by a fixed generator."""
    random = Random(20261130 + value)
    return [split_numbers([value], random.randrange)[holder][0] for _ in range(count)]


def chi_square(shares: list[int], buckets: int = 256) -> float:
    """Return how far shares are from uniform; of 256 buckets, about 255 is usual."""
    expected = len(shares) / buckets
    counts = Counter(share * buckets // SHARE_MODULUS for share in shares)
    return sum((counts[bucket] - expected) ** 2 / expected for bucket in range(buckets))


LIKELY_CHI_SQUARE = 330.5
"""Above it is one in a thousand for 255 degrees of freedom."""


@pytest.mark.parametrize("holder", [0, 1])
@pytest.mark.parametrize("value", [0, 1, 40, 2160])
def test_each_share_alone_is_uniform(value: int, holder: int) -> None:
    shares = draw_shares(value, holder)
    low_bits = [share % 256 * (SHARE_MODULUS // 256) for share in shares]
    assert chi_square(shares) < LIKELY_CHI_SQUARE
    assert chi_square(low_bits) < LIKELY_CHI_SQUARE


@pytest.mark.parametrize("holder", [0, 1])
def test_each_share_alone_is_independent_of_the_value(holder: int) -> None:
    """What is seen of 0 and of 2160 is not told apart: chi-square of two samples."""
    samples = [
        Counter(share % 256 for share in draw_shares(value, holder))
        for value in (0, 2160)
    ]
    both = samples[0] + samples[1]
    distance = sum(
        (samples[0][bucket] - samples[1][bucket]) ** 2 / both[bucket] for bucket in both
    )
    assert distance < LIKELY_CHI_SQUARE


def test_a_share_that_held_the_value_would_be_seen() -> None:
    random = Random(1)
    shares = [random.randrange(2**63) for _ in range(20_000)]
    assert chi_square(shares) > LIKELY_CHI_SQUARE


@given(whole=contributions, seed=st.integers(0, 99))
def test_any_value_fits_a_half(whole: Contribution, seed: int) -> None:
    """Whatever a holder guesses, there is another half with which it is so."""
    half = split_contribution_of(whole, seed)[0]
    for guess in (0, 1, 2160):
        other = [(guess - share) % SHARE_MODULUS for share in half.numbers]
        assert add_shares([half.numbers, other], len(NUMBERS)) == (guess,) * len(
            NUMBERS
        )


def change(**changes: Any) -> bytes:
    (content,) = write_halves([WHOLE])
    fields = json.loads(content)
    for name, value in changes.items():
        if value is None:
            del fields[name]
        else:
            fields[name] = value
    return json.dumps(fields).encode().ljust(4096)


def number_texts(first: object) -> list[object]:
    return [first, *("0" * 20 for _ in NUMBERS[1:])]


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        pytest.param(
            change(vector=2), NewerFile, "is from a newer coachlog", id="newer-vector"
        ),
        pytest.param(
            change(schema=2), NewerFile, "is from a newer coachlog", id="newer-schema"
        ),
        pytest.param(
            change(vector=True),
            FaultyFile,
            "is not as coachlog writes it: see its version",
            id="no-version",
        ),
        pytest.param(
            change(coachlog="sums"),
            FaultyFile,
            "is a file of sums, not a contribution that is not sealed",
            id="another-kind",
        ),
        pytest.param(
            change(coachlog=["half"]),
            FaultyFile,
            "is another kind of file, not a contribution that is not sealed",
            id="no-kind",
        ),
        pytest.param(
            change(edition=None),
            FaultyFile,
            "is not complete: it has no “edition”",
            id="missing",
        ),
        pytest.param(
            change(name="Anna"),
            FaultyFile,
            "is not as coachlog writes it: “name” is not known",
            id="unknown",
        ),
        *(
            pytest.param(
                change(**{name: value}),
                FaultyFile,
                f"is not as coachlog writes it: see “{name}”",
                id=f"faulty-{name}-{number}",
            )
            for number, (name, value) in enumerate(
                [
                    ("edition", 0),
                    ("edition", True),
                    ("edition", "1"),
                    ("number", "0" * 31),
                    ("number", "０" * 32),
                    ("member", 5),
                    ("quarter", "2026Q5"),
                    ("quarter", "2026Q4\n"),
                    ("holder", "nobody"),
                    ("holder", ["coordinator"]),
                    ("programme", "../../etc"),
                    ("made_on", "2026-02-30"),
                    ("made_on", "2026-W05"),
                    ("places", "North"),
                    ("numbers", {}),
                ]
            )
        ),
        pytest.param(
            change(places={"region": "North\u202e"}),
            FaultyFile,
            "is not as coachlog writes it: see “places.region”",
            id="place-that-disguises",
        ),
        pytest.param(
            change(places={"team": "North"}),
            FaultyFile,
            "is not as coachlog writes it: “places.team” is not known",
            id="unknown-place",
        ),
        pytest.param(
            change(numbers=["0" * 20]),
            FaultyFile,
            f"has 1 numbers instead of {len(NUMBERS)}",
            id="too-few-numbers",
        ),
        *(
            pytest.param(
                change(numbers=number_texts(value)),
                FaultyFile,
                "has a number that coachlog does not write",
                id=f"no-number-{id}",
            )
            for id, value in [
                ("integer", 5),
                ("short", "5"),
                ("sign", f"-{5:019d}"),
                ("fraction", f"{'0' * 18}.5"),
                ("blank", " " * 20),
                ("letters", "0x" + "f" * 18),
                ("other-digits", "٣" * 20),
                ("underscores", "0_" * 10),
            ]
        ),
        pytest.param(
            change(numbers=number_texts(str(SHARE_MODULUS))),
            NumberOutOfRange,
            "has a number that no contribution can have",
            id="2^64",
        ),
        pytest.param(b" " * 4096, CutFile, "is empty", id="blank"),
        *(
            pytest.param(
                content,
                FaultyFile,
                "is damaged, or was changed: it is not whole JSON",
                id=f"no-json-{id}",
            )
            for id, content in [
                ("cut", change()[:900]),
                ("deep", b"[" * 100_000),
                ("long-number", b'{"a": ' + b"9" * 5000 + b"}"),
                ("not-a-number", b'{"a": NaN}'),
                ("twice", b'{"a": 1, "a": 2}'),
            ]
        ),
        pytest.param(
            b"[]",
            FaultyFile,
            "is not as coachlog writes it: it is not one JSON object",
            id="no-object",
        ),
    ],
)
def test_what_coachlog_does_not_write_is_refused_with_its_reason(
    content: bytes, kind: type[FaultyFile], reason: str
) -> None:
    with pytest.raises(FaultyFile) as refusal:
        parse_half(content)
    assert (type(refusal.value), refusal.value.reason) == (kind, reason)


def rewrite(**changes: Any) -> Contribution:
    return split_contribution_of(WHOLE)[0]._replace(**changes)


def cut_number(name: str, value: int) -> Contribution:
    numbers = dict(zip(NUMBERS, WHOLE.numbers, strict=True)) | {name: value}
    return WHOLE._replace(numbers=list(numbers.values()))


@pytest.mark.parametrize(
    ("check", "kind", "reason"),
    [
        pytest.param(
            lambda: require_fitting_half(
                rewrite(programme="aaaaaaaa"), PROGRAMME, COORDINATOR, None
            ),
            OtherProgramme,
            "is for another programme",
            id="other-programme",
        ),
        pytest.param(
            lambda: require_fitting_half(rewrite(), PROGRAMME, GOVERNANCE, None),
            OtherHolder,
            "is the half for the coordinator",
            id="other-holder",
        ),
        pytest.param(
            lambda: require_fitting_half(rewrite(), PROGRAMME, COORDINATOR, "2026Q3"),
            OtherQuarter,
            "is of 2026Q4, not of 2026Q3",
            id="other-quarter",
        ),
        pytest.param(
            lambda: require_fitting_half(
                rewrite(places={Breakdown.COHORT: "2025", Breakdown.REGION: "Mars"}),
                PROGRAMME,
                COORDINATOR,
                None,
            ),
            FaultyFile,
            "names a region that the programme does not have",
            id="unknown-region",
        ),
        pytest.param(
            lambda: require_fitting_half(
                cut_number("thanks", 10), SINGLE, COORDINATOR, None
            ),
            NumberOutOfRange,
            "has more than 9 for thanks: it was changed by hand, or comes from a programme "
            "with other caps",
            id="above-its-cap",
        ),
        pytest.param(
            lambda: open_half(bytes(64 * 1024 + 1), AGE_KEYS[COORDINATOR]),
            OversizeFile,
            "is larger than any contribution",
            id="too-large",
        ),
        pytest.param(
            lambda: open_half(change(), AGE_KEYS[COORDINATOR]),
            FaultyFile,
            "is a contribution that is not sealed",
            id="not-sealed",
        ),
    ],
)
def test_a_half_that_does_not_fit_is_refused(
    check: Callable[[], object], kind: type[FaultyFile], reason: str
) -> None:
    with pytest.raises(FaultyFile) as refusal:
        check()
    assert (type(refusal.value), refusal.value.reason) == (kind, reason)


@pytest.mark.parametrize("value", [0, 9])
def test_numbers_within_their_caps_fit(value: int) -> None:
    require_fitting_half(cut_number("thanks", value), SINGLE, COORDINATOR, QUARTER)


def test_a_content_that_is_not_padded_is_one_that_was_cut_short() -> None:
    key = {COORDINATOR: KEYS[COORDINATOR].public}
    sealed = seal_alike({COORDINATOR: change().rstrip()}, key)[COORDINATOR]
    with pytest.raises(CutFile):
        open_half(sealed, AGE_KEYS[COORDINATOR])
