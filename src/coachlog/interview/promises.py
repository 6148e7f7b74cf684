"""The questions about each promise: what, who, by when, and how anyone will see that it is done."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count

from coachlog.interview.conversation import ME, OTHER, THEM, Conversation, Question, Scope
from coachlog.interview.keys import AnswerKey, build_answer_key
from coachlog.model import AnswerValue, PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt, Stage, TemplateAudience
from coachlog.rules import find_vague_verb

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
    """Yield the questions about one promise after another, until the next one is left empty."""
    prompt_key = build_answer_key(stage.id, prompt.id, scope.slot)
    for number in count(1):
        build_part_key = partial(prompt_key.part, number)
        if number == 1:
            yield _build_first_promise_question(talk, stage, prompt, build_part_key, scope)
        else:
            yield Question(
                build_part_key("what"),
                "What else?",
                PromptKind.LINE,
                stage,
                private=prompt.private,
                help="Enter when that is all.",
            )
        what = answers[build_part_key("what")]
        if what is None:
            return
        vague_verb = None if talk.every_field else find_vague_verb(str(what))
        if vague_verb:
            yield Question(
                build_part_key("sharper"),
                phrase_sharper_question(vague_verb),
                PromptKind.LINE,
                stage,
                help=KEEP_HELP,
            )
        yield from _build_promise_owner_questions(talk, stage, build_part_key, answers, scope)
        yield from _build_promise_detail_questions(talk, stage, build_part_key)


def _build_first_promise_question(
    talk: Conversation, stage: Stage, prompt: Prompt, build_part_key: PartKeyBuilder, scope: Scope
) -> Question:
    return Question(
        build_part_key("what"),
        talk.fill_names(prompt.ask, scope),
        PromptKind.LINE,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.fill_help(prompt, scope, "One promise at a time; start with a verb."),
    )


def _build_promise_owner_questions(
    talk: Conversation,
    stage: Stage,
    build_part_key: PartKeyBuilder,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield who is to keep the promise.

    In a conversation with oneself that is always the owner of the journal: a person is not asked,
    and a file may only confirm it.
    """
    is_solo = talk.template.audience is TemplateAudience.SOLO
    if is_solo and not talk.every_field:
        return
    owners = scope.owners or tuple(_list_usual_owners(talk))
    yield Question(
        build_part_key("owner"),
        "Who will do it?",
        PromptKind.CHOICE,
        stage,
        required=True,
        options=tuple(label for label, _value in owners),
        values=tuple(value for _label, value in owners),
        default=ME if is_solo else scope.default_owner,
    )
    # The owners of a set's meeting are handles, and a member's handle may be “other”.
    if not scope.owners and answers[build_part_key("owner")] == OTHER:
        yield Question(build_part_key("owner-name"), "Who?", PromptKind.LINE, stage, required=True)


def _list_usual_owners(talk: Conversation) -> Iterator[tuple[str, str]]:
    """Yield those who can make a promise outside of a set: as shown, and as stored."""
    yield "me", ME
    if talk.them:
        yield talk.them, THEM
    if talk.template.audience is not TemplateAudience.SOLO:
        yield "someone else", OTHER


def _build_promise_detail_questions(
    talk: Conversation, stage: Stage, build_part_key: PartKeyBuilder
) -> Iterator[Question]:
    """Yield the other fields of a promise; a person at a terminal is not asked for all of them."""
    for name, field in PROMISE_FIELDS.items():
        if field.question and (field.is_prompted or talk.every_field):
            yield Question(
                build_part_key(name),
                field.question,
                field.kind,
                stage,
                help=field.help,
                base=talk.today,
                is_due=name == "due",
            )
