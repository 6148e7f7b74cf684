"""Every change of the journal, through SQLModel, each inside one transaction that the caller opens.

A function raises `NotFound` or `Refused` before it changes anything; the caller's block then undoes
the transaction as a whole, so `action done 1 2 3` does all or nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex

from sqlmodel import col, delete, select

from coachlog import text
from coachlog.errors import NotFound, Refused
from coachlog.model import (
    ActionStatus,
    Answer,
    EventKind,
    Outcome,
    Promise,
    Record,
    Relationship,
    Review,
    SessionStatus,
    Template,
    Value,
)
from coachlog.store.database import Change
from coachlog.store.tables import (
    ActionEventRow,
    ActionRow,
    AnswerRow,
    DraftRow,
    DraftStepRow,
    EventRow,
    PersonRow,
    SessionRow,
    SessionTagRow,
    SettingRow,
    TagRow,
)

ME = "me"


@dataclass(frozen=True)
class Begun:
    """What is known of a session when it begins; `new_person` is added with it."""

    template: Template
    held_on: date
    zone: str
    person_id: int | None = None
    new_person: tuple[str, Relationship] | None = None


# People


def add_person(
    change: Change,
    name: str,
    relationship: Relationship,
    role: str | None = None,
    team: str | None = None,
    every_days: int | None = None,
) -> int:
    """Return the number of a new person; `Refused` if someone has that name already."""
    row = PersonRow(
        name=name,
        slug=_free_slug(change, name),
        relationship=relationship,
        role=role,
        team=team,
        every_days=every_days,
        created_at=change.now,
    )
    return _added(change, row, "person.added")


def edit_person(change: Change, id: int, **fields: object) -> None:
    """Set fields of a person: name, relationship, role, team, every_days. A name keeps its slug."""
    row = _person(change, id)
    if (name := fields.get("name")) and text.fold(str(name)) != text.fold(row.name):
        _refuse_same_name(change, str(name))
    for key, value in fields.items():
        setattr(row, key, value)
    _changed(change, row, "person.edited")


def archive_person(change: Change, id: int, *, back: bool = False) -> None:
    """Take a person out of lists and reminders, or bring them back; nothing of theirs is lost."""
    row = _person(change, id)
    row.archived_at = None if back else change.now
    _changed(change, row, "person.returned" if back else "person.archived")


def name_me(change: Change, name: str) -> None:
    """Set the name under which the owner of the journal stands in plans."""
    change.session.merge(SettingRow(key=ME, value=name))
    _log(change, "setting.me")


def _free_slug(change: Change, name: str) -> str:
    _refuse_same_name(change, name)
    base = text.slug(name) or "person"
    taken = set(change.session.exec(select(PersonRow.slug)).all())
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug


def _refuse_same_name(change: Change, name: str) -> None:
    for known in change.session.exec(select(PersonRow.name)).all():
        if text.fold(known) == text.fold(name):
            raise Refused(
                f"{known} is in the journal already.",
                "If this is someone else, add what tells them apart: “Priya Shah (ward 7)”.",
            )


def _person(change: Change, id: int) -> PersonRow:
    row = change.session.get(PersonRow, id)
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return row


# Drafts


def begin(change: Change, begun: Begun, tags: Sequence[str] = ()) -> tuple[int, str]:
    """Return the number of a new draft session and the token of the window that writes it."""
    session_id = _new_session(change, begun, SessionStatus.DRAFT)
    token = token_hex(8)
    change.session.add(
        DraftRow(
            session_id=session_id,
            template_text=begun.template.text,
            token=token,
            tags=_json(list(tags)),
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
    change.session.add(DraftStepRow(session_id=session_id, key=key, value=_json(value)))
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


# Sessions


def hold(
    change: Change, begun: Begun, record: Record, tags: Sequence[str] = ()
) -> tuple[int, list[int]]:
    """Return the number of a session that was held, kept in one go, and as `finish` does."""
    session_id = _new_session(change, begun, SessionStatus.DRAFT)
    return session_id, _keep(change, _session(change, session_id), record, tags)


def _new_session(change: Change, begun: Begun, status: SessionStatus) -> int:
    person_id = begun.person_id
    if begun.new_person:
        person_id = add_person(change, *begun.new_person)
    row = SessionRow(
        person_id=person_id,
        status=status,
        template=begun.template.id,
        title=begun.template.title,
        template_hash=sha256(begun.template.text.encode()).hexdigest(),
        held_on=begun.held_on,
        zone=begun.zone,
        created_at=change.now,
        updated_at=change.now,
    )
    return _added(change, row, "session.begun")


def _keep(change: Change, row: SessionRow, record: Record, tags: Sequence[str]) -> list[int]:
    assert row.id is not None
    row.status = SessionStatus.HELD
    row.held_on, row.minutes = record.held_on, record.minutes
    _changed(change, row, "session.held")
    for position, answer in enumerate(record.answers, start=1):
        change.session.add(_answer_row(row.id, position, answer))
    for promise in record.promises:
        add_action(change, promise, on=row.held_on, person_id=row.person_id, session_id=row.id)
    tag_session(change, row.id, tags)
    return [review.action for review in record.reviews if not _reviewed(change, review, row)]


def _answer_row(session_id: int, position: int, answer: Answer) -> AnswerRow:
    fields = answer._asdict()
    fields |= {
        "session_id": session_id,
        "position": position,
        "value": _json(answer.value),
        "options": _json(list(answer.options)) if answer.options else None,
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
            _close(change, review.action, ActionStatus.DONE, on, session.id)
        case Outcome.DROPPED:
            _close(change, review.action, ActionStatus.DROPPED, on, session.id)
        case Outcome.MOVED:
            assert review.due is not None
            move(change, review.action, review.due, on=on, session_id=session.id)
            _carry(change, review.action)
        case Outcome.OPEN:
            _event(change, review.action, EventKind.CARRIED, on, session_id=session.id)
            _carry(change, review.action)
    return True


def _carry(change: Change, action_id: int) -> None:
    row = _action(change, action_id)
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
    _changed(change, row, "session.edited")


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


def edit_answer(change: Change, session_id: int, key: str, value: Value) -> None:
    """Set the answer to one question of a session; the question stays as it was asked."""
    stage, _, prompt = key.partition(".")
    row = change.session.exec(
        select(AnswerRow).where(
            AnswerRow.session_id == session_id, AnswerRow.stage == stage, AnswerRow.prompt == prompt
        )
    ).one()
    row.value = _json(value)
    change.session.add(row)
    _changed(change, _session(change, session_id), "session.edited")


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
    _changed(change, row, "session.deleted")


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
    _changed(change, row, "session.restored")


def _session(change: Change, id: int) -> SessionRow:
    row = change.session.get(SessionRow, id)
    if row is None:
        raise NotFound(f"There is no session {id}.", "`coachlog session list` shows the numbers.")
    return row


def _actions_of(change: Change, session_id: int) -> Sequence[ActionRow]:
    return change.session.exec(select(ActionRow).where(ActionRow.session_id == session_id)).all()


# Actions


def add_action(
    change: Change,
    promise: Promise,
    *,
    on: date,
    person_id: int | None = None,
    session_id: int | None = None,
) -> int:
    """Return the number of a new action, made on the day `on`."""
    row = ActionRow(
        **promise._asdict(),
        person_id=person_id,
        session_id=session_id,
        original_due=promise.due,
        status=ActionStatus.OPEN,
        created_at=change.now,
        updated_at=change.now,
    )
    id = _added(change, row, "action.made")
    _event(change, id, EventKind.MADE, on, due=promise.due, session_id=session_id)
    return id


def complete(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as done and return its words; `Refused` if it is closed already."""
    return _close(change, id, ActionStatus.DONE, on)


