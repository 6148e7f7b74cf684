"""What differs between a conversation on record and one just like it in a file or a form."""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from coachlog.model.actions import THEM, Action, Event, EventKind, Promise
from coachlog.model.promise_fields import PROMISE_FIELDS, PROMISE_WORDS
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Session
from coachlog.named_tuples import NamedTuple
from coachlog.names.spelling import is_same_name
from coachlog.text import fold_text

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord

_FIELD_WORDS = {
    "owner": "the owner",
    "due": "the date",
    "done_when": "“done when”",
    "support": "the support",
    "if_then": "the if-then",
    "confidence": "the confidence",
    "private": "the privacy",
}
_EVENT_KINDS = {
    ReviewOutcome.DONE: EventKind.DONE,
    ReviewOutcome.MOVED: EventKind.MOVED,
    ReviewOutcome.DROPPED: EventKind.DROPPED,
    ReviewOutcome.OPEN: EventKind.CARRIED,
}


_AnyPromise = TypeVar("_AnyPromise", Action, Promise)


class RecordDifference(NamedTuple):
    """One thing that differs, such as “the date of promise 1”, and the command to change it."""

    what: str
    command: str


def list_record_differences(
    session: Session,
    record: "SessionRecord",
    tags: Sequence[str],
    events: Mapping[int, Sequence[Event]],
    *,
    them: str | None = None,
) -> list[RecordDifference]:
    """Return all that differs from a session with the same answers and the same promised words.

    `events` are those of each action that the record reviews, and `them` is the name of whom it
    calls so. No words of an answer or a promise are in what is returned.
    """
    differences = [
        *_compare_session_facts(session, record, tags),
        *_compare_slots(session, record),
    ]
    actions = _name_partner(session.actions, _get_first_name(session))
    promises = _name_partner(record.list_promises(), them)
    for action, promise in _pair_promises(actions, promises):
        for name in _list_changed_fields(action, promise):
            differences.append(_build_field_difference(action, promise, name))
    for review in record.reviews:
        if not _is_review_stored(review, session, events.get(review.action, ())):
            number = review.action
            what = f"what happened to promise {number}"
            differences.append(RecordDifference(what, f"coachlog action show {number}"))
    # A correction that is on record already is a fault of the file, and never comes here.
    for correction in record.corrections:
        number = correction.action
        what = f"the correction of promise {number}"
        differences.append(RecordDifference(what, f"coachlog action show {number}"))
    return differences


def _get_first_name(session: Session) -> str | None:
    """Return the name of the first of two others in a session; None for any other session."""
    is_of_three = session.set is None and len(session.people) > 1
    return session.people[0].name if is_of_three else None


def _name_partner(
    promises: Sequence[_AnyPromise], name: str | None
) -> list[_AnyPromise]:
    """Return promises with the name of the other person in place of `them`.

    Which of two others that is depends on who was named first, and on whose plan it is.
    """
    if name is None:
        return list(promises)
    return [
        promise._replace(owner=name) if promise.owner == THEM else promise
        for promise in promises
    ]


def _compare_session_facts(
    session: Session, record: "SessionRecord", tags: Sequence[str]
) -> Iterator[RecordDifference]:
    if record.minutes != session.minutes:
        command = (
            f"coachlog session edit {session.id} --minutes {record.minutes or 'N'}"
        )
        yield RecordDifference("the minutes", command)
    stored_tags = set(map(fold_text, session.tags))
    for tag in tags:
        if fold_text(tag) not in stored_tags:
            command = f"coachlog session edit {session.id} --tag {shlex.quote(tag)}"
            yield RecordDifference(f"the tag “{tag}”", command)


def _compare_slots(
    session: Session, record: "SessionRecord"
) -> Iterator[RecordDifference]:
    if record.meeting is None:
        return
    command = f"coachlog session edit {session.id}"
    for slot, given_slot in zip(session.slots, record.meeting.slots, strict=False):
        if given_slot.issue != slot.issue:
            yield RecordDifference(f"the issue of slot {slot.number}", command)
        if given_slot.minutes != slot.minutes:
            yield RecordDifference(f"the minutes of slot {slot.number}", command)


def _pair_promises(
    actions: Iterable[Action], promises: Sequence[Promise]
) -> list[tuple[Action, Promise]]:
    """Return each promise with the action of the same words; of several, the most alike."""
    numbered_promises = enumerate(promises)
    pairs = [
        (action, number, promise)
        for action, (number, promise) in product(actions, numbered_promises)
        if action.what == promise.what
    ]
    pairs.sort(
        key=lambda pair: (
            len(_list_changed_fields(pair[0], pair[2])),
            pair[0].id,
            pair[1],
        )
    )
    chosen: dict[int, tuple[Action, Promise]] = {}
    paired_numbers: set[int] = set()
    for action, number, promise in pairs:
        if action.id not in chosen and number not in paired_numbers:
            chosen[action.id] = (action, promise)
            paired_numbers.add(number)
    return [chosen[id] for id in sorted(chosen)]


def _list_changed_fields(action: Action, promise: Promise) -> list[str]:
    return [
        name for name in PROMISE_FIELDS if not _is_same_field(action, promise, name)
    ]


def _is_same_field(action: Action, promise: Promise, name: str) -> bool:
    if name == "due":
        # The file is the same one, whether or not the date has been moved since.
        return promise.due in (action.original_due, action.due)
    if name == "owner":
        return is_same_name(action.owner, promise.owner)
    return bool(getattr(action, name) == getattr(promise, name))


def _build_field_difference(
    action: Action, promise: Promise, name: str
) -> RecordDifference:
    what = f"{_FIELD_WORDS[name]} of promise {action.id}"
    if name != "due":
        option = _phrase_edit_option(promise, name)
        return RecordDifference(what, f"coachlog action edit {action.id}{option}")
    if promise.due is None:
        return RecordDifference(what, f"coachlog action show {action.id}")
    command = f"coachlog action move {action.id} --to {promise.due.isoformat()}"
    return RecordDifference(what, command)


def _phrase_edit_option(promise: Promise, name: str) -> str:
    """Return the option of `action edit` that sets a field, without the words of a promise."""
    value = getattr(promise, name)
    if name == "private":
        return " --private" if value else " --shared"
    option = f" --{name.replace('_', '-')}"
    if name in PROMISE_WORDS:
        return f'{option} "..."' if value else f"{option} ''"
    if value is None:
        return ""
    return f"{option} {shlex.quote(str(value))}"


def _is_review_stored(
    review: ActionReview, session: Session, events: Sequence[Event]
) -> bool:
    """Return whether a session has recorded this outcome of a promise."""
    own_events = [event for event in events if event.session == session.id]
    if review.outcome is ReviewOutcome.OPEN:
        # What the conversation itself promised is open when the file is read again.
        kinds = {event.kind for event in own_events} - {EventKind.MADE}
        return kinds <= {EventKind.CARRIED}
    day = review.on or session.held_on
    outcomes = {(event.kind, event.on, event.due) for event in own_events}
    return (_EVENT_KINDS[review.outcome], day, review.due) in outcomes
