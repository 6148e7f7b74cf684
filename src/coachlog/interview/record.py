"""What a conversation adds up to: its answers, promises and reviews, ready to be kept."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from coachlog.errors import InvalidInput
from coachlog.interview import corrections, keys
from coachlog.interview.checks import resolve_owner_name
from coachlog.interview.conversation import ME, OTHER, THEM, Conversation, Scope
from coachlog.interview.keys import HELD_ON, ISSUE, MINUTES, AnswerKey
from coachlog.interview.meeting import list_present_members, list_presenters, name_slot
from coachlog.interview.stages import (
    collect_asked_questions,
    find_earlier_answer,
    split_answer_lines,
)
from coachlog.model import Answer, AnswerValue, NoteOutcome, Promise, PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import ActionReview, ReviewOutcome, SessionRecord
from coachlog.model.templates import Prompt
from coachlog.templates.kinds import get_kind_row

if TYPE_CHECKING:
    from coachlog.model.sets import MeetingRecord, Member


def _collect_prompt_answers(
    talk: Conversation, answers: Mapping[str, AnswerValue], scope: Scope
) -> Iterator[Answer]:
    """Yield what was said in a scope to each prompt that was asked, in the order of asking."""
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            key = keys.build_answer_key(stage.id, prompt.id, scope.slot)
            if key not in answers and key.part(1, "question") not in answers:
                continue
            source = prompt.options_from or ""
            options = prompt.options or split_answer_lines(
                find_earlier_answer(talk, answers, source, scope)
            )
            own = get_kind_row(prompt.kind).fields
            yield Answer(
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
                low=prompt.low if "low" in own else None,
                high=prompt.high if "high" in own else None,
                options=options if "options" in own else (),
            )


def _compose_answer_value(
    talk: Conversation, key: AnswerKey, prompt: Prompt, answers: Mapping[str, AnswerValue]
) -> AnswerValue:
    """Return the answer as it is kept, where several questions, or none, made it."""
    if prompt.kind is PromptKind.PROMISES:
        return corrections.phrase_corrections_answer(talk, answers)
    if key.part(1, "question") in answers:
        return collect_asked_questions(talk, key, answers) or None
    return answers[key]


def _build_meeting_record(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> "MeetingRecord":
    """Return who came to a meeting of a set, its slots, and what was promised outside of them."""
    from coachlog.model.sets import MeetingRecord, SlotRecord

    def placed(presenter: "Member | None", scope: Scope) -> Iterator[tuple[int | None, Promise]]:
        for promise in _collect_scope_promises(talk, answers, scope):
            yield _assign_set_promise(talk, promise, presenter)

    turns = []
    for number, member in enumerate(list_presenters(talk, answers), start=1):
        scope = Scope(name_slot(talk, number, member), member.name)
        issue = answers.get(keys.build_slot_key(scope.slot, ISSUE))
        minutes = answers.get(keys.build_slot_key(scope.slot, MINUTES))
        turns.append(
            SlotRecord(
                member=member.id,
                issue=str(issue) if issue else None,
                minutes=minutes if isinstance(minutes, int) else None,
                answers=tuple(_collect_prompt_answers(talk, answers, scope)),
                promises=tuple(placed(member, scope)),
            )
        )
    present = tuple(one.id for one in list_present_members(talk, answers))
    return MeetingRecord(present, tuple(turns), tuple(placed(None, Scope())))


def _assign_set_promise(
    talk: Conversation, promise: Promise, presenter: "Member | None"
) -> tuple[int | None, Promise]:
    """Return in whose plan a promise made in a set stands, and the promise as it is kept there.

    A member's stands in their own; mine stands in the presenter's, whom it is for.
    """
    assert talk.set is not None
    person = {one.slug: one.person for one in talk.set.members}.get(promise.owner)
    if person is None:
        return presenter and presenter.person, promise._replace(owner=ME)
    return person, promise._replace(owner=THEM)


def _collect_scope_promises(
    talk: Conversation, answers: Mapping[str, AnswerValue], scope: Scope
) -> Iterator[Promise]:
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            if prompt.kind is not PromptKind.ACTIONS:
                continue
            key = keys.build_answer_key(stage.id, prompt.id, scope.slot)
            for number in count(1):
                if answers.get(key.part(number, "what")) is None:
                    break
                promise = _build_recorded_promise(talk, key, number, answers)
                held_back = prompt.private or prompt.health
                yield promise._replace(private=True) if held_back else promise


def _build_recorded_promise(
    talk: Conversation, key: AnswerKey, number: int, answers: Mapping[str, AnswerValue]
) -> Promise:
    fields = {
        name: _convert_promise_field(field.kind, answers.get(key.part(number, name)))
        for name, field in PROMISE_FIELDS.items()
    }
    fields["what"] = answers.get(key.part(number, "sharper")) or fields["what"]
    fields["owner"] = fields["owner"] or ME
    if fields["owner"] == OTHER and not talk.set:
        fields["owner"] = name = str(answers.get(key.part(number, "owner-name")) or ME)
        with suppress(InvalidInput):  # a name that fits both or nobody stays as it was typed
            fields["owner"] = resolve_owner_name(name, talk.them, talk.me)
    return Promise(**fields)


def _convert_promise_field(kind: PromptKind, value: AnswerValue) -> Any:
    """Return one field of a promise as the model has it: a date, true or false, or the value."""
    if kind is PromptKind.DATE:
        return _parse_record_day(value)
    return bool(value) if kind is PromptKind.YESNO else value


def _collect_reviews(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[ActionReview]:
    for action in talk.open_actions:
        if outcome := answers.get(keys.build_review_key(action.id, "outcome")):
            yield ActionReview(
                action.id,
                ReviewOutcome(str(outcome)),
                due=_parse_record_day(answers.get(keys.build_review_key(action.id, "due"))),
                on=_parse_record_day(answers.get(keys.build_review_key(action.id, "on"))),
            )


def _collect_note_outcomes(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[tuple[int, NoteOutcome]]:
    for note in talk.notes:
        if outcome := answers.get(keys.build_note_key(note.id)):
            yield note.id, NoteOutcome(str(outcome))


def _parse_record_day(value: AnswerValue) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def build_record(talk: Conversation, answers: Mapping[str, AnswerValue]) -> SessionRecord:
    """Return what these answers, all that were asked for so far, amount to."""
    held_on = answers.get(HELD_ON)
    minutes = answers.get(MINUTES)
    scope = Scope(them=talk.them)
    in_set = talk.set is not None
    return SessionRecord(
        held_on=date.fromisoformat(str(held_on)) if held_on else talk.began_on,
        minutes=minutes if isinstance(minutes, int) else None,
        answers=tuple(_collect_prompt_answers(talk, answers, scope)),
        promises=() if in_set else tuple(_collect_scope_promises(talk, answers, scope)),
        reviews=tuple(_collect_reviews(talk, answers)),
        notes=tuple(_collect_note_outcomes(talk, answers)),
        meeting=_build_meeting_record(talk, answers) if in_set else None,
        corrections=tuple(corrections.collect_corrections(talk, answers)),
    )
