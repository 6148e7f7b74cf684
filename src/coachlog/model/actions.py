"""A promise: what, whose, by when, what happened to it and how it ended."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from coachlog.model.references import PersonRef, SetRef


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class EventKind(StrEnum):
    """What happened to an action."""

    MADE = "made"
    MOVED = "moved"
    CARRIED = "carried"
    DONE = "done"
    DROPPED = "dropped"
    REOPENED = "reopened"
    EDITED = "edited"
    NOTED = "noted"
    CORRECTED = "corrected"


class Fate(StrEnum):
    """How a promise ended, or that it has not; docs/figures.md has the rules."""

    KEPT = "kept"
    REAGREED = "kept_as_reagreed"
    LATE = "kept_late"
    MISSED = "missed"
    PENDING = "pending"
    RELEASED = "released"


class Event(NamedTuple):
    """One change of an action: `at` it was recorded, `on` it happened, `due` agreed with it.

    `session` is the number of the one that it happened in, if it did in one; `fate` is what a
    correction says that it was; `old_owner` and `new_owner` are set where the owner changed.
    """

    at: datetime
    on: date
    kind: EventKind
    due: date | None = None
    note: str | None = None
    session: int | None = None
    fate: Fate | None = None
    old_owner: str | None = None
    new_owner: str | None = None


class Action(NamedTuple):
    """A promise. `due` is the date in force, `original_due` the first one agreed.

    `person` is whose plan it stands in, None for the owner's own; `set` is the action learning set
    that it was made in, if it was made in one.
    """

    id: int
    uid: str
    person: PersonRef | None
    session: int | None
    what: str
    owner: str
    due: date | None = None
    original_due: date | None = None
    done_when: str | None = None
    support: str | None = None
    if_then: str | None = None
    confidence: int | None = None
    private: bool = False
    status: ActionStatus = ActionStatus.OPEN
    closed_on: date | None = None
    carried: int = 0
    events: tuple[Event, ...] = ()
    goal: int | None = None
    set: SetRef | None = None


class Promise(NamedTuple):
    """A new action, as agreed in a conversation, before it has a number."""

    what: str
    owner: str
    due: date | None = None
    done_when: str | None = None
    support: str | None = None
    if_then: str | None = None
    confidence: int | None = None
    private: bool = False
