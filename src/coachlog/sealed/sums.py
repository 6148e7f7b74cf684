"""The sums that one holder makes of a closed quarter: of the groups that are published, only."""

import json
from hashlib import sha256
from typing import Any

from coachlog.model.programme import VECTOR_VERSION, GroupSums, Holder, HolderSums
from coachlog.rules.programme_vector import NUMBERS
from coachlog.sealed.faults import FaultyFile
from coachlog.sealed.fields import (
    DIGEST,
    PROGRAMME_CODE,
    QUARTER,
    FieldReader,
    build_head,
    open_fields,
    parse_json_object,
    require_version,
)
from coachlog.sealed.halves import read_shares, write_share_digits
from coachlog.sealed.line_files import MAX_LINES

MAX_CAP = 1_000_000
"""The most that a cap can be: so many contributions never reach 2^64."""


def write_sums_file(sums: HolderSums) -> bytes:
    """Return the file of a holder's sums."""
    fields = build_head(
        "sums",
        {
            "vector": sums.vector,
            "programme": sums.programme,
            "quarter": sums.quarter,
            "holder": sums.holder.value,
            "manifest": sums.manifest,
            "summed_on": sums.summed_on.isoformat(),
            "caps": {name: sums.caps[name] for name in NUMBERS},
            "groups": [_build_group_row(group) for group in sums.groups],
        }.items(),
    )
    return json.dumps(fields, ensure_ascii=False, indent=1).encode() + b"\n"


def digest_sums(sums: HolderSums) -> str:
    """Return the SHA-256 of the file of a holder's sums."""
    return sha256(write_sums_file(sums)).hexdigest()


def _build_group_row(group: GroupSums) -> dict[str, Any]:
    return {
        "group": group.group,
        "contributions": group.contributions,
        "sums": [write_share_digits(total) for total in group.sums],
    }


def parse_sums_file(data: bytes) -> HolderSums:
    """Return the sums in a file. Raises FaultyFile for what coachlog does not write."""
    reader = open_fields(parse_json_object(data), "sums")
    require_version(reader.take("vector"), VECTOR_VERSION)
    sums = HolderSums(
        programme=reader.take_text("programme", PROGRAMME_CODE),
        quarter=reader.take_text("quarter", QUARTER),
        holder=reader.take_choice("holder", Holder),
        manifest=reader.take_text("manifest", DIGEST),
        summed_on=reader.take_day("summed_on"),
        caps=reader.take_counts("caps", 1, MAX_CAP),
        groups=_read_groups(reader),
    )
    reader.finish()
    if set(sums.caps) != set(NUMBERS):
        raise FaultyFile("is not as coachlog writes it: see “caps”")
    return sums


def _read_groups(reader: FieldReader) -> tuple[GroupSums, ...]:
    groups = []
    for row in reader.take_list("groups"):
        if not isinstance(row, dict):
            reader.refuse("groups")
        fields = FieldReader(row, "groups.")
        groups.append(
            GroupSums(
                fields.take_line("group"),
                fields.take_number("contributions", 1, MAX_LINES),
                read_shares(fields.take_list("sums")),
            )
        )
        fields.finish()
    names = [group.group for group in groups]
    if sorted(set(names)) != names:
        reader.refuse("groups")
    return tuple(groups)
