"""One conversation: as a draft, and on record."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from coachlog.model.actions import Action
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Person
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.model.sets import Slot


class SessionStatus(StrEnum):
    DRAFT = "draft"
    HELD = "held"
    CANCELLED = "cancelled"


class Answer(NamedTuple):
    """The answer to one prompt, with the question as it was asked."""

    stage: str
    prompt: str
    question: str
    kind: PromptKind
    value: AnswerValue
    private: bool = False
    key: bool = False
    health: bool = False
    stage_title: str = ""
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    options: tuple[str, ...] = ()

    @property
    def lowest(self) -> int:
        """Return the least that a scale goes to: 1 where the template says nothing."""
        return 1 if self.low is None else self.low

    @property
    def highest(self) -> int:
        """Return the most that a scale goes to: 10 where the template says nothing."""
        return 10 if self.high is None else self.high


class Session(NamedTuple):
    """One conversation; `people` are the other people in it, or the members present at a meeting.

    In a set's meeting, `answers` are those outside any slot, while `actions` are all of them.
    `returns_on` are the days on which it still comes back by itself.
    """

    id: int
    uid: str
    status: SessionStatus
    template: str
    title: str
    held_on: date
    minutes: int | None
    people: tuple[PersonRef | MemberRef, ...]
    tags: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
    action_count: int = 0
    deleted: bool = False
    cancelled_by: str | None = None
    set: SetRef | None = None
    slots: tuple["Slot", ...] = ()
    returns_on: tuple[date, ...] = ()

    @property
    def with_whom(self) -> str:
        """Return the name of the set that met, or of the other people; '' for a session alone."""
        if self.set:
            return self.set.name
        names = [person.name for person in self.people]
        if len(names) == 2:
            return " and ".join(names)
        return ", ".join(names)


class Draft(NamedTuple):
    """A conversation under way: the answers so far, and any text typed but not yet entered.

    `half` has the key of the question being answered and the text in its field, or is empty; `set`
    is the action learning set whose meeting it is, if it is one. `new_name` is the name of someone
    who is added to the journal only with the conversation; '' for anyone else. `third` is the
    second of the two others in a conversation of three. So many promises are
    `marked` in it as done, moved or dropped, which counts only once it is saved.
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
    steps: dict[str, AnswerValue] = {}  # noqa: RUF012 - never changed, only replaced
    set: SetRef | None = None
    new_name: str = ""
    third: Person | None = None
    marked: int = 0

    @property
    def with_whom(self) -> str:
        """Return the names of the other people, or of the set; '' for a session alone."""
        if self.person and self.third:
            return f"{self.person.name} and {self.third.name}"
        if self.person:
            return self.person.name
        return self.set.name if self.set else self.new_name

    @property
    def person_id(self) -> int | None:
        """Return the number of the other person; None for a meeting, or a session alone."""
        return self.person.id if self.person else None

    @property
    def person_ids(self) -> frozenset[int]:
        """Return the numbers of the other people, in a conversation of two or of three."""
        return frozenset(other.id for other in (self.person, self.third) if other)

    def is_with(self, person: Person) -> bool:
        """Return whether this is a conversation with that person, of two or of three."""
        return person.id in self.person_ids
