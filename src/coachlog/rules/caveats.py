"""What is said beside the two ratios: how far dates slip, and what changed them afterwards.

Pure functions: `today` is always an argument. docs/figures.md explains each count.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import date

from coachlog.model.actions import Action, ActionStatus, Event, EventKind
from coachlog.model.progress import Caveats, Slips
from coachlog.named_tuples import NamedTuple
from coachlog.rules.figures import compute_median
from coachlog.rules.promises import (
    find_givers,
    find_owner_at_first_date,
    is_made_without_date,
    list_redatings,
)

_DATING_KINDS = (
    EventKind.DONE,
    EventKind.DROPPED,
    EventKind.MOVED,
    EventKind.REOPENED,
)
"""Events whose day decides how a promise ended."""

_TELLING_KINDS = (EventKind.MOVED, EventKind.CORRECTED, EventKind.REOPENED)
"""Events that decide how a promise counts, whatever the day on which they were recorded."""


def count_days_past_first(action: Action, today: date) -> int:
    """Return how many days after its first date a promise was done, or is still open today.

    0 for one that was not, was dropped, or never had a date.
    """
    if action.original_due is None or action.status is ActionStatus.DROPPED:
        return 0
    last_day = today
    if action.status is ActionStatus.DONE:
        last_day = action.closed_on or today
    return max((last_day - action.original_due).days, 0)


def is_recorded_afterwards(action: Action) -> bool:
    """Return whether the day of anything that decides its fate was entered once it was too late.

    That is: something happened by its first date, or by the date then in force, but was entered
    only after that date. To reopen a promise after its first date always counts.
    """
    return find_late_record(action) is not None


def find_late_record(action: Action) -> Event | None:
    """Return the last event that `is_recorded_afterwards` speaks of, by its day; None without."""
    first = action.original_due
    if first is None:
        return None
    late_record = None
    for event, due_in_force in _walk_events(action, first):
        is_late = event.kind in _DATING_KINDS and _is_entered_late(
            event, first, due_in_force
        )
        if is_late:
            late_record = event
    return late_record


def _is_entered_late(event: Event, first: date, due_in_force: date) -> bool:
    recorded_on = event.recorded_on or event.on
    if event.kind is EventKind.REOPENED:
        return recorded_on > first
    return event.on <= first < recorded_on or event.on <= due_in_force < recorded_on


def find_reagreement(action: Action) -> Event | None:
    """Return the move that put the date in force after the first one; None if none did."""
    first = action.original_due
    if first is None:
        return None
    latest_move = None
    latest_date = first
    for event, due_in_force in _walk_events(action, first):
        new_date = _find_new_date(event, due_in_force)
        if new_date is not None:
            latest_move = event
            latest_date = new_date
    return latest_move if latest_date > first else None


def _walk_events(action: Action, first: date) -> Iterator[tuple[Event, date]]:
    """Yield the events in the order of their days, each with the date in force until then."""
    due_in_force = first
    for event in sorted(action.events, key=lambda event: event.on):
        yield event, due_in_force
        new_date = _find_new_date(event, due_in_force)
        if new_date is not None:
            due_in_force = max(first, new_date)


def _find_new_date(event: Event, due_in_force: date) -> date | None:
    """Return the date that a move puts in force; None for one too late, or anything else."""
    if event.kind is EventKind.MOVED and event.on <= due_in_force:
        return event.due
    return None


def is_handed_over_late(action: Action) -> bool:
    """Return whether a promise changed hands after its first date."""
    return bool(list_handover_days(action).late)


class HandoverDays(NamedTuple):
    """The days on which a promise changed hands: up to its first date, and after it."""

    in_time: list[date]
    late: list[date]


def list_handover_days(action: Action) -> HandoverDays:
    """Return the days on which a promise changed hands; none for one without a date."""
    first = action.original_due
    if first is None:
        return HandoverDays([], [])
    days = sorted(event.on for event in action.events if event.old_owner)
    count_in_time = bisect_right(days, first)
    return HandoverDays(days[:count_in_time], days[count_in_time:])


def count_slips(
    actions: Mapping[Action, int], days_past_first: Mapping[int, int]
) -> Slips:
    """Return how far dates slipped, given how many promises were done how many days late.

    `actions` may be any of them, each with the number of promises it stands for, as long as all
    that were moved are among them.
    """
    redated = moves = 0
    for action, number in actions.items():
        move_count = len(list_redatings(action))
        redated += number if move_count else 0
        moves += number * move_count
    days = sorted(Counter(days_past_first).elements())
    return Slips(
        redated=redated,
        moves=moves,
        late=len(days),
        median_days=compute_median(days) if days else None,
        longest_days=max(days, default=None),
    )


def count_caveats(
    actions: Mapping[Action, int], owner: str, alone_sessions: Container[int]
) -> Caveats:
    """Return what is to be known beside the ratios of `me` or `them`, none of it hidden.

    `actions` are promises, each with the number that it stands for. They may be anybody's: one that
    was handed over counts for the side that gave it away.
    `alone_sessions` are the numbers of the sessions that the owner held alone, and of deleted ones.
    """
    counts: Counter[str] = Counter()
    for action, number in actions.items():
        if find_owner_at_first_date(action) == owner:
            for name in list_caveats(action, alone_sessions):
                counts[name] += number
        if owner in find_givers(action):
            counts["handed_over"] += number
    return Caveats(**counts)


def tells_more(event: Event) -> bool:
    """Return whether figures learn from an event what a promise itself does not say.

    Without any such event it was kept, missed or dropped as its own fields say, nobody corrected
    that, and there is nothing to know beside it. One made without a date got it by a move.
    """
    is_recorded_later = event.recorded_on is not None and event.recorded_on > event.on
    return (
        event.kind in _TELLING_KINDS or event.old_owner is not None or is_recorded_later
    )


def list_ledger_caveats(
    action: Action, alone_sessions: Container[int]
) -> Iterator[str]:
    """Yield the fields of `Caveats` that count a promise in a ratio, for whichever side."""
    if not any(map(tells_more, action.events)):
        # Nearly all: a ledger can be long.
        return
    if find_givers(action) & {"me", "them"}:
        yield "handed_over"
    yield from list_caveats(action, alone_sessions)


def list_caveats(action: Action, alone_sessions: Container[int]) -> Iterator[str]:
    """Yield the fields of `Caveats` that count a promise for its owner on its first date.

    `alone_sessions` is as for `count_caveats`.
    """
    if action.original_due is None:
        yield "without_date"
        return
    if is_made_without_date(action):
        yield "dated_later"
    if is_recorded_afterwards(action):
        yield "recorded_afterwards"
    reagreement = find_reagreement(action)
    if reagreement is not None:
        session = reagreement.session
        is_alone = session is None or session in alone_sessions
        yield "reagreed_alone" if is_alone else "reagreed_together"
    if is_handed_over_late(action):
        yield "owner_changed"
