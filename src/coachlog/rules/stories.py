"""The story of a promise: how it stands by its events, and what cannot have happened.

Events are in the order in which they were recorded. They may have happened in another one: a
conversation can be written down late.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coachlog.model.actions import ActionStatus, Event, EventKind
from coachlog.named_tuples import NamedTuple

_CLOSING_STATUSES = {
    EventKind.DONE: ActionStatus.DONE,
    EventKind.DROPPED: ActionStatus.DROPPED,
}
_KINDS_WHILE_OPEN = (*_CLOSING_STATUSES, EventKind.MOVED, EventKind.CARRIED)
"""What can only happen to an open promise, so not before it was reopened."""
_KINDS_BEFORE = {
    **dict.fromkeys(_KINDS_WHILE_OPEN, (EventKind.MADE, EventKind.REOPENED)),
    EventKind.REOPENED: (EventKind.MADE, EventKind.DONE),
}
"""After the last event of which kinds an event must be; any other, after it was made."""


class Standing(NamedTuple):
    """How a promise stands: the date agreed now, the first one, how it was closed, if it was.

    `carried` is how often it came back in a conversation and stayed open.
    """

    due: date | None
    original_due: date | None
    status: ActionStatus
    closed_on: date | None
    carried: int


class StoryFault(NamedTuple):
    """An event that cannot have happened on its day, as another one was not before that."""

    event: Event
    earlier_event: Event


def build_standing(events: Sequence[Event]) -> Standing:
    """Return how a promise stands by its events.

    The date agreed now is that of the last day on which one was agreed; of one day, the one
    recorded last. The first date is the one recorded first, and how it was closed is as recorded
    last.
    """
    # Sorted by day alone: those of one day stay in the order in which they were recorded.
    ordered_events = sorted(events, key=lambda event: event.on)
    dates = [event.due for event in reversed(ordered_events) if event.due]
    # By the order of recording: a talk written down late, or given another day, must not put
    # another date in the place of one that may have passed meanwhile.
    first_dates = [event.due for event in events if event.due]
    closing = _find_closing(events)
    return Standing(
        due=next(iter(dates), None),
        original_due=next(iter(first_dates), None),
        status=_CLOSING_STATUSES[closing.kind] if closing else ActionStatus.OPEN,
        closed_on=closing.on if closing else None,
        carried=sum(map(_is_carrying, events)),
    )


def _find_closing(events: Iterable[Event]) -> Event | None:
    """Return the event that closed a promise; None while it is open."""
    closing = None
    for event in events:
        if event.kind in _CLOSING_STATUSES:
            closing = event
        elif event.kind is EventKind.REOPENED:
            closing = None
    return closing


def _is_carrying(event: Event) -> bool:
    """Return whether a promise was left open in a conversation, with its date or a new one."""
    if event.kind is EventKind.MOVED:
        return event.session is not None
    return event.kind is EventKind.CARRIED


def find_story_faults(events: Iterable[Event]) -> Iterator[StoryFault]:
    """Yield each event that cannot have happened on its day.

    Nothing happens to a promise before it was made. It is closed, moved or carried over after the
    last time it was reopened, and reopened after it was closed. A day may hold all of that.
    """
    last_events: dict[EventKind, Event] = {}
    for event in events:
        for kind in _KINDS_BEFORE.get(event.kind, (EventKind.MADE,)):
            earlier_event = last_events.get(kind)
            if earlier_event is not None and event.on < earlier_event.on:
                yield StoryFault(event, earlier_event)
        last_events[event.kind] = event
        if event.kind is EventKind.DROPPED:
            # Closed is closed: it can be reopened like one that was done.
            last_events[EventKind.DONE] = event


def find_opening(events: Iterable[Event]) -> Event | None:
    """Return the later one of how a promise was made and last reopened; None without either.

    On no earlier day can it be closed, moved or carried over.
    """
    opening = None
    for event in events:
        if event.kind not in (EventKind.MADE, EventKind.REOPENED):
            continue
        if opening is None or event.on >= opening.on:
            opening = event
    return opening


def was_open_on(events: Iterable[Event], day: date) -> bool:
    """Return whether a promise that is open now was already made, and open, on a day."""
    opening = find_opening(events)
    return opening is None or opening.on <= day


def find_present_day(events: Sequence[Event], today: date) -> date:
    """Return the day to record for what happens now: today, or a later one already on record.

    There is a later one after a flight west, which sets the date back.
    """
    return max([today, *(event.on for event in events)])
