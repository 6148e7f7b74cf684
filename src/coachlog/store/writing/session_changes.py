"""Changes of drafts and sessions."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex

from sqlmodel import col, delete, select

from coachlog import text
from coachlog.errors import NotFound, Refused
from coachlog.interview import keys
from coachlog.model import ActionStatus, Answer, EventKind, Relationship, SessionStatus, Value
from coachlog.model.records import Outcome, Record, Review
from coachlog.model.templates import Template
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.draft_rows import DraftRow, DraftStepRow
from coachlog.store.tables.session_rows import SessionRow
from coachlog.store.tables.tag_rows import SessionTagRow, TagRow
from coachlog.store.writing.action_changes import (
    add_action,
    close,
    correct,
    get_action,
    move,
    record_event,
)
from coachlog.store.writing.audited_rows import added, changed
from coachlog.store.writing.person_changes import add_person


@dataclass(frozen=True)
class Begun:
    """What is known of a session when it begins; `new_person` is added with it.

    `set_id` is the action learning set whose meeting it is.
    """

    template: Template
    held_on: date
    zone: str
    person_id: int | None = None
    new_person: tuple[str, Relationship] | None = None
    set_id: int | None = None


def begin(change: Change, begun: Begun, tags: Sequence[str] = ()) -> tuple[int, str]:
    """Return the number of a new draft session and the token of the window that writes it."""
    session_id = _new_session(change, begun)
    token = token_hex(8)
    change.session.add(
        DraftRow(
            session_id=session_id,
            template_text=begun.template.text,
            token=token,
            tags=_as_json(list(tags)),
            updated_at=change.now,
        )
    )
    return session_id, token


def take_over(change: Change, session_id: int, seen: datetime) -> str:
    """Return a new token for a draft; a window that held the old one can no longer write it.

    `Refused` if the draft was written since `seen`: what came in is not on this screen.
    """
    row = change.session.get(DraftRow, session_id)
    if row is None:
        raise _no_draft(session_id)
    if row.updated_at > seen:
        raise Refused(
            f"Session {session_id} is being written in another window.",
            f"Close one of the two, then: coachlog session resume {session_id}",
        )
    row.token = token_hex(8)
    change.session.add(row)
    return row.token


def save_step(change: Change, session_id: int, token: str, key: str, value: Value) -> None:
    """Keep one answer of a draft, and forget what was half-typed for it."""
    draft = _draft(change, session_id, token)
    change.session.exec(
        delete(DraftStepRow).where(
            col(DraftStepRow.session_id) == session_id, col(DraftStepRow.key) == key
        )
    )
    change.session.add(DraftStepRow(session_id=session_id, key=key, value=_as_json(value)))
    draft.half_key = draft.half_text = None
    draft.updated_at = change.now
    change.session.add(draft)


def save_half(change: Change, session_id: int, token: str, key: str, typed: str) -> None:
    """Keep what is typed so far for the question `key`."""
    draft = _draft(change, session_id, token)
    draft.half_key, draft.half_text = key, typed
    draft.updated_at = change.now
    change.session.add(draft)


def finish(change: Change, session_id: int, token: str, record: Record) -> list[int]:
    """Turn a draft into a session that was held; the draft itself is gone.

    Returns the numbers of reviewed actions that were closed elsewhere meanwhile: that stands.
    """
    draft = _draft(change, session_id, token)
    change.session.exec(delete(DraftStepRow).where(col(DraftStepRow.session_id) == session_id))
    change.session.delete(draft)
    return _keep(change, _session(change, session_id), record, json.loads(draft.tags))


def _draft(change: Change, session_id: int, token: str) -> DraftRow:
    row = change.session.get(DraftRow, session_id)
    if row is None:
        raise _no_draft(session_id)
    if row.token != token:
        raise Refused(
            f"Session {session_id} was opened in another window, and goes on there.",
            "What you typed before is in it; close this window.",
        )
    if _session(change, session_id).deleted_at is not None:
        raise Refused(
            f"Session {session_id} was deleted in another window; what you typed is kept in it.",
            f"Back: coachlog session restore {session_id}",
        )
    return row


def _no_draft(session_id: int) -> NotFound:
    return NotFound(
        f"Session {session_id} is not a draft.", "`coachlog session list --drafts` lists them."
    )


def hold(
    change: Change, begun: Begun, record: Record, tags: Sequence[str] = ()
) -> tuple[int, list[int]]:
    """Return the number of a session that was held, kept in one go, and as `finish` does."""
    session_id = _new_session(change, begun)
    return session_id, _keep(change, _session(change, session_id), record, tags)


def cancel(change: Change, person_id: int, *, by: str, on: date, zone: str) -> int:
    """Return the number of a session that was to be on a day and was cancelled by `me` or `them`.

    It has no template and never counts as held. `Refused` if that is recorded already.
    """
    if known := _cancelled(change, person_id, on):
        raise Refused(
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
        cancelled_by=by,
    )
    return added(change, row, "session.cancelled")


def _cancelled(change: Change, person_id: int, on: date) -> int | None:
    return change.session.exec(
        select(SessionRow.id).where(
            SessionRow.person_id == person_id,
            SessionRow.status == SessionStatus.CANCELLED,
            SessionRow.held_on == on,
            col(SessionRow.deleted_at).is_(None),
        )
    ).first()


def _new_session(change: Change, begun: Begun) -> int:
    person_id = begun.person_id
    if begun.new_person:
        person_id = add_person(change, *begun.new_person)
    row = SessionRow(
        person_id=person_id,
        status=SessionStatus.DRAFT,
        template=begun.template.id,
        title=begun.template.title,
        template_hash=sha256(begun.template.text.encode()).hexdigest(),
        held_on=begun.held_on,
        zone=begun.zone,
        created_at=change.now,
        updated_at=change.now,
    )
    id = added(change, row, "session.begun")
    if begun.set_id is not None:
        from coachlog.store.writing.set_changes import meet

        meet(change, id, begun.set_id)
    return id


def _keep(change: Change, row: SessionRow, record: Record, tags: Sequence[str]) -> list[int]:
    assert row.id is not None
    row.status = SessionStatus.HELD
    row.held_on, row.minutes = record.held_on, record.minutes
    changed(change, row, "session.held")
    for position, (answer, slot_id) in enumerate(_said(change, row, record), start=1):
        change.session.add(_answer_row(row.id, position, answer, slot_id))
    for promise in record.promises:
        add_action(change, promise, on=row.held_on, person_id=row.person_id, session_id=row.id)
    tag_session(change, row.id, tags)
    if record.notes:
        from coachlog.store.writing.note_changes import (
            settle_note,  # a table more, for those who park
        )

        for note_id, outcome in record.notes:
            settle_note(change, note_id, outcome, row.id)
    passed = [review.action for review in record.reviews if not _reviewed(change, review, row)]
    for correction in record.corrections:
        correct(change, correction, on=row.held_on, session_id=row.id)
    return passed


def _said(change: Change, row: SessionRow, record: Record) -> Iterator[tuple[Answer, int | None]]:
    """Yield each answer with the number of the slot that it was given in, None for none."""
    yield from ((answer, None) for answer in record.answers)
    if record.meeting is None:
        return
    from coachlog.store.writing.set_changes import keep_meeting

    slots = keep_meeting(change, row, record.meeting)
    for slot_id, turn in zip(slots, record.meeting.turns, strict=True):
        yield from ((answer, slot_id) for answer in turn.answers)


def _answer_row(session_id: int, position: int, answer: Answer, slot_id: int | None) -> AnswerRow:
    fields = answer._asdict()
    fields |= {
        "slot_id": slot_id,
        "session_id": session_id,
        "position": position,
        "value": _as_json(answer.value),
        "options": _as_json(list(answer.options)) if answer.options else None,
    }
    return AnswerRow(**fields)


def _reviewed(change: Change, review: Review, session: SessionRow) -> bool:
    """Record what became of an action; False if it was closed elsewhere since it was asked."""
    row = change.session.get(ActionRow, review.action)
    if row is None or row.deleted_at is not None or row.status is not ActionStatus.OPEN:
        return False
    on = review.on or session.held_on
    match review.outcome:
        case Outcome.DONE:
            close(change, review.action, ActionStatus.DONE, on, session.id)
        case Outcome.DROPPED:
            close(change, review.action, ActionStatus.DROPPED, on, session.id)
        case Outcome.MOVED:
            assert review.due is not None
            move(change, review.action, review.due, on=on, session_id=session.id)
            _carry(change, review.action)
        case Outcome.OPEN:
            record_event(change, review.action, EventKind.CARRIED, on, session_id=session.id)
            _carry(change, review.action)
    return True


def _carry(change: Change, action_id: int) -> None:
    row = get_action(change, action_id)
    row.carried += 1
    change.session.add(row)


def edit_session(
    change: Change, id: int, *, held_on: date | None = None, minutes: int | None = None
) -> None:
    """Set the day or the minutes of a session that was held."""
    row = _session(change, id)
    if held_on:
        _move_events(change, id, row.held_on, held_on)
        row.held_on = held_on
    row.minutes = minutes or row.minutes
    changed(change, row, "session.edited")


def _move_events(change: Change, session_id: int, before: date, after: date) -> None:
    """Move what was recorded as of the session's day to its new day."""
    events = select(ActionEventRow).where(
        ActionEventRow.session_id == session_id, ActionEventRow.on == before
    )
    for event in change.session.exec(events).all():
        event.on = after
        change.session.add(event)
        action = change.session.get(ActionRow, event.action_id)
        if action and action.closed_on == before and event.kind in _CLOSING:
            action.closed_on = after
            change.session.add(action)


