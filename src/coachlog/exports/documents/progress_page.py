"""The figures of a period as a page: promises kept, people, measures and themes."""

from collections.abc import Iterator
from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    EMPTY_CELL,
    Block,
    BulletList,
    Chart,
    ChartGroup,
    ChartPoint,
    Document,
    Emphasis,
    Heading,
    PageSection,
    Paragraph,
    PlainText,
    StrongText,
    Table,
    TypedText,
    Words,
)
from coachlog.exports.documents.action_list import build_day_cell
from coachlog.exports.documents.value_charts import (
    build_measure_title,
    build_value_chart,
    describe_values,
)
from coachlog.model.progress import PersonProgress, Progress, Tally, Trend
from coachlog.phrasing.fates import describe_caveats, describe_slips, describe_tally
from coachlog.phrasing.ratios import DIRECTION_WORDS, OWN_PLAN_WORDS, RATIO_NOTE
from coachlog.phrasing.values import describe_share
from coachlog.text import format_count

_RATIO_COLUMNS = ("Promises kept", "By the first date", "As agreed", "Not due yet")
_PEOPLE_COLUMNS = (
    *("With", "Conversations", "Minutes", "Open", "Overdue", "Done"),
    "Last talked",
)
_PROMISES, _PEOPLE, _MEASURES = "Promises", "People", "Measures"


def build_progress_page(progress: Progress, today: date, name: str = "") -> Document:
    """Return the figures as a page: of everyone, or of the person of this name."""
    title: Words = (PlainText("Progress"),)
    if name:
        title = (PlainText("Progress with "), TypedText(name))
    blocks: list[Block] = [
        Paragraph((PlainText(_describe_period(progress, today)),)),
        PageSection(_PROMISES, tuple(_build_ratio_blocks(progress))),
    ]
    if progress.people:
        blocks.append(PageSection(_PEOPLE, tuple(_build_people_blocks(progress))))
    if progress.measures:
        blocks.append(PageSection(_MEASURES, tuple(_build_measure_blocks(progress))))
    blocks += _build_theme_blocks(progress)
    return Document(title, tuple(blocks))


def _describe_period(progress: Progress, today: date) -> str:
    last_day = format_medium_day(progress.until or today)
    words = f"Up to {last_day}"
    if progress.since:
        words = f"{format_medium_day(progress.since)} to {last_day}"
    return f"{words} · open and overdue as of {format_medium_day(today)}"


def _build_ratio_blocks(progress: Progress) -> Iterator[Block]:
    """Yield both ratios of the owner and of the others, and how their promises ended."""
    yield Heading(2, (PlainText(_PROMISES),))
    rows = [_build_ratio_row((StrongText((PlainText("yours"),)),), progress.me)]
    for direction, tally in progress.directions or ():
        if any(tally):
            rows.append(
                _build_ratio_row((PlainText(DIRECTION_WORDS[direction]),), tally)
            )
    if progress.own_plan and any(progress.own_plan):
        rows.append(_build_ratio_row((PlainText(OWN_PLAN_WORDS),), progress.own_plan))
    rows.append(_build_ratio_row((PlainText("theirs"),), progress.them))
    yield Table(_RATIO_COLUMNS, tuple(rows))
    yield Paragraph((Emphasis((PlainText(RATIO_NOTE),)),))
    entries = [
        *_list_tally_words("Yours", progress.me),
        *_list_remark_words("Yours", describe_slips(progress.me_slips)),
        *_list_remark_words("Yours", describe_caveats(progress.me_caveats)),
        *_list_tally_words("Theirs", progress.them),
        *_list_remark_words("Theirs", describe_slips(progress.them_slips)),
        *_list_remark_words("Theirs", describe_caveats(progress.them_caveats)),
    ]
    if entries:
        yield BulletList(tuple(entries))


def _build_ratio_row(name: Words, tally: Tally) -> tuple[Words, ...]:
    return (
        name,
        (PlainText(describe_share(*tally.first_date) or EMPTY_CELL),),
        (PlainText(describe_share(*tally.as_agreed) or EMPTY_CELL),),
        (PlainText(str(tally.pending)),),
    )


def _list_tally_words(whose: str, tally: Tally) -> Iterator[Words]:
    yield from _list_remark_words(whose, describe_tally(tally))


def _list_remark_words(whose: str, words: str) -> Iterator[Words]:
    if words:
        yield (PlainText(f"{whose}: {words}."),)


def _build_people_blocks(progress: Progress) -> Iterator[Block]:
    yield Heading(2, (PlainText(_PEOPLE),))
    rows = tuple(_build_person_figures(row) for row in progress.people)
    yield Table(_PEOPLE_COLUMNS, rows)
    yield from _build_month_chart(progress)


def _build_person_figures(row: PersonProgress) -> tuple[Words, ...]:
    facts = (row.sessions, _describe_minutes(row), row.open, row.overdue, row.done)
    return (
        (TypedText(row.person.name),),
        *((PlainText(str(fact)),) for fact in facts),
        build_day_cell(row.last_held),
    )


def _describe_minutes(row: PersonProgress) -> str:
    """Return the minutes noted, and of how many conversations where not of all; a dash for none."""
    if row.minutes is None:
        return EMPTY_CELL
    if row.minutes_noted < row.sessions:
        return f"{row.minutes} ({row.minutes_noted} of {row.sessions})"
    return str(row.minutes)


def _build_month_chart(progress: Progress) -> Iterator[ChartGroup]:
    """Yield the conversations of each month as a chart; nothing of too few months."""
    points = []
    for month in progress.months:
        year, number = map(int, month.month.split("-"))
        points.append(ChartPoint(date(year, number, 1), month.sessions))
    most = max((point.value for point in points), default=0)
    if most:
        title = (PlainText("Conversations by month"),)
        charts = tuple(build_value_chart(title, 0, most, points))
        if charts:
            yield ChartGroup(charts)


def _build_measure_blocks(progress: Progress) -> Iterator[Block]:
    """Yield each measure: as a chart, or in words where it has too few values for one."""
    yield Heading(2, (PlainText(_MEASURES),))
    charts: list[Chart] = []
    entries: list[Words] = []
    for trend in progress.measures:
        points = [ChartPoint(point.on, point.value) for point in trend.points]
        title = _build_trend_title(trend)
        drawn = list(build_value_chart(title, trend.low, trend.high, points))
        charts += drawn
        if not drawn:
            words = describe_values(points, trend.low, trend.high)
            entries.append((StrongText(title), PlainText(f": {words}")))
    if charts:
        yield ChartGroup(tuple(charts))
    if entries:
        yield BulletList(tuple(entries))


def _build_trend_title(trend: Trend) -> Words:
    name = build_measure_title(trend.measure)
    if trend.person is None:
        return (name,)
    return (name, PlainText(", "), TypedText(trend.person.name))


def _build_theme_blocks(progress: Progress) -> Iterator[Block]:
    if not progress.themes:
        return
    yield Heading(2, (PlainText("Themes"),))
    entries: list[Words] = []
    for theme in progress.themes:
        count = format_count(theme.of, "conversation")
        entries.append(
            (TypedText(theme.tag), PlainText(f": {theme.sessions} of {count}"))
        )
    yield BulletList(tuple(entries))
