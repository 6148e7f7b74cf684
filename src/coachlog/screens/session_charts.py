"""Conversations over time: the months as bars, the days as a calendar, what they add up to."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.progress import MonthFigures, Progress
from coachlog.rules import figures
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns
from coachlog.text import format_count

MOST_MONTHS = 24
CELLS_OF_A_MONTH = 30
"""Cells that a month takes without its bars."""


def render_session_charts(
    progress: Progress, today: date, width: int, ascii: bool
) -> list[RenderableType]:
    """Return the months as bars, the days as a calendar and what they add up to."""
    if not progress.days:
        return []
    return [
        "",
        styling.format_heading("Month by month"),
        *map(styling.IndentedBody, _render_months(progress, width - 2, ascii)),
        "",
        styling.format_heading("Day by day"),
        *map(styling.IndentedBody, _render_calendar(progress, today, width - 2, ascii)),
    ]


def format_cancellation_counts(by_me: int, by_them: int) -> str:
    """Return how many talks were cancelled by whom: `1 by you, 2 by them`; '' for none."""
    parts = ((by_me, "by you"), (by_them, "by them"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _render_months(progress: Progress, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield the months asked for, at most 24; those of the year from the first one with a talk."""
    months = progress.months
    if not (progress.since or progress.until):
        begun = (number for number, month in enumerate(months) if any(month[1:]))
        months = months[next(begun, -1) :]
    shown = months[-MOST_MONTHS:]
    yield _build_month_table(shown, width, ascii)
    if len(shown) < len(months):
        words = f"The last {len(shown)} of {format_count(len(months), 'month')} are shown."
        yield Text(words, style=styling.QUIET)


def _build_month_table(months: Sequence[MonthFigures], width: int, ascii: bool) -> Columns:
    most = max(month.sessions for month in months)
    longest = max(month.minutes for month in months)
    cancelled = [
        format_cancellation_counts(month.cancelled_by_me, month.cancelled_by_them)
        for month in months
    ]
    told = ["cancelled"] if any(cancelled) else []
    taken = CELLS_OF_A_MONTH + (2 + max(map(len, (*told, *cancelled))) if told else 0)
    room = min(20, max(4, (width - taken) // 2))
    made = Columns("", "talks", "", "minutes", "", *told, right=("talks", "minutes"))
    for month, words in zip(months, cancelled, strict=True):
        year, number = map(int, month.month.split("-"))
        made.add_row(
            Text(f"{dates.MONTH_NAMES[number - 1][:3]} {year}"),
            Text(str(month.sessions)),
            Text(charts.draw_bar(month.sessions, most, room, ascii=ascii), style=styling.GOOD),
            Text(str(month.minutes)),
            Text(charts.draw_bar(month.minutes, longest, room, ascii=ascii), style=styling.GOOD),
            *([Text(words, style=styling.QUIET)] if told else []),
        )
    return made


def _render_calendar(progress: Progress, today: date, width: int, ascii: bool) -> Iterator[Text]:
    since, until = figures.resolve_figures_period(
        progress.since, progress.until, today, progress.first_held
    )
    counts = {day.date: day.sessions for day in progress.days}
    for row in charts.draw_calendar(counts, since, until, width, ascii=ascii):
        yield Text(row, no_wrap=True)
    shown, weeks = charts.count_calendar_weeks(since, until, width)
    yield Text(charts.draw_calendar_legend(ascii=ascii), style=styling.QUIET)
    yield Text(_format_talk_count(progress, since, until))
    if shown < weeks:
        yield Text(
            f"The last {shown} of {format_count(weeks, 'week')} are shown.", style=styling.QUIET
        )


def _format_talk_count(progress: Progress, since: date, until: date) -> str:
    """Return `41 talks since 1 December 2025, 6 weeks without any`.

    Weeks count from the first talk there ever was: before it there was no journal.
    """
    held = sum(day.sessions for day in progress.days)
    asked = progress.since or progress.until
    span = "in that time" if asked else f"since {dates.format_medium_day(since)}"
    gaps = _format_talk_gaps(progress, since, until) if held else ""
    return f"{format_count(held, 'talk')} {span}{gaps and ', '}{gaps}."


def _format_talk_gaps(progress: Progress, since: date, until: date) -> str:
    """Return how often there was no talk: weeks of all, or gaps of one person with a rhythm."""
    if progress.alone is None:
        who = progress.people[0].person
        if who.every_days is None:
            return ""
        if who.archived:  # nobody waits for them
            until = progress.people[0].last_held or until
        count = figures.count_long_gaps(progress.days, until, who.every_days, who.paused_until)
        return f"{format_count(count, 'gap') if count else 'no gap'} well past the rhythm"
    count = figures.count_weeks_without_talk(
        progress.days, max(since, progress.first_held or since), until
    )
    return f"{format_count(count, 'week')} without any" if count else "no week without one"
