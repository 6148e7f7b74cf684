"""Promises kept in a period beside those of the period before, in words and with their counts."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import MONTH_NAMES, format_medium_day
from coachlog.model.comparisons import (
    ComparisonView,
    PeriodComparison,
    ShareChange,
    ShareComparison,
    TallyComparison,
)
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.ratios import RATIO_NOTE
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import format_count

COULD_BE_CHANCE = "could be chance"
NO_DIFFERENCE = "the same"
NOTHING_TO_COMPARE = "nothing to compare"
FIRST_DATE, AS_AGREED = "by the first date", "as agreed"
NARROW_RATIOS = {FIRST_DATE: "by the\nfirst date", AS_AGREED: "as agreed"}
_CHANGE_STYLES = {ShareChange.MORE: styling.GOOD, ShareChange.FEWER: styling.BAD}
QUARTER_NOTE = (
    "Promises count in the quarter of their first date, as they stand today. Only a difference "
    "that is unlikely to be chance is called more or fewer."
)


class ComparisonRow(NamedTuple):
    """One ratio of one owner, in both periods."""

    name: str
    ratio: str
    shares: ShareComparison


def render_quarter_comparison(view: ComparisonView, width: int) -> Group:
    """Return the last two whole quarters, with a line for each owner and ratio."""
    comparison = view.comparison
    days = comparison.days
    quarter = _format_quarter(days.since, days.until)
    before = _format_quarter(days.before_since, days.before_until)
    parts: list[Renderable] = []
    subject = view.person or view.set
    if subject is not None:
        parts += [styling.format_typed_words(subject.name, "bold"), ""]
    rows = _list_comparison_rows(comparison)
    if not _has_promises(rows):
        words = f"No promise was first due in {quarter} or in {before}."
        return Group(*parts, render_sentence(words))
    parts += _render_comparison_rows(rows, quarter, before, width)
    parts += ["", render_sentence(RATIO_NOTE, styling.QUIET)]
    return Group(*parts, render_sentence(QUARTER_NOTE, styling.QUIET))


def render_period_comparison(
    comparison: PeriodComparison, today: date, width: int
) -> Iterator[Renderable]:
    """Yield a blank line and a period beside as many days just before it."""
    rows = _list_comparison_rows(comparison)
    days = comparison.days
    length = format_count((days.until - days.since).days + 1, "day")
    since, until = map(format_medium_day, (days.before_since, days.before_until))
    yield ""
    if not any(row.shares.before.of for row in rows):
        words = (
            f"No promise to compare with in the {length} before, {since} to {until}."
        )
        yield render_sentence(words, styling.QUIET)
        return
    words = f"Compared with the {length} before, {since} to {until}"
    yield render_sentence(styling.format_heading(words))
    heading = "this period" if days.until < today else "up to today"
    yield from _render_comparison_rows(rows, heading, "before", width)


def _format_quarter(since: date, until: date) -> str:
    """Return `Jul-Sep 2026`."""
    first, last = MONTH_NAMES[since.month - 1][:3], MONTH_NAMES[until.month - 1][:3]
    return f"{first}-{last} {until.year}"


def _list_comparison_rows(comparison: PeriodComparison) -> list[ComparisonRow]:
    """Return the owner's ratios before everybody else's; in a set those of all come first."""
    owners = [("yours", comparison.me), ("theirs", comparison.them)]
    if comparison.promises is not None:
        # Where the owner promised nothing, the others' promises are all there are.
        if not _has_promises(_build_owner_rows("", comparison.me)):
            owners = []
        owners.insert(0, ("the set", comparison.promises))
    rows = []
    for name, tallies in owners:
        rows += _build_owner_rows(name, tallies)
    return rows


def _build_owner_rows(name: str, tallies: TallyComparison) -> list[ComparisonRow]:
    return [
        ComparisonRow(name, FIRST_DATE, tallies.first_date),
        ComparisonRow(name, AS_AGREED, tallies.as_agreed),
    ]


def _has_promises(rows: Sequence[ComparisonRow]) -> bool:
    return any(row.shares.now.of or row.shares.before.of for row in rows)


def _render_comparison_rows(
    rows: Sequence[ComparisonRow], heading: str, before_heading: str, width: int
) -> Iterator[Renderable]:
    """Yield a line for each ratio or, where even a narrow table is too wide, three lines each."""
    for table in (
        _build_wide_table(rows, heading, before_heading),
        _build_narrow_table(rows, heading, before_heading),
    ):
        if table.fits(width):
            yield table
            return
    for row in rows:
        words = _format_compared_owner(row.name).append(f", {row.ratio}: ")
        yield render_sentence(words.append_text(_format_share_change(row.shares)))
        shares = Columns("", "")
        shares.add_row(heading, styling.format_share(*row.shares.now))
        shares.add_row(before_heading, styling.format_share(*row.shares.before))
        yield IndentedBody(shares)


def _build_wide_table(
    rows: Sequence[ComparisonRow], heading: str, before_heading: str
) -> Columns:
    """Return a table with the owner in the first column, beside the first ratio only."""
    table = Columns("", "promises kept", heading, before_heading, "")
    last_name = ""
    for row in rows:
        name = "" if row.name == last_name else row.name
        table.add_row(
            _format_compared_owner(name), row.ratio, *_build_share_cells(row.shares)
        )
        last_name = row.name
    return table


def _build_narrow_table(
    rows: Sequence[ComparisonRow], heading: str, before_heading: str
) -> Columns:
    """Return a table with each owner on a line of their own, above the ratios."""
    table = Columns("promises\nkept", heading, before_heading, "")
    last_name = ""
    for row in rows:
        if row.name != last_name:
            table.add_line(_format_compared_owner(row.name))
        table.add_row(NARROW_RATIOS[row.ratio], *_build_share_cells(row.shares))
        last_name = row.name
    return table


def _build_share_cells(shares: ShareComparison) -> tuple[Text, Text, Text]:
    return (
        styling.format_share(*shares.now),
        styling.format_share(*shares.before),
        _format_share_change(shares),
    )


def _format_compared_owner(name: str) -> Text:
    return Text().append(name, style="" if name == "theirs" else "bold")


def _format_share_change(shares: ShareComparison) -> Text:
    """Return `more`, `fewer`, or that the difference could be chance; `the same` without any."""
    if shares.change is None:
        return Text(NOTHING_TO_COMPARE, style=styling.QUIET)
    if shares.now == shares.before:
        return Text(NO_DIFFERENCE)
    if shares.change is ShareChange.UNCLEAR:
        return Text(COULD_BE_CHANCE)
    return Text(shares.change.value, style=_CHANGE_STYLES[shares.change])
