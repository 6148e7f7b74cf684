"""What a conversation adds up to: its answers, promises and reviews, ready to be kept."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from coachlog.errors import Invalid
from coachlog.interview import corrections, keys
from coachlog.interview.checks import owner
from coachlog.interview.conversation import ME, OTHER, THEM, Conversation, Scope
from coachlog.interview.keys import HELD_ON, ISSUE, MINUTES, Key
from coachlog.interview.meeting import here, presenters, slot_name
from coachlog.interview.stages import asked, lines_of, said
from coachlog.model import Answer, Kind, NoteOutcome, Promise, Value
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import Outcome, Record, Review
from coachlog.model.templates import Prompt
from coachlog.templates.kinds import row_of

if TYPE_CHECKING:
    from coachlog.model.sets import Meeting, Member


def _answers(talk: Conversation, given: Mapping[str, Value], scope: Scope) -> Iterator[Answer]:
    """Yield what was said in a scope to each prompt that was asked, in the order of asking."""
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            key = keys.answer(stage.id, prompt.id, scope.slot)
            if key not in given and key.part(1, "question") not in given:
                continue
            source = prompt.options_from or ""
            options = prompt.options or lines_of(said(talk, given, source, scope))
            own = row_of(prompt.kind).fields
            yield Answer(
                stage=stage.id,
                stage_title=stage.title,
                prompt=prompt.id,
                question=talk.worded(prompt.ask, scope),
                kind=prompt.kind,
                value=_told(talk, key, prompt, given),
                private=prompt.private,
                key=prompt.key,
                health=prompt.health,
                measure=prompt.measure,
                low=prompt.low if "low" in own else None,
                high=prompt.high if "high" in own else None,
                options=options if "options" in own else (),
            )


def _told(talk: Conversation, key: Key, prompt: Prompt, given: Mapping[str, Value]) -> Value:
    """Return the answer as it is kept, where several questions, or none, made it."""
    if prompt.kind is Kind.PROMISES:
        return corrections.counted(talk, given)
    if key.part(1, "question") in given:
        return asked(talk, key, given) or None
    return given[key]


def _meeting(talk: Conversation, given: Mapping[str, Value]) -> "Meeting":
    """Return who came to a meeting of a set, its slots, and what was promised outside of them."""
    from coachlog.model.sets import Meeting, Turn

    def placed(presenter: "Member | None", scope: Scope) -> Iterator[tuple[int | None, Promise]]:
        for promise in _promises(talk, given, scope):
            yield _placed(talk, promise, presenter)

    turns = []
    for number, member in enumerate(presenters(talk, given), start=1):
        scope = Scope(slot_name(talk, number, member), member.name)
        issue = given.get(keys.in_slot(scope.slot, ISSUE))
        minutes = given.get(keys.in_slot(scope.slot, MINUTES))
        turns.append(
            Turn(
                member=member.id,
                issue=str(issue) if issue else None,
                minutes=minutes if isinstance(minutes, int) else None,
                answers=tuple(_answers(talk, given, scope)),
                promises=tuple(placed(member, scope)),
            )
        )
    present = tuple(one.id for one in here(talk, given))
    return Meeting(present, tuple(turns), tuple(placed(None, Scope())))


def _placed(
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


def _promises(talk: Conversation, given: Mapping[str, Value], scope: Scope) -> Iterator[Promise]:
    for stage in talk.template.stages:
        for prompt in stage.prompts:
            if prompt.kind is not Kind.ACTIONS:
                continue
            key = keys.answer(stage.id, prompt.id, scope.slot)
            for number in count(1):
                if given.get(key.part(number, "what")) is None:
                    break
                promise = _promise(talk, key, number, given)
                held_back = prompt.private or prompt.health
                yield promise._replace(private=True) if held_back else promise


def _promise(talk: Conversation, key: Key, number: int, given: Mapping[str, Value]) -> Promise:
    fields = {
        name: _field(field.kind, given.get(key.part(number, name)))
        for name, field in PROMISE_FIELDS.items()
    }
    fields["what"] = given.get(key.part(number, "sharper")) or fields["what"]
    fields["owner"] = fields["owner"] or ME
    if fields["owner"] == OTHER and not talk.set:
        fields["owner"] = name = str(given.get(key.part(number, "owner-name")) or ME)
        with suppress(Invalid):  # a name that fits both or nobody stays as it was typed
            fields["owner"] = owner(name, talk.them, talk.me)
    return Promise(**fields)


def _field(kind: Kind, value: Value) -> Any:
    """Return one field of a promise as the model has it: a date, true or false, or the value."""
    if kind is Kind.DATE:
        return _day(value)
    return bool(value) if kind is Kind.YESNO else value


def _reviews(talk: Conversation, given: Mapping[str, Value]) -> Iterator[Review]:
    for action in talk.promises:
        if outcome := given.get(keys.review(action.id, "outcome")):
            yield Review(
                action.id,
                Outcome(str(outcome)),
                due=_day(given.get(keys.review(action.id, "due"))),
                on=_day(given.get(keys.review(action.id, "on"))),
            )


def _notes(talk: Conversation, given: Mapping[str, Value]) -> Iterator[tuple[int, NoteOutcome]]:
    for note in talk.notes:
        if outcome := given.get(keys.note(note.id)):
            yield note.id, NoteOutcome(str(outcome))


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def recorded(talk: Conversation, given: Mapping[str, Value]) -> Record:
    """Return what these answers, all that were asked for so far, amount to."""
    held_on = given.get(HELD_ON)
    minutes = given.get(MINUTES)
    scope = Scope(them=talk.them)
    in_set = talk.set is not None
    return Record(
        held_on=date.fromisoformat(str(held_on)) if held_on else talk.began,
        minutes=minutes if isinstance(minutes, int) else None,
        answers=tuple(_answers(talk, given, scope)),
        promises=() if in_set else tuple(_promises(talk, given, scope)),
        reviews=tuple(_reviews(talk, given)),
        notes=tuple(_notes(talk, given)),
        meeting=_meeting(talk, given) if in_set else None,
        corrections=tuple(corrections.corrections(talk, given)),
    )
