"""Conversations over time: the months as bars, the days as a calendar, what they add up to."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.progress import Month, Progress
from coachlog.rules import figures
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns
from coachlog.text import plural

MOST_MONTHS = 24
CELLS_OF_A_MONTH = 30
"""Cells that a month takes without its bars."""


def talks(found: Progress, today: date, width: int, ascii: bool) -> list[RenderableType]:
    """Return the months as bars, the days as a calendar and what they add up to."""
    if not found.days:
        return []
    return [
        "",
        styling.heading("Month by month"),
        *map(styling.Indented, _month_by_month(found, width - 2, ascii)),
        "",
        styling.heading("Day by day"),
        *map(styling.Indented, _calendar(found, today, width - 2, ascii)),
    ]


def by_whom(by_me: int, by_them: int) -> str:
    """Return how many talks were cancelled by whom: `1 by you, 2 by them`; '' for none."""
    parts = ((by_me, "by you"), (by_them, "by them"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _month_by_month(found: Progress, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield the months asked for, at most 24; those of the year from the first one with a talk."""
    months = found.months
    if not (found.since or found.until):
        begun = (number for number, month in enumerate(months) if any(month[1:]))
        months = months[next(begun, -1) :]
    shown = months[-MOST_MONTHS:]
    yield _months(shown, width, ascii)
    if len(shown) < len(months):
        words = f"The last {len(shown)} of {plural(len(months), 'month')} are shown."
        yield Text(words, style=styling.QUIET)


def _months(shown: Sequence[Month], width: int, ascii: bool) -> Columns:
    most = max(month.sessions for month in shown)
    longest = max(month.minutes for month in shown)
    cancelled = [by_whom(month.cancelled_by_me, month.cancelled_by_them) for month in shown]
    told = ["cancelled"] if any(cancelled) else []
    taken = CELLS_OF_A_MONTH + (2 + max(map(len, (*told, *cancelled))) if told else 0)
    room = min(20, max(4, (width - taken) // 2))
    made = Columns("", "talks", "", "minutes", "", *told, right=("talks", "minutes"))
    for month, words in zip(shown, cancelled, strict=True):
        year, number = map(int, month.month.split("-"))
        made.add_row(
            Text(f"{dates.MONTHS[number - 1][:3]} {year}"),
            Text(str(month.sessions)),
            Text(charts.bar(month.sessions, most, room, ascii=ascii), style=styling.GOOD),
            Text(str(month.minutes)),
            Text(charts.bar(month.minutes, longest, room, ascii=ascii), style=styling.GOOD),
            *([Text(words, style=styling.QUIET)] if told else []),
        )
    return made


def _calendar(found: Progress, today: date, width: int, ascii: bool) -> Iterator[Text]:
    since, until = figures.period(found.since, found.until, today, found.first_held)
    counts = {day.date: day.sessions for day in found.days}
    for row in charts.calendar(counts, since, until, width, ascii=ascii):
        yield Text(row, no_wrap=True)
    shown, weeks = charts.weeks_shown(since, until, width)
    yield Text(charts.legend(ascii=ascii), style=styling.QUIET)
    yield Text(_year_words(found, since, until))
    if shown < weeks:
        yield Text(f"The last {shown} of {plural(weeks, 'week')} are shown.", style=styling.QUIET)


def _year_words(found: Progress, since: date, until: date) -> str:
    """Return `41 talks since 1 December 2025, 6 weeks without any`.

    Weeks count from the first talk there ever was: before it there was no journal.
    """
    held = sum(day.sessions for day in found.days)
    asked = found.since or found.until
    span = "in that time" if asked else f"since {dates.medium(since)}"
    gaps = _gaps(found, since, until) if held else ""
    return f"{plural(held, 'talk')} {span}{gaps and ', '}{gaps}."


def _gaps(found: Progress, since: date, until: date) -> str:
    """Return how often there was no talk: weeks of all, or gaps of one person with a rhythm."""
    if found.alone is None:
        who = found.people[0].person
        if who.every_days is None:
            return ""
        if who.archived:  # nobody waits for them
            until = found.people[0].last_held or until
        count = figures.long_gaps(found.days, until, who.every_days, who.paused_until)
        return f"{plural(count, 'gap') if count else 'no gap'} well past the rhythm"
    count = figures.weeks_without(found.days, max(since, found.first_held or since), until)
    return f"{plural(count, 'week')} without any" if count else "no week without one"
