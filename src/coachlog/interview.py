"""Walks a conversation question by question, and checks every answer.

A conversation is a pure sequence: `questions` says which question comes next, given the answers so
far. Going back, resuming a draft and reading an answers file are therefore one mechanism: the same
sequence, with other answers already in it.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from string import Template as Wording
from typing import Any, Final, Protocol

from coachlog import dates, rules
from coachlog.errors import Invalid
from coachlog.model import (
    Action,
    Answer,
    Kind,
    Outcome,
    Promise,
    Prompt,
    Record,
    Review,
    Stage,
    Template,
    Value,
    When,
)
from coachlog.text import MAX_BYTES, clean, first_name, fold, line, paragraphs, plural, size, times

ME, THEM, OTHER = "me", "them", "other"
HELD_ON, MINUTES = "held-on", "minutes"
MAX_MINUTES = 24 * 60


@dataclass(frozen=True)
class Question:
    """One thing to ask. `key` names its answer for good: `goal.result`, `will.steps.2.due`.

    `values` are what the options stand for when a person sees other words than are stored. `skip`
    says whether a list of options also offers to skip; `default` is what an empty answer means.
    `ahead` says how a weekday or a date without a year is meant; `until` is the latest allowed.
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
    until: date | None = None
    default: Value = None
    skip: bool = True


@dataclass(frozen=True)
class Conversation:
    """What is known before the first question.

    `promises` are the open ones that come back first. `fri` is counted from `today`; the talk was
    on `began`, unless another day is answered, and no later than `latest`. `every_field` asks for
    all that a promise can hold, as an answers file may give it; a person at a terminal is asked
    only for what, who, when and how one will see it.
    """

    template: Template
    today: date
    latest: date
    began: date
    them: str | None = None
    me: str | None = None
    promises: tuple[Action, ...] = ()
    every_field: bool = False

    def worded(self, text: str) -> str:
        """Return the text with `$them` and `$me` filled in; other names stay as they are."""
        names = {"me": self.me or "you", "them": first_name(self.them) if self.them else "they"}
        return Wording(text).safe_substitute(names)


def questions(talk: Conversation, answers: Mapping[str, Value]) -> Iterator[Question]:
    """Yield the questions of a conversation in order, as the answers so far make them apply.

    The caller puts each answer into `answers` before it asks for the next question.
    """
    for action in talk.promises:
        yield from _review_questions(talk, action, answers)
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            key = f"{stage.id}.{prompt.id}"
            if not _applies(prompt.when, answers):
                continue
            if prompt.kind is Kind.ACTIONS:
                yield from _promise_questions(talk, stage, prompt, answers)
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
        options = _lines(answers.get(prompt.options_from))
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


def _lines(value: Value) -> tuple[str, ...]:
    rows = value if isinstance(value, list) else str(value or "").split("\n")
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
            return bool(_is_number(value) and value < wanted)
        case _:
            return bool(_is_number(value) and value > wanted)


def _same(value: Value, wanted: Value) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return fold(value) == fold(wanted)
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
        help=_since(action, talk.latest),
        skip=False,
        options=("still open", "done", "moved to another date", "dropped"),
        values=(Outcome.OPEN, Outcome.DONE, Outcome.MOVED, Outcome.DROPPED),
    )
    if answers.get(outcome) == Outcome.MOVED:
        yield Question(f"{key}.due", "Moved to when?", Kind.DATE, required=True, base=talk.today)
    if talk.every_field and answers.get(outcome) not in (None, Outcome.OPEN):
        yield Question(
            f"{key}.on", "On which day?", Kind.DATE, base=talk.today, ahead=False, until=talk.today
        )


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
            f"“{verb.capitalize()}” is hard to tick off. What would someone see you do?",
            Kind.LINE,
            stage,
            help="Enter keeps it as it is.",
        )
    yield Question(
        f"{key}.owner",
        "Who will do it?",
        Kind.CHOICE,
        stage,
        required=True,
        options=("me", talk.them, "someone else") if talk.them else ("me", "someone else"),
        values=(ME, THEM, OTHER) if talk.them else (ME, OTHER),
    )
    if answers[f"{key}.owner"] == OTHER:
        yield Question(f"{key}.owner-name", "Who?", Kind.LINE, stage, required=True)
    yield Question(
        f"{key}.due",
        "By when?",
        Kind.DATE,
        stage,
        help="fri, +2w, 12 May. Without a date it is a wish, and is not counted.",
        base=talk.today,
    )
    yield Question(f"{key}.done_when", "How will you see that it is done?", Kind.LINE, stage)
    if talk.every_field:
        yield Question(f"{key}.support", "What support?", Kind.LINE, stage)
        yield Question(f"{key}.if_then", "If ..., then ...", Kind.LINE, stage)
        yield Question(f"{key}.confidence", "How sure?", Kind.SCALE, stage)
        yield Question(f"{key}.private", "Private?", Kind.YESNO, stage)


