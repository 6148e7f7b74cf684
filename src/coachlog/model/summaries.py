"""What is summed up from many conversations: figures, a brief, a story.

Apart from the rest, because every command pays for making a class: 15 of them take 2 ms.
"""

from datetime import date
from typing import NamedTuple

from coachlog.model import Action, Answer, Fate, Goal, Note, Person, Relationship, Session


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


class InSets(NamedTuple):
    """Meetings of action learning sets: how many, their minutes, and of how many sets."""

    sessions: int = 0
    minutes: int = 0
    sets: int = 0


class Progress(NamedTuple):
    """The figures of a period, or of all time; `first_held` is the first talk there ever was.

    `carried` are open promises that came back three times or more, `days` have at least one talk,
    held or cancelled; `withheld` counts the private answers left out of `measures`. `alone`, `sets`
    and `archived` are talks alone, in sets and with people put aside, None for one person.
    `me_corrected` is `me` with the corrections in force, the last one of `corrected_on`; both are
    None without any.
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
    sets: InSets | None = None
    me_corrected: Tally | None = None
    corrected_on: date | None = None


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
