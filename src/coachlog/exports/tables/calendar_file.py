"""Days as a calendar file (RFC 5545), by the library `icalendar`, which is imported only here."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from coachlog.model.calendar import CalendarEntry

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

_PRODUCT = "-//coachlog//coachlog//EN"
_DOMAIN = "coachlog"
_ALARM = timedelta(hours=9)
"""How long after midnight of its day an entry reminds."""


def write_calendar(entries: Iterable[CalendarEntry], now: datetime) -> bytes:
    """Return a calendar file of all-day entries, private and free, which invites nobody.

    It is the same for the same entries and the same moment.
    """
    calendar = _build_calendar()
    for entry in entries:
        calendar.add_component(_build_event(entry, now))
    return bytes(calendar.to_ical())


def _build_calendar() -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    # A publication: no program answers it, or asks anybody to come.
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "coachlog")
    return calendar


def _build_event(entry: CalendarEntry, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.uid}@{_DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("description", entry.note)
    event.add("dtstart", entry.on)
    # Without the day after, Outlook shows an hour at midnight, or nothing.
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.reminds:
        event.add_component(_build_alarm(entry))
    return event


def _build_alarm(entry: CalendarEntry) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", _ALARM)
    return alarm
