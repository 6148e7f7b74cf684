"""Conversations over time: months as bars, days as a calendar, and the sums of both."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.progress import MonthFigures, Progress
from coachlog.rules import figures
from coachlog.screens import charts, styling
from coachlog.screens.columns import COLUMN_GAP, Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Chunk, Text
from coachlog.text import format_count

MOST_MONTHS = 24
LONGEST_BAR, SHORTEST_BAR = 20, 4


FIRST_WEEKS_DAYS = 28


def render_session_charts(
    progress: Progress, today: date, width: int, marks: charts.Marks
) -> list[Renderable]:
    """Return the months as bars and the days as a calendar.

    Without any day, that is one sentence if it has weeks or gaps to tell of, and else nothing. In
    the first four weeks, a calendar of a year would be a wall of dots: that it comes is said.
    """
    if not progress.days:
        if not (progress.weeks_without or progress.long_gaps):
            return []
        since, _ = _resolve_charts_period(progress, today)
        return ["", render_sentence(_format_session_count(progress, since))]
    return [
        "",
        styling.format_heading("Month by month"),
        *map(IndentedBody, _render_months(progress, width - 2, marks)),
        *_render_days(progress, today, width, marks),
    ]


def _render_days(
    progress: Progress, today: date, width: int, marks: charts.Marks
) -> Iterator[Renderable]:
    if not _is_first_weeks(progress, today):
        yield ""
        yield styling.format_heading("Day by day")
        calendar = _render_calendar(progress, today, width - 2, marks)
        yield from map(IndentedBody, calendar)
        return
    since, _ = _resolve_charts_period(progress, today)
    yield render_sentence(_format_session_count(progress, since))
    words = "From four weeks on, a calendar here shows the days with a conversation."
    yield render_sentence(words, styling.QUIET)


def _is_first_weeks(progress: Progress, today: date) -> bool:
    """Return whether the first conversation was in the last four weeks; False for a period."""
    if progress.since or progress.until or progress.first_held is None:
        return False
    return (today - progress.first_held).days < FIRST_WEEKS_DAYS


def format_cancellation_counts(by_me: int, by_them: int) -> str:
    """Return how many conversations each side cancelled: `1 by you, 2 by them`; '' for none."""
    parts = ((by_me, "by you"), (by_them, "by them"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _render_months(
    progress: Progress, width: int, marks: charts.Marks
) -> Iterator[Renderable]:
    """Yield the latest months of the period, 24 at most."""
    months: Sequence[MonthFigures] = progress.months
    if not (progress.since or progress.until):
        months = _skip_empty_months(months)
    latest = months[-MOST_MONTHS:]
    yield _build_month_table(latest, width, marks)
    yield from styling.render_earlier(len(latest), len(months), "months")


def _skip_empty_months(months: Sequence[MonthFigures]) -> Sequence[MonthFigures]:
    """Return the months from the first with anything in it; the last one if all are empty."""
    for number, month in enumerate(months):
        if any(month[1:]):
            return months[number:]
    return months[-1:]


def _build_month_table(
    months: Sequence[MonthFigures], width: int, marks: charts.Marks
) -> Columns:
    most_sessions = max(month.sessions for month in months)
    most_minutes = max(month.minutes or 0 for month in months)
    rows = [_build_month_row(month) for month in months]
    columns = ["", "held", "", "minutes", ""]
    if any(row[-1].plain for row in rows):
        columns.append("cancelled")
    rows = [row[: len(columns)] for row in rows]
    # The bars share what the other columns leave; no further column follows, nor its gap.
    used_width = Columns(*columns, "").measure_width(rows) - COLUMN_GAP
    room = min(LONGEST_BAR, max(SHORTEST_BAR, (width - used_width) // 2))
    table = Columns(*columns, right=("held", "minutes"))
    for month, row in zip(months, rows, strict=True):
        row[2].append(charts.draw_bar(month.sessions, most_sessions, room, marks=marks))
        minutes = month.minutes or 0
        row[4].append(charts.draw_bar(minutes, most_minutes, room, marks=marks))
        table.add_row(*row)
    return table


def _build_month_row(month: MonthFigures) -> list[Text]:
    """Return the cells of a month, both bars still empty."""
    year, number = map(int, month.month.split("-"))
    cancelled = format_cancellation_counts(
        month.cancelled_by_me, month.cancelled_by_them
    )
    return [
        Text(f"{dates.MONTH_NAMES[number - 1][:3]} {year}"),
        Text(str(month.sessions)),
        Text("", style=styling.GOOD),
        styling.format_minutes(month.minutes, month.minutes_noted, month.sessions),
        Text("", style=styling.GOOD),
        Text(cancelled, style=styling.QUIET),
    ]


def _render_calendar(
    progress: Progress, today: date, width: int, marks: charts.Marks
) -> Iterator[Renderable]:
    since, until = _resolve_charts_period(progress, today)
    counts = {day.date: day.sessions for day in progress.days}
    if marks is charts.Marks.NONE:
        yield render_sentence(charts.describe_weekdays(counts))
        yield render_sentence(_format_session_count(progress, since))
        return
    for row in charts.draw_calendar(counts, since, until, width, marks=marks):
        yield Chunk(f"{row}\n")
    weeks_shown, weeks = charts.count_calendar_weeks(since, until, width)
    yield Text(charts.draw_calendar_legend(marks=marks), style=styling.QUIET)
    yield render_sentence(_format_session_count(progress, since))
    yield from styling.render_earlier(weeks_shown, weeks, "weeks")


def _resolve_charts_period(progress: Progress, today: date) -> tuple[date, date]:
    return figures.resolve_figures_period(
        progress.since,
        progress.until,
        today,
        first_held=progress.first_held,
        last_held=progress.days[-1].date if progress.days else None,
    )


def _format_session_count(progress: Progress, since: date) -> str:
    """Return `41 conversations since 1 December 2025, 6 weeks with none; 5 sessions alone.`"""
    alone_count = sum(day.alone for day in progress.days)
    count = sum(day.sessions for day in progress.days) - alone_count
    words = format_count(count, "conversation") if count else "No conversation"
    if progress.since or progress.until:
        words += " in that period"
    else:
        words += _format_first_day(progress, since)
    words += _format_session_gaps(progress) + _format_first_talk(progress)
    if alone_count:
        words += f"; {format_count(alone_count, 'session')} alone"
    return f"{words}."


def _format_first_day(progress: Progress, since: date) -> str:
    """Return ` since 1 December 2025`, and never a day before the first conversation of all."""
    first_held = progress.first_held
    if first_held is None or first_held < since:
        return f" since {dates.format_medium_day(since)}"
    return f" since your first, on {dates.format_medium_day(first_held)}"


def _format_first_talk(progress: Progress) -> str:
    """Return ` since the first, on 12 March 2026` where weeks count only from a later day.

    That is: before the first conversation of all there are no weeks without one.
    """
    since, first_held = progress.since, progress.first_held
    if progress.long_gaps is not None or since is None or first_held is None:
        return ""
    if first_held <= since or not _format_session_gaps(progress):
        return ""
    return f" since the first, on {dates.format_medium_day(first_held)}"


def _format_session_gaps(progress: Progress) -> str:
    """Return `, 6 weeks with none`; with one person, how many gaps were much longer than agreed.

    '' before the first conversation of all, and for one person without a rhythm.
    """
    if progress.long_gaps is not None:
        gaps = "no gap"
        if progress.long_gaps:
            gaps = format_count(progress.long_gaps, "gap")
        return f", {gaps} much longer than agreed"
    if progress.weeks_without is None:
        return ""
    if progress.weeks_without == 0:
        held_any = any(day.sessions > day.alone for day in progress.days)
        return ", no week without one" if held_any else ""
    return f", {format_count(progress.weeks_without, 'week')} with none"
