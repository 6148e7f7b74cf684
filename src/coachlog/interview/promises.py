"""What is asked of one promise after the other: what, who, by when, how one will see it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count

from coachlog import rules
from coachlog.interview import keys
from coachlog.interview.conversation import ME, OTHER, THEM, Conversation, Question, Scope
from coachlog.interview.keys import Key
from coachlog.model import Kind, Value
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Audience, Prompt, Stage

DUE_HELP = PROMISE_FIELDS["due"].help
DONE_WHEN = PROMISE_FIELDS["done_when"].ask
KEEP_HELP = "Enter keeps it as it is."

Part = Callable[[str], Key]
"""Returns the key of one field of a promise."""


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
    """Yield what is asked of one promise after the other, until there is no further one."""
    for number in count(1):
        part = partial(keys.answer(stage.id, prompt.id, scope.slot).part, number)
        if number == 1:
            yield _first_question(talk, stage, prompt, part, scope)
        else:
            end = "Enter when that is all."
            yield Question(
                part("what"), "What else?", Kind.LINE, stage, private=prompt.private, help=end
            )
        what = answers[part("what")]
        if what is None:
            return
        if not talk.every_field and (verb := rules.vague(str(what))):
            yield Question(part("sharper"), sharper(verb), Kind.LINE, stage, help=KEEP_HELP)
        yield from _owner_questions(talk, stage, part, answers, scope)
        yield from _detail_questions(talk, stage, part)


def _first_question(
    talk: Conversation, stage: Stage, prompt: Prompt, part: Part, scope: Scope
) -> Question:
    usual = "One promise at a time; start with a verb."
    return Question(
        part("what"),
        talk.worded(prompt.ask, scope),
        Kind.LINE,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.worded(prompt.help, scope) if prompt.help else usual,
    )


def _owner_questions(
    talk: Conversation, stage: Stage, part: Part, answers: Mapping[str, Value], scope: Scope
) -> Iterator[Question]:
    """Yield who is to do it; alone, every promise is one's own, and only a file can say it."""
    alone = talk.template.audience is Audience.SOLO
    if alone and not talk.every_field:
        return
    usual = [(talk.them, THEM)] if talk.them else []
    usual += [] if alone else [("someone else", OTHER)]
    options, values = zip(*(scope.owners or (("me", ME), *usual)), strict=True)
    yield Question(
        part("owner"),
        "Who will do it?",
        Kind.CHOICE,
        stage,
        required=True,
        options=options,
        values=values,
        default=ME if alone else scope.default,
    )
    if answers[part("owner")] == OTHER and not scope.owners:  # in a set it is a handle
        yield Question(part("owner-name"), "Who?", Kind.LINE, stage, required=True)


def _detail_questions(talk: Conversation, stage: Stage, part: Part) -> Iterator[Question]:
    """Yield the rest that can be said of a promise; a person at a terminal is not asked for all."""
    for name, field in PROMISE_FIELDS.items():
        if field.ask and (field.asked or talk.every_field):
            asked, help = field.ask, field.help
            yield Question(part(name), asked, field.kind, stage, help=help, base=talk.today)
