"""Promises looked at again: which days a quarter has, what comes first, what was corrected."""

from collections.abc import Iterable
from datetime import date, timedelta

from coachlog import rules
from coachlog.model import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.progress import Decided

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
