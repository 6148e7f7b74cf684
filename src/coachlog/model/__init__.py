"""What coachlog talks about: templates, people, sessions, promises, plans. No logic, no clock.

Named tuples, because every command pays for making these classes: 3 ms for all of them, where
frozen dataclasses take 12 ms, a bare Python's whole start.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coachlog.model.sets import Meeting, Slot

Asked = dict[str, str | None]
"""A question that someone asked: its words as `question`, `by` whom, and its `tag`."""

Value = str | int | float | bool | list[str] | list[Asked] | None
"""What an answer holds, as JSON would: a date is its ISO text, a skipped question is None."""


class Relationship(StrEnum):
    REPORT = "report"
    COACHEE = "coachee"
    PEER = "peer"
    MANAGER = "manager"
    MENTEE = "mentee"


class Audience(StrEnum):
    ONE_TO_ONE = "one-to-one"
    SOLO = "solo"
    GROUP = "group"


class Kind(StrEnum):
    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    YESNO = "yesno"
    DATE = "date"
    NUMBER = "number"
    QUESTIONS = "questions"
    PROMISES = "promises"
    ACTIONS = "actions"


class SessionStatus(StrEnum):
    DRAFT = "draft"
    HELD = "held"
    CANCELLED = "cancelled"


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What became of an open promise when it came back in a session."""

    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"
    OPEN = "open"


class NoteOutcome(StrEnum):
    """What became of a note that was parked for a talk."""

    KEEP = "keep"
    TALKED = "talked"
    DROP = "drop"


class GoalScale(StrEnum):
    """How a goal is rated: from 1 to 10, or by levels of attainment from -2 to +2."""

    TEN = "ten"
    ATTAINMENT = "attainment"


class GoalStatus(StrEnum):
    OPEN = "open"
    ACHIEVED = "achieved"
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
    """How a promise ended, or that it has not (DESIGN 9)."""

    KEPT = "kept"
    REAGREED = "kept_as_reagreed"
    LATE = "kept_late"
    MISSED = "missed"
    PENDING = "pending"
    RELEASED = "released"


class When(NamedTuple):
    """A prompt is asked only if an earlier answer is `below`, `above`, `is` or is `answered`."""

    prompt: str
    test: str
    value: Value


class Prompt(NamedTuple):
    id: str
    ask: str
    kind: Kind
    required: bool = False
    private: bool = False
    key: bool = False
    health: bool = False
    help: str | None = None
    measure: str | None = None
    low: int = 1
    high: int = 10
    options: tuple[str, ...] = ()
    options_from: str | None = None
    when: When | None = None


class Stage(NamedTuple):
    """A part of a conversation; with `each` = "slot" it comes once for each who presents."""

    id: str
    title: str
    guidance: str | None
    prompts: tuple[Prompt, ...]
    each: str | None = None
    minutes: int | None = None


class Template(NamedTuple):
    id: str
    title: str
    summary: str
    audience: Audience
    minutes: int
    source: str | None
    builtin: bool
    stages: tuple[Stage, ...]
    shadows: bool = False
    text: str = ""


class Person(NamedTuple):
    id: int
    uid: str
    name: str
    slug: str
    relationship: Relationship
    role: str | None = None
    team: str | None = None
    every_days: int | None = None
    archived: bool = False
    paused_until: date | None = None


class Event(NamedTuple):
    """One change of an action: `at` it was recorded, `on` it happened, `due` agreed with it.

    `session` is the number of the one that it happened in, if it did in one; `fate` is what a
    correction says that it was.
    """

    at: datetime
    on: date
    kind: EventKind
    due: date | None = None
    note: str | None = None
    session: int | None = None
    fate: Fate | None = None


class Action(NamedTuple):
    """A promise. `due` is the date in force, `original_due` the first one agreed.

    `set` is the name of the action learning set that it was made in, if it was made in one.
    """

    id: int
    uid: str
    person: str | None
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
    set: str | None = None


class Answer(NamedTuple):
    """What was said to one prompt, with the question as it was asked."""

    stage: str
    prompt: str
    question: str
    kind: Kind
    value: Value
    private: bool = False
    key: bool = False
    health: bool = False
    stage_title: str = ""
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    options: tuple[str, ...] = ()


class Session(NamedTuple):
    """One conversation; `people` are whom it was with, or who was present of a set.

    Of a set's meeting `answers` are those to the stages that do not repeat; `actions` are all.
    """

    id: int
    uid: str
    status: SessionStatus
    template: str
    title: str
    held_on: date
    minutes: int | None
    people: tuple[str, ...]
    tags: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
    action_count: int = 0
    deleted: bool = False
    cancelled_by: str | None = None
    set: str | None = None
    slots: tuple["Slot", ...] = ()


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


class Review(NamedTuple):
    """What became of action number `action`; `on` is None for 'on the day of the session'."""

    action: int
    outcome: Outcome
    due: date | None = None
    on: date | None = None


class Correction(NamedTuple):
    """What really became of action number `action`; `was` is what stood there, `note` tells why."""

    action: int
    fate: Fate
    note: str
    was: Fate


class Record(NamedTuple):
    """All that one conversation said, checked and ready to be kept.

    `notes` are the parked notes that came back, by number, with what became of each. The promises
    of a set are all in its `meeting`.
    """

    held_on: date
    minutes: int | None
    answers: tuple[Answer, ...]
    promises: tuple[Promise, ...]
    reviews: tuple[Review, ...]
    notes: tuple[tuple[int, NoteOutcome], ...] = ()
    meeting: "Meeting | None" = None
    corrections: tuple[Correction, ...] = ()


class Draft(NamedTuple):
    """A conversation that was begun: what was answered, and what is typed but not yet sent.

    `half` is the key of the question being answered and what stands in its field, or empty; `set`
    is the name of the action learning set whose meeting it is.
    """

    session: int
    uid: str
    template: str
    title: str
    template_text: str
    begun_on: date
    updated_at: datetime
    tags: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    person: Person | None = None
    steps: dict[str, Value] = {}  # noqa: RUF012 - never changed, only replaced
    set: str | None = None


class Rating(NamedTuple):
    """How far a goal was on a day, as someone said it."""

    on: date
    value: int
    note: str | None = None


class Goal(NamedTuple):
    """An outcome over many sessions.

    On a scale of ten, `baseline`, `now` and `target` are 1 to 10; by attainment they are -2 to +2,
    `levels` are the five descriptions, the lowest first, and 0 is what was expected. `actions` are
    the numbers of those that serve it.
    """

    title: str
    why: str | None = None
    success: str | None = None
    baseline: int | None = None
    now: int | None = None
    target: int | None = None
    review_on: date | None = None
    id: int = 0
    uid: str = ""
    person: str | None = None
    scale: GoalScale = GoalScale.TEN
    levels: tuple[str, ...] = ()
    weight: int = 1
    private: bool = False
    status: GoalStatus = GoalStatus.OPEN
    opened_on: date = date.min
    closed_on: date | None = None
    ratings: tuple[Rating, ...] = ()
    actions: tuple[int, ...] = ()


class Note(NamedTuple):
    """Something the owner parked for the next talk with a person."""

    id: int
    words: str
    written_on: date


class Plan(NamedTuple):
    """A person's actions and goals as shown to that person; `me` is the name to print."""

    person: Person
    me: str
    agreed_on: date | None
    review_on: date | None
    actions: tuple[Action, ...]
    goals: tuple[Goal, ...] = ()
    withheld: int = 0
    goals_withheld: int = 0


class Contact(NamedTuple):
    """When someone was last seen, for deciding who to talk to next."""

    person: Person
    last_held: date | None
    open: int
