"""Changes of drafts and sessions."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex

from sqlmodel import col, delete, select

from coachlog import text
from coachlog.errors import NotFound, Refusal
from coachlog.interview import keys
from coachlog.model import ActionStatus, Answer, AnswerValue, EventKind, Relationship, SessionStatus
from coachlog.model.records import ActionReview, ReviewOutcome, SessionRecord
from coachlog.model.templates import Template
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.draft_rows import DraftRow, DraftStepRow
from coachlog.store.tables.session_rows import SessionRow
from coachlog.store.tables.tag_rows import SessionTagRow, TagRow
from coachlog.store.writing.action_changes import (
    close_action_row,
    get_action_row,
    insert_action,
    insert_action_event,
    insert_correction,
    move_action_row,
)
from coachlog.store.writing.audited_rows import insert_row, update_row
from coachlog.store.writing.person_changes import insert_person


@dataclass(frozen=True)
class SessionStart:
    """What is known of a session when it begins; `new_person` is added with it.

    `set_id` is the action learning set whose meeting it is.
    """

    template: Template
    held_on: date
    zone: str
    person_id: int | None = None
    new_person: tuple[str, Relationship] | None = None
    set_id: int | None = None


def insert_draft(
    change: Change, session_start: SessionStart, tags: Sequence[str] = ()
) -> tuple[int, str]:
    """Return the number of a new draft session and the token of the window that writes it."""
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


def update_draft_token(change: Change, session_id: int, last_updated_at: datetime) -> str:
    """Return a new token for a draft; a window that held the old one can no longer write it.

    `Refused` if the draft was written since `seen`: what came in is not on this screen.
    """
    row = change.db_session.get(DraftRow, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.updated_at > last_updated_at:
        raise Refusal(
            f"Session {session_id} is being written in another window.",
            f"Close one of the two, then: coachlog session resume {session_id}",
        )
    row.token = token_hex(8)
    change.db_session.add(row)
    return row.token


def save_draft_step(
    change: Change, session_id: int, token: str, key: str, value: AnswerValue
) -> None:
    """Keep one answer of a draft, and forget what was half-typed for it."""
    draft = _get_draft_row(change, session_id, token)
    change.db_session.exec(
        delete(DraftStepRow).where(
            col(DraftStepRow.session_id) == session_id, col(DraftStepRow.key) == key
        )
    )
    change.db_session.add(
        DraftStepRow(session_id=session_id, key=key, value=_format_json_column(value))
    )
    draft.half_key = draft.half_text = None
    draft.updated_at = change.now
    change.db_session.add(draft)


def save_draft_half(change: Change, session_id: int, token: str, key: str, half_text: str) -> None:
    """Keep what is typed so far for the question `key`."""
    draft = _get_draft_row(change, session_id, token)
    draft.half_key, draft.half_text = key, half_text
    draft.updated_at = change.now
    change.db_session.add(draft)


def mark_draft_held(
    change: Change, session_id: int, token: str, record: SessionRecord
) -> list[int]:
    """Turn a draft into a session that was held; the draft itself is gone.

    Returns the numbers of reviewed actions that were closed elsewhere meanwhile: that stands.
    """
    draft = _get_draft_row(change, session_id, token)
    change.db_session.exec(delete(DraftStepRow).where(col(DraftStepRow.session_id) == session_id))
    change.db_session.delete(draft)
    return _save_session_record(
        change, _get_session_row(change, session_id), record, json.loads(draft.tags)
    )


def _get_draft_row(change: Change, session_id: int, token: str) -> DraftRow:
    row = change.db_session.get(DraftRow, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.token != token:
        raise Refusal(
            f"Session {session_id} was opened in another window, and goes on there.",
            "What you typed before is in it; close this window.",
        )
    if _get_session_row(change, session_id).deleted_at is not None:
        raise Refusal(
            f"Session {session_id} was deleted in another window; what you typed is kept in it.",
            f"Back: coachlog session restore {session_id}",
        )
    return row


def _build_draft_error(session_id: int) -> NotFound:
    return NotFound(
        f"Session {session_id} is not a draft.", "`coachlog session list --drafts` lists them."
    )


def insert_held_session(
    change: Change, session_start: SessionStart, record: SessionRecord, tags: Sequence[str] = ()
) -> tuple[int, list[int]]:
    """Return the number of a session that was held, kept in one go, and as `mark_draft_held` does."""
    session_id = _insert_session(change, session_start)
    return session_id, _save_session_record(
        change, _get_session_row(change, session_id), record, tags
    )


def insert_cancelled_session(
    change: Change, person_id: int, *, cancelled_by: str, on: date, zone: str
) -> int:
    """Return the number of a session that was to be on a day and was cancelled by `me` or `them`.

    It has no template and never counts as held. `Refused` if that is recorded already.
    """
    if known := _read_cancelled_session_id(change, person_id, on):
        raise Refusal(
            f"Session {known} records already that this talk was cancelled.",
            f"Look: coachlog session show {known}. To record it anew, delete that one first.",
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
    person_id = session_start.person_id
    if session_start.new_person:
        person_id = insert_person(change, *session_start.new_person)
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
    if session_start.set_id is not None:
        from coachlog.store.writing.set_changes import insert_meeting

        insert_meeting(change, id, session_start.set_id)
    return id


def _save_session_record(
    change: Change, row: SessionRow, record: SessionRecord, tags: Sequence[str]
) -> list[int]:
    assert row.id is not None
    row.status = SessionStatus.HELD
    row.held_on, row.minutes = record.held_on, record.minutes
    update_row(change, row, "session.held")
    for position, (answer, slot_id) in enumerate(
        _pair_answers_with_slots(change, row, record), start=1
    ):
        change.db_session.add(_build_answer_row(row.id, position, answer, slot_id))
    for promise in record.promises:
        insert_action(change, promise, on=row.held_on, person_id=row.person_id, session_id=row.id)
    update_session_tags(change, row.id, tags)
    if record.notes:
        from coachlog.store.writing.note_changes import (
            mark_note_settled,  # a table more, for those who park
        )

        for note_id, outcome in record.notes:
            mark_note_settled(change, note_id, outcome, row.id)
    passed = [review.action for review in record.reviews if not _save_review(change, review, row)]
    for correction in record.corrections:
        insert_correction(change, correction, on=row.held_on, session_id=row.id)
    return passed


def _pair_answers_with_slots(
    change: Change, row: SessionRow, record: SessionRecord
) -> Iterator[tuple[Answer, int | None]]:
    """Yield each answer with the number of the slot that it was given in, None for none."""
    yield from ((answer, None) for answer in record.answers)
    if record.meeting is None:
        return
    from coachlog.store.writing.set_changes import save_meeting_contents

    slots = save_meeting_contents(change, row, record.meeting)
    for slot_id, turn in zip(slots, record.meeting.slots, strict=True):
        yield from ((answer, slot_id) for answer in turn.answers)


def _build_answer_row(
    session_id: int, position: int, answer: Answer, slot_id: int | None
) -> AnswerRow:
    fields = answer._asdict()
    fields |= {
        "slot_id": slot_id,
        "session_id": session_id,
        "position": position,
        "value": _format_json_column(answer.value),
        "options": _format_json_column(list(answer.options)) if answer.options else None,
    }
    return AnswerRow(**fields)


def _save_review(change: Change, review: ActionReview, session: SessionRow) -> bool:
    """Record what became of an action; False if it was closed elsewhere since it was asked."""
    row = change.db_session.get(ActionRow, review.action)
    if row is None or row.deleted_at is not None or row.status is not ActionStatus.OPEN:
        return False
    on = review.on or session.held_on
    match review.outcome:
        case ReviewOutcome.DONE:
            close_action_row(change, review.action, ActionStatus.DONE, on, session.id)
        case ReviewOutcome.DROPPED:
            close_action_row(change, review.action, ActionStatus.DROPPED, on, session.id)
        case ReviewOutcome.MOVED:
            assert review.due is not None
            move_action_row(change, review.action, review.due, on=on, session_id=session.id)
            _increment_carried(change, review.action)
        case ReviewOutcome.OPEN:
            insert_action_event(change, review.action, EventKind.CARRIED, on, session_id=session.id)
            _increment_carried(change, review.action)
    return True


def _increment_carried(change: Change, action_id: int) -> None:
    row = get_action_row(change, action_id)
    row.carried += 1
    change.db_session.add(row)


def update_session(
    change: Change, id: int, *, held_on: date | None = None, minutes: int | None = None
) -> None:
    """Set the day or the minutes of a session that was held."""
    row = _get_session_row(change, id)
    if held_on:
        _update_event_days(change, id, row.held_on, held_on)
        row.held_on = held_on
    row.minutes = minutes or row.minutes
    update_row(change, row, "session.edited")


def _update_event_days(change: Change, session_id: int, old_day: date, new_day: date) -> None:
    """Move what was recorded as of the session's day to its new day."""
    events = select(ActionEventRow).where(
        ActionEventRow.session_id == session_id, ActionEventRow.on == old_day
    )
    for event in change.db_session.exec(events).all():
        event.on = new_day
        change.db_session.add(event)
        action = change.db_session.get(ActionRow, event.action_id)
        if action and action.closed_on == old_day and event.kind in _CLOSING_KINDS:
            action.closed_on = new_day
            change.db_session.add(action)


