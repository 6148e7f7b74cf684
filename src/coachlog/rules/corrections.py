"""Reviewing how promises ended: the quarter under review, what comes first, what was corrected."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.rules.promises import (
    ENDED_FATES,
    Judgement,
    correct_judgement,
    find_corrected_fate,
    judge_fate,
    judge_promise,
)

if TYPE_CHECKING:
    from coachlog.model.progress import DecidedPromise

QUARTER = timedelta(weeks=13)

FATE_WORDS = {
    Fate.KEPT: "kept",
    Fate.REAGREED: "kept by the new date",
    Fate.LATE: "kept late",
    Fate.MISSED: "missed",
    Fate.RELEASED: "dropped in time",
}
"""How a promise ended, in words."""

_STATUS_AFTER = {
    EventKind.DONE: ActionStatus.DONE,
    EventKind.DROPPED: ActionStatus.DROPPED,
    EventKind.REOPENED: ActionStatus.OPEN,
}
"""The status that an event leaves an action in; other events do not change it."""

WORST_FIRST = (Fate.MISSED, Fate.LATE, Fate.REAGREED, Fate.KEPT, Fate.RELEASED)


def find_quarter(last_day: date) -> tuple[date, date]:
    """Return the first and last of the 91 days that end on `last_day`."""
    return last_day - QUARTER + timedelta(days=1), last_day


def list_ended_promises(
    actions: Iterable[Action], today: date
) -> "tuple[DecidedPromise, ...]":
    """Return the promises that were decided or released by `today`, the worst fate first.

    Those with the same fate are in order of their first due date.
    """
    from coachlog.model.progress import DecidedPromise

    promises = []
    for action in actions:
        judgement = judge_promise(action, today)
        if judgement and judgement.fate in ENDED_FATES:
            promises.append(DecidedPromise(action, *judgement))
    return tuple(sorted(promises, key=_rank_ended_promise))


def _rank_ended_promise(promise: "DecidedPromise") -> tuple[int, date, int]:
    due = promise.action.original_due or date.max
    return WORST_FIRST.index(promise.fate), due, promise.action.id


def get_recorded_judgement(promise: "DecidedPromise") -> Judgement:
    """Return how a promise counts as recorded, whatever was corrected."""
    return Judgement(promise.fate, promise.counts_by_first_date)


def judge_standing_promise(promise: "DecidedPromise") -> Judgement:
    """Return how a promise counts for the owner: as corrected, otherwise as recorded."""
    return correct_judgement(
        get_recorded_judgement(promise), find_corrected_fate(promise.action)
    )


def judge_standing_fate(promise: "DecidedPromise") -> Fate:
    """Return the fate that counts for the owner: as corrected, otherwise as recorded."""
    return judge_standing_promise(promise).fate


def judge_earlier_fate(action: Action, correction: Event) -> Fate | None:
    """Return the fate that a promise had when it was corrected, judged by its events until then.

    None for an action that never had a date.
    """
    events = action.events[: action.events.index(correction)]
    status, closed_on = ActionStatus.OPEN, None
    for event in events:
        if event.kind in _STATUS_AFTER:
            status = _STATUS_AFTER[event.kind]
            closed_on = None if status is ActionStatus.OPEN else event.on
    earlier = action._replace(events=events, status=status, closed_on=closed_on)
    return find_corrected_fate(earlier) or judge_fate(earlier, correction.on)
