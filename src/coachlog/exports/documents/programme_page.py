"""The report of a programme as a page: the response, Kirkpatrick's levels, what is not known."""

from collections.abc import Iterator

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    Block,
    BulletList,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    PlainText,
    StrongText,
    Table,
    TypedText,
    Words,
)
from coachlog.exports.contents import Cell
from coachlog.exports.programme_values import COUNT_NAMES, MAGNITUDE_NAMES
from coachlog.model.programme import GroupFigures, Programme, ProgrammeReport
from coachlog.phrasing.programme_report import (
    ALL_SHOWN,
    SINGLE_HOLDER,
    ReportPart,
    ReportTable,
    describe_report,
    list_report_notes,
    list_report_parts,
)
from coachlog.rules.programme_publication import COUNT_STEP
from coachlog.rules.programme_report import RATIOS

REPORT_COLUMNS = (
    *("programme", "holders", "quarter", "breakdown", "group"),
    *("figure", "kind", "value", "rounded_to", "is_hidden"),
)
_RESPONSE_STEP = 10


def build_programme_page(quarter_report: ProgrammeReport) -> Document:
    """Return a report as a page."""
    title: Words = (
        TypedText(quarter_report.programme.name),
        PlainText(f", {quarter_report.quarter}"),
    )
    parts = list_report_parts(quarter_report)
    blocks: list[Block] = [
        Paragraph(
            (
                PlainText(
                    f"{describe_report(quarter_report)}. Closed on "
                    f"{format_medium_day(quarter_report.closed_on)}."
                ),
            )
        ),
        *_build_single_blocks(quarter_report),
    ]
    # The response comes first: what everything else stands on.
    blocks += _build_part_blocks(parts[0], quarter_report)
    notes = list_report_notes(quarter_report)
    blocks.append(BulletList(tuple((PlainText(note),) for note in notes)))
    for part in parts[1:]:
        blocks += _build_part_blocks(part, quarter_report)
    blocks += _build_single_blocks(quarter_report)
    return Document(title, tuple(blocks))


def _build_single_blocks(quarter_report: ProgrammeReport) -> Iterator[Block]:
    if not quarter_report.programme.is_split:
        yield Paragraph((StrongText((PlainText(SINGLE_HOLDER),)),))


def _build_part_blocks(
    part: ReportPart, quarter_report: ProgrammeReport
) -> Iterator[Block]:
    yield Heading(2, (PlainText(part.heading),))
    if len(part.words) > 1:
        yield BulletList(tuple((PlainText(words),) for words in part.words))
    else:
        for words in part.words:
            yield Paragraph((PlainText(words),))
    for table in part.tables:
        if table.title:
            yield Heading(3, (PlainText(table.title),))
        if table.remark:
            yield Paragraph((Emphasis((PlainText(table.remark),)),))
        if table.rows:
            yield _build_page_table(table, quarter_report.programme.breakdown.value)


def _build_page_table(table: ReportTable, breakdown: str) -> Table:
    rows = []
    last = len(table.rows) - 1
    for number, (name, cells) in enumerate(table.rows):
        lead: Words = (TypedText(name),)
        if table.has_total and number == last:
            lead = (StrongText((PlainText(name),)),)
        rows.append((lead, *((PlainText(cell),) for cell in cells)))
    right = () if table.has_words else table.columns
    return Table((breakdown, *table.columns), tuple(rows), right)


def list_report_records(quarter_report: ProgrammeReport) -> Iterator[tuple[Cell, ...]]:
    """Yield a report as rows: a figure of a group each, without a value where it is hidden."""
    programme = quarter_report.programme
    head = (
        programme.code,
        _name_holders(programme),
        quarter_report.quarter,
        programme.breakdown.value,
    )
    for group in quarter_report.groups:
        invited = quarter_report.invited.get(group.group)
        response = quarter_report.responses.get(group.group)
        for row in _list_group_rows(group, invited, response):
            yield (*head, group.group, *row)
    # As on the screen: that they are hidden, and nothing of how many they have.
    for name in quarter_report.small_groups:
        yield (*head, name, "contributed", "count", None, COUNT_STEP, 1)
    response = quarter_report.responses.get("")
    for row in _list_group_rows(
        quarter_report.total, quarter_report.total_invited, response
    ):
        yield (*head, ALL_SHOWN, *row)


def _name_holders(programme: Programme) -> str:
    """Return who holds the contributions of a programme, and that one alone can read them."""
    names = " and ".join(programme.keys)
    return names if programme.is_split else f"{names} alone, unsplit"


def _list_group_rows(
    group: GroupFigures, invited: int | None, response: int | None
) -> Iterator[tuple[Cell, ...]]:
    """Yield each figure of a group: its name and kind, the value, what it is rounded to."""
    yield ("contributed", "count", group.contributions, COUNT_STEP, 0)
    if invited is not None:
        yield ("invited", "count", invited, 1, 0)
    if response is not None:
        yield ("response", "per cent at least", response, _RESPONSE_STEP, 0)
    for kind, names, values, step in (
        ("sum", MAGNITUDE_NAMES, group.magnitudes, 1),
        ("per cent", RATIOS, group.percents, 1),
        ("count", COUNT_NAMES, group.counts, COUNT_STEP),
    ):
        for name in names:
            value = values.get(name)
            yield (name, kind, value, step, int(value is None))
