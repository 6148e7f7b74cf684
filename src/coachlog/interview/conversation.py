"""The values of an interview: a conversation before its first question, and a question."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog.model import Action, AnswerValue, Note, Person, PromptKind
from coachlog.model.templates import Prompt, Stage, Template
from coachlog.templates.answer_readers import AnswerLimits
from coachlog.text import extract_first_name
from coachlog.wording import HELP_CONTACT, UNNAMED_PERSON, fill_names

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet

ME, THEM, OTHER = "me", "them", "other"
NEW_PERSON_ID = 0
"""Stands for someone who is added to the journal together with the conversation."""
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
    it is in the field, or under the pointer, and Enter agrees.
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
    another day is entered, and no later than `latest_day`. `set` is the action learning set that
    meets.

    `open_actions` come back for review first, then the open `notes` that are to be raised.
    `due_actions` are the owner's own promises due in the last 13 weeks, for a template that reviews
    them.
    `every_field` asks for every field of a promise, since an answers file may hold any of them; a
    person at a terminal is asked only what, who, when, and how anyone will see that it is done.
    With `promise_names`, what they type as a promise is read for all of these; without, promises
    come field by field. `help_contact` is whom a text about safety names as the owner's own help.
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

    def fill_names(self, text: str, scope: Scope | None = None) -> str:
        """Return the text with `$them`, `$me`, `$set` and `$help` filled in; other names stay."""
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

    @property
    def asker_names(self) -> tuple[str, ...]:
        """Return the names of everyone who can have asked a question, `me` for the owner."""
        if self.set:
            # Somebody who left and came back is a member twice.
            names = [member.name for member in self.set.members]
            return tuple(dict.fromkeys([*names, ME]))
        # Either of the two may have no name here.
        return tuple(filter(None, (self.them, self.me, ME)))
