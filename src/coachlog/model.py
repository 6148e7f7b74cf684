"""What coachlog talks about: templates, people, sessions, promises, plans. No logic, no clock.

Named tuples, because every command pays for making these classes: 3 ms for all of them, where
frozen dataclasses take 12 ms, a bare Python's whole start.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

Value = str | int | float | bool | list[str] | None
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
    id: str
    title: str
    guidance: str | None
    prompts: tuple[Prompt, ...]


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

    `session` is the number of the one that it happened in, if it did in one.
    """

    at: datetime
    on: date
    kind: EventKind
    due: date | None = None
    note: str | None = None
    session: int | None = None


class Action(NamedTuple):
    """A promise. `due` is the date in force, `original_due` the first one agreed."""

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


class Record(NamedTuple):
    """All that one conversation said, checked and ready to be kept.

    `notes` are the parked notes that came back, by number, with what became of each.
    """

    held_on: date
    minutes: int | None
    answers: tuple[Answer, ...]
    promises: tuple[Promise, ...]
    reviews: tuple[Review, ...]
    notes: tuple[tuple[int, NoteOutcome], ...] = ()


class Draft(NamedTuple):
    """A conversation that was begun: what was answered, and what is typed but not yet sent.

    `half` is the key of the question being answered and what stands in its field, or empty.
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


class Measured(NamedTuple):
    """The last value of a measure and, asked on the same range, the one before it."""

    measure: str
    value: int
    low: int
    high: int
    on: date
    before: int | None = None
    before_on: date | None = None
    private: bool = False


class Brief(NamedTuple):
    """What there is to know of a person before the next talk; `withheld` counts what is private.

    `cancelled` are the talks called off since the last one, the oldest first.
    """

    person: Person
    last_session: Session | None = None
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
    measures: tuple[Measured, ...] = ()
    goals: tuple[Goal, ...] = ()
    notes: tuple[Note, ...] = ()
    withheld: int = 0
    cancelled: tuple[Session, ...] = ()


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


class Tally(NamedTuple):
    """How many promises met which fate; ratios are shares from 0 to 1."""

    kept: int = 0
    kept_as_reagreed: int = 0
    kept_late: int = 0
    missed: int = 0
    pending: int = 0
    released: int = 0

    @property
    def decided(self) -> int:
        """Return how many promises count in the ratios."""
        return self.kept + self.kept_as_reagreed + self.kept_late + self.missed

    @property
    def strict(self) -> float | None:
        """Return the share kept by the first date; None, not 0, when nothing is decided."""
        return self.kept / self.decided if self.decided else None

    @property
    def honoured(self) -> float | None:
        """Return the share kept by the first date or one agreed in time; None as for `strict`."""
        return (self.kept + self.kept_as_reagreed) / self.decided if self.decided else None


class PersonProgress(NamedTuple):
    person: Person
    sessions: int
    minutes: int
    open: int
    overdue: int
    done: int
    last_held: date | None
    me: Tally
    them: Tally
    cancelled_by_me: int = 0
    cancelled_by_them: int = 0
    under_half: bool | None = None
    """Whether they had under half the usual time; None where that cannot be said."""


class Share(NamedTuple):
    """What one person had of the owner's time lately; `minutes` is None where not all are known.

    `known_since` is the day of the first talk or the day they were added, whichever came first.
    """

    person_id: int
    relationship: Relationship
    sessions: int
    minutes: int | None
    known_since: date
    paused_until: date | None = None


class Day(NamedTuple):
    """The conversations of one day: held, with their minutes, and cancelled, by whom."""

    date: date
    sessions: int
    minutes: int = 0
    cancelled_by_me: int = 0
    cancelled_by_them: int = 0


class Month(NamedTuple):
    """The conversations of one month, `2026-11`."""

    month: str
    sessions: int = 0
    minutes: int = 0
    cancelled_by_me: int = 0
    cancelled_by_them: int = 0


class Point(NamedTuple):
    on: date
    value: int


class Trend(NamedTuple):
    """One measure over time, asked on one range; `change` is None for a single value.

    `person` is None for what the owner said in talks alone.
    """

    measure: str
    person: str | None
    low: int
    high: int
    first: int
    latest: int
    change: int | None
    n: int
    points: tuple[Point, ...]


class Theme(NamedTuple):
    """In how many of the last sessions a tag stands."""

    tag: str
    sessions: int
    of: int


class Decided(NamedTuple):
    """A promise that counts in the ratios, and how it ended."""

    action: Action
    fate: Fate


class Rest(NamedTuple):
    """Talks in no row of the people: how many, their minutes, and with how many people."""

    sessions: int = 0
    minutes: int = 0
    people: int = 0


class Progress(NamedTuple):
    """The figures of a period, or of all time; `first_held` is the first talk there ever was.

    `carried` are open promises that came back three times or more, `days` have at least one talk,
    held or cancelled; `withheld` counts the private answers left out of `measures`. `alone` and
    `archived` are talks alone and with people put aside, None where one person is asked for.
    """

    me: Tally
    them: Tally
    people: tuple[PersonProgress, ...]
    since: date | None = None
    until: date | None = None
    first_held: date | None = None
    carried: tuple[Action, ...] = ()
    months: tuple[Month, ...] = ()
    days: tuple[Day, ...] = ()
    measures: tuple[Trend, ...] = ()
    withheld: int = 0
    themes: tuple[Theme, ...] = ()
    alone: Rest | None = None
    archived: Rest | None = None


class Contact(NamedTuple):
    """When someone was last seen, for deciding who to talk to next."""

    person: Person
    last_held: date | None
    open: int


class Episode(NamedTuple):
    """One session of a history; `gap_days` lie between it and the talk before, if there was one."""

    session: Session
    measures: tuple[Measured, ...] = ()
    gap_days: int | None = None


class History(NamedTuple):
    """What happened with a person since a day, or ever; the oldest first.

    `actions` are the promises made between the sessions, `me` is the owner's name, `earlier` counts
    the sessions before `since`, `withheld` what is private or about health; `last_held` is the last
    talk, whenever it was. With `health_withheld`, answers about health were left out of a session.
    """

    person: Person
    since: date | None
    sessions: tuple[Episode, ...]
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    withheld: int = 0
    me: str = ""
    last_held: date | None = None
    earlier: int = 0
    health_withheld: bool = False
