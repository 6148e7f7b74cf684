"""The values of an interview: a conversation before its first question, and a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from coachlog.model.actions import ME, Action
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.notes import Note
from coachlog.model.people import Person
from coachlog.model.templates import Occurrence, Prompt, Stage, Template
from coachlog.named_tuples import NamedTuple
from coachlog.templates.answer_readers import AnswerLimits
from coachlog.text import extract_first_name
from coachlog.wording import (
    HELP_CONTACT,
    UNNAMED_PERSON,
    UNNAMED_THIRD,
    fill_names,
)

if TYPE_CHECKING:
    from coachlog.model.recurrences import EarlierAnswer
    from coachlog.model.sets import LearningSet

THIRD, OTHER = "third", "other"
"""How the owner of a promise is answered beside `me` and `them`, the first of two others."""
NEW_PERSON_ID, NEW_THIRD_ID = 0, -1
"""Stand for people who are added to the journal together with the conversation."""
MAX_MINUTES = 24 * 60


@dataclass(frozen=True)
class Question(AnswerLimits):
    """One question. `key` is the permanent name of its answer: `goal.result`, `will.steps.2.due`.

    `options` are the words on the screen; `values`, where there are any, are stored in their place.
    `offers_skip` says whether a list of options also offers to skip, and `by_letter` whether one
    key is enough to answer. Where nothing is offered, a list points at the value `pointed`; without
    one, at its first row, or at none where Enter alone would make a statement: it is `required` or
    `needs_choice`. `default` is what an empty answer means. For a list, `low` is the smallest
    number of choices. A date that `is_due` is asked about if it looks like a slip. The
    limits of a date are explained by `AnswerLimits`. `offered` is what earlier words said already:
    it is in the field, or under the pointer, and Enter agrees. `pair` are the names of two others,
    either of whom `them` could mean where an owner is typed.
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
    since_reason: str = ""
    present_day: date | None = None
    default: AnswerValue = None
    offers_skip: bool = True
    by_letter: bool = False
    is_due: bool = False
    offered: AnswerValue = None
    pointed: AnswerValue = None
    needs_choice: bool = False
    pair: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scope:
    """Where stages are asked: in the conversation as a whole, or in one slot of a set's meeting.

    `slot` begins the keys of its questions and `them` is the person they are about. `owners` are
    those who can promise something, as (words on the screen, stored value); where it is empty, me,
    them and any name will do.
    """

    slot: str = ""
    them: str | None = None
    owners: tuple[tuple[str, str], ...] = ()
    default_owner: str | None = None


class PromiseNames(NamedTuple):
    """Whose names can stand in a promise that is typed, and from which day its dates count.

    `others` are those in the conversation besides the owner, `known` everyone else in the journal;
    the members of a set are not among them, as the conversation knows who is there.
    """

    held_on: date
    others: tuple[Person, ...] = ()
    known: tuple[Person, ...] = ()
    my_name: str | None = None


@dataclass(frozen=True)
class Conversation:
    """All that an interview has to know before the first question.

    `today` is the day from which `fri` is counted. The conversation took place on `began_on` unless
    another day is entered, and no later than `latest_day`. `third` is the second of the two others
    in a conversation of three, whose first is `them`; `set` is the action learning set that meets.

    `open_actions` come back for review first, then the open `notes` that are to be raised.
    `due_actions` are the owner's own promises due in the last 13 weeks, for a template that reviews
    them.
    `every_field` asks for every field of a promise, since an answers file may hold any of them; a
    person at a terminal is asked only what, who, when, and how anyone will see that it is done.
    With `promise_names`, what they type as a promise is read for all of these; without, promises
    come field by field. `help_contact` is whom a text about safety names as the owner's own help.
    `earlier_answers` stand beside the prompts of these names. `is_again` says whether a
    conversation that comes back by itself is held once more; where it is None, as in a file, what
    is asked the first time and what is asked after that both have their place.
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
    promise_names: PromiseNames | None = None
    help_contact: str = HELP_CONTACT
    third: str | None = None
    earlier_answers: "Mapping[str, Sequence[EarlierAnswer]]" = field(
        default_factory=dict
    )
    is_again: bool | None = None

    def fill_names(self, text: str, scope: Scope | None = None) -> str:
        """Return the text with `PLACEHOLDER_NAMES` filled in; other `$` names stay."""
        person_name = self.them
        if scope and scope.them:
            person_name = scope.them
        them = UNNAMED_PERSON
        if person_name:
            them = extract_first_name(person_name)
        set_name = "the set"
        if self.set:
            set_name = self.set.name
        return fill_names(
            text,
            them=them,
            third=extract_first_name(self.third) if self.third else UNNAMED_THIRD,
            me=self.me or "you",
            set=set_name,
            help=self.help_contact,
        )

    def fill_help(
        self, prompt: Prompt, scope: Scope | None = None, default: str | None = None
    ) -> str | None:
        """Return the help of a prompt with names filled in, or `default` if it has none."""
        if not prompt.help:
            return default
        return self.fill_names(prompt.help, scope)

    def build_line_question(
        self, key: str, stage: Stage, prompt: Prompt, scope: Scope, help: str
    ) -> Question:
        """Return the question for one line of a prompt that asks for several, as text."""
        return Question(
            key,
            self.fill_names(prompt.ask, scope),
            PromptKind.LINE,
            stage,
            required=prompt.required,
            private=prompt.private,
            help=self.fill_help(prompt, scope, help),
        )

    def has_prompt(self, prompt: Prompt) -> bool:
        """Return whether a prompt has its place in this conversation, the first one or another."""
        if prompt.only is None or self.is_again is None:
            return True
        return (prompt.only is Occurrence.AGAIN) == self.is_again

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages that have anything to ask, the first time or once more."""
        return tuple(
            stage
            for stage in self.template.stages
            if any(map(self.has_prompt, stage.prompts))
        )

    @property
    def asker_names(self) -> tuple[str, ...]:
        """Return the names of everyone who can have asked a question, `me` for the owner."""
        if self.set:
            # Somebody who left and came back is a member twice.
            names = [member.name for member in self.set.members]
            return tuple(dict.fromkeys([*names, ME]))
        # Any of them may have no name here.
        return tuple(filter(None, (self.them, self.third, self.me, ME)))

    @property
    def pair(self) -> tuple[str, ...]:
        """Return the names of the two others in a conversation of three; () elsewhere."""
        if self.them and self.third:
            return (self.them, self.third)
        return ()

    @property
    def with_whom(self) -> str:
        """Return the names of the other people, with “and”; '' where there is nobody else."""
        return " and ".join(filter(None, (self.them, self.third)))
