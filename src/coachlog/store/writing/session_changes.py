"""Changes to drafts and sessions."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func
from sqlmodel import col, delete, select

from coachlog import dates, text
from coachlog.dates import Rhythm
from coachlog.errors import NotFound, Refusal
from coachlog.interview import THEM, keys
from coachlog.model import (
    ActionStatus,
    Answer,
    AnswerValue,
    Event,
    EventKind,
    Relationship,
    SessionStatus,
)
from coachlog.model.records import ActionReview, ReviewOutcome, SessionRecord
from coachlog.model.templates import Template
from coachlog.rules import stories
from coachlog.rules.three_way import is_owner_plan
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.draft_rows import DraftRow, DraftStepRow
from coachlog.store.tables.session_rows import SessionPersonRow, SessionRow
from coachlog.store.tables.tag_rows import SessionTagRow, TagRow
from coachlog.store.writing.action_changes import (
    close_action_row,
    insert_action,
    insert_correction,
    move_action_row,
    read_action_events,
    record_action_event,
    refuse_impossible_story,
    set_action_standing,
)
from coachlog.store.writing.audited_rows import (
    get_local_day,
    insert_row,
    log_change,
    update_row,
)
from coachlog.store.writing.person_changes import get_person_row, insert_person

if TYPE_CHECKING:
    from coachlog.model.sets import MeetingRecord


@dataclass(frozen=True)
class SessionStart:
    """What is known when a session starts: with whom, when, and by which template.

    `new_person` is added together with the session; `set_id` is the set whose meeting it is. In a
    conversation of three, `third_id` or `new_third` is the second of the two others.
    """

    template: Template
    held_on: date
    zone: str
    person_id: int | None = None
    new_person: tuple[str, Relationship, Rhythm] | None = None
    set_id: int | None = None
    third_id: int | None = None
    new_third: tuple[str, Relationship, Rhythm] | None = None


def insert_draft(
    change: Change, session_start: SessionStart, tags: Sequence[str] = ()
) -> tuple[int, str]:
    """Add a draft, and return its session's number and the token of the window that writes it."""
    session_id = _insert_session(change, session_start)
    token = token_hex(8)
    change.db_session.add(
        DraftRow(
            session_id=session_id,
            template_text=session_start.template.text,
            token=token,
            tags=_format_json_column(list(tags)),
            updated_at=change.now,
        )
    )
    return session_id, token


