"""Which question comes next: a pure sequence, given the answers so far."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any

from coachlog import dates, rules
from coachlog.model import (
    Action,
    Asked,
    Audience,
    EventKind,
    Kind,
    Note,
    NoteOutcome,
    Outcome,
    Prompt,
    Stage,
    Template,
    Value,
    When,
)
from coachlog.rules.asking import TAGS, proposed
from coachlog.text import first_name, fold, line, plural, times
from coachlog.wording import UNNAMED, worded

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet

ME, THEM, OTHER = "me", "them", "other"
HELD_ON, MINUTES = "held-on", "minutes"
MAX_MINUTES = 24 * 60
MAX_QUESTIONS = 200


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
    kind: Kind
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
    default: Value = None
    skip: bool = True
    by_letter: bool = False


@dataclass(frozen=True)
class Scope:
    """Where stages are asked: in the talk as a whole, or in one slot of a meeting of a set.

    `lead` stands before the keys of its questions, `them` is whom they are about, `owners` are
    those who can promise something, as shown and as stored; none for `me`, `them` and any name.
    """

    lead: str = ""
    them: str | None = None
    owners: tuple[tuple[str, str], ...] = ()
    default: str | None = None


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
    latest: date
    began: date
    them: str | None = None
    me: str | None = None
    promises: tuple[Action, ...] = ()
    notes: tuple[Note, ...] = ()
    every_field: bool = False
    set: "LearningSet | None" = None
    due: tuple[Action, ...] = ()

    def worded(self, text: str, scope: Scope | None = None) -> str:
        """Return the text with `$them`, `$me` and `$set` filled in; other names stay."""
        who = (scope and scope.them) or self.them
        them = first_name(who) if who else UNNAMED
        return worded(
            text, them=them, me=self.me or "you", set=self.set.name if self.set else "the set"
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all who can have asked something."""
        if self.set:
            return (*dict.fromkeys(one.name for one in self.set.members), ME)
        return tuple(name for name in (self.them, self.me, ME) if name)


def questions(talk: Conversation, answers: Mapping[str, Value]) -> Iterator[Question]:
    """Yield the questions of a conversation in order, as the answers so far make them apply.

    The caller puts each answer into `answers` before it asks for the next question.
    """
    for action in talk.promises:
        yield from _review_questions(talk, action, answers)
    for note in talk.notes:
        yield _note_question(talk, note)
    if talk.set:
        from coachlog.interview import meeting

        yield from meeting.questions(talk, answers)
    else:
        whole = Scope(them=talk.them)
        yield from stage_questions(talk, talk.template.stages, answers, whole)
    yield Question(
        HELD_ON,
        "When did you meet?" if talk.set else _WHEN[talk.them is not None],
        Kind.DATE,
        required=True,
        base=talk.latest,
        ahead=False,
        until=talk.latest,
        default=talk.began.isoformat(),
    )
    planned = plural(talk.template.minutes, "minute")
    yield Question(
        MINUTES,
        "How many minutes did it take?",
        Kind.NUMBER,
        help=f"{planned} were planned. Enter leaves it open.",
        low=1,
        high=MAX_MINUTES,
    )


_WHEN = {True: "When did you talk?", False: "Which day was this?"}


def stage_questions(
    talk: Conversation, stages: Iterable[Stage], answers: Mapping[str, Value], scope: Scope
) -> Iterator[Question]:
    """Yield the questions of some stages, as the answers so far make them apply."""
    for stage in stages:
        for prompt in stage.prompts:
            key = f"{scope.lead}{stage.id}.{prompt.id}"
            if not _applies(prompt.when, talk, answers, scope):
                continue
            if prompt.kind is Kind.ACTIONS:
                yield from _promise_questions(talk, stage, prompt, answers, scope)
            elif prompt.kind is Kind.PROMISES:
                from coachlog.interview import correcting  # it is made of the questions above

                yield from correcting.asked(talk, stage, prompt, answers)
            elif prompt.kind is Kind.QUESTIONS and not talk.every_field:
                yield from _asked_questions(talk, stage, prompt, answers, scope)
            elif question := _question(talk, stage, prompt, key, answers, scope):
                yield question


def _question(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    key: str,
    answers: Mapping[str, Value],
    scope: Scope,
) -> Question | None:
    options = prompt.options
    if prompt.options_from:
        options = lines_of(said(talk, answers, prompt.options_from, scope))
        if not options:
            return None
    if prompt.kind is Kind.QUESTIONS:
        options = talk.names
    return Question(
        key,
        talk.worded(prompt.ask, scope),
        prompt.kind,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.worded(prompt.help, scope) if prompt.help else None,
        low=prompt.low,
        high=prompt.high,
        options=options,
        base=talk.today,
    )


