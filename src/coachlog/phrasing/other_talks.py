"""Conversations that are in the row of nobody: alone, in sets and with archived people."""

from collections.abc import Iterator

from coachlog.model.progress import Progress, SetMeetingTotals, TalkTotals
from coachlog.text import format_count


def list_other_talks(
    progress: Progress,
) -> Iterator[tuple[str, TalkTotals | SetMeetingTotals]]:
    """Yield the name and the totals of each row below those of people; none for nothing."""
    set_name, archived_name = "", ""
    if progress.sets:
        set_name = f"in {format_count(progress.sets.sets, 'set')}"
    if progress.archived:
        archived_name = format_count(
            progress.archived.people, "archived person", "archived people"
        )
    rows: tuple[tuple[str, TalkTotals | SetMeetingTotals | None], ...] = (
        ("alone", progress.alone),
        (set_name, progress.sets),
        (archived_name, progress.archived),
    )
    for name, totals in rows:
        if totals and totals.sessions:
            yield name, totals


def describe_talk_counts(progress: Progress) -> str:
    """Return how many a period had, each once: `84 conversations, 22 sessions alone`."""
    alone_count = sum(day.alone for day in progress.days)
    count = sum(day.sessions for day in progress.days) - alone_count
    words = format_count(count, "conversation")
    if alone_count:
        words += f", {format_count(alone_count, 'session')} alone"
    return words
