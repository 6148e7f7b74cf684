"""What a calendar file holds so that calendars which hold earlier ones end up as the journal is."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from coachlog.model.calendar import DueDay, HandedCalendar, HandedEntry

CANCELLED_DAYS = timedelta(days=28)
"""So long after its day, or after it was cancelled, a cancelled entry is in each file."""
LONGEST_CANCELLED = timedelta(days=366)
"""After so long it is not, however far ahead its day is."""
_FIRST_MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
_LAST_MOMENT = 2_000_000_000
"""In seconds: in 2083, and within the 31 bits that RFC 5545 has for a number."""


def build_handed_calendar(
    days: Sequence[DueDay], earlier: HandedCalendar, now: datetime, today: date
) -> HandedCalendar:
    """Return what a new file holds, by day: what is due, and what an earlier one held, cancelled.

    Its sequence is higher than that of any earlier one, whatever was taken back in the journal.
    """
    due_uids = {day.uid for day in days}
    entries = [
        *(HandedEntry(day.uid, day.on) for day in days),
        *_list_cancelled(earlier.entries, due_uids, today),
    ]
    return HandedCalendar(
        max(_count_seconds(now), earlier.sequence + 1),
        tuple(sorted(entries, key=lambda entry: (entry.on, entry.uid))),
    )


def _count_seconds(now: datetime) -> int:
    """Return the sequence of a moment, which goes on rising where the journal is lost."""
    seconds = int((now - _FIRST_MOMENT).total_seconds())
    return min(max(seconds, 0), _LAST_MOMENT)


def _list_cancelled(
    earlier_entries: Iterable[HandedEntry], due_uids: set[str], today: date
) -> Iterator[HandedEntry]:
    for entry in earlier_entries:
        if entry.uid in due_uids:
            continue
        cancelled_on = entry.cancelled_on or today
        last_day = min(
            max(entry.on, cancelled_on) + CANCELLED_DAYS,
            cancelled_on + LONGEST_CANCELLED,
        )
        if today <= last_day:
            yield entry._replace(cancelled_on=cancelled_on)
