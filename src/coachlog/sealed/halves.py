"""A contribution as one holder gets it: its numbers or one share of each, padded and sealed.

Both halves have the same length, to the byte, so that it tells nothing of what is in them.
"""

import json
import re
from collections.abc import Sequence
from hashlib import sha256

from coachlog.model.programme import (
    VECTOR_VERSION,
    Breakdown,
    Contribution,
    Holder,
    Programme,
    shorten_number,
)
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_shares import SHARE_MODULUS
from coachlog.rules.programme_vector import NUMBERS
from coachlog.sealed.age_files import (
    MAX_SEALED_BYTES,
    AgeKey,
    seal_alike,
)
from coachlog.sealed.faults import (
    FaultyFile,
    NumberOutOfRange,
    OtherHolder,
    OtherProgramme,
    OtherQuarter,
    OversizeFile,
)
from coachlog.sealed.fields import (
    DIGEST,
    MEMBER_ID,
    NUMBER_ID,
    PROGRAMME_CODE,
    QUARTER,
    FieldReader,
    build_head,
    find_kind,
    open_fields,
    parse_json_object,
    require_version,
)

PADDING_BYTES = 4096
"""What a content is padded to a multiple of, with blanks."""

MAX_EDITION = 9999

_HALF_FILE_NAME = re.compile(r"coachlog-20\d\dQ[1-4]-([0-9a-f]{12})(?![0-9a-f])")

_DIGITS = 20
"""As many digits as 2^64 has: the length of a number tells nothing of it."""


class OpenedHalf(NamedTuple):
    """A half of a contribution, and the SHA-256 of what was sealed."""

    half: Contribution
    digest: str


def name_half_file(
    quarter: str, number: str, holder: Holder, programme: Programme
) -> str:
    """Return the name of a half's file: its quarter, the start of its number, and for whom.

    Nothing in it says whose it is, as the number is random.
    """
    stem = f"coachlog-{quarter}-{shorten_number(number)}"
    return f"{stem}-{holder}.age" if programme.is_split else f"{stem}.age"


def find_number_start(name: str) -> str:
    """Return the start of a contribution's number that the name of a file has; '' for none."""
    match = _HALF_FILE_NAME.match(name)
    return match[1] if match else ""


def seal_halves(
    halves: Sequence[Contribution], programme: Programme
) -> dict[Holder, bytes]:
    """Return each half sealed to its holder, all of the same length to the byte.

    Raises FaultyFile for a key that is none, MissingLibrary without pyrage.
    """
    contents = dict(
        zip([half.holder for half in halves], write_halves(halves), strict=True)
    )
    return seal_alike(contents, programme.keys)