DUE_HELP = "fri, +2w, 12 May. Without a date it is a wish, and is not counted."
DONE_WHEN = "How will you see that it is done?"
KEEP_HELP = "Enter keeps it as it is."


def sharper(verb: str) -> str:
    """Return the gentle question that a vague verb earns."""
    return f"“{verb.capitalize()}” is hard to tick off. What would someone see you do?"


def lines_of(value: Value) -> tuple[str, ...]:
    """Return the lines of an answer without their list marks; none for a skipped one."""
    rows = value if isinstance(value, list) else str(value or "").split("\n")
    rows = [str(row["question"]) if isinstance(row, dict) else row for row in rows]
    return tuple(dict.fromkeys(line(row.strip(" -*•\t")) for row in rows if row.strip(" -*•\t")))


def said(talk: Conversation, answers: Mapping[str, Value], prompt: str, scope: Scope) -> Value:
    """Return what was said to an earlier prompt: in the same slot, or before all slots."""
    for key in dict.fromkeys((f"{scope.lead}{prompt}", prompt)):
        if key in answers:
            return answers[key]
        if f"{key}.1.what" in answers:
            return answers[f"{key}.1.what"]
        if f"{key}.1.question" in answers:
            return asked(talk, key, answers) or None
    return None


def asked(talk: Conversation, key: str, answers: Mapping[str, Value]) -> list[Asked]:
    """Return the questions told one by one under a key, each with who asked it and its tag."""
    given = (answers.get(f"{key}.{number}.question") for number in count(1))
    found = []
    for number, words in enumerate(takewhile(lambda words: words is not None, given), start=1):
        tag = answers.get(f"{key}.{number}.tag")
        found.append(asked_by(str(words), talk.names) | {"tag": str(tag) if tag else None})
    return found


def asked_by(words: str, names: Iterable[str]) -> Asked:
    """Return a question without its tag; `Ben: What ...?` was asked by the one Ben there is.

    Of several only the name typed is kept: nobody is guessed.
    """
    before, colon, rest = words.partition(":")
    found = [name for name in names if f"{fold(name)} ".startswith(f"{fold(before)} ")]
    if colon and before.strip() and rest.strip() and found:
        by = found[0] if len(found) == 1 else before.strip()  # never left in the words
        return {"question": rest.strip(), "by": by, "tag": None}
    return {"question": words.strip(), "by": None, "tag": None}


def _applies(
    when: When | None, talk: Conversation, answers: Mapping[str, Value], scope: Scope
) -> bool:
    if when is None:
        return True
    value = said(talk, answers, when.prompt, scope)
    wanted: Any = when.value
    match when.test:
        case "answered":
            return bool((value is not None) == wanted)
        case "is":
            return value is not None and _same(value, wanted)
        case "below":
            return bool(is_number(value) and value < wanted)
        case _:
            return bool(is_number(value) and value > wanted)


def _same(value: Value, wanted: Value) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return fold(value) == fold(wanted)
    if is_number(value) and is_number(wanted):
        return value == wanted
    return type(value) is type(wanted) and value == wanted


def _review_questions(
    talk: Conversation, action: Action, answers: Mapping[str, Value]
) -> Iterator[Question]:
    key = f"review.{action.id}"
    outcome = f"{key}.outcome"
    them = (action.person if talk.set else talk.them) or "they"
    who = "You" if action.owner == ME else them if action.owner == THEM else action.owner
    yield Question(
        outcome,
        f"{who}: {action.what}",
        Kind.CHOICE,
        private=action.private,
        help=_since(action, talk.today),
        skip=False,
        options=("still open", "done", "moved to another date", "dropped"),
        values=(Outcome.OPEN, Outcome.DONE, Outcome.MOVED, Outcome.DROPPED),
    )
    if answers.get(outcome) == Outcome.MOVED:
        yield Question(
            f"{key}.due",
            "Moved to when?",
            Kind.DATE,
            required=True,
            base=talk.today,
            since=None if talk.every_field else talk.today,
        )
    passed = action.due is not None and action.due < talk.today
    closed = answers.get(outcome) in (Outcome.DONE, Outcome.DROPPED)
    moved = answers.get(outcome) == Outcome.MOVED
    if (closed and (passed or talk.every_field)) or (moved and talk.every_field):
        yield Question(
            f"{key}.on",
            "On which day?",
            Kind.DATE,
            help="Enter means the day of the talk.",
            base=talk.today,
            ahead=False,
            since=None if talk.every_field else min(_made_on(action), talk.today),
            until=talk.today,
        )


