"""What a conversation adds up to: its answers, promises and reviews, ready to be stored."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from coachlog.errors import InvalidInput
from coachlog.interview.checks import resolve_owner_name
from coachlog.interview.conversation import OTHER, THIRD, Conversation, Scope
from coachlog.interview.corrections import (
    collect_corrections,
    phrase_corrections_answer,
)
from coachlog.interview.keys import (
    HELD_ON,
    ISSUE,
    MINUTES,
    AnswerKey,
    build_answer_key,
    build_review_key,
    build_slot_key,
)
from coachlog.interview.meeting import (
    build_meeting_scope,
    build_slot_scope,
    list_present_members,
    list_presenters,
    name_slot,
)
from coachlog.interview.note_questions import list_note_outcomes
from coachlog.interview.reviews import list_reviewable_actions
from coachlog.interview.stages import collect_asked_questions, list_prompt_options
from coachlog.interview.typed_promises import read_typed_promise
from coachlog.model.actions import ME, THEM, Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import SessionRecord
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Answer
from coachlog.model.templates import Prompt, Stage
from coachlog.rules.disclosure import is_private
from coachlog.templates.answer_readers import parse_answer_date
from coachlog.templates.kinds import get_kind_row

if TYPE_CHECKING:
    from coachlog.model.sets import MeetingRecord, Member


def build_record(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> SessionRecord:
    """Return the record of these answers, each of which belongs to a question that was asked."""
    scope = Scope(them=talk.them)
    promises: tuple[Promise, ...] = ()
    meeting = None
    if talk.set:
        meeting = _build_meeting_record(talk, answers)
    else:
        promises = tuple(_build_scope_promises(talk, answers, scope))
    return SessionRecord(
        held_on=parse_answer_date(answers.get(HELD_ON)) or talk.began_on,
        minutes=_get_minutes(answers, MINUTES),
        answers=tuple(_build_prompt_answers(talk, answers, scope)),
        promises=promises,
        reviews=tuple(_build_action_reviews(talk, answers)),
        notes=tuple(list_note_outcomes(talk, answers)),
        meeting=meeting,
        corrections=tuple(collect_corrections(talk, answers)),
        again=talk.template.again,
        is_of_three=talk.third is not None,
    )


def _build_meeting_record(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> "MeetingRecord":
    """Return who came to a meeting of a set, its slots, and what was promised outside them."""
    from coachlog.model.sets import MeetingRecord, SlotRecord

    slots = []
    for number, presenter in enumerate(list_presenters(talk, answers), start=1):
        slot_key = name_slot(talk, number, presenter)
        scope = build_slot_scope(talk, slot_key, presenter, answers)
        issue = answers.get(build_slot_key(scope.slot, ISSUE))
        slot = SlotRecord(
            member=presenter.id,
            issue=str(issue) if issue else None,
            minutes=_get_minutes(answers, build_slot_key(scope.slot, MINUTES)),
            answers=tuple(_build_prompt_answers(talk, answers, scope)),
            promises=tuple(_build_set_promises(talk, answers, scope, presenter)),
        )
        slots.append(slot)
    return MeetingRecord(
        present=tuple(member.id for member in list_present_members(talk, answers)),
        slots=tuple(slots),
        promises=tuple(
            _build_set_promises(talk, answers, build_meeting_scope(talk, answers), None)
        ),
    )


def _get_minutes(answers: Mapping[str, AnswerValue], key: AnswerKey) -> int | None:
    minutes = answers.get(key)
    if not isinstance(minutes, int):
        return None
    return minutes


def _build_prompt_answers(
    talk: Conversation, answers: Mapping[str, AnswerValue], scope: Scope
) -> Iterator[Answer]:
    """Yield the answer to each prompt of a scope that was asked, in the order of asking."""
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            key = build_answer_key(stage.id, prompt.id, scope.slot)
            if key in answers or key.part(1, "question") in answers:
                yield _build_answer(talk, stage, prompt, answers, scope)


def _build_answer(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Answer:
    kind_fields = get_kind_row(prompt.kind).fields
    options = list_prompt_options(talk, prompt, answers, scope)
    key = build_answer_key(stage.id, prompt.id, scope.slot)
    return Answer(
        stage=stage.id,
        stage_title=stage.title,
        prompt=prompt.id,
        question=talk.fill_names(prompt.ask, scope),
        kind=prompt.kind,
        value=_compose_answer_value(talk, key, prompt, answers),
        private=prompt.private,
        key=prompt.key,
        health=prompt.health,
        measure=prompt.measure,
        low=prompt.low if "low" in kind_fields else None,
        high=prompt.high if "high" in kind_fields else None,
        options=options if "options" in kind_fields else (),
    )


def _compose_answer_value(
    talk: Conversation,
    key: AnswerKey,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
) -> AnswerValue:
    """Return the answer in its stored form, which for some kinds sums up several questions."""
    if prompt.kind is PromptKind.PROMISES:
        return phrase_corrections_answer(talk, answers)
    if key.part(1, "question") in answers:
        return collect_asked_questions(talk, key, answers) or None
    return answers[key]


def _build_set_promises(
    talk: Conversation,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
    presenter: "Member | None",
) -> Iterator[tuple[int | None, Promise]]:
    """Yield the promises of a scope, each with the id of the person whose plan it goes into.

    A member's promise goes into their own plan, and one of the owner's into the plan of the
    presenter it was made to.
    """
    assert talk.set is not None
    person_ids = {member.slug: member.person for member in talk.set.members}
    for promise in _build_scope_promises(talk, answers, scope):
        person_id = person_ids.get(promise.owner)
        if person_id is not None:
            yield person_id, promise._replace(owner=THEM)
        elif presenter is not None:
            yield presenter.person, promise._replace(owner=ME)
        else:
            yield None, promise._replace(owner=ME)


def _build_scope_promises(
    talk: Conversation, answers: Mapping[str, AnswerValue], scope: Scope
) -> Iterator[Promise]:
    for name, prompt in talk.template.prompts.items():
        if prompt.kind is not PromptKind.ACTIONS:
            continue
        key = build_slot_key(scope.slot, name)
        for number in count(1):
            if answers.get(key.part(number, "what")) is None:
                break
            promise = build_recorded_promise(talk, scope, key, number, answers)
            if is_private(prompt):
                promise = promise._replace(private=True)
            yield promise


def build_recorded_promise(
    talk: Conversation,
    scope: Scope,
    key: AnswerKey,
    number: int,
    answers: Mapping[str, AnswerValue],
) -> Promise:
    """Return the promise of this number whose fields were answered below the key of its prompt.

    Who and by when are as they were answered, whatever the words said.
    """
    fields: dict[str, Any] = {}
    for name, field in PROMISE_FIELDS.items():
        value = answers.get(key.part(number, name))
        fields[name] = _convert_promise_field(field.kind, value)
    sharper_words = answers.get(key.part(number, "sharper"))
    typed_promise = read_typed_promise(talk, scope, fields["what"], sharper_words)
    fields["what"] = typed_promise.what
    fields["private"] = fields["private"] or typed_promise.is_private
    if not fields["owner"]:
        fields["owner"] = ME
    if fields["owner"] == OTHER and not talk.set:
        name = str(answers.get(key.part(number, "owner-name")) or ME)
        fields["owner"] = name
        # A name that fits both people, or nobody, is stored as it was typed.
        with suppress(InvalidInput):
            fields["owner"] = resolve_owner_name(name, talk.them, talk.me, talk.third)
    if fields["owner"] == THIRD and talk.third:
        fields["owner"] = talk.third
    return Promise(**fields)


def _convert_promise_field(kind: PromptKind, value: AnswerValue) -> Any:
    """Return one field of a promise as the model has it: a date, true or false, or the value."""
    if kind is PromptKind.DATE:
        return parse_answer_date(value)
    if kind is PromptKind.YESNO:
        return bool(value)
    return value


def _build_action_reviews(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[ActionReview]:
    for action in list_reviewable_actions(talk, answers):
        outcome = answers.get(build_review_key(action.id, "outcome"))
        if outcome:
            yield ActionReview(
                action.id,
                ReviewOutcome(str(outcome)),
                due=parse_answer_date(answers.get(build_review_key(action.id, "due"))),
                on=parse_answer_date(answers.get(build_review_key(action.id, "on"))),
            )