def check(question: Question, value: object) -> Value:
    """Return the answer as it is kept: cleaned, of the right kind, within its range.

    Takes what a file gives (a number, a list, a date) as well as the strings a date is typed in.
    None, or nothing but white space, is a skipped question. `Invalid` says what would be right.
    """
    if isinstance(value, str) and not value.strip():
        value = None
    if value is None or value == []:
        if question.required:
            raise Invalid("This one needs an answer.")
        return None
    return _CHECKS[question.kind](question, value)


def _text(question: Question, value: object) -> Value:
    if not isinstance(value, str):
        raise Invalid(f"{_shown(value)} should be a text.")
    if size(value) > MAX_BYTES:
        raise Invalid(
            f"That is {size(value) // 1024} KiB; one answer may have {MAX_BYTES // 1024} KiB."
        )
    kept = paragraphs(value) if question.kind is Kind.TEXT else line(value)
    if question.required and not kept:
        raise Invalid("This one needs an answer.")
    return kept or None


def _choice(question: Question, value: object) -> Value:
    known = {fold(o): o for o in question.options} | {fold(v): v for v in question.values}
    if question.values:
        known |= dict(zip(map(fold, question.options), question.values, strict=True))
    if not isinstance(value, str) or fold(value) not in known:
        one_of = " | ".join(question.values or question.options)
        raise Invalid(f"{_shown(value)} should be one of: {one_of}.")
    return known[fold(value)]


def _choices(question: Question, value: object) -> Value:
    if not isinstance(value, list):
        raise Invalid(f"{_shown(value)} should be a list of: {' | '.join(question.options)}.")
    return list(dict.fromkeys(str(_choice(question, one)) for one in value))


def _scale(question: Question, value: object) -> Value:
    low, high = question.low, question.high
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Invalid(f"{_shown(value)} should be a whole number from {low} to {high}.")
    return value


def _yesno(_question: Question, value: object) -> Value:
    if not isinstance(value, bool):
        raise Invalid(f"{_shown(value)} should be true or false.")
    return value


def _number(question: Question, value: object) -> Value:
    if question.key == MINUTES:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_MINUTES:
            raise Invalid(f"{_shown(value)} should be whole minutes, 1 to {MAX_MINUTES}.")
        return value
    if not _is_number(value) or not math.isfinite(value) or abs(value) > 1e15:  # type: ignore[arg-type]
        raise Invalid(f"{_shown(value)} should be a number.")
    return value  # type: ignore[return-value]


def _date(question: Question, value: object) -> Value:
    if isinstance(value, str):
        read = dates.future if question.ahead else dates.past
        value = read(value, question.base)
    if type(value) is not date:
        raise Invalid(f"{_shown(value)} should be a date.", f"Forms that work: {dates.FORMS}.")
    if question.until and value > question.until:
        raise Invalid(f"{dates.long(value)} is later than {dates.long(question.until)}.")
    return value.isoformat()


_CHECKS: Final[dict[Kind, Callable[[Question, object], Value]]] = {
    Kind.TEXT: _text,
    Kind.LINE: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.SCALE: _scale,
    Kind.YESNO: _yesno,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
}