def write_halves(halves: Sequence[Contribution]) -> list[bytes]:
    """Return the content of each half, padded with blanks to the same length."""
    contents = [_write_half(half) for half in halves]
    longest = max(len(content) for content in contents)
    padded_bytes = -(-longest // PADDING_BYTES) * PADDING_BYTES
    return [content.ljust(padded_bytes) for content in contents]


def _write_half(half: Contribution) -> bytes:
    fields = build_head(
        "half",
        {
            "vector": half.vector,
            "programme": half.programme,
            "quarter": half.quarter,
            "holder": half.holder.value,
            "number": half.number,
            "member": half.member,
            "edition": half.edition,
            "places": {
                breakdown.value: place for breakdown, place in half.places.items()
            },
            "made_on": half.made_on.isoformat(),
            "terms": half.terms,
            "numbers": [write_share_digits(number) for number in half.numbers],
        }.items(),
    )
    return json.dumps(fields, ensure_ascii=False).encode()


def open_half(sealed: bytes, key: AgeKey) -> OpenedHalf:
    """Return what a holder's key finds in a sealed file.

    Raises FaultyFile or one of its kinds: each says why the file cannot be used.
    """
    if len(sealed) > MAX_SEALED_BYTES:
        raise OversizeFile("is larger than any contribution")
    kind = "" if sealed.startswith(b"age-") else find_kind(sealed)
    if kind:
        raise FaultyFile(f"is {kind}")
    content = key.open(sealed, PADDING_BYTES)
    return OpenedHalf(parse_half(content), sha256(content).hexdigest())


def parse_half(content: bytes) -> Contribution:
    """Return the half of a contribution in what was sealed.

    Raises NewerFile if a newer coachlog made it, NumberOutOfRange for a number that is no share,
    and FaultyFile for anything else that coachlog does not write.
    """
    reader = open_fields(parse_json_object(content), "half")
    require_version(reader.take("vector"), VECTOR_VERSION)
    half = Contribution(
        programme=reader.take_text("programme", PROGRAMME_CODE),
        quarter=reader.take_text("quarter", QUARTER),
        holder=reader.take_choice("holder", Holder),
        number=reader.take_text("number", NUMBER_ID),
        member=reader.take_text("member", MEMBER_ID),
        edition=reader.take_number("edition", 1, MAX_EDITION),
        places=_read_places(reader.take_object("places")),
        made_on=reader.take_day("made_on"),
        numbers=read_shares(reader.take_list("numbers")),
        terms=reader.take_text("terms", DIGEST),
    )
    reader.finish()
    return half


def _read_places(reader: FieldReader) -> dict[Breakdown, str]:
    places = {}
    for breakdown in Breakdown:
        if reader.has(breakdown):
            places[breakdown] = reader.take_line(breakdown)
    reader.finish()
    return places


def write_share_digits(number: int) -> str:
    """Return a number as decimal digits, as many for each."""
    return f"{number:0{_DIGITS}d}"


def read_shares(values: Sequence[object]) -> tuple[int, ...]:
    """Return the numbers of a contribution, or shares or sums of them, from their digits.

    Raises FaultyFile if they are not as many as a contribution has, NumberOutOfRange for one above
    2^64.
    """
    if len(values) != len(NUMBERS):
        raise FaultyFile(f"has {len(values)} numbers instead of {len(NUMBERS)}")
    # All at once, as a holder reads a hundred thousand of these lists.
    texts = [value for value in values if isinstance(value, str)]
    digits = "".join(texts)
    is_regular = list(map(len, texts)) == [_DIGITS] * len(NUMBERS)
    if not (is_regular and digits.isascii() and digits.isdigit()):
        raise FaultyFile("has a number that coachlog does not write")
    numbers = tuple(map(int, texts))
    if max(numbers) >= SHARE_MODULUS:
        raise NumberOutOfRange("has a number that no contribution can have")
    return numbers


def require_fitting_half(
    half: Contribution, programme: Programme, holder: Holder, quarter: str | None
) -> None:
    """Raise why a half is not one of this programme, holder and quarter, if it is not.

    `quarter` is None where any will do. In a programme of one holder, each number is held against
    its cap; of a share nothing can be said.
    """
    if half.programme != programme.code:
        raise OtherProgramme("is for another programme")
    if half.holder is not holder:
        raise OtherHolder(f"is the half for {half.holder.words}")
    if quarter and half.quarter != quarter:
        raise OtherQuarter(f"is of {half.quarter}, not of {quarter}")
    for breakdown, choices in programme.choices.items():
        if choices and half.places.get(breakdown) not in choices:
            raise FaultyFile(f"names a {breakdown} that the programme does not have")
    if not programme.is_split:
        _require_capped_numbers(half, programme)


def require_same_terms(half: Contribution, terms: str) -> None:
    """Raise OtherProgramme for a half that was made with other caps, choices or keys.

    `terms` is the digest of the holder's own copy of the programme's file.
    """
    if half.terms != terms:
        raise OtherProgramme(
            "was made with another copy of the programme's file, such as one with other caps"
        )


def _require_capped_numbers(half: Contribution, programme: Programme) -> None:
    for name, number in zip(NUMBERS, half.numbers, strict=True):
        cap = programme.caps[name]
        if number > cap:
            raise NumberOutOfRange(
                f"has more than {cap} for {name}: it was changed by hand, or comes from a "
                "programme with other caps"
            )