_CLOSING_KINDS = (EventKind.DONE, EventKind.DROPPED)


def update_answer(
    change: Change, session_id: int, key: str, value: AnswerValue, slot_id: int | None = None
) -> None:
    """Set the answer to one question of a session; the question stays as it was asked.

    `slot_id` is the slot that it was asked in, if it was in one.
    """
    named = keys.parse_key(key)
    row = change.db_session.exec(
        select(AnswerRow).where(
            AnswerRow.session_id == session_id,
            AnswerRow.stage == named.stage,
            AnswerRow.prompt == named.prompt,
            col(AnswerRow.slot_id).is_not_distinct_from(slot_id),
        )
    ).one()
    row.value = _format_json_column(value)
    change.db_session.add(row)
    update_row(change, _get_session_row(change, session_id), "session.edited")


def update_session_tags(
    change: Change, id: int, tags_to_add: Sequence[str] = (), tags_to_remove: Sequence[str] = ()
) -> None:
    """Give a session tags, and take tags from it; both without regard to case."""
    known = {text.fold_text(tag.name): tag for tag in change.db_session.exec(select(TagRow)).all()}
    for name in tags_to_remove:
        tag = known.get(text.fold_text(name))
        if tag is None or change.db_session.get(SessionTagRow, (id, tag.id)) is None:
            raise NotFound(f"There is no tag “{name}”.", f"coachlog session show {id}")
        change.db_session.exec(
            delete(SessionTagRow).where(
                col(SessionTagRow.session_id) == id, col(SessionTagRow.tag_id) == tag.id
            )
        )
    for name in tags_to_add:
        tag = known.get(text.fold_text(name)) or TagRow(name=name)
        known[text.fold_text(name)] = tag
        change.db_session.add(tag)
        change.db_session.flush()
        assert tag.id is not None
        change.db_session.merge(SessionTagRow(session_id=id, tag_id=tag.id))


