"""One conversation: being held, and on record."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from coachlog.model.actions import Action
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Person
from coachlog.model.references import MemberRef, PersonRef, SetRef

if TYPE_CHECKING:
    from coachlog.model.sets import Slot


class SessionStatus(StrEnum):
    DRAFT = "draft"
    HELD = "held"
    CANCELLED = "cancelled"


class Answer(NamedTuple):
    """What was said to one prompt, with the question as it was asked."""

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
    people: tuple[PersonRef | MemberRef, ...]
    tags: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
    action_count: int = 0
    deleted: bool = False
    cancelled_by: str | None = None
    set: SetRef | None = None
    slots: tuple["Slot", ...] = ()

    @property
    def with_whom(self) -> str:
        """Return the name of the set that met, or of whom it was with; '' for a talk alone."""
        return self.set.name if self.set else ", ".join(who.name for who in self.people)


class Draft(NamedTuple):
    """A conversation that was begun: what was answered, and what is typed but not yet sent.

    `half` is the key of the question being answered and what stands in its field, or empty; `set`
    is the action learning set whose meeting it is.
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

    @property
    def with_whom(self) -> str:
        """Return the name of the person it is with, or of the set; '' for a talk alone."""
        if self.person:
            return self.person.name
        return self.set.name if self.set else ""
