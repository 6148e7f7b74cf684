"""A promise: what, whose, by when, what happened to it, and how it ended."""

from datetime import date, datetime
from enum import StrEnum

from coachlog.model.references import PersonRef, SetRef
from coachlog.named_tuples import NamedTuple

ME, THEM = "me", "them"
"""The owner of a promise: the owner of the journal, or the person with whom it was made."""


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
    """How a promise ended, or that it is pending; docs/figures.md has the rules."""

    KEPT = "kept"
    REAGREED = "kept_as_reagreed"
    LATE = "kept_late"
    MISSED = "missed"
    PENDING = "pending"
    RELEASED = "released"


class Event(NamedTuple):
    """One change of an action: recorded `at` a moment, it happened `on` a day.

    `recorded_on` is the local day on which that day was recorded, the same one or a later one.
    `due` is the date agreed with it, if any, and `session` the number of the session in which it
    happened, if any. `fate` is set in a correction, `old_owner` and `new_owner` where that changed.
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
    recorded_on: date | None = None


class Action(NamedTuple):
    """A promise. `due` is the date agreed now, `original_due` the first one.

    `person` is the person whose plan it is in, None for the plan of the journal's owner; `set` is
    the action learning set in which it was made, if any. `owner_id` is the number of an owner who
    was in the conversation, where the plan is somebody else's.
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
    owner_id: int | None = None


class ActionPage(NamedTuple):
    """A promise with its events, and the numbers of those of their sessions that are deleted."""

    action: Action
    deleted_sessions: tuple[int, ...] = ()


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
