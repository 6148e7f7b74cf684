"""The figures of a period as a page: promises kept, people, measures and themes."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import MONTH_NAMES, format_medium_day
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
    format_plain_text,
)
from coachlog.exports.documents.action_list import build_day_cell
from coachlog.exports.documents.value_charts import (
    build_measure_title,
    build_value_chart,
    describe_values,
)
from coachlog.model.people import Direction
from coachlog.model.progress import (
    PersonProgress,
    Progress,
    SetMeetingTotals,
    TalkTotals,
    Tally,
    Trend,
)
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.fates import describe_caveats, describe_slips, describe_tally
from coachlog.phrasing.other_talks import describe_talk_counts, list_other_talks
from coachlog.phrasing.ratios import RATIO_NOTE
from coachlog.phrasing.values import describe_share

_RATIO_COLUMNS = ("Promises kept", "By the first date", "As agreed", "Not due yet")
_PEOPLE_COLUMNS = (
    *("With", "Conversations", "Minutes", "Open", "Overdue", "Done"),
    "Last talked",
)
_PROMISES, _PEOPLE, _MEASURES = "Promises", "People", "Measures"
_MONTH_COLUMNS = ("Month", "Conversations")
_DIRECTION_WORDS = {
    Direction.TEAM: "to the team",
    Direction.ACROSS: "to colleagues",
    Direction.UP: "upwards",
}
"""Whose promises they are is said by name, to whoever the page is for."""
_OWN_PLAN_WORDS = "own plan"
_MISSED_NOTE = "Missed: dropped after its date, or open and past it."


class SideTitles(NamedTuple):
    """What a page calls the owner of the journal and the others, at the start of a line."""

    me: Words
    them: Words


def build_progress_page(
    progress: Progress, today: date, name: str = "", me: str = ""
) -> Document:
    """Return the figures as a page: of everyone, or of the person of this name.

    `me` is the name of the journal's owner, '' for none.
    """
    titles = _build_side_titles(name, me)
    blocks: list[Block] = [
        Paragraph((PlainText(f"Open and overdue as of {format_medium_day(today)}"),)),
        PageSection(_PROMISES, tuple(_build_ratio_blocks(progress, titles))),
    ]
    if progress.people:
        people_blocks = tuple(_build_people_blocks(progress, is_one_person=bool(name)))
        blocks.append(PageSection(_PEOPLE, people_blocks))
    if progress.measures:
        blocks.append(PageSection(_MEASURES, tuple(_build_measure_blocks(progress))))
    blocks += _build_theme_blocks(progress)
    return Document(_build_title(progress, today, name, me), tuple(blocks))


def _build_title(progress: Progress, today: date, name: str, me: str) -> Words:
    """Return whose figures these are, and of which days."""
    title: Words = (PlainText("Progress"),)
    if me:
        title = (*title, PlainText(" of "), TypedText(me))
    if name:
        title = (*title, PlainText(" with "), TypedText(name))
    return (*title, PlainText(f", {_describe_period(progress, today)}"))


def _build_side_titles(name: str, me: str) -> SideTitles:
    mine: Words = (TypedText(me),) if me else (PlainText("Yours"),)
    if name:
        return SideTitles(mine, (TypedText(name),))
    return SideTitles(mine, (PlainText("Everybody else" if me else "Theirs"),))


def _describe_period(progress: Progress, today: date) -> str:
    last_day = format_medium_day(progress.until or today)
    if progress.since:
        return f"{format_medium_day(progress.since)} to {last_day}"
    return f"up to {last_day}"


def _build_ratio_blocks(progress: Progress, titles: SideTitles) -> Iterator[Block]:
    """Yield both ratios of the owner and of the others, and how their promises ended."""
    yield Heading(2, (PlainText(_PROMISES),))
    rows = [_build_ratio_row((StrongText(titles.me),), progress.me)]
    for direction, tally in progress.directions or ():
        if any(tally):
            rows.append(
                _build_ratio_row((PlainText(_DIRECTION_WORDS[direction]),), tally)
            )
    if progress.own_plan and any(progress.own_plan):
        rows.append(_build_ratio_row((PlainText(_OWN_PLAN_WORDS),), progress.own_plan))
    rows.append(_build_ratio_row(titles.them, progress.them))
    yield Table(_RATIO_COLUMNS, tuple(rows))
    note = f"{RATIO_NOTE} {_MISSED_NOTE}"
    yield Paragraph((Emphasis((PlainText(note),)),))
    entries = [
        *_list_remark_words(titles.me, describe_tally(progress.me)),
        *_list_remark_words(titles.me, describe_slips(progress.me_slips)),
        *_list_remark_words(titles.me, describe_caveats(progress.me_caveats)),
        *_list_remark_words(titles.them, describe_tally(progress.them)),
        *_list_remark_words(titles.them, describe_slips(progress.them_slips)),
        *_list_remark_words(titles.them, describe_caveats(progress.them_caveats)),
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


def _list_remark_words(whose: Words, words: str) -> Iterator[Words]:
    if words:
        yield (*whose, PlainText(f": {words}."))


def _build_people_blocks(progress: Progress, *, is_one_person: bool) -> Iterator[Block]:
    """Yield the figures of each person and of what is in nobody's row, so that they add up."""
    yield Heading(2, (PlainText(_PEOPLE),))
    rows = [_build_person_figures(row) for row in progress.people]
    for name, totals in list_other_talks(progress):
        rows.append(_build_other_figures(name, totals))
    yield Table(_PEOPLE_COLUMNS, tuple(rows))
    if not is_one_person:
        yield Paragraph((Emphasis((PlainText(_describe_sum(progress, rows)),)),))
    yield from _build_month_chart(progress)