def typed(question: Question, text: str) -> Value:
    """Return the checked answer for what a person typed into a line; `Invalid` as for `check`."""
    value: object = text
    if not text.strip() and question.default is not None:
        return question.default
    if question.kind in (Kind.SCALE, Kind.NUMBER) and text.strip():
        value = _typed_number(text.strip())
    return check(question, value)


def _typed_number(text: str) -> object:
    for read in (int, float):
        try:
            return read(text.replace("_", "?"))
        except ValueError:
            continue
    return text


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, bool):
        text = text.lower()
    return f"“{line(text)[:40]}”"


class Back:
    """The reply that asks for the question before."""


BACK: Final = Back()


class Answerer(Protocol):
    """Whoever answers: a person at a terminal, or a file."""

    def ask(self, question: Question, walk: "Walk") -> Value | Back:
        """Return an answer that `check` let through, or BACK."""
        ...


@dataclass
class Walk:
    """Where a conversation stands: the answers given, and those put aside by going back."""

    talk: Conversation
    answers: dict[str, Value] = field(default_factory=dict)
    kept: dict[str, Value] = field(default_factory=dict)

    def take_up(self, half: tuple[str, str]) -> None:
        """Return to the question that was being answered, with what was half-typed offered."""
        key, typed = half
        if key in self.answers:
            self._return_to(key)
        self.kept[key] = typed

    def next(self) -> Question | None:
        """Return the first question that is not answered yet; None at the end."""
        for question in questions(self.talk, self.answers):
            if question.key not in self.answers:
                return question
        return None

    def put(self, question: Question, value: Value) -> None:
        """Keep an answer that was checked."""
        self.answers[question.key] = value

    def back(self, fixed: frozenset[str] = frozenset()) -> Question | None:
        """Return to the question before, its answer offered again; None at the very start."""
        asked = []
        for question in questions(self.talk, self.answers):
            if question.key not in self.answers:
                break
            if question.key not in fixed:
                asked.append(question)
        if not asked:
            return None
        self._return_to(asked[-1].key)
        return asked[-1]

    def offered(self, question: Question) -> Value:
        """Return what stands in the field at first: an earlier answer, or nothing."""
        return self.kept.get(question.key)

    def record(self) -> Record:
        """Return all that was said so far, as it is to be kept."""
        asked = [
            q.key for q in questions(self.talk, _Partial(self.answers)) if q.key in self.answers
        ]
        given = {key: self.answers[key] for key in asked}
        held_on = given.get(HELD_ON)
        minutes = given.get(MINUTES)
        return Record(
            held_on=date.fromisoformat(str(held_on)) if held_on else self.talk.began,
            minutes=minutes if isinstance(minutes, int) else None,
            answers=tuple(_answers(self.talk, given)),
            promises=tuple(_promises(self.talk, given)),
            reviews=tuple(_reviews(self.talk, given)),
        )

    def _return_to(self, key: str) -> None:
        keys = list(self.answers)
        for later in keys[keys.index(key) :]:
            self.kept[later] = self.answers.pop(later)


class _Partial(dict[str, Value]):
    """Answers in which what was not asked yet counts as skipped, to list what was asked."""

    def __missing__(self, key: str) -> Value:
        return None


def hold(
    walk: Walk,
    answerer: Answerer,
    save: Callable[[str, Value], None] = lambda _key, _value: None,
    fixed: frozenset[str] = frozenset(),
) -> Record:
    """Walk to the end and return the record; each answer is saved before the next question.

    `fixed` names answers that were given beforehand, to which one cannot go back.
    """
    while (question := walk.next()) is not None:
        reply = answerer.ask(question, walk)
        if isinstance(reply, Back):
            walk.back(fixed)
        else:
            save(question.key, reply)
            walk.put(question, reply)
    return walk.record()


