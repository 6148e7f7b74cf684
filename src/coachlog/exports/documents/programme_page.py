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
from coachlog.model.programme import GroupFigures, ProgrammeReport
from coachlog.phrasing.programme_report import (
    SINGLE_HOLDER,
    ReportPart,
    ReportTable,
    describe_report,
    list_report_notes,
    list_report_parts,
)

REPORT_COLUMNS = (
    *("programme", "holders", "quarter", "breakdown", "group"),
    *("figure", "kind", "value", "is_hidden"),
)
_ALL_GROUPS = "(all shown)"


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
    return Table((breakdown, *table.columns), tuple(rows))


def list_report_records(quarter_report: ProgrammeReport) -> Iterator[tuple[Cell, ...]]:
    """Yield a report as rows: a figure of a group each, without a value where it is hidden."""
    head = (
        quarter_report.programme.code,
        len(quarter_report.programme.keys),
        quarter_report.quarter,
        quarter_report.programme.breakdown.value,
    )
    for group in quarter_report.groups:
        yield (
            *head,
            group.group,
            "contributed",
            "count by fives",
            group.contributions,
            0,
        )
        invited = quarter_report.invited.get(group.group)
        if invited is not None:
            yield (*head, group.group, "invited", "exact", invited, 0)
        for row in _list_figure_rows(group):
            yield (*head, group.group, *row)
    total = quarter_report.total
    yield (*head, _ALL_GROUPS, "contributed", "count by fives", total.contributions, 0)
    for row in _list_figure_rows(total):
        yield (*head, _ALL_GROUPS, *row)


def _list_figure_rows(group: GroupFigures) -> Iterator[tuple[Cell, ...]]:
    for name in MAGNITUDE_NAMES:
        value = group.magnitudes.get(name)
        yield (name, "sum", value, int(value is None))
    for name in COUNT_NAMES:
        value = group.counts.get(name)
        yield (name, "count by fives", value, int(value is None))
