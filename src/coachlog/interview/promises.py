"""What is asked of one promise after the other: what, who, by when, how one will see it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count

from coachlog import rules
from coachlog.interview import keys
from coachlog.interview.conversation import ME, OTHER, THEM, Conversation, Question, Scope
from coachlog.interview.keys import AnswerKey
from coachlog.model import AnswerValue, PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt, Stage, TemplateAudience

DUE_HELP = PROMISE_FIELDS["due"].help
DONE_WHEN_QUESTION = PROMISE_FIELDS["done_when"].question
KEEP_HELP = "Enter keeps it as it is."

PartKeyBuilder = Callable[[str], AnswerKey]
"""Returns the key of one field of a promise."""


def phrase_sharper_question(verb: str) -> str:
    """Return the gentle question that a vague verb earns."""
    return f"“{verb.capitalize()}” is hard to tick off. What would someone see you do?"


def build_promise_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield what is asked of one promise after the other, until there is no further one."""
    for number in count(1):
        part = partial(keys.build_answer_key(stage.id, prompt.id, scope.slot).part, number)
        if number == 1:
            yield _build_first_promise_question(talk, stage, prompt, part, scope)
        else:
            end = "Enter when that is all."
            yield Question(
                part("what"), "What else?", PromptKind.LINE, stage, private=prompt.private, help=end
            )
        what = answers[part("what")]
        if what is None:
            return
        if not talk.every_field and (verb := rules.find_vague_verb(str(what))):
            yield Question(
                part("sharper"),
                phrase_sharper_question(verb),
                PromptKind.LINE,
                stage,
                help=KEEP_HELP,
            )
        yield from _build_promise_owner_questions(talk, stage, part, answers, scope)
        yield from _build_promise_detail_questions(talk, stage, part)


def _build_first_promise_question(
    talk: Conversation, stage: Stage, prompt: Prompt, build_part_key: PartKeyBuilder, scope: Scope
) -> Question:
    usual = "One promise at a time; start with a verb."
    return Question(
        build_part_key("what"),
        talk.fill_names(prompt.ask, scope),
        PromptKind.LINE,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.fill_names(prompt.help, scope) if prompt.help else usual,
    )


def _build_promise_owner_questions(
    talk: Conversation,
    stage: Stage,
    build_part_key: PartKeyBuilder,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield who is to do it; alone, every promise is one's own, and only a file can say it."""
    alone = talk.template.audience is TemplateAudience.SOLO
    if alone and not talk.every_field:
        return
    usual = [(talk.them, THEM)] if talk.them else []
    usual += [] if alone else [("someone else", OTHER)]
    options, values = zip(*(scope.owners or (("me", ME), *usual)), strict=True)
    yield Question(
        build_part_key("owner"),
        "Who will do it?",
        PromptKind.CHOICE,
        stage,
        required=True,
        options=options,
        values=values,
        default=ME if alone else scope.default_owner,
    )
    if answers[build_part_key("owner")] == OTHER and not scope.owners:  # in a set it is a handle
        yield Question(build_part_key("owner-name"), "Who?", PromptKind.LINE, stage, required=True)


def _build_promise_detail_questions(
    talk: Conversation, stage: Stage, build_part_key: PartKeyBuilder
) -> Iterator[Question]:
    """Yield the rest that can be said of a promise; a person at a terminal is not asked for all."""
    for name, field in PROMISE_FIELDS.items():
        if field.question and (field.is_prompted or talk.every_field):
            asked, help = field.question, field.help
            yield Question(
                build_part_key(name), asked, field.kind, stage, help=help, base=talk.today
            )
