"""Who made a promise, and to whom it was handed over since."""

from collections.abc import Iterator
from datetime import date

from coachlog.model.actions import Action
from coachlog.named_tuples import NamedTuple
from coachlog.rules.promises import find_owner_on, find_promise_day


class Handover(NamedTuple):
    """A day after which a promise was no longer the same person's, and whose it was then."""

    on: date
    old_owner: str
    new_owner: str


def find_first_owner(action: Action) -> str:
    """Return who made a promise: its owner at the end of the day on which it was made."""
    return find_owner_on(action, find_promise_day(action))


def list_handovers(action: Action) -> Iterator[Handover]:
    """Yield each day that left a promise with another owner than the day before, in order.

    On the day it was made an owner is put right, not changed; so is one that is changed and changed
    back within a day.
    """
    days = {event.on for event in action.events if event.old_owner}
    if not days:
        return
    made_on = find_promise_day(action)
    owner = find_first_owner(action)
    for day in sorted(day for day in days if day > made_on):
        new_owner = find_owner_on(action, day)
        if new_owner != owner:
            yield Handover(day, owner, new_owner)
        owner = new_owner


def find_last_handover(action: Action) -> Handover | None:
    """Return how a promise came to its present owner; None if nobody had it before."""
    last_handover = None
    for handover in list_handovers(action):
        last_handover = handover
    return last_handover
