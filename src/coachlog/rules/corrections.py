"""Promises looked at again: which days a quarter has, what comes first, what was corrected."""

from collections.abc import Iterable
from datetime import date, timedelta

from coachlog import rules
from coachlog.model import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.progress import DecidedPromise

QUARTER = timedelta(weeks=13)

FATE_WORDS = {
    Fate.KEPT: "kept",
    Fate.REAGREED: "kept as re-agreed",
    Fate.LATE: "kept late",
    Fate.MISSED: "missed",
    Fate.RELEASED: "released",
}
"""How a promise ended, in words."""

_CLOSING_STATUSES = {EventKind.DONE: ActionStatus.DONE, EventKind.DROPPED: ActionStatus.DROPPED}

WORST_FIRST = (Fate.MISSED, Fate.LATE, Fate.REAGREED, Fate.KEPT, Fate.RELEASED)


def find_quarter(day: date) -> tuple[date, date]:
    """Return the first and the last of the 91 days up to and with this one."""
    return day - QUARTER + timedelta(days=1), day


def list_ended_promises(actions: Iterable[Action], today: date) -> tuple[DecidedPromise, ...]:
    """Return the promises that were decided or released by `today`: missed first, then by date."""
    found = [
        DecidedPromise(action, fate)
        for action in actions
        if (fate := rules.judge_fate(action, today)) in rules.ENDED_FATES
    ]
    return tuple(sorted(found, key=_rank_ended_promise))


def _rank_ended_promise(promise: DecidedPromise) -> tuple[int, date, int]:
    due = promise.action.original_due or date.max
    return WORST_FIRST.index(promise.fate), due, promise.action.id


def judge_standing_fate(promise: DecidedPromise) -> Fate:
    """Return the fate that counts for the owner: as corrected, else as recorded."""
    return rules.find_corrected_fate(promise.action) or promise.fate


def judge_earlier_fate(action: Action, correction: Event) -> Fate | None:
    """Return the fate that a promise had when it was corrected, as its events before that tell."""
    earlier = action.events[: action.events.index(correction)]
    then = action._replace(events=earlier, status=ActionStatus.OPEN, closed_on=None)
    for event in earlier:
        if event.kind in _CLOSING_STATUSES:
            then = then._replace(status=_CLOSING_STATUSES[event.kind], closed_on=event.on)
        elif event.kind is EventKind.REOPENED:
            then = then._replace(status=ActionStatus.OPEN, closed_on=None)
    return rules.find_corrected_fate(then) or rules.judge_fate(then, correction.on)