def update_draft_token(
    change: Change, session_id: int, last_updated_at: datetime
) -> str:
    """Return a new token for a draft; a window that has the old one can no longer write to it.

    Raises `NotFound` if there is no such draft, and `Refusal` if it changed after
    `last_updated_at`: this window does not show what was typed since.
    """
    row = change.db_session.get(DraftRow, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.updated_at > last_updated_at:
        raise Refusal(
            f"Conversation {session_id} is open in another window.",
            f"Close one of the two windows, then: coachlog session resume {session_id}",
        )
    row.token = token_hex(8)
    change.db_session.add(row)
    return row.token


def save_draft_step(
    change: Change, session_id: int, token: str, key: str, value: AnswerValue
) -> None:
    """Save one answer of a draft, and remove what was half-typed.

    Raises `NotFound` if there is no such draft, and `Refusal` if another window took it over or
    deleted it.
    """
    draft = _get_draft_row(change, session_id, token)
    change.db_session.exec(
        delete(DraftStepRow).where(
            col(DraftStepRow.session_id) == session_id, col(DraftStepRow.key) == key
        )
    )
    change.db_session.add(
        DraftStepRow(session_id=session_id, key=key, value=_format_json_column(value))
    )
    draft.half_key = None
    draft.half_text = None
    draft.updated_at = change.now
    change.db_session.add(draft)


def delete_draft_steps(
    change: Change, session_id: int, token: str, keys: Sequence[str]
) -> None:
    """Remove answers of a draft, so that they are asked again; raises as `save_draft_step` does."""
    _get_draft_row(change, session_id, token)
    for key in keys:
        change.db_session.exec(
            delete(DraftStepRow).where(
                col(DraftStepRow.session_id) == session_id, col(DraftStepRow.key) == key
            )
        )


def save_draft_half(
    change: Change, session_id: int, token: str, key: str, half_text: str
) -> None:
    """Save what has been typed so far for the question `key`; raises as `save_draft_step` does."""
    draft = _get_draft_row(change, session_id, token)
    draft.half_key = key
    draft.half_text = half_text
    draft.updated_at = change.now
    change.db_session.add(draft)


def mark_draft_held(
    change: Change,
    session_id: int,
    token: str,
    record: SessionRecord,
    tags: Sequence[str] = (),
) -> list[int]:
    """Turn a draft into a session that was held, with more tags, and remove the draft.

    Returns the numbers of reviewed actions that were closed elsewhere meanwhile, and so were not
    changed. Raises as `save_draft_step` does.
    """
    draft = _get_draft_row(change, session_id, token)
    all_tags = [*json.loads(draft.tags), *tags]
    change.db_session.exec(
        delete(DraftStepRow).where(col(DraftStepRow.session_id) == session_id)
    )
    change.db_session.delete(draft)
    return _save_session_record(
        change, _get_session_row(change, session_id), record, all_tags
    )


def delete_draft(change: Change, session_id: int, last_updated_at: datetime) -> None:
    """Remove a draft with its session and all that was typed in it; nothing brings it back.

    Raises as `update_draft_token` does.
    """
    update_draft_token(change, session_id, last_updated_at)
    # Imported here, as most drafts have nothing to do with a set.
    from coachlog.store.tables.set_rows import MeetingRow

    tables: tuple[Any, ...] = (DraftStepRow, DraftRow, MeetingRow, SessionPersonRow)
    for table in tables:
        change.db_session.exec(delete(table).where(col(table.session_id) == session_id))
    change.db_session.exec(delete(SessionRow).where(col(SessionRow.id) == session_id))
    log_change(change, "session.discarded", session_id)


def update_draft_person(
    change: Change,
    session_id: int,
    token: str,
    *,
    person_id: int | None,
    new_person: tuple[str, Relationship, Rhythm] | None,
) -> None:
    """Say whom a draft is with that began without anyone; someone new is added to the journal.

    Raises as `save_draft_step` does, and `Refusal` if someone has the name of the new person.
    """
    _get_draft_row(change, session_id, token)
    row = _get_session_row(change, session_id)
    if row.person_id is not None:
        return
    if new_person:
        name, relationship, rhythm = new_person
        person_id = insert_person(change, name, relationship, rhythm=rhythm)
    row.person_id = person_id
    change.db_session.add(row)
    change.db_session.flush()


def _get_draft_row(change: Change, session_id: int, token: str) -> DraftRow:
    """Return the row of a draft, if this window is still the one that may write to it."""
    row = change.db_session.get(DraftRow, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.token != token:
        raise Refusal(
            f"Conversation {session_id} was opened in another window: carry on there.",
            "What you typed before that is in it; you can close this window.",
        )
    if _get_session_row(change, session_id).deleted_at is not None:
        raise Refusal(
            f"Conversation {session_id} was deleted in another window; "
            "what you typed is still in it.",
            f"To bring it back: coachlog session restore {session_id}",
        )
    return row


def _build_draft_error(session_id: int) -> NotFound:
    return NotFound(
        f"Conversation {session_id} is not a draft.",
        "`coachlog session list --drafts` shows the drafts.",
    )


def insert_held_session(
    change: Change,
    session_start: SessionStart,
    record: SessionRecord,
    tags: Sequence[str] = (),
) -> tuple[int, list[int]]:
    """Add a session that was held, without a draft first.

    Returns its number, and the numbers of the actions that `mark_draft_held` would return.
    """
    session_id = _insert_session(change, session_start)
    row = _get_session_row(change, session_id)
    return session_id, _save_session_record(change, row, record, tags)


def insert_cancelled_session(
    change: Change, person_id: int, *, cancelled_by: str, on: date, zone: str
) -> int:
    """Add a session planned for the day `on` and cancelled by `me` or `them`; return its number.

    It has no template, and never counts as held. Raises `Refusal` if it is on record already.
    """
    recorded_id = _read_cancelled_session_id(change, person_id, on)
    if recorded_id is not None:
        raise Refusal(
            f"This cancelled conversation is already on record, as number {recorded_id}. "
            "Nothing was changed.",
            f"See: coachlog session show {recorded_id}. To record it again, delete that one first.",
        )
    row = SessionRow(
        person_id=person_id,
        status=SessionStatus.CANCELLED,
        template="",
        title="Cancelled",
        template_hash="",
        held_on=on,
        zone=zone,
        created_at=change.now,
        updated_at=change.now,
        cancelled_by=cancelled_by,
    )
    return insert_row(change, row, "session.cancelled")


def _read_cancelled_session_id(change: Change, person_id: int, on: date) -> int | None:
    return change.db_session.exec(
        select(SessionRow.id).where(
            SessionRow.person_id == person_id,
            SessionRow.status == SessionStatus.CANCELLED,
            SessionRow.held_on == on,
            col(SessionRow.deleted_at).is_(None),
        )
    ).first()


def _insert_session(change: Change, session_start: SessionStart) -> int:
    person_id = _ensure_person(
        change, session_start.person_id, session_start.new_person
    )
    third_id = _ensure_person(change, session_start.third_id, session_start.new_third)
    row = SessionRow(
        person_id=person_id,
        status=SessionStatus.DRAFT,
        template=session_start.template.id,
        title=session_start.template.title,
        template_hash=sha256(session_start.template.text.encode()).hexdigest(),
        held_on=session_start.held_on,
        zone=session_start.zone,
        created_at=change.now,
        updated_at=change.now,
    )
    id = insert_row(change, row, "session.begun")
    if third_id is not None:
        change.db_session.add(SessionPersonRow(session_id=id, person_id=third_id))
    if session_start.set_id is not None:
        # Imported here, as most sessions have nothing to do with a set.
        from coachlog.store.writing.set_changes import insert_meeting

        insert_meeting(change, id, session_start.set_id)
    return id


def _ensure_person(
    change: Change,
    id: int | None,
    new_person: tuple[str, Relationship, Rhythm] | None,
) -> int | None:
    """Return the number of a person, who is added to the journal if they are new."""
    if new_person is None:
        return id
    name, relationship, rhythm = new_person
    return insert_person(change, name, relationship, rhythm=rhythm)


def _save_session_record(
    change: Change, row: SessionRow, record: SessionRecord, tags: Sequence[str]
) -> list[int]:
    """Save all that a conversation left behind, and mark its session as held.

    Returns the numbers of the reviewed actions that were closed elsewhere meanwhile.
    """
    assert row.id is not None
    row.status = SessionStatus.HELD
    row.held_on = record.held_on
    row.minutes = record.minutes
    update_row(change, row, "session.held")
    answers: list[tuple[Answer, int | None]] = [
        (answer, None) for answer in record.answers
    ]
    if record.meeting is not None:
        answers += _save_meeting(change, row, record.meeting)
    for position, (answer, slot_id) in enumerate(answers, start=1):
        change.db_session.add(_build_answer_row(row.id, position, answer, slot_id))
    _insert_promises(change, row, record)
    update_session_tags(change, row.id, tags)
    if record.notes:
        # Imported here, as the table of notes is needed only where a note was parked.
        from coachlog.store.writing.note_changes import mark_note_settled

        for note_id, outcome in record.notes:
            mark_note_settled(change, note_id, outcome, row.id)
    already_closed = [
        review.action
        for review in record.reviews
        if not _save_review(change, review, row)
    ]
    for correction in record.corrections:
        insert_correction(change, correction, on=row.held_on, session_id=row.id)
    return already_closed


def _insert_promises(change: Change, row: SessionRow, record: SessionRecord) -> None:
    """Add the promises of a conversation; those that were done already are closed on its day."""
    plan_id = row.person_id
    first_name = THEM
    if record.is_of_three and plan_id is not None:
        first = get_person_row(change, plan_id)
        if is_owner_plan(first.relationship):
            # In the owner's plan, there is more than one whom “them” could mean.
            plan_id, first_name = None, first.name
    for place, promise in enumerate(record.promises):
        if promise.owner == THEM:
            promise = promise._replace(owner=first_name)
        id = insert_action(
            change, promise, on=row.held_on, person_id=plan_id, session_id=row.id
        )
        if place in record.done_promises:
            close_action_row(change, id, ActionStatus.DONE, row.held_on, row.id)


def insert_session_reviews(
    change: Change, id: int, reviews: Sequence[ActionReview]
) -> list[int]:
    """Record what happened to promises that came up in a session that is saved already.

    Returns the numbers of those that were closed elsewhere meanwhile, and so were not changed.
    Raises `NotFound` if there is no such session.
    """
    row = _get_session_row(change, id)
    return [
        review.action for review in reviews if not _save_review(change, review, row)
    ]


def _save_meeting(
    change: Change, row: SessionRow, meeting: "MeetingRecord"
) -> list[tuple[Answer, int]]:
    """Save a meeting but for its answers; return those, each with the number of its slot's row."""
    # Imported here, as most sessions have nothing to do with a set.
    from coachlog.store.writing.set_changes import save_meeting_contents

    slot_ids = save_meeting_contents(change, row, meeting)
    answers = []
    for slot_id, slot in zip(slot_ids, meeting.slots, strict=True):
        for answer in slot.answers:
            answers.append((answer, slot_id))
    return answers


def _build_answer_row(
    session_id: int, position: int, answer: Answer, slot_id: int | None
) -> AnswerRow:
    options = None
    if answer.options:
        options = _format_json_column(list(answer.options))
    columns = answer._asdict() | {
        "slot_id": slot_id,
        "session_id": session_id,
        "position": position,
        "value": _format_json_column(answer.value),
        "options": options,
    }
    return AnswerRow(**columns)


def _save_review(change: Change, review: ActionReview, session: SessionRow) -> bool:
    """Record what happened to an action; return False if it changed elsewhere meanwhile.

    It was closed or deleted then, or is open only since a later day.
    """
    row = change.db_session.get(ActionRow, review.action)
    if row is None or row.deleted_at is not None or row.status is not ActionStatus.OPEN:
        return False
    on = review.on or session.held_on
    # It may have been reopened meanwhile, after the day of a conversation written down late.
    if not stories.was_open_on(read_action_events(change, review.action), on):
        return False
    match review.outcome:
        case ReviewOutcome.DONE:
            close_action_row(change, review.action, ActionStatus.DONE, on, session.id)
        case ReviewOutcome.DROPPED:
            close_action_row(
                change, review.action, ActionStatus.DROPPED, on, session.id
            )
        case ReviewOutcome.MOVED:
            assert review.due is not None
            move_action_row(
                change, review.action, review.due, on=on, session_id=session.id
            )
        case ReviewOutcome.OPEN:
            record_action_event(
                change, row, EventKind.CARRIED, on, session_id=session.id
            )
            change.db_session.add(row)
    return True


class DayEffects(NamedTuple):
    """What another day of a session does to promises, each by number.

    `dropped_carries` are no longer carried over in it, as they were not open on that day;
    `made_late` are the dates of those that were made in it, and now only after their date.
    """

    dropped_carries: tuple[int, ...] = ()
    made_late: tuple[tuple[int, date], ...] = ()


def update_session(
    change: Change, id: int, *, held_on: date | None = None, minutes: int | None = None
) -> DayEffects:
    """Set the day or the minutes of a session that was held; return what a new day does.

    Raises `NotFound` if there is none, and `Refusal` for a day on which something that it records
    cannot have happened.
    """
    row = _get_session_row(change, id)
    effects = DayEffects()
    if held_on:
        effects = _move_session_events(change, id, row.held_on, held_on)
        row.held_on = held_on
    row.minutes = minutes or row.minutes
    update_row(change, row, "session.edited")
    return effects


def _move_session_events(
    change: Change, session_id: int, old_day: date, new_day: date
) -> DayEffects:
    """Give a session's new day to the events that had its old one, and mend their actions.

    Returns and raises as `update_session` does.
    """
    rows = change.db_session.exec(
        select(ActionEventRow).where(ActionEventRow.session_id == session_id)
    ).all()
    for event_row in rows:
        if event_row.on == old_day:
            event_row.on = new_day
            event_row.recorded_on = get_local_day(change)
            change.db_session.add(event_row)
        _refuse_session_day(event_row, new_day)
    dropped_carries = _drop_void_carries(change, rows, new_day)
    for action_id in sorted({event_row.action_id for event_row in rows}):
        events = read_action_events(change, action_id)
        new_events = [event for event in events if event.session == session_id]
        refuse_impossible_story(action_id, events, new_events)
        action_row = change.db_session.get(ActionRow, action_id)
        assert action_row is not None
        set_action_standing(action_row, events)
        change.db_session.add(action_row)
    return DayEffects(tuple(dropped_carries), tuple(_list_made_late(rows)))


def _list_made_late(rows: Iterable[ActionEventRow]) -> Iterator[tuple[int, date]]:
    """Yield the actions that were made after the date agreed then, each with that date."""
    for row in rows:
        if row.kind is EventKind.MADE and row.due and row.due < row.on:
            yield row.action_id, row.due


def _refuse_session_day(event_row: ActionEventRow, day: date) -> None:
    """Raise `Refusal` if a session of that day cannot have recorded an event.

    It cannot tell what happened later, nor agree a date that had passed.
    """
    reason = ""
    if event_row.on > day:
        reason = f"was {event_row.kind.value} on {dates.format_long_day(event_row.on)}"
    if event_row.kind is EventKind.MOVED and event_row.due and event_row.due < day:
        reason = f"was moved to {dates.format_long_day(event_row.due)}"
    if reason:
        raise Refusal(
            f"Promise {event_row.action_id} {reason}, as conversation {event_row.session_id} "
            f"records, so that was not held on {dates.format_long_day(day)}. Nothing was changed.",
            f"See: coachlog action show {event_row.action_id}",
        )


def _drop_void_carries(
    change: Change, rows: Sequence[ActionEventRow], day: date
) -> list[int]:
    """Remove the carrying over of actions that were not open on a day; return their numbers."""
    void_rows = [
        row
        for row in rows
        if row.kind is EventKind.CARRIED
        and not stories.was_open_on(_read_events_before(change, row), day)
    ]
    for row in void_rows:
        change.db_session.delete(row)
    change.db_session.flush()
    return sorted(row.action_id for row in void_rows)


def _read_events_before(change: Change, row: ActionEventRow) -> list[Event]:
    """Return what was recorded of an action before one of its events."""
    events = read_action_events(change, row.action_id)
    earlier_ids = select(func.count()).where(
        ActionEventRow.action_id == row.action_id, col(ActionEventRow.id) < row.id
    )
    return events[: change.db_session.exec(earlier_ids).one()]


def update_answer(
    change: Change,
    session_id: int,
    key: str,
    value: AnswerValue,
    slot_id: int | None = None,
) -> None:
    """Set the answer to one question of a session; the question stays as it was asked.

    `slot_id` is the slot in which it was asked, if it was asked in one.
    """
    answer_key = keys.parse_key(key)
    row = change.db_session.exec(
        select(AnswerRow).where(
            AnswerRow.session_id == session_id,
            AnswerRow.stage == answer_key.stage,
            AnswerRow.prompt == answer_key.prompt,
            col(AnswerRow.slot_id).is_not_distinct_from(slot_id),
        )
    ).one()
    row.value = _format_json_column(value)
    change.db_session.add(row)
    update_row(change, _get_session_row(change, session_id), "session.edited")


def update_session_tags(
    change: Change,
    id: int,
    tags_to_add: Sequence[str] = (),
    tags_to_remove: Sequence[str] = (),
) -> None:
    """Add tags to a session, and remove tags from it; case does not matter.

    Raises `NotFound` for a tag to remove that the session does not have.
    """
    all_tags = change.db_session.exec(select(TagRow)).all()
    tags_by_name = {text.fold_text(tag.name): tag for tag in all_tags}
    for name in tags_to_remove:
        tag = tags_by_name.get(text.fold_text(name))
        if tag is None or change.db_session.get(SessionTagRow, (id, tag.id)) is None:
            raise NotFound(
                f"Conversation {id} has no tag “{name}”. Nothing was changed.",
                f"See: coachlog session show {id}",
            )
        change.db_session.exec(
            delete(SessionTagRow).where(
                col(SessionTagRow.session_id) == id, col(SessionTagRow.tag_id) == tag.id
            )
        )
    for name in tags_to_add:
        tag = tags_by_name.setdefault(text.fold_text(name), TagRow(name=name))
        change.db_session.add(tag)
        change.db_session.flush()
        assert tag.id is not None
        change.db_session.merge(SessionTagRow(session_id=id, tag_id=tag.id))


def mark_session_deleted(change: Change, id: int) -> None:
    """Hide a session and the actions made in it, until it is restored or erased.

    Raises `NotFound` if there is none, and `Refusal` if it is hidden already.
    """
    row = _get_session_row(change, id)
    if row.deleted_at is not None:
        raise Refusal(
            f"Conversation {id} is already deleted.",
            f"To bring it back: coachlog session restore {id}",
        )
    row.deleted_at = change.now
    for action in _get_session_action_rows(change, id):
        if action.deleted_at is None:
            action.deleted_at = change.now
            change.db_session.add(action)
    update_row(change, row, "session.deleted")


def mark_session_restored(change: Change, id: int) -> None:
    """Bring back a deleted session with the actions that were hidden together with it.

    Raises `NotFound` if there is none, and `Refusal` if it is not deleted.
    """
    row = _get_session_row(change, id)
    if row.deleted_at is None:
        raise Refusal(
            f"Conversation {id} is not deleted.", f"See: coachlog session show {id}"
        )
    for action in _get_session_action_rows(change, id):
        if action.deleted_at == row.deleted_at:
            action.deleted_at = None
            change.db_session.add(action)
    row.deleted_at = None
    update_row(change, row, "session.restored")


def _get_session_row(change: Change, id: int) -> SessionRow:
    row = change.db_session.get(SessionRow, id)
    if row is None:
        raise NotFound(
            f"There is no conversation {id}.",
            "`coachlog session list` shows the numbers.",
        )
    return row


def _get_session_action_rows(change: Change, session_id: int) -> Sequence[ActionRow]:
    return change.db_session.exec(
        select(ActionRow).where(ActionRow.session_id == session_id)
    ).all()


def _format_json_column(value: object) -> str:
    """Return a value as it is stored in a column of JSON."""
    return json.dumps(value, ensure_ascii=False)
