"""Promises looked at again: which days a quarter has, what comes first, and why a fate is one."""

from collections.abc import Iterable
from datetime import date, timedelta

from coachlog import dates, rules
from coachlog.model import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.summaries import Decided
from coachlog.text import plural

QUARTER = timedelta(weeks=13)

FATES = {
    Fate.KEPT: "kept",
    Fate.REAGREED: "kept as re-agreed",
    Fate.LATE: "kept late",
    Fate.MISSED: "missed",
    Fate.RELEASED: "released",
}
"""How a promise ended, in words."""

_CLOSING = {EventKind.DONE: ActionStatus.DONE, EventKind.DROPPED: ActionStatus.DROPPED}

WORST_FIRST = (Fate.MISSED, Fate.LATE, Fate.REAGREED, Fate.KEPT, Fate.RELEASED)


def quarter(day: date) -> tuple[date, date]:
    """Return the first and the last of the 91 days up to and with this one."""
    return day - QUARTER + timedelta(days=1), day


def ended(actions: Iterable[Action], today: date) -> tuple[Decided, ...]:
    """Return the promises that were decided or released by `today`: missed first, then by date."""
    found = [
        Decided(action, fate)
        for action in actions
        if (fate := rules.fate(action, today)) in rules.ENDED
    ]
    return tuple(sorted(found, key=_worst_first))


def _worst_first(one: Decided) -> tuple[int, date, int]:
    due = one.action.original_due or date.max
    return WORST_FIRST.index(one.fate), due, one.action.id


def standing(one: Decided) -> Fate:
    """Return the fate that counts for the owner: as corrected, else as recorded."""
    return rules.corrected(one.action) or one.fate


def stood(action: Action, correction: Event) -> Fate | None:
    """Return the fate that a promise had when it was corrected, as its events before that tell."""
    earlier = action.events[: action.events.index(correction)]
    then = action._replace(events=earlier, status=ActionStatus.OPEN, closed_on=None)
    for event in earlier:
        if event.kind in _CLOSING:
            then = then._replace(status=_CLOSING[event.kind], closed_on=event.on)
        elif event.kind is EventKind.REOPENED:
            then = then._replace(status=ActionStatus.OPEN, closed_on=None)
    return rules.corrected(then) or rules.fate(then, correction.on)


def why(one: Decided, today: date) -> str:
    """Return why a promise has its fate, each date once: `3 days after Fri 12 Jun`."""
    action = one.action
    assert action.original_due is not None
    first = dates.short(action.original_due, today)
    in_force, too_late = rules.agreed(action.original_due, rules.moves(action))
    closed = action.closed_on or today
    how = "still open " if action.status is ActionStatus.OPEN else ""
    how = "dropped " if action.status is ActionStatus.DROPPED else how
    if one.fate is Fate.KEPT:
        return _apart(closed, action.original_due, first)
    if too_late:
        words = _apart(closed, in_force, dates.short(in_force, today))
        return f"moved too late, on {dates.short(too_late, today)}; {how or 'done '}{words}"
    if in_force != action.original_due:
        moved = f"moved in time from {first} to {dates.short(in_force, today)}"
        return f"{moved}; {how or 'done '}{_apart(closed, in_force, '')}"
    return how + _apart(closed, in_force, first)


def _apart(day: date, due: date, named: str) -> str:
    """Return how far a day is from the date due: `3 days after Fri 12 Jun`, or without its name."""
    days = (day - due).days
    if days == 0:
        return f"on {named}" if named else "on that day"
    side = "after" if days > 0 else "before"
    return f"{plural(abs(days), 'day')} {side} {named}".rstrip()