def _note_question(talk: Conversation, note: Note) -> Question:
    return Question(
        f"note.{note.id}.outcome",
        note.words,
        Kind.CHOICE,
        help=f"Parked on {dates.short(note.written_on, talk.today)}.",
        skip=False,
        options=("keep for next time", "talked about", "drop it"),
        values=(NoteOutcome.KEEP, NoteOutcome.TALKED, NoteOutcome.DROP),
    )


def _made_on(action: Action) -> date:
    return next((event.on for event in action.events if event.kind is EventKind.MADE), date.min)


def _since(action: Action, today: date) -> str:
    parts = ["No date was agreed."]
    if action.due:
        late = (today - action.due).days
        overdue = f", {plural(late, 'day')} overdue" if late > 0 else ""
        parts = [f"By {dates.short(action.due, today)}{overdue}."]
    if action.carried:
        parts.append(f"Carried over {times(action.carried)}.")
    return " ".join(parts)


def _asked_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, Value],
    scope: Scope,
) -> Iterator[Question]:
    """Yield one line for each question that was asked, and what kind of question it was."""
    for number in range(1, MAX_QUESTIONS + 1):
        key = f"{scope.lead}{stage.id}.{prompt.id}.{number}"
        first = number == 1
        usual = "One a line; who asked comes first, if you like, and a colon."
        yield Question(
            f"{key}.question",
            talk.worded(prompt.ask, scope) if first else "And the next question?",
            Kind.LINE,
            stage,
            required=prompt.required and first,
            private=prompt.private,
            help=(talk.worded(prompt.help, scope) if prompt.help else usual)
            if first
            else "Enter when those are all.",
        )
        words = answers[f"{key}.question"]
        if words is None:
            return
        hint = proposed(str(asked_by(str(words), talk.names)["question"]))
        yield Question(
            f"{key}.tag",
            "Open, closed or leading?",
            Kind.CHOICE,
            stage,
            help=f"Perhaps {hint[0]}: {hint[1]}. You decide." if hint else None,
            options=TAGS,
            by_letter=True,
        )


def _promise_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, Value],
    scope: Scope,
) -> Iterator[Question]:
    for number in count(1):
        key = f"{scope.lead}{stage.id}.{prompt.id}.{number}"
        first = number == 1
        yield Question(
            f"{key}.what",
            talk.worded(prompt.ask, scope) if first else "What else?",
            Kind.LINE,
            stage,
            required=prompt.required and first,
            private=prompt.private,
            help=(
                talk.worded(prompt.help, scope)
                if prompt.help
                else "One promise at a time; start with a verb."
            )
            if first
            else "Enter when that is all.",
        )
        what = answers[f"{key}.what"]
        if what is None:
            return
        if not talk.every_field and (verb := rules.vague(str(what))):
            yield Question(f"{key}.sharper", sharper(verb), Kind.LINE, stage, help=KEEP_HELP)
        yield from _owner_questions(talk, stage, key, answers, scope)
        yield from _detail_questions(talk, stage, key)


def _detail_questions(talk: Conversation, stage: Stage, key: str) -> Iterator[Question]:
    yield Question(
        f"{key}.due",
        "By when?",
        Kind.DATE,
        stage,
        help=DUE_HELP,
        base=talk.today,
    )
    yield Question(f"{key}.done_when", DONE_WHEN, Kind.LINE, stage)
    if talk.every_field:
        yield Question(f"{key}.support", "What support?", Kind.LINE, stage)
        yield Question(f"{key}.if_then", "If ..., then ...", Kind.LINE, stage)
        yield Question(f"{key}.confidence", "How sure?", Kind.SCALE, stage)
        yield Question(f"{key}.private", "Private?", Kind.YESNO, stage)


def _owner_questions(
    talk: Conversation, stage: Stage, key: str, answers: Mapping[str, Value], scope: Scope
) -> Iterator[Question]:
    """Yield who is to do it; alone, every promise is one's own, and only a file can say it."""
    alone = talk.template.audience is Audience.SOLO
    if alone and not talk.every_field:
        return
    usual = [(talk.them, THEM)] if talk.them else []
    usual += [] if alone else [("someone else", OTHER)]
    options, values = zip(*(scope.owners or (("me", ME), *usual)), strict=True)
    yield Question(
        f"{key}.owner",
        "Who will do it?",
        Kind.CHOICE,
        stage,
        required=True,
        options=options,
        values=values,
        default=ME if alone else scope.default,
    )
    if answers[f"{key}.owner"] == OTHER and not scope.owners:  # in a set it is a handle
        yield Question(f"{key}.owner-name", "Who?", Kind.LINE, stage, required=True)


def is_number(value: object) -> bool:
    """Return whether the value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
