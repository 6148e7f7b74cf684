"""Which question comes next: a pure sequence, given the answers so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from coachlog import dates, rules
from coachlog.model import (
    Action,
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
from coachlog.text import first_name, fold, line, plural, times
from coachlog.wording import UNNAMED, worded

ME, THEM, OTHER = "me", "them", "other"
HELD_ON, MINUTES = "held-on", "minutes"
MAX_MINUTES = 24 * 60


@dataclass(frozen=True)
class Question:
    """One thing to ask. `key` names its answer for good: `goal.result`, `will.steps.2.due`.

    `values` are what the options stand for when a person sees other words than are stored. `skip`
    says whether a list of options also offers to skip; `default` is what an empty answer means.
    `ahead` says how a weekday or a date without a year is meant; `since` and `until`
    are the first and the last day allowed.
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


@dataclass(frozen=True)
class Conversation:
    """What is known before the first question.

    `promises` are the open ones that come back first, `notes` what was parked for it, `due` the
    owner's first due in the last 13 weeks, where the template looks at them again. `fri` is
    counted from `today`; the talk was on `began`, unless another day is answered, and no later than
    `latest`. `every_field` asks for all that a promise can hold, as an answers file may give it; a
    person at a terminal is asked only for what, who, when and how one will see it.
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
    due: tuple[Action, ...] = ()

    def worded(self, text: str) -> str:
        """Return the text with `$them` and `$me` filled in; other names stay as they are."""
        them = first_name(self.them) if self.them else UNNAMED
        return worded(text, them=them, me=self.me or "you")


def questions(talk: Conversation, answers: Mapping[str, Value]) -> Iterator[Question]:
    """Yield the questions of a conversation in order, as the answers so far make them apply.

    The caller puts each answer into `answers` before it asks for the next question.
    """
    for action in talk.promises:
        yield from _review_questions(talk, action, answers)
    for note in talk.notes:
        yield _note_question(talk, note)
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            key = f"{stage.id}.{prompt.id}"
            if not _applies(prompt.when, answers):
                continue
            if prompt.kind is Kind.ACTIONS:
                yield from _promise_questions(talk, stage, prompt, answers)
            elif prompt.kind is Kind.PROMISES:
                from coachlog.interview import correcting  # it is made of the questions above

                yield from correcting.asked(talk, stage, prompt, answers)
            elif question := _question(talk, stage, prompt, key, answers):
                yield question
    yield Question(
        HELD_ON,
        "When did you talk?" if talk.them else "Which day was this?",
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


def _question(
    talk: Conversation, stage: Stage, prompt: Prompt, key: str, answers: Mapping[str, Value]
) -> Question | None:
    options = prompt.options
    if prompt.options_from:
        options = lines_of(answers.get(prompt.options_from))
        if not options:
            return None
    return Question(
        key,
        talk.worded(prompt.ask),
        prompt.kind,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.worded(prompt.help) if prompt.help else None,
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


def _applies(when: When | None, answers: Mapping[str, Value]) -> bool:
    if when is None:
        return True
    value = answers.get(when.prompt, answers.get(f"{when.prompt}.1.what"))
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
    who = "You" if action.owner == ME else talk.them if action.owner == THEM else action.owner
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


def _promise_questions(
    talk: Conversation, stage: Stage, prompt: Prompt, answers: Mapping[str, Value]
) -> Iterator[Question]:
    for number in count(1):
        key = f"{stage.id}.{prompt.id}.{number}"
        first = number == 1
        yield Question(
            f"{key}.what",
            talk.worded(prompt.ask) if first else "What else?",
            Kind.LINE,
            stage,
            required=prompt.required and first,
            private=prompt.private,
            help=(
                talk.worded(prompt.help)
                if prompt.help
                else "One promise at a time; start with a verb."
            )
            if first
            else "Enter when that is all.",
        )
        what = answers[f"{key}.what"]
        if what is None:
            return
        yield from _detail_questions(talk, stage, key, str(what), answers)


def _detail_questions(
    talk: Conversation, stage: Stage, key: str, what: str, answers: Mapping[str, Value]
) -> Iterator[Question]:
    if not talk.every_field and (verb := rules.vague(what)):
        yield Question(
            f"{key}.sharper",
            sharper(verb),
            Kind.LINE,
            stage,
            help=KEEP_HELP,
        )
    yield from _owner_questions(talk, stage, key, answers)
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
    talk: Conversation, stage: Stage, key: str, answers: Mapping[str, Value]
) -> Iterator[Question]:
    """Yield who is to do it; alone, every promise is one's own, and only a file can say it."""
    alone = talk.template.audience is Audience.SOLO
    if alone and not talk.every_field:
        return
    others = [(talk.them, THEM)] if talk.them else []
    others += [] if alone else [("someone else", OTHER)]
    options, values = zip(("me", ME), *others, strict=True)
    yield Question(
        f"{key}.owner",
        "Who will do it?",
        Kind.CHOICE,
        stage,
        required=True,
        options=options,
        values=values,
        default=ME if alone else None,
    )
    if answers[f"{key}.owner"] == OTHER:
        yield Question(f"{key}.owner-name", "Who?", Kind.LINE, stage, required=True)


def is_number(value: object) -> bool:
    """Return whether the value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