def drop(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as dropped and return its words; `Refused` if it is closed already."""
    return _close(change, id, ActionStatus.DROPPED, on)


def _close(
    change: Change, id: int, status: ActionStatus, on: date, session_id: int | None = None
) -> str:
    row = _open_action(change, id)
    row.status, row.closed_on = status, on
    kind = EventKind.DONE if status is ActionStatus.DONE else EventKind.DROPPED
    _event(change, id, kind, on, session_id=session_id)
    _changed(change, row, f"action.{status.value}")
    return row.what


def move(change: Change, id: int, due: date, *, on: date, session_id: int | None = None) -> str:
    """Agree a new date for an open action on the day `on` and return its words.

    The first date stays on record.
    """
    row = _open_action(change, id)
    row.due = due
    row.original_due = row.original_due or due
    _event(change, id, EventKind.MOVED, on, due=due, session_id=session_id)
    _changed(change, row, "action.moved")
    return row.what


def reopen(change: Change, id: int, *, on: date) -> str:
    """Open a closed action again and return its words; `Refused` if it is open."""
    row = _action(change, id)
    if row.status is ActionStatus.OPEN:
        raise Refused(f"Action {id} is open.", f"Look at it: coachlog action show {id}")
    row.status, row.closed_on = ActionStatus.OPEN, None
    _event(change, id, EventKind.REOPENED, on)
    _changed(change, row, "action.reopened")
    return row.what


def edit_action(change: Change, id: int, *, on: date, **fields: object) -> None:
    """Set fields of an action; its dates are changed by `move` alone, so that figures stay true."""
    row = _action(change, id)
    before = {name: getattr(row, name) for name in fields}
    changed = [name for name, value in fields.items() if before[name] != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, fields[name])
    note = "; ".join(f"{name} was: {_was(before[name])}" for name in changed)
    _event(change, id, EventKind.EDITED, on, note=note)
    _changed(change, row, "action.edited")


def _was(value: object) -> str:
    return "(nothing)" if value in (None, "") else text.line(str(value))


def note(change: Change, id: int, words: str, *, on: date) -> None:
    """Add a progress note to an action."""
    row = _action(change, id)
    _event(change, id, EventKind.NOTED, on, note=words)
    _changed(change, row, "action.noted")


def _event(
    change: Change,
    action_id: int,
    kind: EventKind,
    on: date,
    *,
    due: date | None = None,
    note: str | None = None,
    session_id: int | None = None,
) -> None:
    change.session.add(
        ActionEventRow(
            action_id=action_id,
            session_id=session_id,
            at=change.now,
            on=on,
            kind=kind,
            due=due,
            note=note,
        )
    )


def _action(change: Change, id: int) -> ActionRow:
    row = change.session.get(ActionRow, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(f"There is no action {id}.", "`coachlog action list --all` shows them all.")
    return row


def _open_action(change: Change, id: int) -> ActionRow:
    row = _action(change, id)
    if row.status is not ActionStatus.OPEN:
        raise Refused(
            f"Action {id} is {row.status.value} already. Nothing was changed.",
            f"To open it again: coachlog action reopen {id}",
        )
    return row


# What every change does


def _added(change: Change, row: PersonRow | SessionRow | ActionRow, kind: str) -> int:
    change.session.add(row)
    change.session.flush()
    assert row.id is not None
    _log(change, kind, row.id)
    return row.id


def _changed(change: Change, row: PersonRow | SessionRow | ActionRow, kind: str) -> None:
    if not isinstance(row, PersonRow):
        row.updated_at = change.now
    change.session.add(row)
    _log(change, kind, row.id)


def _log(change: Change, kind: str, row_id: int | None = None) -> None:
    change.session.add(EventRow(at=change.now, kind=kind, row_id=row_id))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