def _build_other_figures(
    name: str, totals: TalkTotals | SetMeetingTotals
) -> tuple[Words, ...]:
    facts = (name, str(totals.sessions), _describe_minutes(totals))
    return (
        *((PlainText(fact),) for fact in facts),
        *((PlainText(EMPTY_CELL),) for _ in _PEOPLE_COLUMNS[len(facts) :]),
    )


def _describe_sum(progress: Progress, rows: Sequence[tuple[Words, ...]]) -> str:
    """Return what the conversations come to, each once, where the rows count some for two."""
    words = f"In all: {describe_talk_counts(progress)}."
    counts = [row[1] for row in rows]
    row_sum = sum(int(format_plain_text(count)) for count in counts)
    if row_sum != sum(day.sessions for day in progress.days):
        words += " A conversation of three is in the rows of both others, and once in the sum."
    return words


def _build_person_figures(row: PersonProgress) -> tuple[Words, ...]:
    facts = (row.sessions, _describe_minutes(row), row.open, row.overdue, row.done)
    return (
        (TypedText(row.person.name),),
        *((PlainText(str(fact)),) for fact in facts),
        build_day_cell(row.last_held),
    )


def _describe_minutes(row: PersonProgress | TalkTotals | SetMeetingTotals) -> str:
    """Return the minutes noted, and of how many conversations where not of all; a dash for none."""
    if row.minutes is None:
        return EMPTY_CELL
    if row.minutes_noted < row.sessions:
        return f"{row.minutes} ({row.minutes_noted} of {row.sessions})"
    return str(row.minutes)


def _build_month_chart(progress: Progress) -> Iterator[ChartGroup]:
    """Yield the conversations of each month as a chart; nothing of too few months."""
    points = []
    rows: list[tuple[Words, ...]] = []
    for month in progress.months:
        year, number = map(int, month.month.split("-"))
        points.append(ChartPoint(date(year, number, 1), month.sessions))
        name = f"{MONTH_NAMES[number - 1]} {year}"
        rows.append(((PlainText(name),), (PlainText(str(month.sessions)),)))
    most = max((point.value for point in points), default=0)
    if most:
        title = (PlainText(_describe_month_counts(progress)),)
        table = Table(_MONTH_COLUMNS, tuple(rows))
        charts = tuple(
            chart._replace(table=table)
            for chart in build_value_chart(title, 0, most, points)
        )
        if charts:
            yield ChartGroup(charts)


def _describe_month_counts(progress: Progress) -> str:
    if any(day.alone for day in progress.days):
        return "Conversations and sessions alone, by month"
    return "Conversations by month"


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
    """Yield the tags of two or more of the period: one that was used once is not a theme."""
    repeated = [theme for theme in progress.themes if theme.sessions > 1]
    if not repeated:
        return
    yield Heading(2, (PlainText("Themes"),))
    what = "conversations"
    if any(day.alone for day in progress.days):
        what += " and sessions alone"
    entries: list[Words] = []
    for theme in repeated:
        count = f": {theme.sessions} of {theme.of} {what}"
        entries.append((TypedText(theme.tag), PlainText(count)))
    yield BulletList(tuple(entries))
