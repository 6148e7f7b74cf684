"""What is known before the first question, and what one question is."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coachlog.model import Action, AnswerValue, Note, PromptKind
from coachlog.model.templates import Stage, Template
from coachlog.text import extract_first_name
from coachlog.wording import UNNAMED_PERSON, fill_names

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet

ME, THEM, OTHER = "me", "them", "other"
MAX_MINUTES = 24 * 60


@dataclass(frozen=True)
class Question:
    """One thing to ask. `key` names its answer for good: `goal.result`, `will.steps.2.due`.

    `values` are what the options stand for when a person sees other words than are stored. `skip`
    says whether a list of options also offers to skip; `default` is what an empty answer means.
    `ahead` says how a weekday or a date without a year is meant; `since` and `until`
    are the first and the last day allowed. Of `choices` there are `low` at least. `by_letter` lets
    one key answer.
    """

    key: str
    ask: str
    kind: PromptKind
    stage: Stage | None = None
    required: bool = False
    private: bool = False
    help: str | None = None
    low: int = 1
    high: int = 10
    options: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    base: date = date.min
    ahead: bool = True
    since: date | None = None
    until: date | None = None
    default: AnswerValue = None
    offers_skip: bool = True
    by_letter: bool = False


@dataclass(frozen=True)
class Scope:
    """Where stages are asked: in the talk as a whole, or in one slot of a meeting of a set.

    `slot` is in the keys of its questions, `them` is whom they are about, `owners` are those who
    can promise something, as shown and as stored; none for `me`, `them` and any name.
    """

    slot: str = ""
    them: str | None = None
    owners: tuple[tuple[str, str], ...] = ()
    default_owner: str | None = None


@dataclass(frozen=True)
class Conversation:
    """What is known before the first question.

    `promises` are the open ones that come back first, `notes` what was parked for it, `due` the
    owner's first due in the last 13 weeks, where the template looks at them again. `fri` is
    counted from `today`; the talk was on `began`, unless another day is answered, and no later than
    `latest`. `every_field` asks for all that a promise can hold, as an answers file may give it; a
    person at a terminal is asked only for what, who, when and how one will see it. `set` is the
    action learning set that meets.
    """

    template: Template
    today: date
    latest_day: date
    began_on: date
    them: str | None = None
    me: str | None = None
    open_actions: tuple[Action, ...] = ()
    notes: tuple[Note, ...] = ()
    every_field: bool = False
    set: "LearningSet | None" = None
    due_actions: tuple[Action, ...] = ()

    def fill_names(self, text: str, scope: Scope | None = None) -> str:
        """Return the text with `$them`, `$me` and `$set` filled in; other names stay."""
        who = (scope and scope.them) or self.them
        them = extract_first_name(who) if who else UNNAMED_PERSON
        return fill_names(
            text, them=them, me=self.me or "you", set=self.set.name if self.set else "the set"
        )

    @property
    def asker_names(self) -> tuple[str, ...]:
        """Return the names of all who can have asked something."""
        if self.set:
            return (*dict.fromkeys(one.name for one in self.set.members), ME)
        return tuple(name for name in (self.them, self.me, ME) if name)