_CLOSING = (EventKind.DONE, EventKind.DROPPED)


def edit_answer(
    change: Change, session_id: int, key: str, value: Value, slot_id: int | None = None
) -> None:
    """Set the answer to one question of a session; the question stays as it was asked.

    `slot_id` is the slot that it was asked in, if it was in one.
    """
    named = keys.parse(key)
    row = change.session.exec(
        select(AnswerRow).where(
            AnswerRow.session_id == session_id,
            AnswerRow.stage == named.stage,
            AnswerRow.prompt == named.prompt,
            col(AnswerRow.slot_id).is_not_distinct_from(slot_id),
        )
    ).one()
    row.value = _as_json(value)
    change.session.add(row)
    changed(change, _session(change, session_id), "session.edited")


def tag_session(
    change: Change, id: int, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> None:
    """Give a session tags, and take tags from it; both without regard to case."""
    known = {text.fold(tag.name): tag for tag in change.session.exec(select(TagRow)).all()}
    for name in remove:
        tag = known.get(text.fold(name))
        if tag is None or change.session.get(SessionTagRow, (id, tag.id)) is None:
            raise NotFound(f"There is no tag “{name}”.", f"coachlog session show {id}")
        change.session.exec(
            delete(SessionTagRow).where(
                col(SessionTagRow.session_id) == id, col(SessionTagRow.tag_id) == tag.id
            )
        )
    for name in add:
        tag = known.get(text.fold(name)) or TagRow(name=name)
        known[text.fold(name)] = tag
        change.session.add(tag)
        change.session.flush()
        assert tag.id is not None
        change.session.merge(SessionTagRow(session_id=id, tag_id=tag.id))


def delete_session(change: Change, id: int) -> None:
    """Hide a session and the actions made in it, until restored or erased."""
    row = _session(change, id)
    if row.deleted_at is not None:
        raise Refused(f"Session {id} is deleted already.", f"Back: coachlog session restore {id}")
    row.deleted_at = change.now
    for action in _actions_of(change, id):
        if action.deleted_at is None:
            action.deleted_at = change.now
            change.session.add(action)
    changed(change, row, "session.deleted")


def restore_session(change: Change, id: int) -> None:
    """Bring back a deleted session with the actions that were hidden together with it."""
    row = _session(change, id)
    if row.deleted_at is None:
        raise Refused(f"Session {id} is not deleted.", f"Look at it: coachlog session show {id}")
    for action in _actions_of(change, id):
        if action.deleted_at == row.deleted_at:
            action.deleted_at = None
            change.session.add(action)
    row.deleted_at = None
    changed(change, row, "session.restored")


def _session(change: Change, id: int) -> SessionRow:
    row = change.session.get(SessionRow, id)
    if row is None:
        raise NotFound(f"There is no session {id}.", "`coachlog session list` shows the numbers.")
    return row


def _actions_of(change: Change, session_id: int) -> Sequence[ActionRow]:
    return change.session.exec(select(ActionRow).where(ActionRow.session_id == session_id)).all()


def _as_json(value: object) -> str:
    """Return a value as it is stored in a column of JSON."""
    return json.dumps(value, ensure_ascii=False)
