"""A holder's list: which contributions they have of a quarter, without a number of any."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from coachlog.model.programme import Holder, HolderList, ListedContribution
from coachlog.sealed.fields import (
    DIGEST,
    MEMBER_ID,
    NUMBER_ID,
    PROGRAMME_CODE,
    QUARTER,
    FieldReader,
    build_head,
)
from coachlog.sealed.halves import MAX_EDITION
from coachlog.sealed.line_files import (
    MAX_LINES,
    LineFile,
    build_omitted_rows,
    read_omitted_row,
    write_lines,
)


def write_list_file(holder_list: HolderList) -> Iterator[bytes]:
    """Yield the lines of a list."""
    head = build_head(
        "list",
        {
            "programme": holder_list.programme,
            "quarter": holder_list.quarter,
            "holder": holder_list.holder.value,
            "made_on": holder_list.made_on.isoformat(),
            "contributions": len(holder_list.contributions),
            "omitted": len(holder_list.omitted),
        }.items(),
    )
    rows = (line._asdict() for line in holder_list.contributions)
    return write_lines(head, chain(rows, build_omitted_rows(holder_list.omitted)))


def parse_list_file(stream: BinaryIO) -> HolderList:
    """Return the list in a file. Raises FaultyFile for what coachlog does not write."""
    file = LineFile(stream, "list")
    head = file.head
    programme = head.take_text("programme", PROGRAMME_CODE)
    quarter = head.take_text("quarter", QUARTER)
    holder = head.take_choice("holder", Holder)
    made_on = head.take_day("made_on")
    contribution_count = head.take_number("contributions", 0, MAX_LINES)
    omitted_count = head.take_number("omitted", 0, MAX_LINES)
    head.finish()
    contributions = map(_read_listed_row, file.read_rows(contribution_count))
    holder_list = HolderList(
        programme=programme,
        quarter=quarter,
        holder=holder,
        made_on=made_on,
        contributions=tuple(contributions),
        omitted=tuple(map(read_omitted_row, file.read_rows(omitted_count))),
    )
    file.finish()
    return holder_list


def _read_listed_row(reader: FieldReader) -> ListedContribution:
    return ListedContribution(
        number=reader.take_text("number", NUMBER_ID),
        member=reader.take_text("member", MEMBER_ID),
        edition=reader.take_number("edition", 1, MAX_EDITION),
        group=reader.take_line("group"),
        digest=reader.take_text("digest", DIGEST),
    )
