"""Another day for a session that was held, and what it does to the promises it records."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.errors import Refusal
from coachlog.model.actions import Event, EventKind
from coachlog.named_tuples import NamedTuple
from coachlog.rules import stories
from coachlog.store.compiled_rows.action_event_row import StoredActionEvent
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.transactions import Change
from coachlog.store.writing.action_changes import (
    read_action_events,
    refuse_impossible_story,
    set_action_standing,
)
from coachlog.store.writing.audited_rows import get_local_day


class DayEffects(NamedTuple):
    """What another day of a session does to promises, each by number.

    `dropped_carries` are no longer carried over in it, as they were not open on that day;
    `made_late` are the dates of those that were made in it, and now only after their date.
    """

    dropped_carries: tuple[int, ...] = ()
    made_late: tuple[tuple[int, date], ...] = ()


def move_session_events(
    change: Change, session_id: int, old_day: date, new_day: date
) -> DayEffects:
    """Give a session's new day to the events that had its old one, and mend their actions.

    Returns and raises as `update_session` does.
    """
    rows = change.rows.find(StoredActionEvent, session_id=session_id)
    for event_row in rows:
        if event_row.on == old_day:
            event_row.on = new_day
            event_row.recorded_on = get_local_day(change)
            change.rows.update(event_row)
        _refuse_session_day(event_row, new_day)
    dropped_carries = _drop_void_carries(change, rows, new_day)
    for action_id in sorted({event_row.action_id for event_row in rows}):
        events = read_action_events(change, action_id)
        new_events = [event for event in events if event.session == session_id]
        refuse_impossible_story(action_id, events, new_events)
        action_row = change.rows.get(StoredAction, action_id)
        assert action_row is not None
        set_action_standing(action_row, events)
        change.rows.update(action_row)
    return DayEffects(tuple(dropped_carries), tuple(_list_made_late(rows)))


def _list_made_late(rows: Iterable[StoredActionEvent]) -> Iterator[tuple[int, date]]:
    """Yield the actions that were made after the date agreed then, each with that date."""
    for row in rows:
        if row.kind is EventKind.MADE and row.due and row.due < row.on:
            yield row.action_id, row.due


def _refuse_session_day(event_row: StoredActionEvent, day: date) -> None:
    """Raise `Refusal` if a session of that day cannot have recorded an event.

    It cannot tell what happened later, nor agree a date that had passed.
    """
    reason = ""
    if event_row.on > day:
        reason = f"was {event_row.kind.value} on {dates.format_long_day(event_row.on)}"
    if event_row.kind is EventKind.MOVED and event_row.due and event_row.due < day:
        reason = f"was moved to {dates.format_long_day(event_row.due)}"
    if reason:
        raise Refusal(
            f"Promise {event_row.action_id} {reason}, as conversation {event_row.session_id} "
            f"records, so that was not held on {dates.format_long_day(day)}. Nothing was changed.",
            f"See: coachlog action show {event_row.action_id}",
        )


def _drop_void_carries(
    change: Change, rows: Sequence[StoredActionEvent], day: date
) -> list[int]:
    """Remove the carrying over of actions that were not open on a day; return their numbers."""
    void_rows = [
        row
        for row in rows
        if row.kind is EventKind.CARRIED
        and not stories.was_open_on(_read_events_before(change, row), day)
    ]
    for row in void_rows:
        change.rows.delete(row)
    return sorted(row.action_id for row in void_rows)


def _read_events_before(change: Change, row: StoredActionEvent) -> list[Event]:
    """Return what was recorded of an action before one of its events."""
    rows = change.rows.find(StoredActionEvent, action_id=row.action_id)
    events = read_action_events(change, row.action_id)
    return events[: sum(other.id < row.id for other in rows)]
