"""The questions about each promise: what, who, by when, and how anyone will see that it is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import count

from coachlog.interview.conversation import OTHER, THIRD, Conversation, Question, Scope
from coachlog.interview.keys import AnswerKey, build_answer_key, build_slot_key
from coachlog.interview.typed_promises import TypedPromise, read_typed_promise
from coachlog.model.actions import ME, THEM
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt, Stage, TemplateAudience
from coachlog.rules.promises import find_vague_verb

DUE_HELP = PROMISE_FIELDS["due"].help
DONE_WHEN_QUESTION = PROMISE_FIELDS["done_when"].question
PROMISE_HELP = "One promise at a time; start with a verb, end with “by fri”."
OFFERED_HELP = "It stands there as you wrote it: Enter takes it."
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
    line = talk.build_line_question(
        prompt_key.part(1, "what"), stage, prompt, scope, PROMISE_HELP
    )
    line = _offer_earlier_answer(talk, line, prompt, answers, scope)
    for number in count(1):
        yield line
        words = answers[line.key]
        if words is None:
            return
        build_part_key = partial(prompt_key.part, number)
        promise = read_typed_promise(talk, scope, words)
        if not talk.every_field:
            yield from _build_sharper_question(stage, build_part_key, promise.what)
            sharper_words = answers.get(build_part_key("sharper"))
            promise = read_typed_promise(talk, scope, words, sharper_words)
        yield from _build_promise_owner_questions(
            talk, stage, build_part_key, answers, scope, promise
        )
        yield from _build_promise_detail_questions(
            talk, stage, prompt, build_part_key, answers, promise
        )
        line = replace(
            line,
            key=prompt_key.part(number + 1, "what"),
            ask="Any other promise?",
            required=False,
            help="If there are no more, press Enter.",
            offered=None,
        )


def _offer_earlier_answer(
    talk: Conversation,
    line: Question,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Question:
    """Return the question for the first promise, in which an earlier answer may stand already."""
    if prompt.offers is None or talk.every_field:
        return line
    offered = answers.get(build_slot_key(scope.slot, prompt.offers))
    if not offered:
        return line
    help = "\n".join(filter(None, (line.help, OFFERED_HELP)))
    return replace(line, offered=offered, help=help)


def _build_sharper_question(
    stage: Stage, build_part_key: PartKeyBuilder, what: str
) -> Iterator[Question]:
    """Yield a question that asks for plainer words, if a promise begins with a vague verb."""
    verb = find_vague_verb(what)
    if verb:
        yield Question(
            build_part_key("sharper"),
            phrase_sharper_question(verb),
            PromptKind.LINE,
            stage,
            help=KEEP_HELP,
        )


def _build_promise_owner_questions(
    talk: Conversation,
    stage: Stage,
    build_part_key: PartKeyBuilder,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
    promise: TypedPromise,
) -> Iterator[Question]:
    """Yield the questions about who will keep the promise.

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
        help=promise.owner_doubt,
        options=tuple(label for label, _value in owners),
        values=tuple(value for _label, value in owners),
        default=ME if is_solo else scope.default_owner,
        offered=promise.owner,
        pointed=owners[0][1],
    )
    # The owners of a set's meeting are handles, and a member's handle may be “other”.
    if not scope.owners and answers[build_part_key("owner")] == OTHER:
        yield Question(
            build_part_key("owner-name"),
            "Who?",
            PromptKind.LINE,
            stage,
            required=True,
            offered=promise.owner_name,
            pair=talk.pair,
        )


def _list_usual_owners(talk: Conversation) -> Iterator[tuple[str, str]]:
    """Yield those who can make a promise outside a set: as shown, and as stored."""
    yield "me", ME
    if talk.them:
        yield talk.them, THEM
    if talk.third:
        yield talk.third, THIRD
    if talk.template.audience is not TemplateAudience.SOLO:
        yield "someone else", OTHER


def _build_promise_detail_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    build_part_key: PartKeyBuilder,
    answers: Mapping[str, AnswerValue],
    promise: TypedPromise,
) -> Iterator[Question]:
    """Yield the other fields of a promise; a person at a terminal is not asked for all of them.

    What a file has given already stays, where its conversation is carried on with as a draft.
    """
    due_day = promise.due.isoformat() if promise.due else None
    offered_values = {"due": due_day, "done_when": promise.done_when}
    for name, field in PROMISE_FIELDS.items():
        is_for_prompt = name == "support" and prompt.support
        is_asked_for = field.is_prompted or is_for_prompt or talk.every_field
        if field.question and (is_asked_for or build_part_key(name) in answers):
            yield Question(
                build_part_key(name),
                field.question,
                field.kind,
                stage,
                help=_phrase_detail_help(name, promise),
                base=talk.today,
                is_due=name == "due",
                offered=offered_values.get(name),
            )


def _phrase_detail_help(name: str, promise: TypedPromise) -> str | None:
    """Return the help of a field; where the words have a date, that date in full."""
    help = PROMISE_FIELDS[name].help
    if name != "due":
        return help
    if promise.due:
        return promise.describe_due()
    return f"{promise.describe_due()} {help or ''}".strip()
