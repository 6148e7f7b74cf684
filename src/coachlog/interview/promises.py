"""What is asked of one promise after the other: what, who, by when, how one will see it."""

from collections.abc import Iterator, Mapping
from itertools import count

from coachlog import rules
from coachlog.interview import keys
from coachlog.interview.conversation import ME, OTHER, THEM, Conversation, Question, Scope
from coachlog.interview.keys import Key
from coachlog.model import (
    Audience,
    Kind,
    Prompt,
    Stage,
    Value,
)

DUE_HELP = "fri, +2w, 12 May. Without a date it is a wish, and is not counted."
DONE_WHEN = "How will you see that it is done?"
KEEP_HELP = "Enter keeps it as it is."


def sharper(verb: str) -> str:
    """Return the gentle question that a vague verb earns."""
    return f"“{verb.capitalize()}” is hard to tick off. What would someone see you do?"


def promise_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, Value],
    scope: Scope,
) -> Iterator[Question]:
    key = keys.answer(stage.id, prompt.id, scope.slot)
    for number in count(1):
        first = number == 1
        yield Question(
            key.part(number, "what"),
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
        what = answers[key.part(number, "what")]
        if what is None:
            return
        if not talk.every_field and (verb := rules.vague(str(what))):
            yield Question(
                key.part(number, "sharper"), sharper(verb), Kind.LINE, stage, help=KEEP_HELP
            )
        yield from _owner_questions(talk, stage, (key, number), answers, scope)
        yield from _detail_questions(talk, stage, (key, number))


def _detail_questions(talk: Conversation, stage: Stage, of: tuple[Key, int]) -> Iterator[Question]:
    key, number = of
    yield Question(
        key.part(number, "due"),
        "By when?",
        Kind.DATE,
        stage,
        help=DUE_HELP,
        base=talk.today,
    )
    yield Question(key.part(number, "done_when"), DONE_WHEN, Kind.LINE, stage)
    if talk.every_field:
        yield Question(key.part(number, "support"), "What support?", Kind.LINE, stage)
        yield Question(key.part(number, "if_then"), "If ..., then ...", Kind.LINE, stage)
        yield Question(key.part(number, "confidence"), "How sure?", Kind.SCALE, stage)
        yield Question(key.part(number, "private"), "Private?", Kind.YESNO, stage)


def _owner_questions(
    talk: Conversation,
    stage: Stage,
    of: tuple[Key, int],
    answers: Mapping[str, Value],
    scope: Scope,
) -> Iterator[Question]:
    """Yield who is to do it; alone, every promise is one's own, and only a file can say it."""
    key, number = of
    alone = talk.template.audience is Audience.SOLO
    if alone and not talk.every_field:
        return
    usual = [(talk.them, THEM)] if talk.them else []
    usual += [] if alone else [("someone else", OTHER)]
    options, values = zip(*(scope.owners or (("me", ME), *usual)), strict=True)
    yield Question(
        key.part(number, "owner"),
        "Who will do it?",
        Kind.CHOICE,
        stage,
        required=True,
        options=options,
        values=values,
        default=ME if alone else scope.default,
    )
    if answers[key.part(number, "owner")] == OTHER and not scope.owners:  # in a set it is a handle
        yield Question(key.part(number, "owner-name"), "Who?", Kind.LINE, stage, required=True)