def mark_session_deleted(change: Change, id: int) -> None:
    """Hide a session and the actions made in it, until restored or erased."""
    row = _get_session_row(change, id)
    if row.deleted_at is not None:
        raise Refusal(f"Session {id} is deleted already.", f"Back: coachlog session restore {id}")
    row.deleted_at = change.now
    for action in _get_session_action_rows(change, id):
        if action.deleted_at is None:
            action.deleted_at = change.now
            change.db_session.add(action)
    update_row(change, row, "session.deleted")


def mark_session_restored(change: Change, id: int) -> None:
    """Bring back a deleted session with the actions that were hidden together with it."""
    row = _get_session_row(change, id)
    if row.deleted_at is None:
        raise Refusal(f"Session {id} is not deleted.", f"Look at it: coachlog session show {id}")
    for action in _get_session_action_rows(change, id):
        if action.deleted_at == row.deleted_at:
            action.deleted_at = None
            change.db_session.add(action)
    row.deleted_at = None
    update_row(change, row, "session.restored")


def _get_session_row(change: Change, id: int) -> SessionRow:
    row = change.db_session.get(SessionRow, id)
    if row is None:
        raise NotFound(f"There is no session {id}.", "`coachlog session list` shows the numbers.")
    return row


def _get_session_action_rows(change: Change, session_id: int) -> Sequence[ActionRow]:
    return change.db_session.exec(select(ActionRow).where(ActionRow.session_id == session_id)).all()


def _format_json_column(value: object) -> str:
    """Return a value as it is stored in a column of JSON."""
    return json.dumps(value, ensure_ascii=False)
