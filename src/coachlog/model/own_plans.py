"""The owner's own plan, and what of it is for whoever reads it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.model.people import Person
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer
from coachlog.model.supports import Support
from coachlog.named_tuples import NamedTuple


class PromiseGroup(StrEnum):
    """Where a promise stands in the owner's own plan, in the order of the page."""

    ALONE = "for_myself"
    UP = "up"
    TEAM = "to_my_team"
    ACROSS = "across"
    SET = "in_a_set"
    OTHERS = "promised_to_me"


class OwnPromise(NamedTuple):
    """A promise of the owner's own plan, and the people with whom it was made, if any."""

    action: Action
    group: PromiseGroup
    partners: tuple[PersonRef, ...] = ()


class Lesson(NamedTuple):
    """What the owner learned: the answer of a conversation, by the number of the answer.

    `partners` were in the conversation, nobody where the owner was alone. The same question was
    answered on the `earlier` days too, the latest first.
    """

    id: int
    session: int
    title: str
    on: date
    answer: Answer
    template: str = ""
    partners: tuple[PersonRef, ...] = ()
    earlier: tuple[date, ...] = ()


class ProgressNote(NamedTuple):
    """What the owner noted `on` a day about a promise; `number` counts its notes from 1."""

    action: int
    number: int
    on: date
    words: str
    private: bool = False


class ReviewDay(NamedTuple):
    """A day on which something of the owner's own plan is looked at again.

    It is the review of a `goal`, the answer to a `question` asked in the conversation of this
    `title`, or else when the next conversation is due. `partners` are the people it is with.
    """

    on: date
    goal: int | None = None
    question: str = ""
    title: str = ""
    partners: tuple[PersonRef, ...] = ()
    private: bool = False


class Reservation(StrEnum):
    """Why something of the owner's own plan is not for whoever reads it."""

    OTHERS = "other_people"
    PRIVATE = "private"
    HEALTH = "health"
    IN_SET = "in_a_set"
    UNPICKED = "not_picked"
    SUPPORT = "support_of_others"
    NOTES = "notes_on_promises"


class ReservedEntry(NamedTuple):
    """What is left out of the owner's own plan, and why."""

    entry: OwnPromise | Goal | Lesson | Support | ProgressNote
    reason: Reservation


class OwnPlan(NamedTuple):
    """The owner's own plan: goals, promises, what was learned, and when to look at it again.

    With a `reader` it is what that person may see, and `reserved` is the rest. `agreed_on` is the
    day of the last conversation with the reader, and `seen_on` the day on which the plan is read.
    """

    me: str
    reader: Person | None = None
    agreed_on: date | None = None
    goals: tuple[Goal, ...] = ()
    promises: tuple[OwnPromise, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    reviews: tuple[ReviewDay, ...] = ()
    supports: tuple[Support, ...] = ()
    reserved: tuple[ReservedEntry, ...] = ()
    seen_on: date = date.min

    @property
    def review_on(self) -> date | None:
        """Return the next day on which something of it is looked at again.

        It is the last one overdue where none is to come, and None for none at all.
        """
        days = [review.on for review in self.reviews]
        next_day = min((day for day in days if day >= self.seen_on), default=None)
        return next_day or max(days, default=None)

    @property
    def reserved_counts(self) -> Mapping[Reservation, int]:
        """Return how many entries are left out for each reason, those of none as 0."""
        counts = dict.fromkeys(Reservation, 0)
        for reserved_entry in self.reserved:
            counts[reserved_entry.reason] += 1
        return counts


class PlanPicks(NamedTuple):
    """What the owner picked, one by one, for the page of their own plan: numbers of each kind.

    A note has that of its promise, and its own among the notes on it.
    """

    actions: frozenset[int] = frozenset()
    goals: frozenset[int] = frozenset()
    lessons: frozenset[int] = frozenset()
    notes: frozenset[tuple[int, int]] = frozenset()


class PlanView(NamedTuple):
    """How the owner's own plan is looked at: by which reader, on a page or on the screen.

    Without a `reader` it is the owner, who also sees what is `private` if they ask for it.
    """

    reader: Person | None = None
    is_page: bool = False
    private: bool = False
    picks: PlanPicks = PlanPicks()