def _answers(talk: Conversation, given: Mapping[str, Value]) -> Iterator[Answer]:
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            key = f"{stage.id}.{prompt.id}"
            if key not in given:
                continue
            options = prompt.options or _lines(given.get(prompt.options_from or ""))
            scale = prompt.kind is Kind.SCALE
            yield Answer(
                stage=stage.id,
                stage_title=stage.title,
                prompt=prompt.id,
                question=talk.worded(prompt.ask),
                kind=prompt.kind,
                value=given[key],
                private=prompt.private,
                key=prompt.key,
                health=prompt.health,
                measure=prompt.measure,
                low=prompt.low if scale else None,
                high=prompt.high if scale else None,
                options=options if prompt.kind in (Kind.CHOICE, Kind.CHOICES) else (),
            )


def _promises(talk: Conversation, given: Mapping[str, Value]) -> Iterator[Promise]:
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            if prompt.kind is not Kind.ACTIONS:
                continue
            for number in count(1):
                key = f"{stage.id}.{prompt.id}.{number}"
                if given.get(f"{key}.what") is None:
                    break
                promise = _promise(key, given)
                yield promise._replace(private=True) if prompt.private else promise


def _promise(key: str, given: Mapping[str, Value]) -> Promise:
    fields = {name: given.get(f"{key}.{name}") for name in PROMISE_FIELDS}
    fields["what"] = given.get(f"{key}.sharper") or fields["what"]
    fields["owner"] = fields["owner"] or ME
    if fields["owner"] == OTHER:
        fields["owner"] = given.get(f"{key}.owner-name") or ME
    fields["due"] = _day(fields["due"])  # type: ignore[assignment]
    fields["private"] = bool(fields["private"])
    return Promise(**fields)  # type: ignore[arg-type]


PROMISE_FIELDS: Final = (
    *("what", "owner", "due", "done_when", "support", "if_then", "confidence", "private"),
)


def _reviews(talk: Conversation, given: Mapping[str, Value]) -> Iterator[Review]:
    for action in talk.promises:
        key = f"review.{action.id}"
        if outcome := given.get(f"{key}.outcome"):
            yield Review(
                action.id,
                Outcome(str(outcome)),
                due=_day(given.get(f"{key}.due")),
                on=_day(given.get(f"{key}.on")),
            )


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None


class Scripted:
    """An answerer that reads from a file, and notes every fault instead of stopping at the first.

    `owners` maps folded names to `me` or `them`, so that a file may use names for either.
    """

    def __init__(self, given: Mapping[str, object], owners: Mapping[str, str]) -> None:
        self._given = dict(given)
        self._owners = owners
        self.used: set[str] = set()
        self.faults: list[str] = []

    def ask(self, question: Question, walk: Walk) -> Value:
        """Return the file's answer to the question; a stand-in, and a fault noted, if it is wrong.

        The stand-ins keep the walk going, so that faults further on are found as well.
        """
        self.used.add(question.key)
        value = self._value(question)
        try:
            return check(question, question.default if value is None else value)
        except Invalid as error:
            fault = self._owner_fault(question, value) or error.message
            self.faults.append(f"{self.name(question.key)}: {fault}")
            if question.key.endswith(".what"):
                return "?"
            return question.values[0] if question.required and question.values else None

    @staticmethod
    def _owner_fault(question: Question, value: object) -> str | None:
        if not question.key.endswith(".owner"):
            return None
        if value == THEM:
            return "“them” is nobody here: this conversation has no other person."
        return "nobody has this action; owner is me, them or a name." if value is None else None

    def _value(self, question: Question) -> object:
        value = self._given.get(question.key)
        if not question.key.endswith((".owner", ".owner-name")) or not isinstance(value, str):
            return value
        meant = self._owners.get(fold(value), value)
        named = meant not in (ME, THEM)
        if question.key.endswith(".owner"):
            return OTHER if named else meant
        return clean(meant)

    @staticmethod
    def name(key: str) -> str:
        """Return what the file's author would call the answer with this key."""
        parts = key.split(".")
        if parts[0] == "review" and len(parts) == 3:
            return f"[[review]] of action {parts[1]}, {parts[2]}"
        if len(parts) == 4:
            return f"[[actions]] number {parts[2]}, {parts[3].removesuffix('-name')}"
        return {HELD_ON: "held_on"}.get(key, key)
